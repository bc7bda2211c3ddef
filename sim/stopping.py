"""How many runs a study makes: exactly so many, or looks at doubling sizes with α spent over them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from sim.errors import SimError
from sim.statistics import look_alpha, looks

MOST_RUNS = 1_000_000
"""Half the width of a 95 % interval is then at most a tenth of a percentage point (1.96 · √(¼ / 1,000,000))."""
MOST_MINUTES = 7 * 24 * 60.0  # a week of computing


class Ending(StrEnum):
    """Why a study made no more runs."""

    EXACT = "exact"
    DECIDED = "decided"
    PRECISE = "precise"
    MOST_RUNS = "most_runs"
    TIME = "time"


@dataclass(frozen=True, kw_only=True, slots=True)
class StopRule:
    """Exactly *runs* runs, or (``runs=0``) looks up to *most_runs* until every target is decided.

    With *precision_share*, until the mean time of every target is known to within that share of itself instead
    (Hoad, Robinson & Davies 2010); their look-ahead, which guards against stopping at a lucky moment, is
    replaced by looking at doubling sizes only, with α spent over the looks. *is_joint* divides α among the
    targets as well, for whoever claims all of them together. *most_minutes* is a budget of computing, after
    which the study ends with the piece at hand.

    >>> StopRule(most_runs=800).looks
    (100, 200, 400, 800)
    >>> StopRule(runs=250).looks
    (250,)
    """

    runs: int = 0
    most_runs: int = 3200
    confidence: float = 0.95
    is_joint: bool = False
    precision_share: float | None = None
    most_minutes: float | None = None

    def __post_init__(self) -> None:
        for field, value, low in (("runs", self.runs, 0), ("most_runs", self.most_runs, 1)):
            if not _is_whole(value) or not low <= value <= MOST_RUNS:
                raise SimError(
                    "runs-out-of-range",
                    thing="study",
                    field=field,
                    rule=f"must lie in {low}-{MOST_RUNS}",
                    low=max(low, 1),
                    high=MOST_RUNS,
                    value=value,
                )
        if not 0.5 <= self.confidence < 1:
            raise SimError("share-out-of-range", thing="study", field="confidence", value=self.confidence)
        if self.precision_share is not None and not 0 < self.precision_share < 1:
            raise SimError("share-out-of-range", thing="study", field="precision_share", value=self.precision_share)
        if self.most_minutes is not None and not 0 < self.most_minutes <= MOST_MINUTES:
            raise SimError(
                "minutes-out-of-range",
                thing="study",
                field="most_minutes",
                rule=f"must lie in 0-{MOST_MINUTES:.0f}",
                high=int(MOST_MINUTES),
                value=self.most_minutes,
            )

    @property
    def looks(self) -> tuple[int, ...]:
        """The numbers of runs after which the results are looked at."""
        return (self.runs,) if self.runs else looks(self.most_runs)

    def alpha(self, targets: int) -> float:
        """The α spent at each look on each of so many targets; the intervals printed are made with it.

        >>> StopRule(runs=100, is_joint=True).alpha(5), StopRule(runs=100).alpha(5)
        (0.01..., 0.05...)
        """
        return look_alpha(1.0 - self.confidence, len(self.looks), max(1, targets) if self.is_joint else 1)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and math.isfinite(value)
