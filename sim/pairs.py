"""The same runs played twice on the same luck: what changed from one play to the other."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.batch import Batch
from sim.network import NOBODY
from sim.plain import IF_GIVEN
from sim.statistics import Sums, sign_chance
from sim.ticks import NEVER, TICKS_PER_MIN

FEWEST_PAIRS = 2
"""Runs needed for a mean with an interval."""
SURE = 0.05
"""A change that chance makes at least so often is no change."""


class Rows(NamedTuple):
    """One target run by run: the ticks measured, whether it was met, the node that decided."""

    ticks: NDArray[np.int64]
    met: NDArray[Any]
    deciding: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """In how many runs a target was met and got there, before and after.

    ``newly`` got there only after, ``newly_met`` met it only after (None in records of earlier
    releases); ``paired`` are the runs with a figure both times. These and
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
    newly_met: int | None = field(default=None, metadata=IF_GIVEN)

    def __add__(self, other: Counts) -> Counts:
        names = [each.name for each in fields(self) if getattr(self, each.name) is not None]
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def keeps_more(self) -> bool:
        """Whether more runs meet the target beyond doubt."""
        more = self.met_after - self.met_before
        newly = more if self.newly_met is None else self.newly_met
        return more > 0 and sign_chance(newly, newly - more) < SURE

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairs:
    """Runs of one target played twice, in whole numbers that add up; *gains* are ticks, positive for earlier."""

    runs: int
    counts: Counts
    better: int
    worse: int
    gains: Sums

    @classmethod
    def of(cls, before: Rows, after: Rows, *, is_latest_better: bool) -> Pairs:
        """The pairs of the same runs before and after; where a margin is measured, more ticks are better."""
        sign = -1 if is_latest_better else 1
        was, is_now = before.deciding != NOBODY, after.deciding != NOBODY
        both = was & is_now
        old, new = sign * before.ticks[both], sign * after.ticks[both]
        old_there, new_there = old < NEVER, new < NEVER
        figures = (np.abs(old) < NEVER) & (np.abs(new) < NEVER)
        return cls(
            runs=len(was),
            counts=Counts(
                met_before=int(before.met.sum()),
                met_after=int(after.met.sum()),
                arrived_before=int(old_there.sum()),
                arrived_after=int(new_there.sum()),
                newly=int((new_there & ~old_there).sum()),
                paired=int(figures.sum()),
                no_longer=int((was & ~is_now).sum()),
                only_now=int((is_now & ~was).sum()),
                newly_met=int((after.met & ~before.met).sum()),
            ),
            better=int((new < old).sum()),
            worse=int((new > old).sum()),
            gains=Sums.of((old[figures] - new[figures]).tolist()),
        )

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(
            runs=self.runs + other.runs,
            counts=self.counts + other.counts,
            better=self.better + other.better,
            worse=self.worse + other.worse,
            gains=self.gains + other.gains,
        )

    @property
    def gained_min(self) -> tuple[float, float, float] | None:
        """Low end, mean and high end of the minutes gained in the runs with a figure both times; None for too few."""
        if self.gains.count < FEWEST_PAIRS:
            return None
        interval = self.gains.t_interval()
        low, mean, high = (ticks / TICKS_PER_MIN for ticks in (interval.low, self.gains.mean, interval.high))
        return low, mean, high

    @property
    def better_share(self) -> float:
        """The share of runs in which it came earlier, or came at all."""
        return self.better / self.runs

    @property
    def worse_share(self) -> float:
        """The share of runs in which it came later, or no more."""
        return self.worse / self.runs


def rows_of(batch: Batch, target: int) -> Rows:
    """What a batch says of one target."""
    return Rows(batch.ticks[:, target], batch.met[:, target], batch.deciding[:, target])
