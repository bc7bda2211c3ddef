"""How many runs a study makes: exactly so many, or looks at doubling sizes with α spent over them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import SimError
from sim.statistics import look_alpha, looks

MOST_RUNS = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class StopRule:
    """Exactly *runs* runs, or (``runs=0``) looks up to *most_runs* until every target is decided.

    >>> StopRule(most_runs=800).looks
    (100, 200, 400, 800)
    >>> StopRule(runs=250).looks
    (250,)
    """

    runs: int = 0
    most_runs: int = 3200
    confidence: float = 0.95

    def __post_init__(self) -> None:
        for field, value, low in (("runs", self.runs, 0), ("most_runs", self.most_runs, 1)):
            if not low <= value <= MOST_RUNS:
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

    @property
    def looks(self) -> tuple[int, ...]:
        """The numbers of runs after which the results are looked at."""
        return (self.runs,) if self.runs else looks(self.most_runs)

    @property
    def alpha_per_look(self) -> float:
        """The α spent at each look; the interval printed is made with it."""
        return look_alpha(1.0 - self.confidence, len(self.looks))
