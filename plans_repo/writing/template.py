"""Template: the text a plan of one kind starts from, with the fields its author fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.organisations import OrganisationKind
from plans_repo.packs.reading import names, pack
from plans_repo.store.tables.plans import PlanKind
from sim.figure import Mark

FOLDER = "templates"
_SHARED = "fields"
_SLOT = re.compile(r"\{([a-z_]+)\}")
_HEADING = re.compile(r"^(\d+(?:\.\d+)*) [^。；{}\n]{2,28}$", re.MULTILINE)
_TABLE = re.compile(r"^\{\{([a-z_]+)\}\}$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """Something a template asks for.

    *fill* is a value that stands in every plan of the kind because a rule says so; *suggestion* is one that is often
    met and that the author must choose. Both carry *source* and *mark*.
    """

    id: str
    label: str
    label_en: str
    hint: str = ""
    hint_en: str = ""
    fill: str = ""
    suggestion: str = ""
    source: str = ""
    source_en: str = ""
    mark: Mark | None = None

    def __post_init__(self) -> None:
        if (self.fill or self.suggestion) and not (self.source and self.mark):
            raise PlansRepoError("field-without-source", thing=self.id, field="source", rule="must be given")


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """The rule that asks for some chapters of a template: their headings, its source and mark."""

    headings: tuple[str, ...]
    source: str
    source_en: str
    mark: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A text with slots (``{place}``) and generated tables (``{{contacts}}`` on a line of its own).

    *makers* are the kinds of body that write such a plan, *plan_title* the title with its slots. *bases* say for
    single chapters which rule asks for them; the rest of the text rests on *source*.
    """

    id: str
    title: str
    title_en: str
    kind: PlanKind
    makers: tuple[OrganisationKind, ...]
    plan_title: str
    source: str
    source_en: str
    mark: Mark
    fields: tuple[Field, ...]
    body: str
    bases: tuple[Basis, ...] = ()

    def __post_init__(self) -> None:
        known = {field.id for field in self.fields}
        asked = set(_SLOT.findall(_TABLE.sub("", self.body)) + _SLOT.findall(self.plan_title))
        if known != asked:
            odd = sorted(known ^ asked)[0]
            raise PlansRepoError("template-field-unfit", thing=self.id, field="fields", value=odd)

    @property
    def tables(self) -> tuple[str, ...]:
        """The generated tables of the text, in order."""
        return tuple(_TABLE.findall(self.body))

    def field(self, field_id: str) -> Field:
        """One field."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise NotFound("template-field-unknown", thing=self.title, field="field", value=field_id)


def filled(text: str, answers: Mapping[str, str], tables: Mapping[str, str]) -> str:
    """*text* with every slot and every generated table filled.

    >>> filled("{place}应急预案", {"place": "清川县"}, {})
    '清川县应急预案'
    """
    whole = _TABLE.sub(lambda found: tables[found[1]], text)
    return _SLOT.sub(lambda found: answers[found[1]], whole)


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in the order plans are listed: government first, enterprises last."""
    shared = _fields(pack(FOLDER, _SHARED))
    found = [_template(name, shared) for name in names(FOLDER) if name != _SHARED]
    return tuple(sorted(found, key=lambda template: (list(PlanKind).index(template.kind), template.id)))


def template(template_id: str) -> Template:
    """One template."""
    for found in templates():
        if found.id == template_id:
            return found
    raise NotFound("template-unknown", thing="template", field="id", value=template_id)


def _template(name: str, shared: dict[str, Field]) -> Template:
    head = pack(FOLDER, name)
    own = shared | _fields(head)
    body = files("plans_repo.packs").joinpath(FOLDER, f"{name}.md").read_text(encoding="utf-8")
    asked = dict.fromkeys(_SLOT.findall(head["plan_title"]) + _SLOT.findall(_TABLE.sub("", body)))
    return Template(
        id=name,
        title=head["title"],
        title_en=head["title_en"],
        kind=PlanKind(head["kind"]),
        makers=tuple(OrganisationKind(maker) for maker in head["makers"]),
        plan_title=head["plan_title"],
        source=head["source"],
        source_en=head["source_en"],
        mark=Mark(head["mark"]),
        fields=tuple(own[field] for field in asked if field in own),
        body=body,
        bases=tuple(_basis(item, body, name) for item in head.get("section", ())),
    )


def _basis(item: Mapping[str, Any], body: str, name: str) -> Basis:
    """The basis of the chapters with these numbers; a number that opens no chapter is a fault of the pack."""
    opened = {found[1]: found[0] for found in _HEADING.finditer(body)}
    for number in item["numbers"]:
        if number not in opened:
            raise PlansRepoError("template-section-unfit", thing=name, field="numbers", value=number)
    return Basis(
        headings=tuple(opened[number] for number in item["numbers"]),
        source=item["source"],
        source_en=item["source_en"],
        mark=Mark(item["mark"]),
    )


def _fields(head: Mapping[str, Any]) -> dict[str, Field]:
    return {
        name: Field(id=name, **{**item, "mark": Mark(item["mark"]) if "mark" in item else None})
        for name, item in head.get("field", {}).items()
    }
