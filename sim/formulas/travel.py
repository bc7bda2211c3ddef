"""How long it takes to get there, to call everybody, and to carry everybody."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.errors import SimError
from sim.figure import above, at_least, share


def drive_min(distance_km: float, cruise_km_min: float, acceleration_km_min2: float) -> float:
    """Minutes of driving: 2·√(D/a) while the cruising speed is not reached, then v/a + D/v.

    The two branches join at D = v²/a with equal slopes. The form is Kolesar & Walker's (RAND R-1449,
    square root then linear [read]); v and a are Larson & Odoni §3.7.2 [read; formula from memory].

    >>> round(drive_min(2, 0.8, 0.6), 4), round(drive_min(0.25, 0.8, 0.6), 4)
    (3.8333, 1.291)
    """
    at_least("travel law", "distance_km", distance_km, 0)
    if distance_km <= joint_km(cruise_km_min, acceleration_km_min2):
        return 2 * math.sqrt(distance_km / acceleration_km_min2)
    return cruise_km_min / acceleration_km_min2 + distance_km / cruise_km_min


def joint_km(cruise_km_min: float, acceleration_km_min2: float) -> float:
    """The distance from which on a journey has a stretch at cruising speed: v²/a.

    >>> round(joint_km(0.8, 0.6), 4)
    1.0667
    """
    above("travel law", "cruise_km_min", cruise_km_min, 0)
    above("travel law", "acceleration_km_min2", acceleration_km_min2, 0)
    return cruise_km_min**2 / acceleration_km_min2


def reach_km(minutes: float, cruise_km_min: float, acceleration_km_min2: float) -> float:
    """How far one gets in *minutes*: the inverse of ``drive_min``.

    >>> round(reach_km(3.8333333333, 0.8, 0.6), 6)
    2.0
    """
    at_least("travel law", "minutes", minutes, 0)
    if minutes <= drive_min(joint_km(cruise_km_min, acceleration_km_min2), cruise_km_min, acceleration_km_min2):
        return acceleration_km_min2 * minutes**2 / 4
    return cruise_km_min * (minutes - cruise_km_min / acceleration_km_min2)


def walk_min(distance_m: float, speed_m_s: float) -> float:
    """Minutes on foot at a steady speed.

    >>> round(walk_min(3000, 0.745), 1)
    67.1
    """
    return at_least("walk", "distance_m", distance_m, 0) / above("walk", "speed_m_s", speed_m_s, 0) / 60


def bus_waves(people: int, buses: int, seats: int) -> int:
    """Round trips each bus makes at most to carry *people*: ⌈N / (m·C)⌉.

    >>> bus_waves(1000, 6, 45)
    4
    """
    at_least("bus transfer", "people", people, 0)
    above("bus transfer", "buses", buses, 0)
    above("bus transfer", "seats", seats, 0)
    return -(-people // (buses * seats))


@dataclass(frozen=True, kw_only=True, slots=True)
class CallTree:
    """A call-out in which everybody called rings *children* others one after another, *levels* deep.

    The top caller is not counted among the people called. Formulas worked out for this project [computed].

    >>> tree = CallTree(children=3, levels=3, call_min=2)
    >>> tree.people, tree.last_min, round(tree.mean_min, 6)
    (39, 18, 10.461538)
    """

    children: int
    levels: int
    call_min: float

    def __post_init__(self) -> None:
        for field in ("children", "levels"):
            value = getattr(self, field)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                rule = "must be a whole number >= 1"
                raise SimError("count-not-whole", thing="call tree", field=field, rule=rule, value=value)
        at_least("call tree", "call_min", self.call_min, 0)

    @property
    def people(self) -> int:
        """How many are called."""
        return sum(self._width(level) for level in self._all_levels())

    @property
    def last_min(self) -> float:
        """Minutes until the last one has been called, when nobody has to be rung twice."""
        return self.children * self.levels * self.call_min

    @property
    def mean_min(self) -> float:
        """Mean minutes until somebody has been called, over all of them."""
        per_level = (self.children + 1) / 2 * self.call_min
        return sum(self._width(level) * level * per_level for level in self._all_levels()) / self.people

    def leaf_reached_share(self, no_answer_share: float, retries: int) -> float:
        """The chance that somebody on the last level is reached: (1 − p^(r+1))^L.

        >>> round(CallTree(children=3, levels=3, call_min=2).leaf_reached_share(0.2, retries=1), 6)
        0.884736
        """
        return self._link_share(no_answer_share, retries) ** self.levels

    def people_reached(self, no_answer_share: float, retries: int) -> float:
        """The expected number reached when a broken link loses everybody below it.

        >>> round(CallTree(children=3, levels=3, call_min=2).people_reached(0.2, retries=1), 6)
        35.062272
        """
        link = self._link_share(no_answer_share, retries)
        return sum(self._width(level) * link**level for level in self._all_levels())

    def _all_levels(self) -> range:
        return range(1, self.levels + 1)

    def _width(self, level: int) -> int:
        return int(self.children**level)

    @staticmethod
    def _link_share(no_answer_share: float, retries: int) -> float:
        at_least("call tree", "retries", retries, 0)
        return float(1 - share("call tree", "no_answer_share", no_answer_share) ** (retries + 1))
