"""How much a share changes between two plays of the same runs."""

from __future__ import annotations

import math

from sim.quantiles import normal_quantile
from sim.statistics.interval import Interval, need


def paired_change(both: int, lost: int, won: int, neither: int, alpha: float = 0.05) -> Interval:
    """The interval of (share after − share before) from runs met both times, only before, only after, never.

    Half a run is added to each of the four counts, then Wald's interval for a difference of dependent shares
    (Agresti & Min 2005 [to be confirmed: from memory]).

    >>> interval = paired_change(60, 30, 0, 10)
    >>> round(interval.low, 3), round(interval.high, 3)
    (-0.385, -0.204)
    """
    runs = both + lost + won + neither
    need("share", "runs", runs, 1)
    size, less, more = runs + 2, lost + 0.5, won + 0.5
    middle = (more - less) / size
    half = normal_quantile(1 - alpha / 2) * math.sqrt(max(0.0, (less + more) / size - middle**2) / size)
    return Interval(low=max(-1.0, middle - half), high=min(1.0, middle + half), confidence=1 - alpha)
