"""What timings teach about one duration: prior, data, posterior, what to expect next, and what to be wary of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from scipy import special

from sim.calibration import LogTimes, WaitRate
from sim.durations import Exponential, Law, Lognormal
from sim.figure import above
from sim.priors import Form, Prior, prior_of
from sim.stopped import StoppedTimes

FEW = 5
"""Fewer timings than that leave the spread of a duration mostly to the prior."""
CONFLICT_SHARE = 0.05
"""Below this share of what the prior expected, timings and prior contradict each other."""
CURVE_POINTS = 160


class Held(Protocol):
    """What is held of a duration, in whatever form."""

    @property
    def median_min(self) -> float:
        """The median of the next time."""

    def next_min(self, q: float) -> float:
        """The time the next one keeps within with probability *q*."""

    def median_at(self, q: float) -> float:
        """The time below which the median itself lies with probability *q*."""

    @property
    def law(self) -> Lognormal | Exponential:
        """The one law that stands for it."""

    def drawn(self, u: float, v: float) -> Lognormal | Exponential:
        """One law of those that may be true."""


class Wary(StrEnum):
    """Why a calibrated duration is less sure than its figures look."""

    FEW = "few"  # fewer timings than FEW
    CONFLICT = "conflict"  # the prior hardly expected such timings
    ONE_TURNOUT = "one_turnout"  # all timings of one drill: they share its day, its weather, its people
    ANNOUNCED = "announced"  # announced drills only: people who know are quicker
    MANY_STOPPED = "many_stopped"  # as many broken off as ended: the slow end is mostly the law's form


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """One duration before and after the timings; minutes per unit where the duration is multiplied by something.

    *surprise_share* is the share of data sets at least as far off as these that the prior expected.
    """

    prior: Prior
    posterior: LogTimes | WaitRate | StoppedTimes
    weight: float
    ended_min: tuple[float, ...]
    stopped_min: tuple[float, ...]
    surprise_share: float | None

    @property
    def count(self) -> int:
        """How many timings there are, broken off ones included."""
        return len(self.ended_min) + len(self.stopped_min)

    @property
    def is_in_conflict(self) -> bool:
        """Whether the timings contradict the procedure's figure."""
        return self.surprise_share is not None and self.surprise_share < CONFLICT_SHARE

    def wary(self, *, turnouts: int, announced_only: bool) -> tuple[Wary, ...]:
        """What to be wary of, given of how many turnouts the timings are and of what kind."""
        found = (
            (Wary.CONFLICT, self.is_in_conflict),
            (Wary.FEW, self.count < FEW),
            (Wary.ONE_TURNOUT, self.count > 1 and turnouts == 1),
            (Wary.ANNOUNCED, announced_only),
            (Wary.MANY_STOPPED, len(self.stopped_min) >= max(1, len(self.ended_min))),
        )
        return tuple(kind for kind, holds in found if holds)


def learn(
    law: Law, ended_min: Sequence[float], stopped_min: Sequence[float] = (), *, weight: float, fixed_sigma: float
) -> Lesson:
    """The lesson of some timings for a law of the procedure.

    >>> lesson = learn(Lognormal(median_min=10, sigma=0.4), [18, 22, 15, 20, 25], weight=4, fixed_sigma=0.5)
    >>> round(lesson.posterior.median_min, 4), round(lesson.posterior.next_min(0.9), 4)  # V42
    (14.576, 26.1272)
    """
    ended = tuple(above("observed time", "minutes", time, 0) for time in ended_min)
    stopped = tuple(above("time broken off", "minutes", time, 0) for time in stopped_min)
    prior = prior_of(law, weight=weight, fixed_sigma=fixed_sigma)
    return Lesson(
        prior=prior,
        posterior=_after(prior.held, ended, stopped),
        weight=weight,
        ended_min=ended,
        stopped_min=stopped,
        surprise_share=surprise_share(prior.held, ended),
    )


def _after(
    held: LogTimes | WaitRate, ended: tuple[float, ...], stopped: tuple[float, ...]
) -> LogTimes | WaitRate | StoppedTimes:
    if isinstance(held, WaitRate):
        return held.after(ended, stopped)
    after = held.after(ended)
    return StoppedTimes(ended=after, stopped_min=stopped) if stopped else after


def surprise_share(held: LogTimes | WaitRate, ended_min: Sequence[float]) -> float | None:
    """The share of data sets further from what was expected than these, on both sides; None without data.

    Of n lognormal times the mean logarithm has Student's law with scale √(β/α·(1/κ + 1/n)); of n exponential
    ones the total S makes S/(S + T) beta(n, shape).
    """
    if not ended_min:
        return None
    count = len(ended_min)
    if isinstance(held, WaitRate):
        total = sum(ended_min)
        below = float(special.betainc(count, held.shape, total / (total + held.total_min)))
        return 2 * min(below, 1 - below)
    mean = sum(math.log(time) for time in ended_min) / count
    scale = math.sqrt(held.scale / held.shape * (1 / held.weight + 1 / count))
    return 2 * float(special.stdtr(held.degrees, -abs(mean - held.mean_log) / scale))


def curve(held: Held, *, of_median: bool = False) -> tuple[tuple[float, float], ...]:
    """Minutes and density of the next time (or of the median), from the 0.5 % to the 99.5 % point, for drawing."""
    at = held.median_at if of_median else held.next_min
    shares = [0.005 + 0.99 * step / CURVE_POINTS for step in range(CURVE_POINTS + 1)]
    times = [at(q) for q in shares]
    return tuple(
        ((low + high) / 2, (q_high - q_low) / (high - low))
        for low, high, q_low, q_high in zip(times, times[1:], shares, shares[1:], strict=False)
        if high > low
    )


__all__ = ["Form", "Held", "Lesson", "Wary", "curve", "learn", "surprise_share"]
