"""How far breathing sets carry: turn back at a share of the set, and build a base further in where that is too near."""

from __future__ import annotations

import math

from sim.figure import above, at_least, share


def reach_min(set_min: float, back_share: float) -> float:
    """Minutes of way a team may go in before it must turn back.

    Sets of 4 h used up to one half on the way in [to be confirmed: the half is trade knowledge].

    >>> reach_min(240, 0.5)
    120.0
    """
    return at_least("breathing set", "set_min", set_min, 0) * share("breathing set", "back_share", back_share)


def bases_needed(approach_min: float, set_min: float, back_share: float) -> int:
    """Fresh-air bases to be built on the way in so that no stretch is longer than a team may go.

    >>> [bases_needed(minutes, 240, 0.5) for minutes in (60, 120, 121, 300)]
    [0, 0, 1, 2]
    """
    if approach_min <= 0:
        return 0
    reach = above("breathing set", "reach_min", reach_min(set_min, back_share), 0)
    return max(1, math.ceil(approach_min / reach)) - 1  # a way too short to be told from none has one stretch too
