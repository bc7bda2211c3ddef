"""The same runs played twice on the same luck: what changed from one play to the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.network import NOBODY
from sim.statistics import paired_difference, sign_chance
from sim.ticks import NEVER, TICKS_PER_MIN

FEWEST_PAIRS = 2
"""Runs needed for a mean with an interval."""
SURE = 0.05
"""A change that chance makes at least so often is no change."""
Row = tuple[int, int, int]
Rows = tuple[Row, ...]
"""A target's rows of a chunk: the ticks measured, whether it was met, the node that decided."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """In how many runs a target was met and got there, before and after.

    ``newly`` got there only after; ``paired`` are the runs with a figure both times. These and
    ``arrived`` are of the runs in which it concerned somebody both times; in ``no_longer`` it
    did so only before, in ``only_now`` only after.
    """

    met_before: int
    met_after: int
    arrived_before: int
    arrived_after: int
    newly: int
    paired: int
    no_longer: int = 0
    only_now: int = 0

    @property
    def no_more(self) -> int:
        """The runs that got there only before."""
        return self.arrived_before + self.newly - self.arrived_after


class Effect(StrEnum):
    """What a change does beyond doubt, in minutes or in runs that get there at all.

    MIXED helps in the one and harms in the other.
    """

    GAIN = "gain"
    HARM = "harm"
    MIXED = "mixed"
    OPEN = "open"


def effect(low_min: float | None, high_min: float | None, counts: Counts | None) -> Effect:
    """What the interval of the minutes gained and the counts say together.

    >>> effect(1.0, 3.0, None), effect(-1.0, 3.0, None)
    (<Effect.GAIN: 'gain'>, <Effect.OPEN: 'open'>)
    """
    more = _surely_more(counts)
    helps = more > 0 or (low_min is not None and low_min > 0)
    hurts = more < 0 or (high_min is not None and high_min < 0)
    if helps and hurts:
        return Effect.MIXED
    return Effect.GAIN if helps else Effect.HARM if hurts else Effect.OPEN


def _surely_more(counts: Counts | None) -> int:
    """By how many runs more get there; 0 where chance may have made the difference."""
    if counts is None or sign_chance(counts.newly, counts.no_more) >= SURE:
        return 0
    return counts.newly - counts.no_more


@dataclass(frozen=True, slots=True)
class Pairs:
    """The rows of one target in both plays; where a margin is measured, more ticks are better."""

    before: Rows
    after: Rows
    is_latest_better: bool

    @property
    def counts(self) -> Counts:
        """In how many runs the target was met, concerned somebody and got there."""
        arrived = [(old < NEVER, new < NEVER) for old, new in self._signed()]
        concerned = [(_is_concerned(old), _is_concerned(new)) for old, new in self._both()]
        return Counts(
            met_before=sum(row[1] for row in self.before),
            met_after=sum(row[1] for row in self.after),
            arrived_before=sum(old for old, _ in arrived),
            arrived_after=sum(new for _, new in arrived),
            newly=sum(new and not old for old, new in arrived),
            paired=len(self._figures()),
            no_longer=sum(old and not new for old, new in concerned),
            only_now=sum(new and not old for old, new in concerned),
        )

    @property
    def gained_min(self) -> tuple[float, float, float] | None:
        """Low end, mean and high end of the minutes gained in the runs with a figure both times; None for too few."""
        figures = self._figures()
        if len(figures) < FEWEST_PAIRS:
            return None
        gain = paired_difference((old for old, _ in figures), (new for _, new in figures))
        low, mean, high = (ticks / TICKS_PER_MIN for ticks in (gain.interval.low, gain.mean, gain.interval.high))
        return low, mean, high

    @property
    def better_share(self) -> float:
        """The share of runs in which it came earlier, or came at all."""
        return sum(new < old for old, new in self._signed()) / len(self.before)

    @property
    def worse_share(self) -> float:
        """The share of runs in which it came later, or no more."""
        return sum(new > old for old, new in self._signed()) / len(self.before)

    def _both(self) -> list[tuple[Row, Row]]:
        return list(zip(self.before, self.after, strict=True))

    def _signed(self) -> list[tuple[int, int]]:
        """The ticks of both plays where both concerned somebody, the smaller the better."""
        sign = -1 if self.is_latest_better else 1
        return [
            (sign * old[0], sign * new[0]) for old, new in self._both() if _is_concerned(old) and _is_concerned(new)
        ]

    def _figures(self) -> list[tuple[int, int]]:
        return [pair for pair in self._signed() if max(map(abs, pair)) < NEVER]


def _is_concerned(row: Row) -> bool:
    """Whether the target concerned anybody in a run; where it did not, there is nothing to measure."""
    return row[2] != NOBODY
