"""The same runs played twice on the same luck: what changed from one play to the other."""

from __future__ import annotations

from dataclasses import dataclass

from sim.statistics import paired_difference
from sim.ticks import NEVER, TICKS_PER_MIN

FEWEST_PAIRS = 2
"""Runs needed for a mean with an interval."""
Rows = tuple[tuple[int, int, int], ...]
"""A target's rows of a chunk: the ticks measured, whether it was met, the node that decided."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """In how many runs a target was met and got there, before and after.

    ``newly`` got there only after; ``paired`` are the runs with a figure both times.
    """

    met_before: int
    met_after: int
    arrived_before: int
    arrived_after: int
    newly: int
    paired: int

    @property
    def no_more(self) -> int:
        """The runs that got there only before."""
        return self.arrived_before + self.newly - self.arrived_after


@dataclass(frozen=True, slots=True)
class Pairs:
    """The rows of one target in both plays; where a margin is measured, more ticks are better."""

    before: Rows
    after: Rows
    is_latest_better: bool

    @property
    def counts(self) -> Counts:
        """In how many runs the target was met and got there."""
        arrived = [(old < NEVER, new < NEVER) for old, new in self._signed()]
        return Counts(
            met_before=sum(row[1] for row in self.before),
            met_after=sum(row[1] for row in self.after),
            arrived_before=sum(old for old, _ in arrived),
            arrived_after=sum(new for _, new in arrived),
            newly=sum(new and not old for old, new in arrived),
            paired=len(self._figures()),
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

    def _signed(self) -> list[tuple[int, int]]:
        """The ticks of both plays, the smaller the better."""
        sign = -1 if self.is_latest_better else 1
        return [(sign * old[0], sign * new[0]) for old, new in zip(self.before, self.after, strict=True)]

    def _figures(self) -> list[tuple[int, int]]:
        return [pair for pair in self._signed() if max(map(abs, pair)) < NEVER]
