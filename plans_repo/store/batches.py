"""Long lists of keys in handfuls a database takes at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

AT_ONCE = 500
"""Keys in one question: far below every limit on bound values."""

T = TypeVar("T")


def batched(keys: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """The keys in order, at most *size* together.

    >>> [list(some) for some in batched("abcde", 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
