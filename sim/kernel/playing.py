"""One run by the kernel, told as the reference engine tells it."""

from __future__ import annotations

import numpy as np

from sim.draws import words_of
from sim.kernel import memory as at
from sim.kernel.arrays import Memory, Whole, long_at, signed
from sim.kernel.layout import OUTCOMES, laid_out
from sim.kernel.loop import run_once
from sim.log import Entry, Passage, Phase, Run, Spans, What
from sim.network import Network
from sim.procedure import Outcome
from sim.ticks import NEVER

_OUTCOMES = {number: outcome for outcome, number in OUTCOMES.items()} | {at.GIVEN_UP: Outcome.SKIPPED}
_WHAT = tuple(What)
_PHASES = {int(phase): phase for phase in Phase}


def kernel_play(network: Network, *, seed: int, replication: int, keep_log: bool = True) -> Run:
    """The run of a network from minute 0 to the horizon: equal in every entry to the reference engine's."""
    m = _played(network, seed=seed, replication=replication, keep_log=keep_log)
    return Run(
        seed=seed,
        replication=replication,
        passages=tuple(_passage(m, node) for node in range(m[at.NODES_AT], m[at.NODES_END], at.NODE)),
        moments=tuple(
            long_at(m, clock + at.TICK) for clock in range(m[at.CLOCKS_AT], m[at.CLOCKS_END], at.CLOCK_RECORD)
        ),
        entries=_entries(m),
    )


def kernel_spans(network: Network, *, seed: int, replication: int) -> Spans:
    """The same run by columns, without a passage made for every node."""
    m = _played(network, seed=seed, replication=replication, keep_log=False)

    def column(place: int) -> Whole:
        return m[m[at.NODES_AT] + place : m[at.NODES_END] : at.NODE].astype(np.int64)

    def times(place: int) -> Whole:
        found = column(place)
        return np.where(found == at.NOT_YET, NEVER, found)

    start = times(at.START)
    return Spans(
        ready=times(at.FIRST_READY),
        start=start,
        finish=times(at.FINISH),
        worked=column(at.WORKED),
        tried=start != NEVER,
        is_open=column(at.OUTCOME) == at.NONE,
    )


def _played(network: Network, *, seed: int, replication: int, keep_log: bool) -> Whole:
    """The memory after a run, with all the room it took."""
    events, entries = len(network.nodes) + 16, (8 * len(network.nodes) + 64) * keep_log
    while True:
        m, x = _memory_of(network, events, entries).copy()
        run_once(m, x, *map(signed, (*words_of(seed), replication & 0xFFFFFFFF)))
        if not m[at.IS_LOST] and m[at.ENTRIES] <= entries:
            return m
        events = 2 * events if m[at.IS_LOST] else events
        entries = max(entries, int(m[at.ENTRIES]))


def _memory_of(network: Network, events: int, entries: int) -> Memory:
    """The network laid out, once for as many runs as are played with the same room."""
    kept: dict[tuple[int, int], Memory] = network.__dict__.setdefault("kernel", {})
    if (events, entries) not in kept:
        kept.clear()
        kept[events, entries] = laid_out(network, events=events, entries=entries)
    return kept[events, entries]


def _passage(m: Whole, node: int) -> Passage:
    start = _tick(m[node + at.START])
    return Passage(
        ready=_tick(m[node + at.FIRST_READY]),
        start=start,
        finish=_tick(m[node + at.FINISH]),
        outcome=_OUTCOMES[int(m[node + at.OUTCOME])],
        worked=int(m[node + at.WORKED]),
        waits=_waits(m, node),
        attempts=int(m[node + at.ATTEMPT]) + 1 if start != NEVER else 0,
        trigger=int(m[node + at.TRIGGER]),
        enabler=int(m[node + at.ENABLER]),
        is_given_up=bool(m[node + at.OUTCOME] == at.GIVEN_UP),
    )


def _tick(tick: int) -> int:
    """As everybody else says it."""
    return NEVER if tick == at.NOT_YET else int(tick)


def _waits(m: Whole, node: int) -> tuple[tuple[int, int], ...]:
    line = m[m[node + at.COMMON] + at.LINE]
    causes = m[m[line + at.SLOTS] : m[line + at.SLOTS_END] : at.SLOT].tolist()
    first = m[node + at.OWN_SLOTS] + at.WAITED
    waited = m[first : first + at.OWN_SLOT * len(causes) : at.OWN_SLOT].tolist()
    return tuple((cause, count) for cause, count in zip(causes, waited, strict=True) if count)


def _entries(m: Whole) -> tuple[Entry, ...]:
    count = int(m[at.ENTRIES])
    rows = m[m[at.LOG_AT] : m[at.LOG_AT] + count * at.ENTRY].reshape(count, at.ENTRY).tolist()
    return tuple(
        Entry(tick, round_, _PHASES[phase], _WHAT[what], index, value)
        for tick, round_, phase, what, index, value in rows
    )
