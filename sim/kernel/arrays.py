"""The two arrays of the kernel's memory, and what lies in them to those who are not compiled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kernel.memory import FETCHED

Whole = NDArray[np.signedinteger[Any]]
Reals = NDArray[np.float64]
_FETCHED_BYTES = FETCHED * np.dtype(np.int32).itemsize


class Memory(NamedTuple):
    """The whole numbers and the reals of a network; a copy of it is the working memory of one thread."""

    m: Whole
    x: Reals

    def copy(self) -> Memory:
        """A working memory of its own."""
        return Memory(_aligned(self.m, self.m.dtype).view(type(self.m)), self.x.copy())


def kept_in(numbers: NDArray[np.int64], *, is_narrow: bool) -> Whole:
    """The same numbers as a memory holds them: of 32 bits or of 64."""
    return _aligned(numbers, np.dtype(np.int32 if is_narrow else np.int64))


def _aligned(numbers: Whole, kind: np.dtype[Any]) -> Whole:
    """The same numbers from where a processor fetches them together; of 64 bits the lowest 32 if they are narrower."""
    room = np.empty(len(numbers) + _FETCHED_BYTES // kind.itemsize, dtype=kind)
    begin = -room.ctypes.data % _FETCHED_BYTES // kind.itemsize
    made = room[begin : begin + len(numbers)]
    made[:] = numbers.astype(kind)
    return made


def rounded(place: int) -> int:
    """The next place from which a processor fetches numbers together."""
    return -(-place // FETCHED) * FETCHED


def long_at(m: Any, place: int) -> int:
    """The number of 64 bits at an even place: a number of its own, or two of 32 bits."""
    return int(np.asarray(m)[place : place + 2].view(np.int64)[0])


def set_long(m: Any, place: int, value: int) -> None:
    """Write a number of 64 bits."""
    np.asarray(m)[place : place + 2].view(np.int64)[0] = value


def signed(word: int) -> int:
    """A number of 32 bits as the memory holds it: the same bits, the highest as its sign.

    >>> signed(5), signed(0xFFFFFFFF)
    (5, -1)
    """
    return word - ((word & 0x80000000) << 1)
