"""How sure a share is, and what that says about a promise."""

from __future__ import annotations

import math
from enum import StrEnum

from scipy import special

from sim.errors import SimError
from sim.figure import share
from sim.quantiles import normal_quantile
from sim.statistics.interval import Interval, need


def wilson(successes: int, runs: int, alpha: float = 0.05) -> Interval:
    """The score interval of a share at confidence 1 − *alpha* (Wilson 1927, without continuity correction).

    >>> interval = wilson(870, 1000)
    >>> round(interval.low, 6), round(interval.high, 6)
    (0.847732, 0.889436)
    """
    _check_counts(successes, runs)
    z = normal_quantile(1 - _level(alpha) / 2)
    p, unsure = successes / runs, z * z / runs
    middle = (p + unsure / 2) / (1 + unsure)
    half = z / (1 + unsure) * math.sqrt(p * (1 - p) / runs + unsure / (4 * runs))
    low = middle - half if successes else 0.0
    high = middle + half if successes < runs else 1.0
    return Interval(low=low, high=high, confidence=1 - alpha)


EXACT_BELOW = 100
"""Runs below which a verdict must hold by the exact binomial, too: the score interval of few runs is too narrow.

The number is our own: the first look of a study is at 100 runs, so only studies of an exact number of runs ask this.
"""


def clopper_pearson(successes: int, runs: int, alpha: float = 0.05) -> Interval:
    """The interval of a share that misses it with at most *alpha*, whatever the share and however small *alpha* is.

    It is wider than Wilson's, which at small levels misses far more often than it says (Clopper and Pearson 1934, by
    the quantiles of the beta law).

    >>> interval = clopper_pearson(870, 1000)
    >>> round(interval.low, 6), round(interval.high, 6)
    (0.847564, 0.890231)
    """
    _check_counts(successes, runs)
    tail = _level(alpha) / 2
    low = float(special.betaincinv(successes, runs - successes + 1, tail)) if successes else 0.0
    high = float(special.betainccinv(successes + 1, runs - successes, tail)) if successes < runs else 1.0
    return Interval(low=low, high=high, confidence=1 - alpha)


class Verdict(StrEnum):
    """What a study says about a promise."""

    ADEQUATE = "adequate"
    NOT_ADEQUATE = "not_adequate"
    UNDECIDED = "undecided"


def verdict(interval: Interval, assurance: float) -> Verdict:
    """Adequate when the whole interval reaches *assurance*, not adequate when none of it does.

    >>> verdict(wilson(870, 1000), 0.90), verdict(wilson(890, 1000), 0.90)
    (<Verdict.NOT_ADEQUATE: 'not_adequate'>, <Verdict.UNDECIDED: 'undecided'>)
    """
    share("target", "assurance", assurance)
    if interval.low >= assurance:
        return Verdict.ADEQUATE
    return Verdict.NOT_ADEQUATE if interval.high < assurance else Verdict.UNDECIDED


def decided(interval: Interval, successes: int, runs: int, assurance: float) -> Verdict:
    """The verdict of a Wilson interval; of fewer than 100 runs only where the exact binomial says so, too.

    With a handful of runs the score interval is too narrow: one run missed of one would refute a promise that is
    allowed to miss one in ten.

    >>> decided(wilson(0, 1), 0, 1, 0.90), decided(wilson(0, 2), 0, 2, 0.90)
    (<Verdict.UNDECIDED: 'undecided'>, <Verdict.NOT_ADEQUATE: 'not_adequate'>)
    """
    said = verdict(interval, assurance)
    if runs >= EXACT_BELOW or said is Verdict.UNDECIDED:
        return said
    counts = range(successes + 1) if said is Verdict.NOT_ADEQUATE else range(successes, runs + 1)
    chance = sum(math.comb(runs, count) * assurance**count * (1 - assurance) ** (runs - count) for count in counts)
    return said if chance <= (1 - interval.confidence) / 2 else Verdict.UNDECIDED


def sign_chance(more: int, fewer: int) -> float:
    """How often mere chance splits *more* + *fewer* changes at least so unevenly (two-sided sign test).

    >>> sign_chance(6, 0), sign_chance(5, 0), sign_chance(2, 2), sign_chance(0, 0)
    (0.03125, 0.0625, 1.0, 1.0)
    """
    changes = more + fewer
    tail = sum(math.comb(changes, count) for count in range(max(more, fewer), changes + 1))
    return min(1.0, 2 * tail / (1 << changes))


def _level(alpha: float) -> float:
    if not 0 < alpha < 1:
        raise SimError("share-out-of-range", thing="interval", field="alpha", rule="must lie in 0-1", value=alpha)
    return alpha


def _check_counts(successes: int, runs: int) -> None:
    need("share", "runs", runs, 1)
    if not 0 <= successes <= runs:
        rule = f"must lie in 0-{runs}"
        raise SimError("count-out-of-range", thing="share", field="successes", rule=rule, most=runs, value=successes)
