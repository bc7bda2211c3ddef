"""Batches by the kernel: consecutive replications without leaving machine code."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.batch import Batch, blank_batch, labels_of
from sim.compiled import compiled
from sim.draws import words_of
from sim.kernel import memory as at
from sim.kernel import rows
from sim.kernel.arrays import Memory, Reals, Whole, signed
from sim.kernel.layout import laid_out
from sim.kernel.loop import run_behind
from sim.kernel.pointers import pointer_of
from sim.kernel.rows import Sheet, write_rows
from sim.kernel.scaling import rescaled
from sim.log import cause_names
from sim.measures import Aims
from sim.network import NOBODY
from sim.procedure import TargetKind
from sim.question import Question
from sim.ticks import ticks
from sim.variants import Scaled, shape_of

_PREPARED = "kernel"


def kernel_batch(question: Question, *, seed: int, first: int, runs: int) -> Batch:
    """The replications *first* … *first + runs − 1*: the batch of the reference engine, number for number.

    The interpreter lock is free while they are played.
    """
    return _prepared(question).batch(seed, first, runs)


@dataclass(frozen=True, eq=False)
class _Prepared:
    """A question laid out once, for as many batches as are asked of it."""

    memory: Memory
    question: Question
    t: Whole
    shares: Reals
    label_of: Whole

    def batch(self, seed: int, first: int, runs: int) -> Batch:
        """Play and write down."""
        batch = blank_batch(shape_of(self.question), first, runs)
        sheet = self._sheet(batch)
        memory, played = self.memory.copy(), 0
        while played < runs:
            low, high = map(signed, words_of(seed))
            played = _play_on(*memory, sheet, low, high, first, played, runs)
            if played < runs:
                events = 2 * int(memory.m[at.EVENTS_ROOM])
                memory = laid_out(self.question.network, events=events, entries=0)
                sheet.seen.fill(0)  # its stamps were those of the memory given up
        return batch

    def _sheet(self, batch: Batch) -> Sheet:
        """What is asked, and the batch's arrays to be written."""
        network = shape_of(self.question).network
        most = max(1, len(network.nodes))
        return Sheet(
            t=self.t,
            shares=self.shares,
            label_of=self.label_of,
            values=_zeros(most),
            order=_zeros(most),
            seen=_zeros(len(network.of_task)),
            ticks=batch.ticks,
            met=batch.met,
            deciding=batch.deciding,
            finishes=batch.finishes,
            failed=batch.failed,
            own=batch.own,
            waits=batch.waits,
            chains=batch.chains,
            critical=batch.critical,
        )


@compiled
def _play_on(
    m: Whole, x: Reals, sheet: Sheet, seed_low: int, seed_high: int, first: int, played: int, runs: int
) -> int:
    """Play from the run *played* on; how many are played when all are, or when one needs more room for events."""
    whole, reals = pointer_of(m), pointer_of(x)
    for row in range(played, runs):
        run_behind(whole, reals, seed_low, seed_high, first + row)
        if whole[at.IS_LOST]:
            return row
        write_rows(whole, sheet, row)
    return runs


def _prepared(question: Question) -> _Prepared:
    """The question laid out; once only."""
    found: _Prepared = question.__dict__.get(_PREPARED) or question.__dict__.setdefault(_PREPARED, _prepare(question))
    return found


def _prepare(question: Question) -> _Prepared:
    if isinstance(question, Scaled):
        origin = _prepared(question.origin)
        memory = rescaled(question.origin.network, origin.memory, question.factors)
        if memory is not None:
            return replace(origin, memory=memory, question=question)
    network = question.network
    labels = {label: place for place, label in enumerate(labels_of(network))}
    memory = laid_out(network, events=len(network.nodes) + 16, entries=0)
    return _Prepared(
        memory=memory,
        question=question,
        t=_targets(question.aims, memory.m),
        shares=np.array([aims.target.share for aims in question.aims], dtype=np.float64),
        label_of=np.array([labels[name] for name in cause_names(network)], dtype=np.int64),
    )


def _targets(every: tuple[Aims, ...], m: Whole) -> Whole:
    """Targets, then their aims, then the nodes that start them, as records that point at each other and into *m*."""

    def place(section: int, index: int, size: int) -> int:
        return at.NOWHERE if index == NOBODY else int(m[section]) + index * size

    targets = [0] * rows.TARGET * len(every)
    first_aim = len(targets)
    aims: list[int] = []
    starts: list[int] = []
    first_start = first_aim + rows.AIM * sum(len(each.aims) for each in every)
    for index, each in enumerate(every):
        record = index * rows.TARGET
        targets[record + rows.IS_SHARE] = each.target.kind is TargetKind.SHARE
        targets[record + rows.IS_LATEST_BETTER] = each.target.is_latest_better
        targets[record + rows.LIMIT] = ticks(each.target.limit_min)
        targets[record + rows.AIMS] = first_aim + len(aims)
        for aim in each.aims:
            begin = first_start + len(starts)
            starts += [place(at.NODES_AT, node, at.NODE) for node in aim.starts]
            aims += [
                place(at.NODES_AT, aim.node, at.NODE),
                place(at.CLOCKS_AT, aim.start_moment, at.CLOCK_RECORD),
                place(at.CLOCKS_AT, aim.moment, at.CLOCK_RECORD),
                aim.people,
                begin,
                first_start + len(starts),
            ]
        targets[record + rows.AIMS_END] = first_aim + len(aims)
    return np.array([*targets, *aims, *starts], dtype=np.int64)


def _zeros(*shape: int) -> NDArray[np.int64]:
    return np.zeros(shape, dtype=np.int64)
