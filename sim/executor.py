"""Who computes the pieces of a study: one after the other, or several at once; the sums are the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from sim.agreement import check_sample
from sim.batch import Batching, reference_batch
from sim.chunk import Chunk, chunk_of
from sim.question import Question

Piece = tuple[int, int]
"""The first replication of a piece, and how many there are."""
Chunks = Generator[Chunk, None, None]


@dataclass(frozen=True, kw_only=True)
class Job:
    """What every piece of a study has in common; called with a piece, it gives its sums.

    With a *reference*, a sample of the runs is played by it as well, and a difference is refused.
    """

    question: Question
    seed: int
    batch: Batching = reference_batch
    reference: Batching | None = None

    def __call__(self, first: int, runs: int) -> Chunk:
        """The sums of the replications *first* … *first + runs − 1*."""
        batch = self.batch(self.question, seed=self.seed, first=first, runs=runs)
        if self.reference is not None:
            check_sample(self.question, batch, seed=self.seed, ours=self.batch, reference=self.reference)
        return chunk_of(self.question, batch)


class Executor(Protocol):
    """Computes pieces and hands over their sums in the order of the pieces, however many are under way."""

    def chunks(self, job: Job, pieces: Iterable[Piece]) -> Chunks:
        """The sums of the pieces; to close the iterator gives up what has not begun."""


class Serial:
    """One piece after the other, here and now."""

    def chunks(self, job: Job, pieces: Iterable[Piece]) -> Chunks:
        """The sums of the pieces."""
        for piece in pieces:
            yield job(*piece)


@dataclass(frozen=True)
class Threads:
    """Several pieces at once in threads: for an engine that lets others run while it computes."""

    workers: int

    def chunks(self, job: Job, pieces: Iterable[Piece]) -> Chunks:
        """The sums of the pieces."""
        with ThreadPoolExecutor(self.workers) as pool:
            yield from in_order(lambda piece: pool.submit(job, *piece), pieces, self.workers + 1)


def in_order(submit: Callable[[Piece], Any], pieces: Iterable[Piece], at_once: int) -> Chunks:
    """The results of futures in the order of the pieces, with no more than so many under way or waiting to be taken."""
    under_way: deque[Any] = deque()
    try:
        for piece in pieces:
            under_way.append(submit(piece))
            if len(under_way) >= at_once:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for future in under_way:
            future.cancel()
