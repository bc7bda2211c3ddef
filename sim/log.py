"""What happened in one run: entries in order, and each node's times and waits."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from sim.network import NOBODY, Network
from sim.procedure import Outcome
from sim.ticks import NEVER


class Phase(IntEnum):
    """The parts of a round, in order."""

    COMPLETION = 1
    CLOCK = 2
    START = 3


class What(StrEnum):
    """What an entry records."""

    READY = "ready"
    STARTED = "started"
    DONE = "done"
    FAILED_ONCE = "failed_once"
    FAILED = "failed"
    SKIPPED = "skipped"
    PREEMPTED = "preempted"
    CAPACITY_CHANGED = "capacity_changed"
    GATE_OPENED = "gate_opened"
    GATE_CLOSED = "gate_closed"
    CLOCK_STRUCK = "clock_struck"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when (tick, round, phase), what, and to which index.

    *index* is a node for tasks, a pool, gate or clock for the other kinds. *value* is
    the start order of a start, the units of a capacity change, else 0.
    """

    tick: int
    round: int
    phase: Phase
    what: What
    index: int
    value: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One node's way through a run, in ticks.

    ``ready`` and ``start`` are NEVER if it did not come to that; ``finish`` is the tick
    it ended done, skipped or failed for good. ``worked`` counts its own ticks, ``waits``
    the ticks in line by cause index (see :func:`cause_names`). ``trigger`` is the node
    whose end made it ready, ``enabler`` the one whose end let it start. Of those skipped
    ``is_given_up`` tells who was given up at a clock, or had to follow one who was, from
    those of a branch not taken.
    """

    ready: int
    start: int
    finish: int
    outcome: Outcome | None
    worked: int
    waits: tuple[tuple[int, int], ...]
    attempts: int
    trigger: int = NOBODY
    enabler: int = NOBODY
    is_given_up: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it ended as it should."""
        return self.outcome is Outcome.DONE

    @property
    def is_needless(self) -> bool:
        """Whether it was of a branch not taken."""
        return self.outcome is Outcome.SKIPPED and not self.is_given_up

    @property
    def finish_done(self) -> int:
        """The tick it was done, NEVER if it was not."""
        return self.finish if self.outcome is Outcome.DONE else NEVER


@dataclass(frozen=True, slots=True)
class Run:
    """One replication: the passages by node, the clocks' ticks, and the entries in order."""

    seed: int
    replication: int
    passages: tuple[Passage, ...]
    moments: tuple[int, ...]
    entries: tuple[Entry, ...]

    @property
    def unfinished(self) -> tuple[int, ...]:
        """Nodes that neither ended nor were skipped before the horizon."""
        return tuple(index for index, passage in enumerate(self.passages) if passage.outcome is None)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Spans:
    """The passages of a run by columns, a row a node, in ticks: for long runs that nobody reads node by node."""

    ready: NDArray[np.int64]
    start: NDArray[np.int64]
    finish: NDArray[np.int64]
    worked: NDArray[np.int64]
    tried: NDArray[np.bool_]
    is_open: NDArray[np.bool_]

    def every(self, rows: slice | NDArray[np.int64]) -> Spans:
        """Those of some rows."""
        return Spans(**{column.name: getattr(self, column.name)[rows] for column in fields(self)})


def cause_names(network: Network) -> tuple[str, ...]:
    """The labels of waiting, by cause index: pools first, then gates.

    A wait for a decision maker is ``decision:pool``, for other pools ``pool:id``, for a
    gate its own cause (``road:...``, ``gas:...``).
    """
    pools = tuple(f"{'decision' if pool.kind == 'decision' else 'pool'}:{pool.id}" for pool in network.pools)
    return pools + tuple(f"{door.cause}:{door.name}" for door in network.doors)
