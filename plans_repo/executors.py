"""Pieces of a study computed by other processes of this machine, or by many machines."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import wait

from sim.chunk import Chunk
from sim.executor import Chunks, Job, Piece, in_order

_job: Job | None = None  # of a worker process, which serves one study


@dataclass(frozen=True)
class Processes:
    """Several pieces at once, each in a process of its own: for an engine that holds the interpreter."""

    workers: int

    def chunks(self, job: Job, pieces: Iterable[Piece]) -> Chunks:
        """The sums of the pieces."""
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin, initargs=(job,)) as pool:
            yield from in_order(lambda piece: pool.submit(_play, *piece), pieces, 2 * self.workers)


def _begin(job: Job) -> None:
    """Once in every worker process: take the question, and end with the process that asked it, however that ends."""
    global _job
    _job = job
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _play(first: int, runs: int) -> Chunk:
    assert _job is not None
    return _job(first, runs)
