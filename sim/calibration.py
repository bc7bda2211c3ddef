"""What drills teach about a duration, a rate or a share: prior, data, posterior, and what to expect next.

Conjugate families, so that a posterior is of the same kind as its prior and may be the prior of the next
drill. Normal-inverse-gamma on the logarithms of times, gamma on a rate, beta on a share [to be confirmed:
textbook forms, from memory; see Gelman et al., Bayesian Data Analysis, ch. 2-3]. Start with ``LogTimes``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from scipy import special

from sim.durations import Exponential, Lognormal
from sim.figure import above, at_least, finite, share
from sim.quantiles import normal_quantile, t_quantile


@dataclass(frozen=True, kw_only=True, slots=True)
class LogTimes:
    """What is held of a lognormal time: a mean of its logarithm worth *weight* drills, a variance worth 2·*shape*.

    The variance of the logarithm has an inverse-gamma law of *shape* and *scale*.

    >>> guess = LogTimes(mean_log=math.log(10), weight=4, shape=3, scale=0.32)
    >>> after = guess.after([18, 22, 15, 20, 25])
    >>> round(after.median_min, 4), round(after.next_min(0.9), 4)
    (14.576, 26.1272)
    """

    mean_log: float
    weight: float
    shape: float
    scale: float

    def __post_init__(self) -> None:
        finite("prior", "mean_log", self.mean_log)
        for field in ("weight", "shape", "scale"):
            above("prior", field, getattr(self, field), 0)

    def after(self, times_min: Sequence[float]) -> LogTimes:
        """The posterior after some observed times; the same value when there are none."""
        logs = [math.log(above("observed time", "minutes", time, 0)) for time in times_min]
        if not logs:
            return self
        count, mean = len(logs), sum(logs) / len(logs)
        weight = self.weight + count
        spread = sum((value - mean) ** 2 for value in logs)
        shift = self.weight * count / weight * (mean - self.mean_log) ** 2
        return LogTimes(
            mean_log=(self.weight * self.mean_log + count * mean) / weight,
            weight=weight,
            shape=self.shape + count / 2,
            scale=self.scale + (spread + shift) / 2,
        )

    @property
    def median_min(self) -> float:
        """The median of the next time."""
        return math.exp(self.mean_log)

    @property
    def next_scale(self) -> float:
        """The scale of Student's law of the next logarithm: √(β·(κ + 1)/(α·κ))."""
        return math.sqrt(self.scale * (self.weight + 1) / (self.shape * self.weight))

    @property
    def degrees(self) -> float:
        """The degrees of freedom of that law."""
        return 2 * self.shape

    def next_min(self, q: float) -> float:
        """The time that the next one keeps within with probability *q*, all doubt counted."""
        return math.exp(self.mean_log + self.next_scale * t_quantile(share("quantile", "q", q), self.degrees))

    def median_at(self, q: float) -> float:
        """The time below which the median itself lies with probability *q*: Student's law of scale √(β/(α·κ))."""
        scale = math.sqrt(self.scale / (self.shape * self.weight))
        return math.exp(self.mean_log + scale * t_quantile(share("quantile", "q", q), self.degrees))

    @property
    def sigma(self) -> float:
        """The root of the mean of the variance of the logarithm, √(β/(α − 1)); infinite up to a shape of 1."""
        return math.sqrt(self.scale / (self.shape - 1)) if self.shape > 1 else math.inf

    @property
    def law(self) -> Lognormal:
        """The law played where one law has to stand for all that is held."""
        return Lognormal(median_min=self.median_min, sigma=self.sigma)

    def drawn(self, u: float, v: float) -> Lognormal:
        """One law of those that may be true: *v* draws the variance, *u* the mean of the logarithm given it."""
        sigma = math.sqrt(self.scale / float(special.gammaincinv(self.shape, 1.0 - v)))
        mean = self.mean_log + sigma / math.sqrt(self.weight) * normal_quantile(u)
        return Lognormal(median_min=math.exp(mean), sigma=sigma)


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitRate:
    """What is held of the rate of an exponential time: a gamma law worth *shape* times that took *total_min*.

    >>> WaitRate(shape=4, total_min=40).after([20] * 5).mean_min
    17.5
    """

    shape: float
    total_min: float

    def __post_init__(self) -> None:
        above("prior", "shape", self.shape, 0)
        above("prior", "total_min", self.total_min, 0)

    def after(self, times_min: Sequence[float], stopped_min: Sequence[float] = ()) -> WaitRate:
        """The posterior after some observed times, and after some that were broken off unfinished.

        A time broken off adds its minutes and no end: exp(−λ·t) is all that its likelihood is.
        """
        total = sum(at_least("observed time", "minutes", time, 0) for time in (*times_min, *stopped_min))
        return WaitRate(shape=self.shape + len(times_min), total_min=self.total_min + total)

    @property
    def median_min(self) -> float:
        """The median of the next time."""
        return self.next_min(0.5)

    def median_at(self, q: float) -> float:
        """The time below which the median of the law itself lies with probability *q*."""
        return math.log(2) * self.total_min / float(special.gammaincinv(self.shape, 1.0 - share("quantile", "q", q)))

    @property
    def law(self) -> Exponential:
        """The law played where one law has to stand for all that is held."""
        return Exponential(mean_min=self.mean_min)

    def drawn(self, u: float, v: float) -> Exponential:
        """One law of those that may be true, at probability *u* of its mean."""
        return Exponential(mean_min=self.total_min / float(special.gammaincinv(self.shape, 1.0 - u)))

    @property
    def mean_min(self) -> float:
        """The mean of the next time; infinite up to a shape of 1."""
        return self.total_min / (self.shape - 1) if self.shape > 1 else math.inf

    def next_min(self, q: float) -> float:
        """The time that the next one keeps within with probability *q* (Lomax)."""
        return self.total_min * math.expm1(-math.log1p(-share("quantile", "q", q)) / self.shape)


@dataclass(frozen=True, kw_only=True, slots=True)
class SuccessShare:
    """What is held of a share: a beta law worth *met* successes and *missed* failures.

    >>> round(SuccessShare(met=2, missed=1).after([True] * 7 + [False] * 3).mean, 6)
    0.692308
    """

    met: float
    missed: float

    def __post_init__(self) -> None:
        above("prior", "met", self.met, 0)
        above("prior", "missed", self.missed, 0)

    def after(self, outcomes: Sequence[bool]) -> SuccessShare:
        """The posterior after some outcomes."""
        met = sum(outcomes)
        return SuccessShare(met=self.met + met, missed=self.missed + len(outcomes) - met)

    @property
    def mean(self) -> float:
        """The chance that the next one succeeds."""
        return self.met / (self.met + self.missed)

    @classmethod
    def worth(cls, share_held: float, weight: float, *, least: float) -> SuccessShare:
        """A share held with so many outcomes behind it; one held certain is taken *least* away from 0 and 1.

        >>> SuccessShare.worth(0.9, 10, least=0.01).mean
        0.9
        """
        held = min(max(share("prior", "share", share_held), least), 1 - least)
        return cls(met=weight * held, missed=weight * (1 - held))

    def quantile(self, q: float) -> float:
        """The share that the true one lies below with probability *q*."""
        return float(special.betaincinv(self.met, self.missed, share("quantile", "q", q)))


Prior: TypeAlias = LogTimes | WaitRate | SuccessShare
Posterior: TypeAlias = Prior
