"""What consecutive replications leave behind, in whole numbers that add up: its size does not grow with the runs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.batch import NOT_NEEDED, Batch, Batching, labels_of, reference_batch
from sim.errors import SimError
from sim.log import Run
from sim.network import NOBODY
from sim.plain import digest
from sim.question import Question
from sim.spread import Spread, Spreads, spreads_of
from sim.statistics import Sums, exact
from sim.ticks import NEVER

Engine = Callable[..., Run]
"""``play(network, *, seed, replication, …)``: one run by one engine."""
RESULTS = 2
"""Raised when the same runs leave other sums, or more: what was kept before is then no answer to the same question."""
TICKS_PER_TENTH = 100
"""Own minutes and times are set against each other in tenths of a second, which keeps their products small."""

Counted = tuple[tuple[tuple[str, ...], int], ...]
"""What was counted, by the names of what it belongs to, in order."""


class Own(NamedTuple):
    """Σx, Σx² and Σxy of a task's own tenths of a second x with a target's time y, over the runs with a figure."""

    total: int
    squares: int
    products: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetSums:
    """One target over the runs: how many met it; its ticks, and its tenths of a second, in the runs with a figure."""

    target: str
    met: int
    ticks: Sums
    tenths: Sums

    def __add__(self, other: TargetSums) -> TargetSums:
        return TargetSums(
            target=self.target,
            met=self.met + other.met,
            ticks=self.ticks + other.ticks,
            tenths=self.tenths + other.tenths,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskSums:
    """One task over the runs: how many saw it fail for good somewhere, and the ticks it was behind us where it was."""

    task: str
    failed: int
    finishes: Sums

    def __add__(self, other: TaskSums) -> TaskSums:
        return TaskSums(task=self.task, failed=self.failed + other.failed, finishes=self.finishes + other.finishes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """The whole numbers that the replications from *first* on leave behind.

    ``spreads`` holds a column for every target, the larger the worse (margins are turned round), then one
    for every task. ``waits`` sums ticks by (task, cause) over all nodes; ``chains`` by (target, task, cause)
    along the chain behind the deciding node; ``critical`` counts the runs with the task on the
    resource-constrained chain of the target. ``own`` [target][task] sets the tasks' own minutes against the
    time of the target.
    """

    first: int
    runs: int
    targets: tuple[TargetSums, ...]
    tasks: tuple[TaskSums, ...]
    spreads: Spreads
    waits: Counted
    chains: Counted
    critical: Counted
    own: tuple[tuple[Own, ...], ...]

    def of_target(self, place: int) -> Spread:
        """How the times of a target spread, the larger the worse."""
        return self.spreads.column(place)

    def of_task(self, place: int) -> Spread:
        """How the ticks spread by which a task was behind us."""
        return self.spreads.column(len(self.targets) + place)

    @property
    def digest(self) -> str:
        """A fingerprint of everything in it, wherever its replications begin."""
        words = [self.runs, self.targets, self.tasks, self.waits, self.chains, self.critical, self.own]
        return hashlib.sha256(f"{digest(words)}{self.spreads.digest}".encode()).hexdigest()


def run_chunk(question: Question, *, seed: int, first: int, runs: int, batch: Batching = reference_batch) -> Chunk:
    """The replications *first* … *first + runs − 1*, whoever computes them and in whatever pieces."""
    return chunk_of(question, batch(question, seed=seed, first=first, runs=runs))


def chunk_of(question: Question, batch: Batch) -> Chunk:
    """A batch condensed."""
    network, labels = question.network, labels_of(question.network)
    tasks, targets = tuple(network.of_task), tuple(aims.target.id for aims in question.aims)
    has_figure = (np.abs(batch.ticks) < NEVER) & (batch.deciding != NOBODY)
    finished = (batch.finishes != NOT_NEEDED) & (batch.finishes < NEVER)
    return Chunk(
        first=batch.first,
        runs=batch.runs,
        targets=tuple(
            TargetSums(target=name, met=met, ticks=ticks, tenths=tenths)
            for name, met, ticks, tenths in zip(
                targets,
                batch.met.sum(axis=0).tolist(),
                _sums(batch.ticks, has_figure),
                _sums(batch.ticks // TICKS_PER_TENTH, has_figure),
                strict=True,
            )
        ),
        tasks=tuple(
            TaskSums(task=task, failed=failed, finishes=finishes)
            for task, failed, finishes in zip(
                tasks, batch.failed.sum(axis=0).tolist(), _sums(batch.finishes, finished), strict=True
            )
        ),
        spreads=spreads_of(np.hstack([_badness(question, batch), _endings(batch)]), first=batch.first),
        waits=_named(batch.waits, tasks, labels),
        chains=_named(batch.chains, targets, tasks, labels),
        critical=_named(batch.critical, targets, tasks),
        own=_own(batch, has_figure),
    )


def _badness(question: Question, batch: Batch) -> NDArray[np.int64]:
    """What was measured, turned so that larger is worse; −NEVER where nobody was concerned."""
    signs = np.array([-1 if aims.target.is_latest_better else 1 for aims in question.aims], dtype=np.int64)
    return np.where(batch.deciding == NOBODY, -NEVER, batch.ticks * signs)


def _endings(batch: Batch) -> NDArray[np.int64]:
    return np.where(batch.finishes == NOT_NEEDED, -NEVER, batch.finishes)


def _sums(values: NDArray[np.int64], counted: NDArray[np.bool_]) -> Iterable[Sums]:
    totals, squares = exact.sums(np.where(counted, values, 0))
    return (
        Sums(count=count, total=total, squares=square)
        for count, total, square in zip(counted.sum(axis=0).tolist(), totals, squares, strict=True)
    )


def _own(batch: Batch, has_figure: NDArray[np.bool_]) -> tuple[tuple[Own, ...], ...]:
    own = batch.own // TICKS_PER_TENTH
    counted = has_figure.astype(np.int64)
    times = np.where(has_figure, batch.ticks // TICKS_PER_TENTH, 0)
    totals, crossed = exact.products(counted, own), exact.products(times, own)
    squares = exact.squares(counted, own)
    return tuple(tuple(map(Own, *rows)) for rows in zip(totals, squares, crossed, strict=True))


def _named(values: NDArray[np.int64], *names: tuple[str, ...]) -> Counted:
    """What is not zero, by name."""
    found = (
        (tuple(axis[at] for axis, at in zip(names, place, strict=True)), int(values[tuple(place)]))
        for place in np.argwhere(values)
    )
    return tuple(sorted(found))


def merge(chunks: Iterable[Chunk]) -> Chunk:
    """Chunks put together in the order of their replications, without gap or overlap."""
    ordered = sorted(chunks, key=lambda chunk: chunk.first)
    if not ordered:
        raise SimError("study-empty", thing="study", field="runs", rule="must be >= 1", value=0)
    total = ordered[0]
    for chunk in ordered[1:]:
        if chunk.first != total.first + total.runs:
            raise SimError(
                "chunks-apart", thing="study", field="first", rule=f"{total.first + total.runs}", value=chunk.first
            )
        total = _joined(total, chunk)
    return total


def _joined(left: Chunk, right: Chunk) -> Chunk:
    return Chunk(
        first=left.first,
        runs=left.runs + right.runs,
        targets=tuple(a + b for a, b in zip(left.targets, right.targets, strict=True)),
        tasks=tuple(a + b for a, b in zip(left.tasks, right.tasks, strict=True)),
        spreads=left.spreads + right.spreads,
        waits=_sum(left.waits, right.waits),
        chains=_sum(left.chains, right.chains),
        critical=_sum(left.critical, right.critical),
        own=tuple(
            tuple(Own(*map(sum, zip(a, b, strict=True))) for a, b in zip(one, two, strict=True))
            for one, two in zip(left.own, right.own, strict=True)
        ),
    )


def _sum(left: Counted, right: Counted) -> Counted:
    total: Counter[tuple[str, ...]] = Counter(dict(left))
    total.update(dict(right))
    return tuple(sorted(total.items()))


def counted(items: Counted) -> Mapping[tuple[str, ...], int]:
    """What was counted, to be looked up by name; 0 for what was not."""
    return Counter(dict(items))


def results_hash(question: Question, seed: int, chunk: Chunk) -> str:
    """The hash of the results: the same for every engine, worker count and chunk size."""
    return digest([question.digest, seed, chunk.digest])
