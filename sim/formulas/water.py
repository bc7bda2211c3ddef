"""How water rises and falls in a void, and what air it leaves.

The void balance A(z)·dz/dt = inflow − pumps is solved exactly: flows are constant between the
minutes at which one begins or ends, so the volume is a chain of straight lines, and the level
is read from the void's own table of level and volume.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sim.errors import SimError
from sim.figure import above, at_least, finite


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """Water that runs at a steady rate from one minute to another; a pump's rate is negative."""

    rate_m3_h: float
    start_min: float = 0.0
    end_min: float = math.inf

    def __post_init__(self) -> None:
        finite("flow", "rate_m3_h", self.rate_m3_h)
        if not self.start_min <= self.end_min:
            raise SimError(
                "bounds-out-of-order", thing="flow", field="start_min, end_min", value=(self.start_min, self.end_min)
            )

    def is_on(self, minute: float) -> bool:
        """Whether it runs at *minute* (from its start, until just before its end)."""
        return self.start_min <= minute < self.end_min


def pump(rate_m3_h: float, start_min: float = 0.0, end_min: float = math.inf) -> Flow:
    """A flow that takes *rate_m3_h* out.

    >>> pump(450, start_min=60).rate_m3_h
    -450
    """
    return Flow(rate_m3_h=-rate_m3_h, start_min=start_min, end_min=end_min)


@dataclass(frozen=True, kw_only=True, slots=True)
class Void:
    """A space that fills: the volume below each level, straight between the levels given.

    The volume of the lowest level is the least there can be; above the highest level the last slope goes on.

    >>> gallery = Void(levels_m=(0, 2, 4), volumes_m3=(0, 200, 1200))
    >>> gallery.level_m(700), gallery.volume_m3(3)
    (3.0, 700.0)
    """

    levels_m: tuple[float, ...]
    volumes_m3: tuple[float, ...]

    def __post_init__(self) -> None:
        for field, values in (("levels_m", self.levels_m), ("volumes_m3", self.volumes_m3)):
            rising = all(low < high for low, high in pairwise(values))
            if len(values) < 2 or len(values) != len(self.levels_m) or not rising:
                raise SimError(
                    "void-not-rising", thing="void", field=field, rule="two or more, each above the last", value=values
                )

    def level_m(self, volume_m3: float) -> float:
        """The level a volume of water stands at."""
        return _straight(volume_m3, self.volumes_m3, self.levels_m)

    def volume_m3(self, level_m: float) -> float:
        """The volume of water below a level."""
        return _straight(level_m, self.levels_m, self.volumes_m3)


def _straight(x: float, xs: tuple[float, ...], ys: tuple[float, ...]) -> float:
    if x <= xs[0]:
        return float(ys[0])
    i = min(bisect_right(xs, x), len(xs) - 1)
    return ys[i - 1] + (x - xs[i - 1]) * (ys[i] - ys[i - 1]) / (xs[i] - xs[i - 1])


def volume_after_m3(minute: float, start_m3: float, flows: tuple[Flow, ...]) -> float:
    """The water in a void after *minute* minutes, in m³; it is never less than none.

    >>> volume_after_m3(120, 100, (Flow(rate_m3_h=50), pump(80, start_min=60)))
    120.0
    """
    volume = at_least("void", "start_m3", start_m3, 0)
    for begin, end, rate in _stretches(flows, at_least("void", "minute", minute, 0)):
        volume = max(0.0, volume + rate * (end - begin) / 60)
    return volume


def crossing_min(target_m3: float, start_m3: float, flows: tuple[Flow, ...], until_min: float) -> float | None:
    """The first minute at which the void holds *target_m3*, rising or falling; None when not by *until_min*.

    >>> crossing_min(60, 100, (pump(80, start_min=60),), until_min=600)
    90.0
    """
    volume = at_least("void", "start_m3", start_m3, 0)
    if volume == target_m3:
        return 0.0
    for begin, end, rate in _stretches(flows, until_min):
        after = max(0.0, volume + rate * (end - begin) / 60)
        if min(volume, after) <= target_m3 <= max(volume, after):
            return begin + (target_m3 - volume) / rate * 60
        volume = after
    return None


def _stretches(flows: tuple[Flow, ...], until_min: float) -> Iterator[tuple[float, float, float]]:
    """Begin, end and net rate in m³/h of each stretch in which no flow changes."""
    marks = {mark for flow in flows for mark in (flow.start_min, flow.end_min) if 0 < mark < until_min}
    for begin, end in pairwise(sorted({0.0, float(until_min), *marks})):
        yield begin, end, math.fsum(flow.rate_m3_h for flow in flows if flow.is_on(begin))


def effective_area_m2(pumped_m3: float, fall_m: float) -> float:
    """The area of water that a volume pumped and a fall of the level imply.

    >>> round(effective_area_m2(44200, 0.95))
    46526
    """
    return pumped_m3 / above("water level", "fall_m", fall_m, 0)


def level_rate_m_h(net_m3_h: float, area_m2: float) -> float:
    """How fast the level moves under a net flow, in metres an hour; falling is negative.

    >>> round(level_rate_m_h(-1485, 46526) * 100, 2)
    -3.19
    """
    return net_m3_h / above("void", "area_m2", area_m2, 0)


def hours_to_move(height_m: float, rate_m_h: float) -> float:
    """Hours until the level has moved by *height_m* at a steady *rate_m_h*; infinity when it moves the other way.

    >>> round(hours_to_move(8, 0.445), 2)
    17.98
    """
    if height_m == 0:
        return 0.0
    return height_m / rate_m_h if height_m * rate_m_h > 0 else math.inf


def trapped_air_share(head_m: float, atmosphere_m: float = 10.33) -> float:
    """What is left of a closed air space under a head of water: p0 / (p0 + H), Boyle's law.

    *atmosphere_m* is the pressure of the air as metres of water (standard air: 10.33).

    >>> round(trapped_air_share(5), 5)
    0.67384
    """
    return atmosphere_m / (atmosphere_m + at_least("trapped air", "head_m", head_m, 0))
