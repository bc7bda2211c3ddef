"""Where everything about a network lies in the kernel's memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sim.figure import within
from sim.kernel import memory as at
from sim.kernel.arrays import rounded
from sim.kernel.islands import islands_of
from sim.network import NOBODY, Network, Node
from sim.quantiles import Table
from sim.ticks import minutes


class Sections:
    """Where the records of a network lie: places of whole sections are settled before the first is written."""

    def __init__(self, network: Network, events: int, entries: int) -> None:
        self.network = network
        self.reals: list[float] = []
        self.table_at: dict[int, tuple[int, int]] = {}
        self.lost_at: dict[tuple[int, ...], tuple[int, int]] = {}
        self.tables: list[Table] = []
        self.reals_at: dict[tuple[int, tuple[float, ...]], int] = {}
        self.common_at: dict[tuple[int, ...], int] = {}
        self.heads = {line: node for node, line in reversed(list(zip(network.nodes, network.line_of, strict=True)))}
        self.causes = [self._causes(self.heads[number]) for number in range(len(self.heads))]
        self.members = Counter(network.line_of)
        self.islands = islands_of(network, [self.heads[number].demands for number in range(len(self.heads))])
        self.lines_in = Counter(self.islands.queue_of)
        self.end = rounded(at.HEADER)
        self.tail: dict[int, Sequence[int]] = {}
        self.edges_of: list[int] = []
        self.header = dict.fromkeys(range(at.HEADER), 0)
        self._settle(events, entries)

    def _causes(self, head: Node) -> list[int]:
        """The causes a line can wait for: its pools in order of index, then its gate."""
        gate = [len(self.network.pools) + head.gate] if head.gate != NOBODY else []
        return sorted({demand.pool for demand in head.demands}) + gate

    def _section(self, begin: int, count: int, size: int, end: int = 0) -> None:
        """Set a stretch of so many records aside at an even place, and note in the header where it begins and ends."""
        self.end += self.end % 2
        self.header[begin] = self.end
        self.end += count * size
        if end:
            self.header[end] = self.end

    def _settle(self, events: int, entries: int) -> None:
        network = self.network
        nodes = len(network.nodes)
        most_ticks = (at.NO_EVENT >> nodes.bit_length()) - 1
        within("event", "horizon_min", minutes(network.horizon), 0, minutes(most_ticks))
        changes = sum(len(pool.changes) for pool in network.pools) + len(network.swings) + len(network.moments)
        changes += sum((door.opens != NOBODY) + (door.closes != NOBODY) for door in network.doors)
        self._section(at.NODES_AT, nodes, at.NODE, at.NODES_END)
        self._section(at.LINES_AT, len(self.heads), at.LINE_RECORD, at.LINES_END)
        self._section(at.POOLS_AT, len(network.pools), at.POOL, at.POOLS_END)
        self._section(at.GATES_AT, len(network.doors), at.GATE_RECORD, at.GATES_END)
        self._section(at.CLOCKS_AT, len(network.moments), at.CLOCK_RECORD, at.CLOCKS_END)
        self._section(at.WORKS_AT, len(network.works), at.WORK_RECORD, at.WORKS_END)
        self._section(at.QUEUES_AT, self.islands.queues, at.QUEUE_RECORD, at.QUEUES_END)
        self._section(at.ISLANDS_AT, self.islands.islands, at.ISLAND, at.ISLANDS_END)
        self._section(at.ALL_SLOTS_AT, sum(map(len, self.causes)), at.SLOT, at.ALL_SLOTS_END)
        outside = (len(self.causes[line]) for line in network.line_of)
        slots = sum(count for count in outside if count > at.INNER)
        self._section(at.OWN_SLOTS_AT, slots, at.OWN_SLOT, at.OWN_SLOTS_END)
        self._section(at.CHANGES_AT, changes, at.CHANGE, at.CHANGES_END)
        for begin, count in (
            (at.TICKS_AT, changes), (at.TURNS_AT, 2 * changes), (at.HEADS_AT, 2 * len(self.heads)),
            (at.STACK_AT, 2 * nodes + 2), (at.BEGUN_AT, nodes), (at.SENT_AT, nodes),
        ):  # fmt: skip
            self._section(begin, count, 1)
        # All that lie below one event begin where a processor fetches them together.
        self.end = rounded(self.end) + at.FETCHED - at.EVENT
        self._section(at.EVENTS_AT, events + at.EVENTS_BESIDE, at.EVENT)
        self._section(at.DUE_AT, events, at.DUE_RECORD)
        self.header[at.EVENTS_ROOM] = self.header[at.DUE_ROOM] = events
        self._section(at.LOG_AT, entries, at.ENTRY)
        self.header |= {
            at.LOG_ROOM: entries,
            at.HORIZON: network.horizon,
            at.MAY_PREEMPT: any(pool.preemptible for pool in network.pools),
            at.POOLS: len(network.pools),
            at.TICK_SHIFT: nodes.bit_length(),
        }

    # -- places ----------------------------------------------------------------------

    def _node_at(self, index: int) -> int:
        return self._at(at.NODES_AT, index, at.NODE)

    def _at(self, section: int, index: int, size: int) -> int:
        return at.NOWHERE if index == NOBODY else self.header[section] + index * size

    def _append(self, numbers: Sequence[int]) -> tuple[int, int]:
        """Lists of unequal length go behind the sections; where this one begins and ends."""
        begin = self.end
        self.tail[begin] = numbers
        self.end += len(numbers)
        return begin, self.end

    def _append_reals(self, *numbers: float) -> int:
        begin = len(self.reals)
        self.reals += numbers
        return begin
