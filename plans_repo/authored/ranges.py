"""What a scenario may be given: a range for every number, and bounds on how large it may become."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from plans_repo.errors import PlansRepoError
from plans_repo.packs import reading as packs
from plans_repo.packs.naming import name_of
from plans_repo.packs.reading import pack
from sim.bounds import MOST_MIN
from sim.compound import Compound
from sim.errors import SimError
from sim.figure import finite
from sim.hazards.models import contribution_of
from sim.procedure import Hazard
from sim.scenario import Parameter, Place, Scenario

MOST_PLACES = 500
MOST_PARTIES = 20_000
"""More groups, parties or batches of cars than any county has; each is a row of tasks in every run."""
MOST_FAILURES = 50
LONGEST = {"title": 120, "title_en": 200, "summary": 2000, "summary_en": 3000, "source": 400, "level": 40}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PLACE = re.compile(r"[^\s/:.@]{1,40}")
_PARTIES = ("group_people", "bus_seats", "assisted_people", "party_people")


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """The lowest and the highest value something may have."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


def range_of(parameter: str, unit: str) -> Range:
    """The range of a parameter: its own, else that of its unit.

    >>> range_of("refusing_share", "1"), range_of("bus_loading_min", "min").high
    (Range(low=0.0, high=1.0), 600.0)
    """
    known = _ranges()
    return Range(**(known["parameter"].get(parameter) or known["unit"].get(unit) or known["rest"]))


def range_of_number(name: str) -> Range:
    """The range of a number of a place."""
    known = _ranges()
    return Range(**(known["number"].get(name) or known["rest"]))


def check_scenario(scenario: Scenario) -> None:
    """Refuse a scenario with a number out of its range, a text too long, or more in it than can be played."""
    thing = f"scenario {scenario.id}"
    check_id(scenario.id)
    for field in ("title", "title_en", "summary", "summary_en", "level"):
        check_text(thing, field, getattr(scenario, field))
    if scenario.horizon_min > MOST_MIN:
        raise _outside(thing, "horizon_min", Range(low=1, high=MOST_MIN), scenario.horizon_min)
    units = _units_of(scenario.spread)
    if scenario.hazard not in _hazards_of(scenario.spread):
        raise PlansRepoError("spread-of-another-hazard", thing=thing, field="hazard", rule="must fit its spread",
                             value=scenario.spread, hazard=scenario.hazard.value, spread=scenario.spread)  # fmt: skip
    for parameter in scenario.parameters:
        _check_parameter(thing, parameter)
        if (known := units.get(parameter.name)) and parameter.figure.unit not in known:
            name = parameter.title or parameter.name
            raise PlansRepoError("unit-unfit", thing=thing, field=name, rule=f"must be in {min(known)}",
                                 value=parameter.figure.unit, unit=min(known))  # fmt: skip
    for place in scenario.places:
        _check_place(place)
    for name, value in scenario.measures:
        finite(thing, name, value)
    _check_sizes(thing, scenario)


def _hazards_of(spread: str) -> frozenset[Hazard]:
    """The hazards that a spread of the packs belongs to."""
    return frozenset(one.hazard for one in _modelled() if one.spread == spread)


def _units_of(spread: str) -> dict[str, frozenset[str]]:
    """The units in which a spread takes its parameters, as the packs write them."""
    found: dict[str, set[str]] = {}
    for one in _modelled():
        if one.spread == spread:
            for parameter in one.parameters:
                found.setdefault(parameter.name, set()).add(parameter.figure.unit)
    return {name: frozenset(units) for name, units in found.items()}


@cache
def _modelled() -> tuple[Scenario, ...]:
    return tuple(packs.scenario(name) for name in packs.names("scenarios"))


def check_id(value: str) -> None:
    """Refuse an id that could not stand on a command line or in an address."""
    if not _ID.fullmatch(value):
        raise PlansRepoError("scenario-id-unfit", thing="scenario", field="id", rule="a-z 0-9 -, at most 64",
                             value=value)  # fmt: skip


