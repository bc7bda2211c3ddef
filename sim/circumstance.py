"""What may be true of an event and make one promise hold and not another: the hour, the light, the place, the grade."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sim.errors import SimError


class Aspect(StrEnum):
    """What a circumstance is about; of each aspect an event has one circumstance or does not say."""

    HOURS = "hours"
    DAYLIGHT = "daylight"
    AREA = "area"
    GRADE = "grade"


class Circumstance(StrEnum):
    """The circumstances in which Chinese plans promise different limits.

    The grades are those of the event (Emergency Response Law, art. 3), not the levels of
    the response, which each plan sets for itself.
    """

    OFFICE_HOURS = "office_hours"
    OFF_HOURS = "off_hours"
    DAY = "day"
    NIGHT = "night"
    URBAN = "urban"
    RURAL = "rural"
    GRADE_ORDINARY = "grade_ordinary"
    GRADE_CONSIDERABLE = "grade_considerable"
    GRADE_MAJOR = "grade_major"
    GRADE_EXCEPTIONAL = "grade_exceptional"

    @property
    def aspect(self) -> Aspect:
        """What it is about."""
        return _ASPECTS[self]


ALTERNATIVES = {
    Aspect.HOURS: (Circumstance.OFFICE_HOURS, Circumstance.OFF_HOURS),
    Aspect.DAYLIGHT: (Circumstance.DAY, Circumstance.NIGHT),
    Aspect.AREA: (Circumstance.URBAN, Circumstance.RURAL),
    Aspect.GRADE: (
        Circumstance.GRADE_ORDINARY,
        Circumstance.GRADE_CONSIDERABLE,
        Circumstance.GRADE_MAJOR,
        Circumstance.GRADE_EXCEPTIONAL,
    ),
}
"""All circumstances of each aspect; grades from the least."""

_ASPECTS = {each: aspect for aspect, every in ALTERNATIVES.items() for each in every}


def is_given(asked: Iterable[Circumstance], given: Iterable[Circumstance]) -> bool:
    """Whether an event shows one of the circumstances asked in every aspect they are about.

    >>> is_given([Circumstance.GRADE_MAJOR, Circumstance.GRADE_EXCEPTIONAL], [Circumstance.GRADE_MAJOR])
    True
    >>> is_given([Circumstance.OFFICE_HOURS], [])
    False
    """
    wanted, shown = set(asked), set(given)
    return {each.aspect for each in wanted} == {each.aspect for each in wanted & shown}


def check_one_each(thing: str, given: Iterable[Circumstance]) -> None:
    """Refuse an event that is said to be two things at once."""
    seen: dict[Aspect, Circumstance] = {}
    for each in given:
        if seen.setdefault(each.aspect, each) is not each:
            raise SimError("circumstance-twice", thing=thing, field=each.aspect, rule="must be one", value=each)
