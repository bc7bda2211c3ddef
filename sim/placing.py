"""Where the places of an event are drawn: by their coordinates where all have them, else schematically."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario import Place

NEAREST, FARTHEST = 0.3, 1.0
"""Of a schematic layout: the radius of what lies at the middle, and of what is farthest away."""
_NUDGE = 0.05
_DIGITS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """Where a place is drawn; the middle (0, 0) is the command post."""

    place: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """The spots of all places, within the unit circle; *is_schematic* where only order and nearness mean something."""

    spots: tuple[Spot, ...]
    is_schematic: bool


def layout(places: Sequence[Place]) -> Layout:
    """A spot for every place, no two alike, the same for the same places in their order.

    Coordinates are the numbers ``x_m`` and ``y_m``. Without them a place stands on its bearing if it has one, else
    in its turn round the circle, the farther out the longer its road.

    >>> places = [Place(id=f"V{n}", title="x", kind="village", numbers=(("road_km", n),)) for n in (1, 4)]
    >>> [round(math.hypot(spot.x, spot.y), 2) for spot in layout(places).spots]
    [0.65, 1.0]
    """
    if places and all({"x_m", "y_m"} <= dict(place.numbers).keys() for place in places):
        return Layout(spots=_measured(places), is_schematic=False)
    return Layout(spots=_schematic(places), is_schematic=True)


def _measured(places: Sequence[Place]) -> tuple[Spot, ...]:
    """As measured, from the middle of all, shrunk into the unit circle."""
    middle = [sum(place.number(name) for place in places) / len(places) for name in ("x_m", "y_m")]
    apart = [(place.number("x_m") - middle[0], place.number("y_m") - middle[1]) for place in places]
    reach = max(math.hypot(*each) for each in apart) or 1.0
    return tuple(Spot(place=place.id, x=x / reach, y=y / reach) for place, (x, y) in zip(places, apart, strict=True))


def _schematic(places: Sequence[Place]) -> tuple[Spot, ...]:
    reach: dict[str, float] = {}
    for place in places:
        reach[place.kind] = max(_distance_km(place), reach.get(place.kind, 0.0))
    taken = set[tuple[float, float]]()
    spots = []
    for turn, place in enumerate(places):
        share = math.sqrt(_distance_km(place) / reach[place.kind]) if reach[place.kind] else 1.0
        radius = NEAREST + (FARTHEST - NEAREST) * share
        angle = math.radians(place.get("bearing_deg", 360.0 * turn / len(places)))
        while (spot := _spot(radius, angle)) in taken:
            angle += _NUDGE
        taken.add(spot)
        spots.append(Spot(place=place.id, x=spot[0], y=spot[1]))
    return tuple(spots)


def _spot(radius: float, angle: float) -> tuple[float, float]:
    return round(radius * math.sin(angle), _DIGITS), round(radius * math.cos(angle), _DIGITS)


def _distance_km(place: Place) -> float:
    return max(0.0, place.get("road_km", place.get("distance_m", 0.0) / 1000.0))
