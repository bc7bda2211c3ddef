"""Time inside a run: whole ticks, one tick a millisecond (DESIGN §5)."""

from __future__ import annotations

TICKS_PER_MIN = 60_000
NEVER = (1 << 62) - 1
"""Later than everything, and small enough that the sum of two stays within 64 bits."""


def ticks(minutes: float) -> int:
    """Minutes rounded once to ticks, half to even; NEVER from some 140,000 years on.

    >>> ticks(1.5), ticks(float("inf")) == NEVER
    (90000, True)
    """
    count = minutes * TICKS_PER_MIN
    return round(count) if count < NEVER else NEVER


def minutes(count: int) -> float:
    """Ticks as minutes.

    >>> minutes(90_000)
    1.5
    """
    return count / TICKS_PER_MIN
