"""An interval with the confidence it was made at, and the sample it needs."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import SimError


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """From *low* to *high*, both in the unit of what was measured; *confidence* is 1 − α.

    >>> Interval(low=0.85, high=0.89, confidence=0.95).holds(0.9)
    False
    """

    low: float
    high: float
    confidence: float

    def holds(self, value: float) -> bool:
        """Whether *value* lies inside, ends included."""
        return self.low <= value <= self.high

    @property
    def half_width(self) -> float:
        """Half the distance between the ends."""
        return (self.high - self.low) / 2


def need(thing: str, field: str, count: int, least: int) -> None:
    """Refuse a sample of fewer than *least*."""
    if count < least:
        raise SimError(
            "sample-too-small", thing=thing, field=field, rule=f"must be >= {least}", least=least, value=count
        )
