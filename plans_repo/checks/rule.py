"""A rule as the packs write it: what it asks, of which plans, with which parameters, on which source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind
from sim.figure import Figure, Mark

DAYS_PER = {"day": 1, "month": 30, "year": 365}
"""For telling which of two spans is the stricter; due days are counted on the calendar."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A sentence in both languages, with blanks in braces."""

    zh: str = ""
    en: str = ""

    def said(self, language: str, fields: Mapping[str, object]) -> str:
        """The sentence filled in.

        >>> Words(zh="不超过{limit}", en="at most {limit}").said("en", {"limit": "3 years"})
        'at most 3 years'
        """
        text = self.en if language == "en" and self.en else self.zh
        return text.format_map(_Blanks(fields))


class _Blanks(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "—"


@dataclass(frozen=True, kw_only=True)
class Instead:
    """What a rule rests on, and how it puts it, for some kinds of plans and makers; empty words stay as they are."""

    kinds: frozenset[PlanKind] = frozenset()
    makers: frozenset[OrganisationKind] = frozenset()
    source: Words = Words()
    article: str = ""
    mark: Mark
    expected: Words = Words()
    found: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    *base* names the code that decides it (its own id in the national pack). *matter* names what several
    rules may ask more or less of: of those that hold for a plan the strictest decides, and the parameter
    called *strict* says which that is (the smaller the stricter). *kinds* and *makers* empty hold for all. *instead*
    are the texts the same rule rests on for plans that another order rules.
    """

    id: str
    base: str
    title: Words
    expected: Words
    todo: Words
    source: Words
    article: str
    mark: Mark
    kinds: frozenset[PlanKind] = frozenset()
    makers: frozenset[OrganisationKind] = frozenset()
    areas: str = ""
    matter: str = ""
    strict: str = ""
    parameters: Mapping[str, Figure] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    found: Mapping[str, Words] = field(default_factory=dict)
    todos: Mapping[str, Words] = field(default_factory=dict)
    pack: str = ""
    pack_title: Words = Words()
    is_fictional: bool = False
    overrides: str = ""
    instead: tuple[Instead, ...] = ()

    def as_for(self, kind: PlanKind, maker: OrganisationKind | None) -> Rule:
        """The rule with the source that holds for a plan of that kind and maker, where it has one of its own.

        A rule of a local pack keeps the source the pack names.
        """
        for one in self.instead:
            if (not one.kinds or kind in one.kinds) and (not one.makers or maker in one.makers):
                said = replace(
                    self, expected=one.expected if one.expected.zh else self.expected, found={**self.found, **one.found}
                )
                own = replace(said, source=one.source, article=one.article, mark=one.mark)
                return said if self.pack else own
        return self

    @property
    def strictness(self) -> float:
        """The span of its strict parameter in days, for comparing rules on one matter."""
        figure = self.parameters[self.strict]
        return figure.value * DAYS_PER.get(figure.unit, 1)

    def number(self, name: str) -> int:
        """A parameter as a whole number."""
        return int(self.parameters[name].value)

    def holds_for(self, kind: PlanKind, maker: OrganisationKind | None, area: str) -> bool:
        """Whether a plan of that kind, maker and area falls under the rule; an unknown maker is not left out."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.makers or maker is None or maker in self.makers)
            and area.startswith(self.areas)
        )


def strictest(rules: Iterable[Rule], kind: PlanKind, maker: OrganisationKind | None, area: str) -> Rule | None:
    """Of rules on one matter the one that decides for a plan of that kind, maker and area.

    A rule that another one overrides there does not count; of those left the shortest span does.
    """
    holding = [rule for rule in rules if rule.holds_for(kind, maker, area)]
    overridden = {rule.overrides for rule in holding}
    return min((rule for rule in holding if rule.id not in overridden), key=lambda rule: rule.strictness, default=None)
