"""How much a share changes between two plays of the same runs."""

from __future__ import annotations

from sim.statistics.interval import Interval
from sim.statistics.proportions import clopper_pearson


def paired_change(lost: int, won: int, runs: int, alpha: float = 0.05) -> Interval:
    """The interval of (share after − share before), which misses it with at most *alpha*, however small that is.

    Of *runs* runs *lost* met the promise before alone and *won* after alone; the change is the difference of these
    two shares, each of which gets its exact interval at half of *alpha*.

    >>> interval = paired_change(30, 0, 100)
    >>> round(interval.low, 3), round(interval.high, 3)
    (-0.414, -0.159)
    """
    less, more = clopper_pearson(lost, runs, alpha / 2), clopper_pearson(won, runs, alpha / 2)
    return Interval(low=more.low - less.high, high=more.high - less.low, confidence=1 - alpha)
