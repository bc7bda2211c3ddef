"""How values of many runs spread, in bins so narrow that a figure shown keeps its digits.

Bins are logarithmic-linear as in HdrHistogram: 2,048 to every doubling, so a bin is at most 0.049 % of its
values wide, and below 4,096 every value has a bin of its own. Memory grows with the bins that occur, not with the runs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.statistics import quantile_rank
from sim.ticks import NEVER

Whole = NDArray[np.int64]

PLACE_BITS = 11
"""2 to this many bins for every doubling of the value."""
_FINE_BITS = PLACE_BITS + 1
_TOP = 1 << 17  # beyond the bin of every value below NEVER
_SPAN_BITS = 19  # bins of one column, on both sides of zero
_NO_RUN = np.iinfo(np.int64).max


class Found(NamedTuple):
    """What stands at a rank: the largest and the least value of its bin, and the first run that has the largest."""

    most: int
    least: int
    replication: int


@dataclass(frozen=True, eq=False, slots=True)
class Spread:
    """One column: bins in rising order with count, least and largest value, and the first run with the largest.

    What was never reached stands last as NEVER, what needed no time because nobody needed it first as −NEVER.
    """

    least: Whole
    most: Whole
    counts: Whole
    replications: Whole

    @property
    def runs(self) -> int:
        """How many runs it holds."""
        return int(self.counts.sum())

    @property
    def censored(self) -> int:
        """The runs in which it was never reached."""
        return int(self.counts[self.most >= NEVER].sum())

    @property
    def unneeded(self) -> int:
        """The runs in which nobody needed it."""
        return int(self.counts[self.most <= -NEVER].sum())

    @property
    def needed(self) -> Spread:
        """The runs that needed it, alone."""
        kept = self.most > -NEVER
        return Spread(self.least[kept], self.most[kept], self.counts[kept], self.replications[kept])

    def at_rank(self, rank: int) -> Found:
        """What stands at a rank, counted from 1 for the smallest."""
        place = int(np.searchsorted(np.cumsum(self.counts), rank))
        return Found(int(self.most[place]), int(self.least[place]), int(self.replications[place]))

    def quantile(self, share: float) -> Found:
        """What a share of the runs does not exceed: the largest value of the bin, so never too little."""
        return self.at_rank(quantile_rank(self.runs, share))

    @property
    def skewness(self) -> float:
        """The moment skewness of what was reached, values standing at the top of their bin; 0 where nothing varies."""
        kept = np.abs(self.most) < NEVER
        values, weights = self.most[kept].astype(np.float64), self.counts[kept].astype(np.float64)
        if not values.size:
            return 0.0
        apart = values - np.average(values, weights=weights)
        variance = float(np.average(apart**2, weights=weights))
        return float(np.average(apart**3, weights=weights)) / variance**1.5 if variance > 0 else 0.0


@dataclass(frozen=True, eq=False, slots=True)
class Spreads:
    """The spreads of many columns in one table, which add up in any order.

    >>> one, two = (spreads_of(np.array([[value], [9]]), first=first) for value, first in ((5, 0), (7, 2)))
    >>> both = one + two
    >>> both == two + one, both.column(0).quantile(0.75).most, both.column(0).quantile(1.0).replication
    (True, 9, 1)
    """

    keys: Whole
    least: Whole
    most: Whole
    counts: Whole
    replications: Whole

    def __add__(self, other: Spreads) -> Spreads:
        """The bins of both; what the smaller table adds is entered into a copy of the larger."""
        large, small = (self, other) if self.keys.size >= other.keys.size else (other, self)
        if not small.keys.size:
            return large
        place = np.searchsorted(large.keys, small.keys)
        is_known = large.keys[np.minimum(place, large.keys.size - 1)] == small.keys
        known, fresh, where = small._at(is_known), small._at(~is_known), place[is_known]
        joined = _joined(large._at(where), known)
        return Spreads(*(
            _entered(old, where, new, place[~is_known], more)
            for old, new, more in zip(large.arrays, joined.arrays, fresh.arrays, strict=True)
        ))  # fmt: skip

    def _at(self, places: NDArray[Any]) -> Spreads:
        return Spreads(*(array[places] for array in self.arrays))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spreads):
            return NotImplemented
        return all(np.array_equal(one, two) for one, two in zip(self.arrays, other.arrays, strict=True))

    __hash__ = None  # type: ignore[assignment]

    @property
    def arrays(self) -> tuple[Whole, ...]:
        """Its columns of whole numbers, in the order it is built from."""
        return tuple(getattr(self, field.name) for field in fields(self))

    @property
    def digest(self) -> str:
        """The sha-256 of everything in it."""
        said = hashlib.sha256()
        for array in self.arrays:
            said.update(array.astype("<i8").tobytes())
        return said.hexdigest()

    def column(self, place: int) -> Spread:
        """The spread of one column."""
        low, high = np.searchsorted(self.keys, (place << _SPAN_BITS, (place + 1) << _SPAN_BITS))
        return Spread(*(array[low:high] for array in self.arrays[1:]))


def spreads_of(values: Whole, *, first: int) -> Spreads:
    """The spreads of the columns of a table with a row for every run from *first* on; larger is worse."""
    runs, columns = values.shape
    flat = np.ascontiguousarray(values.T).ravel()
    keys = bins(flat) + np.repeat((np.arange(columns, dtype=np.int64) << _SPAN_BITS) + (1 << _SPAN_BITS - 1), runs)
    return _grouped(keys, flat, flat, np.ones_like(flat), np.tile(np.arange(first, first + runs), columns))


def bins(values: Whole) -> Whole:
    """The number of the bin of every value; the larger the value, the larger the number.

    >>> bins(np.array([-5, 0, 4095, 4096, 4097, 4098])).tolist()
    [-5, 0, 4095, 4096, 4096, 4097]
    """
    size = np.abs(values)
    shift = np.maximum(0, np.frexp(size.astype(np.float64))[1].astype(np.int64) - _FINE_BITS)
    place = np.where(size >= NEVER, _TOP, (shift << PLACE_BITS) + (size >> shift))
    return np.where(values < 0, -place, place)


def _grouped(keys: Whole, least: Whole, most: Whole, counts: Whole, replications: Whole) -> Spreads:
    """One bin a key, in rising order."""
    if not keys.size:
        return Spreads(keys, least, most, counts, replications)
    order = np.argsort(keys, kind="stable")
    keys, least, most, counts, replications = (array[order] for array in (keys, least, most, counts, replications))
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    top = np.maximum.reduceat(most, starts)
    of_top = most == np.repeat(top, np.diff(np.append(starts, keys.size)))
    return Spreads(
        keys[starts],
        np.minimum.reduceat(least, starts),
        top,
        np.add.reduceat(counts, starts),
        np.minimum.reduceat(np.where(of_top, replications, _NO_RUN), starts),
    )


def _joined(one: Spreads, two: Spreads) -> Spreads:
    """The same bins of two tables together."""
    first = np.where(one.most >= two.most, one.replications, _NO_RUN)
    second = np.where(two.most >= one.most, two.replications, _NO_RUN)
    return Spreads(
        one.keys,
        np.minimum(one.least, two.least),
        np.maximum(one.most, two.most),
        one.counts + two.counts,
        np.minimum(first, second),
    )


def _entered(old: Whole, where: Whole, new: Whole, before: Whole, fresh: Whole) -> Whole:
    """A copy of *old* with *new* in place and *fresh* put in before the places named."""
    copy = old.copy()
    copy[where] = new
    return np.insert(copy, before, fresh) if fresh.size else copy
