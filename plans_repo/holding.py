"""What stock can be called on when: by the form in which it is held.

A county's own stock is there from the beginning. Stock held by agreement, or kept by a firm, comes after its
delay and as far as it is ready; what a factory has yet to make comes later still.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from plans_repo.packs.reading import pack
from plans_repo.resources import Resource
from plans_repo.store.tables.resources import Holding
from sim.figure import at_least, share
from sim.scenario import Arrival


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """How long after the call stock comes, and which part of it can be counted on."""

    delay_min: float
    readiness_share: float

    def __post_init__(self) -> None:
        at_least("holding", "delay_min", self.delay_min, 0)
        share("holding", "readiness_share", self.readiness_share)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """Units of pools from the beginning, and what comes later."""

    units: tuple[tuple[str, int], ...]
    arrivals: tuple[Arrival, ...]


@cache
def terms(holding: Holding) -> Terms:
    """The terms of one form of holding, from the pack of parameters.

    >>> terms(Holding.OWN)
    Terms(delay_min=0.0, readiness_share=1.0)
    """
    figures = pack("parameters", "holding")
    return Terms(
        delay_min=float(figures[f"{holding}_delay"]["value"]),
        readiness_share=float(figures[f"{holding}_readiness"]["value"]),
    )


def stock(entries: Iterable[Resource]) -> Stock:
    """What the entries of a register come to for each pool; a pool with entries but nothing ready has 0 units."""
    units: dict[str, int] = {}
    arrivals: list[Arrival] = []
    for entry in entries:
        units.setdefault(entry.pool, 0)
        if entry.retired_at is not None:
            continue
        held = terms(entry.holding or Holding.OWN)
        if held.delay_min > 0:
            arrivals += _later(entry, held)
        else:
            units[entry.pool] += _ready(entry, held)
    return Stock(units=tuple(sorted(units.items())), arrivals=tuple(sorted(arrivals, key=lambda a: (a.pool, a.at_min))))


def _later(entry: Resource, held: Terms) -> list[Arrival]:
    units = _ready(entry, held)
    return [Arrival(pool=entry.pool, units=units, at_min=held.delay_min)] if units else []


def _ready(entry: Resource, held: Terms) -> int:
    """Whole units: the entry's own ready share and that of the form it is held in."""
    return replace(entry, ready_share=entry.ready_share * held.readiness_share).ready_units
