"""What consecutive replications say, a row a run, before it is condensed: the form every engine hands over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.chain import CLOCK, DECIDE, FAILURE, PREDECESSOR, REST, TRAVEL, WORK, lost_time, spine
from sim.log import Run, cause_names
from sim.network import NOBODY, Network
from sim.procedure import Outcome
from sim.question import Question
from sim.reference_engine import play
from sim.ticks import NEVER

NOT_NEEDED = -1
"""Stands for the end of a task that nobody needed in a run."""
_ALWAYS = (WORK, TRAVEL, REST, DECIDE, PREDECESSOR, CLOCK, FAILURE)

Ticks = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Batch:
    """Consecutive replications from *first* on, as arrays of whole numbers.

    Axes: runs in order, targets as in ``question.aims``, tasks as in
    ``network.of_task``, labels as in :func:`labels_of`.

    * ``ticks`` [run, target] what was measured (NEVER, or −NEVER for a margin, if it did
      not come to that), ``met`` whether that kept the promise, ``deciding`` the node that
      decided (NOBODY if nobody was concerned).
    * ``finishes`` [run, task] the tick a task was behind us for everybody: NEVER if it was
      not, NOT_NEEDED if it was skipped for everybody; ``failed`` whether its last try
      failed somewhere; ``own`` the ticks of its own minutes, summed over its entities.
    * ``waits`` [task, label] ticks waited, over all runs and entities.
    * ``chains`` [target, task, label] ticks along the chain behind the deciding node, over
      all runs; ``critical`` [target, task] the runs with the task on the
      resource-constrained chain.
    """

    first: int
    ticks: Ticks
    met: NDArray[np.bool_]
    deciding: NDArray[np.int64]
    finishes: Ticks
    failed: NDArray[np.bool_]
    own: Ticks
    waits: Ticks
    chains: Ticks
    critical: NDArray[np.int64]

    @property
    def runs(self) -> int:
        """How many replications it holds."""
        return int(self.ticks.shape[0])

    def is_same(self, other: Batch) -> bool:
        """Whether two batches say exactly the same."""
        return all(np.array_equal(getattr(self, each.name), getattr(other, each.name)) for each in fields(self))


Batching = Callable[..., Batch]
"""``batch(question, *, seed, first, runs)``: the replications *first* … *first + runs − 1* by one engine."""


def labels_of(network: Network) -> tuple[str, ...]:
    """The labels minutes are booked under: those every network has, then the causes of its pools and gates.

    >>> labels_of(Network(nodes=(), pools=(), doors=(), moments=(), works=(), entities=(), horizon=1, level=""))[:2]
    ('work', 'travel')
    """
    return tuple(dict.fromkeys((*_ALWAYS, *cause_names(network))))


def reference_batch(question: Question, *, seed: int, first: int, runs: int) -> Batch:
    """The batch as the reference engine plays it."""
    played = (
        play(question.network, seed=seed, replication=replication, keep_log=False)
        for replication in range(first, first + runs)
    )
    return batch_of(question, first, list(played))


def played_by(engine: Callable[..., Run]) -> Batching:
    """The batches of an engine that plays one run at a time."""

    def batch(question: Question, *, seed: int, first: int, runs: int) -> Batch:
        numbers = range(first, first + runs)
        played = (engine(question.network, seed=seed, replication=number, keep_log=False) for number in numbers)
        return batch_of(question, first, list(played))

    return batch


def blank_batch(question: Question, first: int, runs: int) -> Batch:
    """A batch of noughts with room for so many runs of a question, to be filled by an engine."""
    network = question.network
    targets, tasks, labels = len(question.aims), len(network.of_task), len(labels_of(network))
    return Batch(
        first=first,
        ticks=_zeros(runs, targets),
        met=np.zeros((runs, targets), dtype=np.bool_),
        deciding=_zeros(runs, targets),
        finishes=_zeros(runs, tasks),
        failed=np.zeros((runs, tasks), dtype=np.bool_),
        own=_zeros(runs, tasks),
        waits=_zeros(tasks, labels),
        chains=_zeros(targets, tasks, labels),
        critical=_zeros(targets, tasks),
    )


def batch_of(question: Question, first: int, runs: Sequence[Run]) -> Batch:
    """Runs that were played one by one, put into rows."""
    table = _Table(question, first, len(runs))
    for row, run in enumerate(runs):
        table.fill(row, run)
    return table.batch


class _Table:
    """A batch being filled."""

    def __init__(self, question: Question, first: int, runs: int) -> None:
        self.aims = question.aims
        self.network = question.network
        self.tasks = {task: place for place, task in enumerate(self.network.of_task)}
        self.label_of = {label: place for place, label in enumerate(labels_of(self.network))}
        self.batch = blank_batch(question, first, runs)

    def fill(self, row: int, run: Run) -> None:
        """One run."""
        for target in range(len(self.aims)):
            self._measure(row, target, run)
        for place, nodes in enumerate(self.network.of_task.values()):
            self.batch.finishes[row, place] = _finish(run, nodes)
            self.batch.failed[row, place] = any(run.passages[node].outcome is Outcome.FAILED for node in nodes)
            self.batch.own[row, place] = sum(run.passages[node].worked for node in nodes)
        self._add_waits(run)

    def _measure(self, row: int, target: int, run: Run) -> None:
        measured = self.aims[target].measure(run)
        self.batch.ticks[row, target] = measured.ticks
        self.batch.met[row, target] = measured.is_met
        self.batch.deciding[row, target] = measured.node
        if measured.node == NOBODY:
            return
        for share in lost_time(self.network, run, measured.node, measured.begin):
            self.batch.chains[target, self._task(share.node), self.label_of[share.cause]] += share.ticks
        for task in {self._task(node) for node in spine(self.network, run, measured.node)}:
            self.batch.critical[target, task] += 1

    def _add_waits(self, run: Run) -> None:
        names = cause_names(self.network)
        for node, passage in zip(self.network.nodes, run.passages, strict=True):
            for cause, count in passage.waits:
                self.batch.waits[self.tasks[node.task], self.label_of[names[cause]]] += count

    def _task(self, node: int) -> int:
        return self.tasks[self.network.nodes[node].task]


def _finish(run: Run, nodes: Sequence[int]) -> int:
    """The tick by which every node of a task had ended; NEVER if one had not, NOT_NEEDED if all were skipped."""
    ends = [run.passages[node] for node in nodes]
    if any(passage.outcome is None for passage in ends):
        return NEVER
    return max((passage.finish for passage in ends if passage.outcome is not Outcome.SKIPPED), default=NOT_NEEDED)


def _zeros(*shape: int) -> NDArray[Any]:
    return np.zeros(shape, dtype=np.int64)
