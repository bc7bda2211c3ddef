"""What holds a response back: the largest losses, each proved by a paired re-run without it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sim.batch import Batch, Batching, reference_batch
from sim.chain import CLOCK, FAILURE, OWN, PREDECESSOR
from sim.chunk import Chunk, chunk_of, counted, merge
from sim.errors import SimError
from sim.log import cause_names
from sim.network import NOBODY, Network
from sim.pairs import Counts, Effect, Pairs, effect, rows_of
from sim.pieces import PIECE, pieces
from sim.question import Question
from sim.ticks import minutes

UNLIMITED = 1_000_000
"""Units that no response can use up."""
OWN_KEPT_SHARE = 0.5
"""A task's own minutes are relaxed to this share of themselves; waits are taken away whole."""
_NOT_TO_BE_RELAXED = (PREDECESSOR, CLOCK)
MOST_FAILING = 2
"""Of the tasks that fail on the chain of a target that falls short, so many are suspected, those that fail most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspect:
    """A cause in a task that costs a target the given mean minutes a run."""

    target: str
    task: str
    cause: str
    pool: str
    lost_min: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Saving:
    """What a target gains without the suspect: the same *runs* played twice on the same luck.

    The minutes, with their 95 % interval, are those of the runs with a figure both times; None where
    fewer than two have one. ``left`` is the largest loss of the target that remains. ``counts`` is
    None in records of earlier releases, whose minutes counted what was never reached as the horizon.
    """

    suspect: Suspect
    runs: int
    mean_min: float | None
    low_min: float | None
    high_min: float | None
    counts: Counts | None = None
    left: Suspect | None = None

    @property
    def effect(self) -> Effect:
        """What the relaxation does beyond doubt."""
        return effect(self.low_min, self.high_min, self.counts)


def suspects(chunk: Chunk, *, short: Collection[str] = (), most: int = 5) -> tuple[Suspect, ...]:
    """The largest losses along the chains of the targets, each task and cause once, largest first.

    The largest loss of every target in *short*, those that fall short, is among them, whatever its
    size, even where another target has lost more to it or it makes more than *most*; so are the tasks
    on its chain that fail, which may cost their minutes in what the procedure does instead.
    """
    losses = [
        (ticks, target, task, cause)
        for (target, task, cause), ticks in chunk.chains
        if ticks > 0 and cause.partition(":")[0] not in _NOT_TO_BE_RELAXED
    ]
    losses.sort(key=lambda loss: (-loss[0], loss[2:], loss[1]))
    first = {target: loss for loss in reversed(losses) if (target := loss[1]) in short}
    chosen = set(first.values())
    named = {loss[2:] for loss in chosen}
    for loss in losses:
        if len(chosen) < most and loss[2:] not in named:
            chosen.add(loss)
            named.add(loss[2:])
    chosen |= set(_failing(chunk, short))
    return tuple(
        Suspect(target=target, task=task, cause=cause, pool=pool_of(cause), lost_min=minutes(ticks) / chunk.runs)
        for ticks, target, task, cause in sorted(chosen, key=lambda loss: (-loss[0], loss[2:], loss[1]))
    )


def _failing(chunk: Chunk, short: Collection[str]) -> Iterator[tuple[int, str, str, str]]:
    """For every target that falls short the tasks on its chain that fail, with what that is seen to cost."""
    failed = {sums.task: sums.failed for sums in chunk.tasks if sums.failed}
    cost = counted(chunk.chains)
    for target in sorted(short):
        found = [task for (of, task), runs in chunk.critical if of == target and runs and task in failed]
        for task in sorted(found, key=lambda task: (-failed[task], task))[:MOST_FAILING]:
            yield cost.get((target, task, FAILURE), 0), target, task, FAILURE


def pool_of(cause: str) -> str:
    """The pool a cause names, "" if it is none.

    >>> pool_of("decision:commander"), pool_of("road:road"), pool_of("work")
    ('commander', '', '')
    """
    kind, _, name = cause.partition(":")
    return name if kind in ("pool", "decision") else ""


def prove(question: Question, suspect: Suspect, *, seed: int, runs: int, batch: Batching = reference_batch) -> Saving:
    """The saving by playing the same runs again with the suspect relaxed, on the same luck.

    A pool becomes unlimited, a gate stands open, a task's own minutes are halved, a process
    gets twice the effort, a task that fails succeeds.
    """
    (saving,) = prove_all(question, [suspect], seed=seed, runs=runs, batch=batch)
    return saving


def prove_all(
    question: Question,
    suspected: Sequence[Suspect],
    *,
    seed: int,
    runs: int,
    batch: Batching = reference_batch,
    piece: int = PIECE,
    progress: Callable[[], None] = lambda: None,
) -> tuple[Saving, ...]:
    """The savings of several suspects, a piece of the runs at a time; *progress* is called after every batch."""
    proofs = [_Proof(question, suspect) for suspect in suspected]
    for first, count in pieces(0, runs, piece) if proofs else ():
        base = batch(question, seed=seed, first=first, runs=count)
        for proof in proofs:
            proof.add(base, batch(proof.relaxed, seed=seed, first=first, runs=count))
            progress()
    return tuple(proof.saving for proof in proofs)


class _Proof:
    """One suspect, taken away in run after run."""

    def __init__(self, question: Question, suspect: Suspect) -> None:
        self.suspect = suspect
        self.relaxed = _Relaxed(question, suspect)
        self._place = [aims.target.id for aims in question.aims].index(suspect.target)
        self._is_latest_better = question.aims[self._place].target.is_latest_better
        self._pairs: Pairs | None = None
        self._chunk: Chunk | None = None

    def add(self, before: Batch, after: Batch) -> None:
        """The same runs with the suspect and without."""
        chunk = chunk_of(self.relaxed, after)
        sides = (rows_of(side, self._place) for side in (before, after))
        pairs = Pairs.of(*sides, is_latest_better=self._is_latest_better)
        self._chunk = merge([self._chunk, chunk]) if self._chunk else chunk
        self._pairs = self._pairs + pairs if self._pairs else pairs

    @property
    def saving(self) -> Saving:
        """What the runs played so far say."""
        if self._pairs is None or self._chunk is None:
            raise SimError("study-empty", thing="study", field="runs", rule="must be >= 1", value=0)
        low, mean, high = self._pairs.gained_min or (None, None, None)
        left = (
            loss for loss in suspects(self._chunk, short={self.suspect.target}) if loss.target == self.suspect.target
        )
        return Saving(
            suspect=self.suspect,
            runs=self._pairs.runs,
            mean_min=mean,
            low_min=low,
            high_min=high,
            counts=self._pairs.counts,
            left=next(left, None),
        )


class _Relaxed(Question):
    """The same question with one suspect taken away in the network."""

    def __init__(self, question: Question, suspect: Suspect) -> None:
        super().__init__(procedure=question.procedure, scenario=question.scenario, resources=question.resources)
        self.__dict__["network"] = relaxed(question.network, suspect)


def relaxed(network: Network, suspect: Suspect) -> Network:
    """The network without the suspect; every draw keeps its identity."""
    if suspect.cause in OWN:
        return _eased(network, suspect.task)
    if suspect.cause == FAILURE:
        return _succeeding(network, suspect.task)
    names = cause_names(network)
    pools = tuple(
        replace(pool, units=UNLIMITED) if names[index] == suspect.cause else pool
        for index, pool in enumerate(network.pools)
    )
    doors = tuple(
        replace(door, is_open=True, opens=NOBODY, closes=NOBODY)
        if names[len(network.pools) + index] == suspect.cause
        else door
        for index, door in enumerate(network.doors)
    )
    return replace(network, pools=pools, doors=doors)


def _succeeding(network: Network, task: str) -> Network:
    """The network in which every try of a task succeeds."""
    nodes = (replace(node, success_share=1.0, lost_from=()) if node.task == task else node for node in network.nodes)
    return replace(network, nodes=tuple(nodes))


def _eased(network: Network, task: str) -> Network:
    """The network with a task's own minutes halved; a process gets twice the effort instead."""
    nodes = tuple(
        replace(node, factor=node.factor * OWN_KEPT_SHARE) if node.task == task else node for node in network.nodes
    )
    eased = {node.process for node in network.nodes if node.task == task}
    works = tuple(
        replace(work, efforts=tuple((node, effort / OWN_KEPT_SHARE) for node, effort in work.efforts))
        if index in eased
        else work
        for index, work in enumerate(network.works)
    )
    return replace(network, nodes=nodes, works=works)
