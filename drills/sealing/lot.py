"""The draw: what may be drawn (the slate), and what a seed draws from it.

Every choice is a number from SHA-256 of seed, label and counter, taken without bias, so that anybody can re-run the
draw with a few lines in any language. Nothing but slate and seed enters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from drills.errors import DrillError
from sim.plain import digest, plain

METHOD = "yuyan-draw-1"
MOST_WEIGHT = 1_000_000
_WORD = 1 << 256


@dataclass(frozen=True, kw_only=True)
class Lot:
    """Something that may be drawn, with its weight against the others."""

    id: str
    weight: int = 1

    def __post_init__(self) -> None:
        if isinstance(self.weight, bool) or not 1 <= self.weight <= MOST_WEIGHT:
            raise DrillError("weight-wrong", thing="lot", field="weight", value=self.weight, limit=MOST_WEIGHT)


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Days on which nothing may fall, with the reason."""

    start_on: date
    end_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Slate:
    """All that may be drawn, resolved: the very days, times, places, units and scenarios.

    *closed* and *engaged* are the blackouts and the other drills' days the *days* keep clear of, so that a reader can
    check it. An empty list of places, units or scenarios means that these are not drawn.
    """

    window_from: date
    window_to: date
    days: tuple[date, ...]
    times: tuple[str, ...]
    places: tuple[Lot, ...] = ()
    units: tuple[Lot, ...] = ()
    units_count: int = 0
    scenarios: tuple[Lot, ...] = ()
    closed: tuple[Closed, ...] = ()
    engaged: tuple[date, ...] = ()
    gap_days: int = 0
    method: str = METHOD

    def __post_init__(self) -> None:
        if not self.days or not self.times:
            raise DrillError("draw-nothing-allowed", thing="slate", field="days", rule="needs one day and one time")
        for lots in (self.places, self.units, self.scenarios):
            if len({item.id for item in lots}) < len(lots):
                raise DrillError("lot-twice", thing="slate", field="lots", rule="names everything once")
        if self.units_count > len(self.units) or self.units_count < 0:
            raise DrillError(
                "draw-too-many-units", thing="slate", field="units_count", rule=f"must lie in 0-{len(self.units)}",
                value=self.units_count, limit=len(self.units),
            )  # fmt: skip

    @property
    def digest(self) -> str:
        """The digest the organiser's pledge covers."""
        return digest(self)

    def fault(self) -> str:
        """What is wrong with the days, in one word; empty when they keep to the slate's own rules."""
        if self.method != METHOD:
            return "method"
        if list(self.days) != sorted(set(self.days)):
            return "days"
        if any(not self.window_from <= day <= self.window_to for day in self.days):
            return "window"
        if any(item.start_on <= day <= item.end_on for day in self.days for item in self.closed):
            return "closed"
        near = timedelta(days=self.gap_days)
        return "gap" if any(abs(day - other) < near for day in self.days for other in self.engaged) else ""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What the seed drew."""

    day: date
    time: str
    place: str
    units: tuple[str, ...]
    scenario: str

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        data: dict[str, Any] = plain(self)
        return data


def draw(slate: Slate, seed: bytes) -> Drawn:
    """What *seed* draws from *slate*; the same for everybody, always.

    >>> slate = Slate(window_from=date(2027, 3, 1), window_to=date(2027, 3, 2), times=("09:00",),
    ...               days=(date(2027, 3, 1), date(2027, 3, 2)))
    >>> draw(slate, bytes(32)) == draw(slate, bytes(32))
    True
    """
    slot = below(seed, "slot", len(slate.days) * len(slate.times))
    day, clock = divmod(slot, len(slate.times))
    return Drawn(
        day=slate.days[day],
        time=slate.times[clock],
        place=_one(seed, "place", slate.places),
        units=_several(seed, slate.units, slate.units_count),
        scenario=_one(seed, "scenario", slate.scenarios),
    )


def below(seed: bytes, label: str, limit: int) -> int:
    """A number from 0 up to, not including, *limit*, each equally likely.

    >>> below(bytes(32), "slot", 1)
    0
    """
    usable = _WORD - _WORD % limit  # numbers above would favour the small remainders
    counter = 0
    while (word := _word(seed, label, counter)) >= usable:
        counter += 1
    return word % limit


def _word(seed: bytes, label: str, counter: int) -> int:
    return int.from_bytes(hashlib.sha256(seed + f"{label}\n{counter}".encode()).digest(), "big")


def _one(seed: bytes, label: str, lots: Sequence[Lot]) -> str:
    if not lots:
        return ""
    mark = below(seed, label, sum(lot.weight for lot in lots))
    for lot in lots:
        if mark < lot.weight:
            return lot.id
        mark -= lot.weight
    raise AssertionError("weights add up to more than they are")


def _several(seed: bytes, lots: Sequence[Lot], count: int) -> tuple[str, ...]:
    """One after the other, without putting back."""
    left = list(lots)
    chosen: list[str] = []
    for position in range(count):
        chosen.append(_one(seed, f"unit {position}", left))
        left = [lot for lot in left if lot.id != chosen[-1]]
    return tuple(chosen)
