"""The national rule pack as values: every rule with its parameters, source, article, mark and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from plans_repo.checks.rule import Instead, Rule, Words
from plans_repo.organisations import OrganisationKind
from plans_repo.packs.reading import pack
from plans_repo.store.tables.plans import PlanKind
from sim.figure import Figure, Mark

FOLDER = "checks"
PARTS = ("life_cycle", "authoring", "export")
"""The files of the pack, in the order in which results are listed."""
LENT = {"drill_intervals": "rule", "evaluation": "", "register": ""}
"""Rule packs that lend figures, so that no figure stands in two places."""


@cache
def national_rules() -> tuple[Rule, ...]:
    """Every rule of the national pack, in order.

    >>> [rule.id for rule in national_rules()][:3], len(national_rules())
    (['L01', 'L02', 'L03'], 38)
    """
    return tuple(rule_from(item, sources(part)) for part in PARTS for item in pack(FOLDER, part)["rule"])


def national_rule(rule_id: str) -> Rule:
    """One rule of the national pack."""
    return next(rule for rule in national_rules() if rule.id == rule_id)


@cache
def common_words() -> Mapping[str, Words]:
    """What several rules say in the same words."""
    return {key: words_from(item) for key, item in pack(FOLDER, "common")["found"].items()}


@cache
def common_todos() -> Mapping[str, Words]:
    """What is to be done about what several rules find alike."""
    return {key: words_from(item) for key, item in pack(FOLDER, "common")["todos"].items()}


@cache
def sources(part: str) -> Mapping[str, Words]:
    """The texts that rules rest on, by their short names."""
    shared = pack(FOLDER, "common")["sources"]
    own = pack(FOLDER, part).get("sources", {})
    return {key: words_from(item) for key, item in (shared | own).items()}


def rule_from(item: Mapping[str, Any], known: Mapping[str, Words]) -> Rule:
    """A rule from its table in the pack."""
    source, mark = known[item["source"]], Mark(item["mark"])
    return Rule(
        id=item["id"],
        base=item["id"],
        title=words_from(item["title"]),
        expected=words_from(item["expected"]),
        todo=words_from(item["todo"]),
        source=source,
        article=item.get("article", ""),
        mark=mark,
        kinds=frozenset(map(PlanKind, item.get("kinds", ()))),
        makers=frozenset(map(OrganisationKind, item.get("makers", ()))),
        matter=item.get("matter", ""),
        strict=item.get("strict", ""),
        parameters={name: figure_from(form, source.zh, mark) for name, form in item.get("parameters", {}).items()},
        lists={name: tuple(entries) for name, entries in item.get("lists", {}).items()},
        found={reason: words_from(form) for reason, form in item.get("found", {}).items()},
        todos={reason: words_from(form) for reason, form in item.get("todos", {}).items()},
        instead=tuple(_instead(form, known) for form in item.get("instead", ())),
    )


def _instead(form: Mapping[str, Any], known: Mapping[str, Words]) -> Instead:
    return Instead(
        kinds=frozenset(map(PlanKind, form.get("kinds", ()))),
        makers=frozenset(map(OrganisationKind, form.get("makers", ()))),
        source=known[form["source"]],
        article=form.get("article", ""),
        mark=Mark(form["mark"]),
        expected=words_from(form.get("expected", {})),
        found={reason: words_from(words) for reason, words in form.get("found", {}).items()},
    )


def figure_from(form: Mapping[str, Any], source: str, mark: Mark) -> Figure:
    """A parameter; without a source of its own it rests on that of its rule."""
    if "from" in form:
        return _lent(form["from"])
    return Figure(
        value=form["value"],
        unit=form["unit"],
        source=form.get("source", source),
        mark=Mark(form["mark"]) if "mark" in form else mark,
    )


def words_from(form: Mapping[str, str]) -> Words:
    """A sentence in both languages."""
    return Words(zh=form.get("zh", ""), en=form.get("en", ""))


def _lent(address: str) -> Figure:
    """A figure that stands in another rule pack: ``drill_intervals/measures-three-years``, ``evaluation/interval``."""
    name, _, key = address.partition("/")
    data = pack("rules", name)
    listed = LENT[name]
    item = next(one for one in data[listed] if one["id"] == key) if listed else data[key]
    return Figure(value=item["value"], unit=item["unit"], source=item["source"], mark=Mark(item["mark"]))
