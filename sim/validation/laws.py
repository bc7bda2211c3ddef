"""Statistics: laws of duration and intervals (V40, V41, V44)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.chunk import Engine
from sim.durations import Lognormal, Pert
from sim.quantiles import pert_shape
from sim.statistics import (
    lognormal_from_mean,
    lognormal_from_p90,
    lognormal_mean,
    pert_mean,
    pert_sd,
    triangular_mean,
    triangular_sd,
    wilson,
)
from sim.validation.case import Case, CaseMark, Check, exact, near

CLOSE = 1e-5


def three_points(_: Engine) -> Iterator[Check]:
    """V40: PERT and triangular laws of 5, 10, 25."""
    alpha, beta = pert_shape(5, 10, 25)
    yield exact("α", 2, alpha)
    yield exact("β", 4, beta)
    yield near("PERT μ", 11.66667, pert_mean(5, 10, 25), absolute=CLOSE)
    yield near("PERT σ", 3.56348, pert_sd(5, 10, 25), absolute=CLOSE)
    yield near("PERT P90", 16.67781, Pert(low_min=5, mode_min=10, high_min=25).quantile_min(0.9), absolute=CLOSE)
    yield near("△ μ", 13.33333, triangular_mean(5, 10, 25), absolute=CLOSE)
    yield near("△ σ", 4.24918, triangular_sd(5, 10, 25), absolute=CLOSE)


def lognormal(_: Engine) -> Iterator[Check]:
    """V41: lognormal laws from median and P90, and from mean and variation."""
    median, sigma = lognormal_from_p90(10, 25)
    yield near("μ", 2.302585, math.log(median), absolute=CLOSE)
    yield near("σ", 0.714985, sigma, absolute=CLOSE)
    yield near("E", 12.91239, lognormal_mean(median, sigma), absolute=CLOSE)
    median, sigma = lognormal_from_mean(10, 0.5)
    yield near("μ'", 2.191013, math.log(median), absolute=CLOSE)
    yield near("σ'", 0.472381, sigma, absolute=CLOSE)
    yield near("P90'", 16.38545, Lognormal(median_min=median, sigma=sigma).quantile_min(0.9), absolute=CLOSE)


def score_interval(_: Engine) -> Iterator[Check]:
    """V44: Wilson's interval of a share."""
    for met, runs, low, high in (
        (870, 1000, 0.847732, 0.889436),
        (95, 100, 0.888250, 0.978456),
        (100, 100, 0.963007, 1),
    ):
        found = wilson(met, runs)
        yield near(f"{met}/{runs} ↓", low, found.low, absolute=CLOSE)
        yield near(f"{met}/{runs} ↑", high, found.high, absolute=CLOSE)


CASES = (
    Case(
        id="V40",
        title="三点估计：PERT与三角分布",
        title_en="Three-point laws: PERT and triangular",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=three_points,
    ),
    Case(
        id="V41",
        title="对数正态分布的两种取参",
        title_en="Lognormal laws from two kinds of figures",
        mark=CaseMark.COMPUTED,
        measure=lognormal,
    ),
    Case(
        id="V44",
        title="达标比例的Wilson区间",
        title_en="Wilson interval of a share",
        mark=CaseMark.COMPUTED,
        measure=score_interval,
    ),
)
