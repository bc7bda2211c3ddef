"""Quantiles of kept times by rank: always a time that occurred, so always whole ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scipy import special

from sim.figure import share
from sim.statistics.interval import need


def quantile_rank(runs: int, q: float) -> int:
    """The rank, from 1, of the smallest of *runs* values that a share *q* does not exceed: ⌈n·q⌉.

    >>> quantile_rank(1000, 0.9), quantile_rank(1, 0.5)
    (900, 1)
    """
    need("quantile", "runs", runs, 1)
    exact = Fraction(str(share("quantile", "q", q)))  # 0.9 as people write it, not as a binary fraction
    return max(1, math.ceil(runs * exact))


def quantile(in_order: Sequence[int], q: float) -> int:
    """The quantile *q* of values in rising order; one of the values. Censored ones stand at the end as NEVER.

    >>> quantile([3, 5, 8, 13], 0.5)
    5
    """
    return in_order[quantile_rank(len(in_order), q) - 1]


@dataclass(frozen=True, kw_only=True, slots=True)
class RankInterval:
    """The ranks, from 1, between which a quantile lies, and how surely.

    A rank is None where the sample is too small to bound the quantile on that side.
    """

    low_rank: int | None
    high_rank: int | None
    coverage: float


def quantile_ranks(runs: int, q: float, alpha: float = 0.05) -> RankInterval:
    """The ranks that hold the quantile *q* of *runs* values, at most α/2 outside on either side (binomial, exact).

    >>> ranks = quantile_ranks(200, 0.9)
    >>> ranks.low_rank, ranks.high_rank, round(ranks.coverage, 3)
    (171, 189, 0.967)
    """
    need("quantile", "runs", runs, 1)
    share("quantile", "q", q)
    low = _rank_reaching(runs, q, alpha / 2)
    high = _rank_reaching(runs, q, 1 - alpha / 2, or_more=True) + 1
    covered = (_binomial(high - 1, runs, q) if high <= runs else 1.0) - _binomial(low - 1, runs, q)
    return RankInterval(low_rank=low or None, high_rank=high if high <= runs else None, coverage=covered)


def _rank_reaching(runs: int, q: float, level: float, *, or_more: bool = False) -> int:
    """The first count of successes whose cumulative probability is above *level* (or at least that)."""
    low, high = 0, runs
    while low < high:
        middle = (low + high) // 2
        reached = _binomial(middle, runs, q)
        if reached > level or (or_more and reached == level):
            high = middle
        else:
            low = middle + 1
    return low


def _binomial(successes: int, runs: int, q: float) -> float:
    return float(special.bdtr(successes, runs, q)) if successes >= 0 else 0.0
