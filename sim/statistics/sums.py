"""Means of whole numbers of ticks, from sums that do not depend on the order of adding."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sim.quantiles import t_quantile
from sim.statistics.interval import Interval, need

FEW = 30  # below this, a t interval of skewed times covers 89-90 % instead of 95 % [computed, 20,000 experiments]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """How many, Σx and Σx² of whole numbers; exact, so chunks may be merged in any order.

    >>> times = Sums.of([2, 4, 9])
    >>> times.mean, times.variance, times + Sums.of([5]) == Sums.of([5, 9, 4, 2])
    (5.0, 13.0, True)
    """

    count: int = 0
    total: int = 0
    squares: int = 0

    @classmethod
    def of(cls, values: Iterable[int]) -> Sums:
        """The sums of some values."""
        count = total = squares = 0
        for value in values:
            count, total, squares = count + 1, total + value, squares + value * value
        return cls(count=count, total=total, squares=squares)

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            count=self.count + other.count, total=self.total + other.total, squares=self.squares + other.squares
        )

    @property
    def mean(self) -> float:
        """The mean, rounded once; refused for an empty sample."""
        self._need(1)
        return float(Fraction(self.total, self.count))

    @property
    def variance(self) -> float:
        """The sample variance (divided by n − 1), rounded once; refused for fewer than two values."""
        self._need(2)
        return float(Fraction(self.count * self.squares - self.total**2, self.count * (self.count - 1)))

    @property
    def is_few(self) -> bool:
        """Whether the t interval is not to be trusted for skewed times."""
        return self.count < FEW

    def t_interval(self, alpha: float = 0.05) -> Interval:
        """Student's interval of the mean at confidence 1 − *alpha*.

        >>> interval = Sums.of([10, 12, 14]).t_interval()
        >>> round(interval.low, 3), round(interval.high, 3)
        (7.032, 16.968)
        """
        half = t_quantile(1 - alpha / 2, self.count - 1) * math.sqrt(self.variance / self.count)
        return Interval(low=self.mean - half, high=self.mean + half, confidence=1 - alpha)

    def _need(self, least: int) -> None:
        need("sample", "count", self.count, least)


@dataclass(frozen=True, kw_only=True, slots=True)
class PairedDifference:
    """What a change gained, from runs of the same luck before and after it."""

    mean: float
    interval: Interval
    better_share: float
    worse_share: float


def paired_difference(before: Iterable[int], after: Iterable[int], alpha: float = 0.05) -> PairedDifference:
    """How much smaller *after* is than *before*, run by run; positive means time gained.

    *better_share* is the share of runs with less time, *worse_share* with more; the rest is equal.

    >>> gain = paired_difference([10, 12, 14, 9], [8, 9, 13, 10])
    >>> gain.mean, gain.better_share, gain.worse_share
    (1.25, 0.75, 0.25)
    """
    gains = [old - new for old, new in zip(before, after, strict=True)]
    sums = Sums.of(gains)
    return PairedDifference(
        mean=sums.mean,
        interval=sums.t_interval(alpha),
        better_share=sum(gain > 0 for gain in gains) / len(gains),
        worse_share=sum(gain < 0 for gain in gains) / len(gains),
    )
