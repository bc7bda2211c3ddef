"""What consecutive replications leave behind, in whole numbers, and how pieces are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sim.chain import lost_time, spine
from sim.errors import SimError
from sim.log import Run, cause_names
from sim.network import NOBODY
from sim.plain import digest
from sim.procedure import Outcome
from sim.question import Question
from sim.reference_engine import play
from sim.ticks import NEVER

Engine = Callable[..., Run]
NOT_NEEDED = -1
"""Stands for the end of a task that nobody needed in a run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """The whole numbers that some consecutive replications leave behind.

    ``targets[i]`` holds (ticks, met, deciding node) of target i, a row a run;
    ``finishes[task]`` the tick each run had the whole task behind it (NEVER if not,
    NOT_NEEDED if it was skipped for everybody), and ``failures`` the number of runs in
    which it failed for good somewhere.
    ``waits`` sums ticks by (task, cause) over all nodes; ``chains`` by (target, task,
    cause) along the chain behind the deciding node; ``critical`` counts the runs with
    the task on the resource-constrained chain of the target.
    """

    first: int
    runs: int
    targets: tuple[tuple[tuple[int, int, int], ...], ...]
    finishes: tuple[tuple[str, tuple[int, ...]], ...]
    failures: tuple[tuple[str, int], ...]
    waits: tuple[tuple[tuple[str, str], int], ...]
    chains: tuple[tuple[tuple[str, str, str], int], ...]
    critical: tuple[tuple[tuple[str, str], int], ...]


def run_chunk(question: Question, *, seed: int, first: int, runs: int, engine: Engine = play) -> Chunk:
    """The replications *first* … *first + runs − 1*, whoever computes them and in whatever pieces."""
    tally = _Tally(question)
    for replication in range(first, first + runs):
        tally.add(engine(question.network, seed=seed, replication=replication, keep_log=False))
    return tally.chunk(first, runs)


class _Tally:
    """Sums over the runs of one chunk."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.network = question.network
        self.targets: list[list[tuple[int, int, int]]] = [[] for _ in question.aims]
        self.finishes: dict[str, list[int]] = {task: [] for task in self.network.of_task}
        self.failures: Counter[str] = Counter()
        self.waits: Counter[tuple[str, str]] = Counter()
        self.chains: Counter[tuple[str, str, str]] = Counter()
        self.critical: Counter[tuple[str, str]] = Counter()

    def add(self, run: Run) -> None:
        """Count one run."""
        for place, aims in enumerate(self.question.aims):
            measured = aims.measure(run)
            self.targets[place].append((measured.ticks, int(measured.is_met), measured.node))
            if measured.node != NOBODY:
                self._add_chain(aims.target.id, run, measured.node, measured.begin)
        for task, nodes in self.network.of_task.items():
            self.finishes[task].append(_finish(run, nodes))
            self.failures[task] += any(run.passages[node].outcome is Outcome.FAILED for node in nodes)
        self._add_waits(run)

    def _add_chain(self, target: str, run: Run, node: int, begin: int) -> None:
        for share in lost_time(self.network, run, node, begin):
            self.chains[target, self.network.nodes[share.node].task, share.cause] += share.ticks
        for task in {self.network.nodes[index].task for index in spine(self.network, run, node)}:
            self.critical[target, task] += 1

    def _add_waits(self, run: Run) -> None:
        names = cause_names(self.network)
        for node, passage in zip(self.network.nodes, run.passages, strict=True):
            for cause, count in passage.waits:
                self.waits[node.task, names[cause]] += count

    def chunk(self, first: int, runs: int) -> Chunk:
        """The sums as a value, in a fixed order."""
        return Chunk(
            first=first,
            runs=runs,
            targets=tuple(tuple(rows) for rows in self.targets),
            finishes=tuple((task, tuple(rows)) for task, rows in self.finishes.items()),
            failures=tuple(sorted(self.failures.items())),
            waits=tuple(sorted(self.waits.items())),
            chains=tuple(sorted(self.chains.items())),
            critical=tuple(sorted(self.critical.items())),
        )


def _finish(run: Run, nodes: Iterable[int]) -> int:
    """The tick by which every node of a task had ended; NEVER if one had not, NOT_NEEDED if all were skipped."""
    ends = [run.passages[node] for node in nodes]
    if any(passage.outcome is None for passage in ends):
        return NEVER
    return max((passage.finish for passage in ends if passage.outcome is not Outcome.SKIPPED), default=NOT_NEEDED)


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
    return replace(
        left,
        runs=left.runs + right.runs,
        targets=tuple(a + b for a, b in zip(left.targets, right.targets, strict=True)),
        finishes=tuple((task, a + b) for (task, a), (_, b) in zip(left.finishes, right.finishes, strict=True)),
        failures=_sum(left.failures, right.failures),
        waits=_sum(left.waits, right.waits),
        chains=_sum(left.chains, right.chains),
        critical=_sum(left.critical, right.critical),
    )


def _sum(left: tuple[tuple[Any, int], ...], right: tuple[tuple[Any, int], ...]) -> tuple[tuple[Any, int], ...]:
    total = Counter(dict(left))
    total.update(dict(right))
    return tuple(sorted(total.items()))


def results_hash(question: Question, seed: int, chunk: Chunk) -> str:
    """The hash of the results: the same for every engine, worker count and chunk size."""
    return digest([question.digest, seed, replace(chunk, first=0)])
