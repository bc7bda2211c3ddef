"""The engines a study may ask for by name, and who computes its pieces."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from plans_repo.errors import PlansRepoError
from plans_repo.executors import Processes
from sim.batch import Batching, reference_batch
from sim.executor import Executor, Serial, Threads
from sim.kernel.batching import kernel_batch
from sim.kernel.playing import kernel_play
from sim.log import Run
from sim.pieces import PIECE
from sim.question import Question
from sim.reference_engine import play

MOST_WORKERS = 64
MOST_IN_A_PIECE = 2_000  # runs; the rows of a piece are held in memory together
NODES_IN_A_PIECE = 2_000_000
NODES_IN_A_SECOND = 20_000
"""What the reference engine plays in about a second; on the machines tried 15,000 to 40,000."""
LARGE_PIECE = 50  # below that, handing a piece to another process costs more than it saves


@dataclass(frozen=True, kw_only=True)
class StudyEngine:
    """One engine: its single runs and its batches, what its runs are checked against, and how its work is cut.

    *lets_others_run* tells that several of its batches can be computed at once in one process, *is_compiled* that its
    first batch on a machine waits for the compiler.
    """

    play: Callable[..., Run]
    batch: Batching
    reference: Batching | None
    piece: Callable[[Question], int]
    lets_others_run: bool = False
    is_compiled: bool = False

    def executor(self, workers: int = 0) -> Executor:
        """Who computes the pieces: so many at once; 0 leaves it to the engine."""
        if self.lets_others_run:
            return Threads(workers or os.cpu_count() or 1)
        return Processes(workers) if workers > 1 else Serial()


def _of_nodes(question: Question) -> int:
    """Runs of about half a second together: more of a small network, fewer of a large one."""
    return max(LARGE_PIECE, min(MOST_IN_A_PIECE, NODES_IN_A_PIECE // len(question.network.nodes)))


def _of_seconds(question: Question) -> int:
    """Runs of about a second by the reference engine, so that progress is seen: fewer of a large network."""
    return max(1, min(PIECE, NODES_IN_A_SECOND // len(question.network.nodes)))


ENGINES = {
    "kernel": StudyEngine(
        play=kernel_play,
        batch=kernel_batch,
        reference=reference_batch,
        piece=_of_nodes,
        lets_others_run=True,
        is_compiled=True,
    ),
    "simpy": StudyEngine(play=play, batch=reference_batch, reference=None, piece=_of_seconds),
}
DEFAULT_ENGINE = "kernel"


def engine_named(name: str) -> StudyEngine:
    """The engine of that name; refused if there is none."""
    if name not in ENGINES:
        raise PlansRepoError(
            "engine-missing",
            thing="study",
            field="engine",
            rule=f"one of {', '.join(ENGINES)}",
            value=name,
            known=tuple(ENGINES),
        )
    return ENGINES[name]