def check_text(thing: str, field: str, value: str) -> None:
    """Refuse a text that is too long, or has signs nobody can see."""
    if len(value) > LONGEST[field]:
        raise PlansRepoError("text-too-long-here", thing=thing, field=field, rule=f"at most {LONGEST[field]} signs",
                             limit=LONGEST[field], value=len(value))  # fmt: skip
    if any(ord(sign) < 32 or ord(sign) == 127 or 0xD800 <= ord(sign) <= 0xDFFF for sign in value if sign != "\n"):
        raise PlansRepoError("text-with-control-signs", thing=thing, field=field, rule="must have no control signs")


def check_number(thing: str, field: str, value: Any, bounds: Range, field_en: str = "") -> float:
    """The value as a number within its range, or a refusal naming thing, field, rule and value."""
    number = finite(thing, field, value)
    if not bounds.holds(number):
        raise _outside(thing, field, bounds, value, field_en)
    return number


def _check_parameter(thing: str, parameter: Parameter) -> None:
    figure = parameter.figure
    bounds, english = range_of(parameter.name, figure.unit), parameter.title_en or parameter.name
    check_number(thing, parameter.title or parameter.name, figure.value, bounds, english)
    check_text(thing, "source", figure.source)


def _check_place(place: Place) -> None:
    thing = f"place {place.title or place.id}"
    if not _PLACE.fullmatch(place.id):
        raise PlansRepoError("place-id-unfit", thing=thing, field="id", rule="no space / : . @", value=place.id)
    check_text(thing, "title", place.title)
    check_text(thing, "title_en", place.title_en)
    for name, value in place.numbers:
        check_number(thing, name_of("place_number", name, "zh"), value, range_of_number(name),
                     name_of("place_number", name, "en"))  # fmt: skip


def _check_sizes(thing: str, scenario: Scenario) -> None:
    """Before the model is asked: what would become of the people, and how many cars would drive in."""
    sizes = [value for name in _PARTIES if (value := scenario.get(name, math.inf)) >= 1]
    people = sum(place.get("people", 0.0) for place in scenario.places)
    batches = scenario.get("exposed_min", 0.0) / scenario.get("batch_min", 1.0) * len(scenario.of_kind("underpass"))
    for field, most, value in (
        ("places", MOST_PLACES, len(scenario.places)),
        ("failures", MOST_FAILURES, len(scenario.failures)),
        ("parties", MOST_PARTIES, people / min(sizes, default=math.inf)),
        ("batches", MOST_PARTIES, batches),
    ):
        if value > most:
            raise PlansRepoError("scenario-too-large", thing=thing, field=field, rule=f"at most {most}", limit=most,
                                 value=round(value))  # fmt: skip


def check_failures(compound: Compound) -> None:
    """Refuse failures of a compound event that are too many, or that name what its parts do not have."""
    thing = f"compound event {compound.id}"
    parts = {part.id: _named(part.scenario) for part in compound.parts if compound.failures}
    if len(compound.failures) > MOST_FAILURES:
        raise PlansRepoError("scenario-too-large", thing=thing, field="failures", rule=f"at most {MOST_FAILURES}",
                             limit=MOST_FAILURES, value=len(compound.failures))  # fmt: skip
    for failure in compound.failures:
        part, sign, place = failure.of.partition(":")
        if sign and part not in parts:
            raise PlansRepoError("part-unknown", thing=thing, field="failures", rule="must be a part", value=part)
        if sign and place not in parts[part]:
            raise SimError("failure-of-nothing", thing=thing, field="failures", rule="must be of the part", value=place)


def _named(scenario: Scenario) -> frozenset[str]:
    """The places of an event, and everybody else who is called, fetched or driven there."""
    brought = (entity.key for group in contribution_of(scenario).sets for entity in group.entities)
    return frozenset((*brought, *(place.id for place in scenario.places)))


def _outside(thing: str, field: str, bounds: Range, value: object, field_en: str = "") -> PlansRepoError:
    low, high = f"{bounds.low:g}", f"{bounds.high:.10g}"
    return PlansRepoError("number-out-of-range", thing=thing, field=field, field_en=field_en,
                          rule=f"must lie in {low} to {high}", low=low, high=high, value=value)  # fmt: skip


def _ranges() -> dict[str, Any]:
    return pack("", "scenario_ranges")
