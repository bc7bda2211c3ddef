"""A number with meaning: its unit, its source and how far it may be trusted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sim.errors import SimError


class Mark(StrEnum):
    """How a figure is known. A figure whose source is not read to the letter is to be confirmed."""

    READ = "read"
    TO_BE_CONFIRMED = "to_be_confirmed"
    CALIBRATED = "calibrated"
    PLAN = "plan"
    EXPERT = "expert"
    DEMO = "demo"


_FIRMEST_FIRST = (Mark.CALIBRATED, Mark.READ, Mark.PLAN, Mark.EXPERT, Mark.TO_BE_CONFIRMED, Mark.DEMO)


def weakest(marks: Iterable[Mark]) -> Mark:
    """The mark of a figure made from several: the one least to be relied on; none make one to be confirmed.

    >>> weakest([Mark.READ, Mark.EXPERT]).value, weakest([]).value
    ('expert', 'to_be_confirmed')
    """
    return max(marks, key=_FIRMEST_FIRST.index, default=Mark.TO_BE_CONFIRMED)


class Footing(StrEnum):
    """What a duration rests on, strongest first."""

    CALIBRATED = "calibrated"
    PUBLISHED = "published"
    EXPERT = "expert"
    TEMPLATE = "template"


_UPHELD = {
    Footing.CALIBRATED: {Mark.READ: Mark.CALIBRATED},
    Footing.PUBLISHED: {Mark.CALIBRATED: Mark.READ},
    Footing.EXPERT: {Mark.READ: Mark.EXPERT, Mark.CALIBRATED: Mark.EXPERT},
    Footing.TEMPLATE: {Mark.READ: Mark.TO_BE_CONFIRMED, Mark.CALIBRATED: Mark.TO_BE_CONFIRMED},
}


def upheld(mark: Mark, footing: Footing) -> Mark:
    """The mark of a duration as far as its footing upholds it.

    An estimate stays an estimate though the case it starts from was read.

    >>> upheld(Mark.READ, Footing.EXPERT).value, upheld(Mark.READ, Footing.PUBLISHED).value
    ('expert', 'read')
    """
    return _UPHELD[footing].get(mark, mark)


def footed(footing: Footing, mark: Mark) -> Footing:
    """What a duration may be said to rest on: published only where the source was read to the letter.

    A figure that cites a publication nobody has read is a default of the template until somebody has.

    >>> footed(Footing.PUBLISHED, Mark.TO_BE_CONFIRMED).value, footed(Footing.PUBLISHED, Mark.READ).value
    ('template', 'published')
    """
    return Footing.TEMPLATE if footing is Footing.PUBLISHED and mark is not Mark.READ else footing


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A value in a unit, with the source it comes from and its mark.

    >>> Figure(value=29, unit="min", source="Peng Ran 2022", mark=Mark.READ).value
    29.0
    """

    value: float
    unit: str
    source: str
    mark: Mark

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", finite("figure", "value", self.value))
        if not self.source:
            raise SimError("figure-without-source", thing="figure", field="source", value=self.source)


def finite(thing: str, field: str, value: object) -> float:
    """The value as a finite float, or a refusal naming thing and field."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise SimError("number-not-finite", thing=thing, field=field, rule="must be a finite number", value=value)
    return float(value)


def at_least(thing: str, field: str, value: float, low: float, *, code: str = "number-too-small") -> float:
    """The value if it is finite and not below *low*, or a refusal."""
    number = finite(thing, field, value)
    if number < low:
        rule = f"must be >= {low:g}"
        raise SimError(code, thing=thing, field=field, rule=rule, sign="≥", limit=low, value=value)
    return number


def above(thing: str, field: str, value: float, low: float) -> float:
    """The value if it is finite and greater than *low*, or a refusal."""
    number = finite(thing, field, value)
    if number <= low:
        rule = f"must be > {low:g}"
        raise SimError("number-too-small", thing=thing, field=field, rule=rule, sign=">", limit=low, value=value)
    return number


def within(thing: str, field: str, value: float, low: float, high: float) -> float:
    """The value if it is finite and lies in *low*–*high*, or a refusal.

    >>> within("task F1", "tries", 3, 1, 100)
    3.0
    """
    number = at_least(thing, field, value, low)
    if number > high:
        raise SimError(
            "number-too-large", thing=thing, field=field, rule=f"must be <= {high:g}", limit=high, value=value
        )
    return number


def share(thing: str, field: str, value: float) -> float:
    """The value if it lies in 0–1, or a refusal."""
    number = finite(thing, field, value)
    if not 0.0 <= number <= 1.0:
        raise SimError("share-out-of-range", thing=thing, field=field, rule="must lie in 0-1", value=value)
    return number


def words(thing: str, field: str, value: str) -> str:
    """The text if it is not blank, or a refusal."""
    if not value.strip():
        raise SimError("name-missing", thing=thing, field=field, rule="must not be blank", value=value)
    return value
