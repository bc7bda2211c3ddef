"""Which plans a body ought to have, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.packs.reading import pack
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.recognition import hazard_of
from plans_repo.writing.known import government_of, place_of
from sim.figure import Mark
from sim.procedure import Hazard

ALIKE = 75.0  # words of an event and of a title that share three quarters mean the same plan
_QUARTERS = re.compile(r"（[^）]*）|\([^)]*\)|应急|抢险|救援|指挥部|领导小组|委员会")


class Duty(StrEnum):
    """Whether the plan must be there or the body decides."""

    MUST = "must"
    MAY = "may"


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """A plan that a body ought to have, with the rule that says so."""

    organisation: str
    kind: PlanKind
    title: str
    event: str
    duty: Duty
    source: str
    source_en: str
    mark: Mark


def expected_of(body: Organisation, every: tuple[Organisation, ...]) -> Iterator[Expected]:
    """The plans rules expect of *body*."""
    for rule in _rules():
        if OrganisationKind(rule["maker"]) is not body.kind or ("unless" in rule and rule["unless"] in body.name):
            continue
        government = government_of(every, body.area)
        names = {"body": body.name, "place": place_of(body, government), "event": event_of(body, government)}
        yield Expected(
            organisation=body.id,
            kind=PlanKind(rule["kind"]),
            title=rule["title"].format_map(names),
            event=names["event"] if body.kind is OrganisationKind.HEADQUARTERS else "",
            duty=Duty(rule["duty"]),
            source=rule["source"],
            source_en=rule["source_en"],
            mark=Mark(rule["mark"]),
        )


def event_of(headquarters: Organisation, government: Organisation | None) -> str:
    """What a headquarters answers: 清川县防汛抗旱指挥部 → 防汛抗旱."""
    place = place_of(government, None) if government else ""
    return _QUARTERS.sub("", headquarters.name.removeprefix(place))


def is_met(expected: Expected, kind: PlanKind, title: str) -> bool:
    """Whether a plan of that kind and title, of the right body, is the expected one."""
    if kind is not expected.kind:
        return False
    if not expected.event:
        return True
    asked, found = _spread(expected.event), _spread(title)
    return asked == found if any(asked + found) else fuzz.partial_ratio(expected.event, title) >= ALIKE


def _spread(words: str) -> tuple[str, str]:
    """The hazard words name and how it spreads; a fire that is not said to be of a forest is one of buildings."""
    guess = hazard_of(words, ())
    return guess.value, guess.spread or ("building" if guess.value == Hazard.FIRE else "")


@cache
def _rules() -> tuple[Mapping[str, Any], ...]:
    return tuple(pack("rules", "catalogue")["expected"])
