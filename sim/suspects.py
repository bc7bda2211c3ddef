"""What holds a response back: the largest losses, each proved by a paired re-run without it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sim.chain import CLOCK, DECIDE, FAILURE, PREDECESSOR, REST, TRAVEL, WORK
from sim.chunk import Chunk, Engine, run_chunk
from sim.log import cause_names
from sim.network import NOBODY, Network
from sim.pairs import Counts, Effect, Pairs, effect
from sim.question import Question
from sim.reference_engine import play
from sim.ticks import minutes

UNLIMITED = 1_000_000
"""Units that no response can use up."""
OWN_KEPT_SHARE = 0.5
"""A task's own minutes are relaxed to this share of themselves; waits are taken away whole."""
_NOT_TO_BE_RELAXED = (PREDECESSOR, CLOCK, FAILURE)


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
    size, even where another target has lost more to it or it makes more than *most*.
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
    return tuple(
        Suspect(target=target, task=task, cause=cause, pool=pool_of(cause), lost_min=minutes(ticks) / chunk.runs)
        for ticks, target, task, cause in losses
        if (ticks, target, task, cause) in chosen
    )


def pool_of(cause: str) -> str:
    """The pool a cause names, "" if it is none.

    >>> pool_of("decision:commander"), pool_of("road:road"), pool_of("work")
    ('commander', '', '')
    """
    kind, _, name = cause.partition(":")
    return name if kind in ("pool", "decision") else ""


def prove(question: Question, suspect: Suspect, base: Chunk, *, seed: int, runs: int, engine: Engine = play) -> Saving:
    """The saving by playing the same runs again with the suspect relaxed, on the same luck.

    A pool becomes unlimited, a gate stands open, a task's own minutes are halved, a process
    gets twice the effort.
    """
    count = min(runs, base.runs)
    without = run_chunk(_Relaxed(question, suspect), seed=seed, first=0, runs=count, engine=engine)
    place = [aims.target.id for aims in question.aims].index(suspect.target)
    target = question.aims[place].target
    pairs = Pairs(base.targets[place][:count], without.targets[place], target.is_latest_better)
    low, mean, high = pairs.gained_min or (None, None, None)
    left = (loss for loss in suspects(without, short={suspect.target}) if loss.target == suspect.target)
    return Saving(
        suspect=suspect,
        runs=count,
        mean_min=mean,
        low_min=low,
        high_min=high,
        counts=pairs.counts,
        left=next(left, None),
    )


class _Relaxed(Question):
    """The same question with one suspect taken away in the network."""

    def __init__(self, question: Question, suspect: Suspect) -> None:
        super().__init__(procedure=question.procedure, scenario=question.scenario, resources=question.resources)
        self.__dict__["network"] = relaxed(question.network, suspect)


def relaxed(network: Network, suspect: Suspect) -> Network:
    """The network without the suspect; every draw keeps its identity."""
    if suspect.cause in (WORK, TRAVEL, REST, DECIDE):
        return _eased(network, suspect.task)
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
