"""Means and spreads of laws of duration, and laws from what an expert can say."""

from __future__ import annotations

import math

from sim.figure import above, at_least
from sim.quantiles import normal_quantile, pert_shape


def pert_mean(low: float, mode: float, high: float) -> float:
    """The mean of a PERT law: (a + 4m + b) / 6 [to be confirmed: usual definition, from memory].

    >>> round(pert_mean(5, 10, 25), 5)
    11.66667
    """
    return (low + 4 * mode + high) / 6


def pert_sd(low: float, mode: float, high: float) -> float:
    """The standard deviation of a PERT law, exactly (not a sixth of the range).

    >>> round(pert_sd(5, 10, 25), 5)
    3.56348
    """
    if low == high:
        return 0.0
    alpha, beta = pert_shape(low, mode, high)
    return (high - low) * math.sqrt(alpha * beta / ((alpha + beta) ** 2 * (alpha + beta + 1)))


def triangular_mean(low: float, mode: float, high: float) -> float:
    """The mean of a triangular law.

    >>> round(triangular_mean(5, 10, 25), 5)
    13.33333
    """
    return (low + mode + high) / 3


def triangular_sd(low: float, mode: float, high: float) -> float:
    """The standard deviation of a triangular law.

    >>> round(triangular_sd(5, 10, 25), 5)
    4.24918
    """
    squares = low * low + mode * mode + high * high - low * mode - low * high - mode * high
    return math.sqrt(max(0.0, squares) / 18)


def lognormal_from_p90(median: float, p90: float) -> tuple[float, float]:
    """Median and σ of the lognormal law with this median and 90th percentile.

    >>> median, sigma = lognormal_from_p90(10, 25)
    >>> median, round(sigma, 6)
    (10.0, 0.714985)
    """
    above("lognormal law", "median", median, 0)
    at_least("lognormal law", "p90", p90, median)
    return float(median), math.log(p90 / median) / normal_quantile(0.9)


def lognormal_from_mean(mean: float, variation: float) -> tuple[float, float]:
    """Median and σ of the lognormal law with this mean and coefficient of variation (sd over mean).

    >>> median, sigma = lognormal_from_mean(10, 0.5)
    >>> round(math.log(median), 6), round(sigma, 6)
    (2.191013, 0.472381)
    """
    above("lognormal law", "mean", mean, 0)
    at_least("lognormal law", "variation", variation, 0)
    square = math.log1p(variation**2)
    return mean * math.exp(-square / 2), math.sqrt(square)


def lognormal_with_p90(p90: float, sigma: float) -> float:
    """The median of the lognormal law of spread *sigma* whose 90th percentile is *p90*.

    >>> round(lognormal_with_p90(64, 0.3), 2)  # seconds to handle a call
    43.57
    """
    return above("lognormal law", "p90", p90, 0) / math.exp(sigma * normal_quantile(0.9))


def lognormal_mean(median: float, sigma: float) -> float:
    """The mean of a lognormal law: median · e^(σ²/2).

    >>> round(lognormal_mean(10, 0.714985), 4)
    12.9124
    """
    return above("lognormal law", "median", median, 0) * math.exp(sigma * sigma / 2)
