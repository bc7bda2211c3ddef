"""How a queue at a bottleneck builds up and empties, as a fluid."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sim.figure import above


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """A bottleneck as a fluid: how much had arrived and how much had passed at each minute of a fine grid."""

    minutes: tuple[float, ...]
    arrived: tuple[float, ...]
    passed: tuple[float, ...]

    @property
    def longest(self) -> float:
        """The most that ever waited."""
        return max(came - went for came, went in zip(self.arrived, self.passed, strict=True))

    def passed_min(self, count: float) -> float:
        """The first minute by which *count* had passed; infinity when not within the grid."""
        for i, went in enumerate(self.passed):
            if went >= count:
                return self._between(i, count) if i else self.minutes[0]
        return math.inf

    def _between(self, i: int, count: float) -> float:
        rest = (count - self.passed[i - 1]) / (self.passed[i] - self.passed[i - 1])
        return self.minutes[i - 1] + rest * (self.minutes[i] - self.minutes[i - 1])


def point_queue(
    arrived: Callable[[float], float], capacity_per_min: float, until_min: float, step_min: float = 0.05
) -> Queue:
    """The fluid limit of a queue at a bottleneck: what passes by t is the least over s of A(s) + c·(t − s).

    *arrived* gives the cumulative arrivals at a minute and must not fall. Newell's construction
    [to be confirmed: from memory]; exact but for the grid of *step_min*.

    >>> queue = point_queue(lambda t: 100.0, capacity_per_min=10, until_min=20)  # 100 wait at the start
    >>> queue.longest, round(queue.passed_min(50), 6)
    (100.0, 5.0)
    """
    above("bottleneck", "capacity_per_min", capacity_per_min, 0)
    count = math.ceil(above("bottleneck", "until_min", until_min, 0) / above("bottleneck", "step_min", step_min, 0))
    minutes = tuple(i * step_min for i in range(count + 1))
    came = tuple(float(arrived(minute)) for minute in minutes)
    least, passed = 0.0, []
    for minute, total in zip(minutes, came, strict=True):
        least = min(least, total - capacity_per_min * minute)
        passed.append(min(total, least + capacity_per_min * minute))
    return Queue(minutes=minutes, arrived=came, passed=tuple(passed))
