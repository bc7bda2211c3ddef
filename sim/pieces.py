"""How replications are cut into pieces; what comes out does not depend on it."""

from __future__ import annotations

from collections.abc import Iterator

PIECE = 20
"""Runs in one piece of work between two reports of progress."""


def pieces(done: int, size: int, piece: int = PIECE) -> Iterator[tuple[int, int]]:
    """(first, runs) of the pieces still to compute.

    >>> list(pieces(0, 50))
    [(0, 20), (20, 20), (40, 10)]
    """
    while done < size:
        runs = min(piece, size - done)
        yield done, runs
        done += runs
