"""What a procedure's duration is worth before anybody has timed it: a prior by a stated rule.

A lognormal and an exponential law keep their form. Every other law is held as the lognormal law of the same
mean and variance, and ``Form`` says so; a fixed time gets a spread that has to be given. The weight is the number
of timings the procedure's own figure is worth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from sim.calibration import LogTimes, WaitRate
from sim.durations import Exponential, Fixed, Law, Lognormal, Pert, Triangular, Uniform, Weibull
from sim.errors import SimError
from sim.figure import above

LEAST_SIGMA = 0.01
"""A law without spread would let no timing change anything but its median."""


class Form(StrEnum):
    """How a law became a prior."""

    OWN = "own"  # lognormal, exponential: as they stand
    MATCHED = "matched"  # the lognormal law of the same mean and variance
    SPREAD = "spread"  # a fixed time, given the spread set for such


@dataclass(frozen=True, kw_only=True, slots=True)
class Prior:
    """What is held of a duration before the timings, and by which rule."""

    held: LogTimes | WaitRate
    form: Form


def prior_of(law: Law, *, weight: float, fixed_sigma: float) -> Prior:
    """The prior worth *weight* timings.

    Of the variance of the logarithm as much is known as *weight* timings tell: shape 1 + weight/2 and scale
    σ²·weight/2, so that its mean is σ². V42's prior (κ 4, α 3, β 0.32) is the one of σ 0.4 and weight 4:

    >>> held = prior_of(Lognormal(median_min=10, sigma=0.4), weight=4, fixed_sigma=0.5).held
    >>> (held.weight, held.shape, round(held.scale, 9))
    (4.0, 3.0, 0.32)

    An exponential law is held as a gamma law of shape 1 + weight with the same mean of the next time.
    """
    worth = above("prior", "weight", weight, 0)
    if isinstance(law, Exponential):
        return Prior(held=WaitRate(shape=1 + worth, total_min=worth * law.mean_min), form=Form.OWN)
    median, sigma, form = _lognormal(law, above("prior", "fixed_sigma", fixed_sigma, 0))
    spread = max(sigma, LEAST_SIGMA) ** 2
    held = LogTimes(mean_log=math.log(median), weight=worth, shape=1 + worth / 2, scale=spread * worth / 2)
    return Prior(held=held, form=form)


def _lognormal(law: Law, fixed_sigma: float) -> tuple[float, float, Form]:
    """Median, σ and the rule by which they come from a law."""
    if isinstance(law, Lognormal) and law.sigma > 0:
        return law.median_min, law.sigma, Form.OWN
    mean, variance = moments_min(law)
    if mean <= 0:
        raise SimError("duration-without-time", thing="duration", field="law", rule="must take time", value=law.law)
    if variance == 0:
        return mean, fixed_sigma, Form.SPREAD
    squared = math.log1p(variance / mean**2)
    return mean / math.exp(squared / 2), math.sqrt(squared), Form.MATCHED


def moments_min(law: Law) -> tuple[float, float]:
    """Mean and variance of a law, in minutes and minutes².

    >>> moments_min(Uniform(low_min=0, high_min=12))
    (6.0, 12.0)
    """
    match law:
        case Fixed() | Uniform():
            a, b = (law.minutes, law.minutes) if isinstance(law, Fixed) else (law.low_min, law.high_min)
            return (a + b) / 2, (b - a) ** 2 / 12
        case Triangular(low_min=a, mode_min=m, high_min=b):
            return (a + m + b) / 3, (a * a + m * m + b * b - a * m - a * b - m * b) / 18
        case Pert(low_min=a, mode_min=m, high_min=b):
            mean = (a + 4 * m + b) / 6
            return mean, (mean - a) * (b - mean) / 7  # beta with α + β = 6
        case Lognormal(median_min=median, sigma=sigma):
            mean = median * math.exp(sigma**2 / 2)
            return mean, mean**2 * math.expm1(sigma**2)
        case Exponential(mean_min=mean):
            return mean, mean**2
        case Weibull(a=a, b=b):
            scale = a ** (-1 / b)
            mean = scale * math.gamma(1 + 1 / b)
            return mean, scale**2 * math.gamma(1 + 2 / b) - mean**2
