"""A network laid out in the kernel's memory."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from sim.chain import own_label
from sim.draws import words_of
from sim.durations import Law
from sim.kernel import memory as at
from sim.kernel.arrays import Memory, Whole, kept_in, set_long
from sim.kernel.sections import Sections
from sim.laws import FIXED
from sim.network import NOBODY, Door, Moment, Network, Node, Work
from sim.procedure import JoinKind, Outcome, Pool, PoolRule
from sim.steps import NUMBERS, padded
from sim.ticks import ticks

OUTCOMES = {None: at.NONE, Outcome.DONE: at.DONE, Outcome.SKIPPED: at.SKIPPED, Outcome.FAILED: at.FAILED}
RULES = {PoolRule.SHORT: at.SHORT, PoolRule.STRICT: at.STRICT, PoolRule.FREE: at.LENIENT}
OWN_LABELS = ("work", "travel", "rest", "deciding")
"""The labels of own minutes in the order of their numbers: the first of :func:`sim.batch.labels_of`."""


def laid_out(network: Network, *, events: int, entries: int) -> Memory:
    """The memory of a network, with room for so many pending events and log entries."""
    return _Layout(network, events, entries).memory()


class _Layout(Sections):
    """Records written one behind the other."""

    def memory(self) -> Memory:
        """Everything written."""
        network = self.network
        self.behind = _grouped([self.heads[line].gate for line in range(len(self.heads))], len(network.doors))
        self.behind = [[self._at(at.LINES_AT, line, at.LINE_RECORD) for line in lines] for lines in self.behind]
        slots = accumulate((at.SLOT * len(causes) for causes in self.causes), initial=self.header[at.ALL_SLOTS_AT])
        lines = [self._line(number, begin) for number, begin in zip(range(len(self.heads)), slots, strict=False)]
        sections: list[tuple[int, Sequence[Sequence[int]]]] = [
            (at.LINES_AT, lines),
            (at.POOLS_AT, [self._pool(index, pool) for index, pool in enumerate(network.pools)]),
            (at.GATES_AT, [self._gate(index, door) for index, door in enumerate(network.doors)]),
            (at.CLOCKS_AT, [self._clock(index, moment) for index, moment in enumerate(network.moments)]),
            (at.WORKS_AT, [self._work(work) for work in network.works]),
            (at.QUEUES_AT, [self._queue(number) for number in range(self.islands.queues)]),
            (at.ISLANDS_AT, self._islands()),
            (at.ALL_SLOTS_AT, [(cause, 0) for causes in self.causes for cause in causes]),
            (at.CHANGES_AT, self._changes()),
            (at.NODES_AT, self._nodes()),
        ]
        self._deal()
        self.header[at.EDGES_OF], _ = self._append(self.edges_of)
        self.header[at.SEEN_AT], _ = self._append([0] * len(network.nodes))
        self.header[at.SCRATCH] = self._append_reals(*[0.0] * 2 * at.DEALT_AT_ONCE)
        base = len(self.reals)
        x = np.concatenate([np.array(self.reals, dtype=np.float64), *self.tables])
        m = np.zeros(self.end, dtype=np.int64)
        m[: at.HEADER] = [self.header[field] for field in range(at.HEADER)]
        for section, records in sections:
            if records:
                rows = np.array(records, dtype=np.int64)
                m[self.header[section] : self.header[section] + rows.size] = rows.ravel()
        for begin, numbers in self.tail.items():
            m[begin : begin + len(numbers)] = numbers
        self._move_tables(m, base)
        kept = kept_in(m, is_narrow=max(network.horizon, self.end) < at.NARROW_MOST)
        events = self.header[at.EVENTS_AT]
        for place in range(events, events + (self.header[at.EVENTS_ROOM] + at.EVENTS_BESIDE) * at.EVENT, at.EVENT):
            set_long(kept, place, at.NO_EVENT)
        return Memory(kept, x)

    def _move_tables(self, m: Whole, base: int) -> None:
        """Tables lie behind all other reals; their places were counted from the first."""
        for field in (at.CLOCK_TABLE, at.CLOCK_TABLE_END):
            m[self.header[at.CLOCKS_AT] + field : self.header[at.CLOCKS_END] : at.CLOCK_RECORD] += base
        for common in self.common_at.values():
            m[common + at.TABLE] += base
            m[common + at.TABLE_END] += base
        for deal in range(self.header[at.DEALS_AT], self.header[at.DEALS_END], at.DEAL):
            m[deal + at.DEAL_TABLE] += base
            m[deal + at.DEAL_TABLE_END] += base

    def _line(self, number: int, slots: int) -> list[int]:
        head, causes = self.heads[number], self.causes[number]
        record = [0] * at.LINE_RECORD
        record[at.GATE] = self._at(at.GATES_AT, head.gate, at.GATE_RECORD)
        record[at.GATE_CAUSE] = causes[-1] if head.gate != NOBODY else NOBODY
        record[at.DEMANDS], record[at.DEMANDS_END] = self._append(
            [
                number
                for each in head.demands
                for number in (self._at(at.POOLS_AT, each.pool, at.POOL), each.units, int(each.consumes))
            ]
        )
        record[at.SLOTS], record[at.SLOTS_END] = slots, slots + at.SLOT * len(causes)
        record[at.MEMBERS], _ = self._append([0] * self.members[number])
        record[at.QUEUE] = self._at(at.QUEUES_AT, self.islands.queue_of[number], at.QUEUE_RECORD)
        return record

    def _queue(self, number: int) -> list[int]:
        record = [0] * at.QUEUE_RECORD
        record[at.QUEUE_LINES], _ = self._append([0] * self.lines_in[number])
        record[at.QUEUE_ISLAND] = self._at(at.ISLANDS_AT, self.islands.island_of_queue[number], at.ISLAND)
        return record

    def _island(self, queues: Sequence[int], pools: Sequence[int]) -> list[int]:
        record = [0] * at.ISLAND
        record[at.ISLAND_QUEUES], record[at.ISLAND_QUEUES_END] = self._append(
            [self._at(at.QUEUES_AT, queue, at.QUEUE_RECORD) for queue in queues]
        )
        record[at.ISLAND_POOLS], record[at.ISLAND_POOLS_END] = self._append(
            [self._at(at.POOLS_AT, pool, at.POOL) for pool in pools]
        )
        return record

    def _islands(self) -> list[list[int]]:
        queues, pools = (
            _grouped(numbers, self.islands.islands)
            for numbers in (self.islands.island_of_queue, self.islands.island_of_pool)
        )
        return [self._island(*both) for both in zip(queues, pools, strict=True)]

    def _pool(self, index: int, pool: Pool) -> list[int]:
        record = [0] * at.POOL
        record[at.UNITS], record[at.RULE] = pool.units, RULES[pool.rule]
        record[at.IS_FLAGGED], record[at.POOL_INDEX] = pool.preemptible, index
        record[at.POOL_ISLAND] = self._at(at.ISLANDS_AT, self.islands.island_of_pool[index], at.ISLAND)
        return record

    def _gate(self, index: int, door: Door) -> list[int]:
        record = [0] * at.GATE_RECORD
        record[at.WAS_OPEN], record[at.GATE_INDEX] = door.is_open, index
        record[at.GATE_LINES], record[at.GATE_LINES_END] = self._append(self.behind[index])
        record[at.OPENS] = self._clock_at(door.opens)
        record[at.CLOSES] = self._clock_at(door.closes)
        return record

    def _clock(self, index: int, moment: Moment) -> list[int]:
        released = self.network.released_by.get(index, ())
        given_up = self.network.given_up_at.get(index, ())
        law, table, table_end, reals = self._law(moment.law)
        record = [0] * at.CLOCK_RECORD
        record[at.IS_DRAWN], record[at.CLOCK_INDEX] = moment.law is not None, index
        record[at.CLOCK_AFTER] = self._clock_at(moment.after)
        record[at.CLOCK_LAW], record[at.CLOCK_TABLE], record[at.CLOCK_TABLE_END] = law, table, table_end
        record[at.CLOCK_REALS] = self._append_reals(*reals, moment.base_min, moment.offset_min)
        record[at.CLOCK_WHO_LOW], record[at.CLOCK_WHO_HIGH] = words_of(moment.who)
        record[at.RELEASED], record[at.GIVEN_UP_END] = self._append([self._node_at(n) for n in (*released, *given_up)])
        record[at.RELEASED_END] = record[at.RELEASED] + len(released)
        return record

    def _work(self, work: Work) -> list[int]:
        record = [0] * at.WORK_RECORD
        record[at.STEP] = work.step.form.kind
        record[at.FORM] = self._append_reals(*work.step.form.array)
        begin = padded(work.step.begin(), NUMBERS).tolist()
        record[at.STATE] = self._append_reals(0.0, 0.0, *begin, *begin)
        record[at.WORK_AFTER] = self._clock_at(work.after)
        return record

    def _clock_at(self, index: int) -> int:
        return self._at(at.CLOCKS_AT, index, at.CLOCK_RECORD)

    def _changes(self) -> list[tuple[int, int, int, int, int]]:
        """Changes of capacities, then of gates, then clocks: the order within one tick.

        Ticks of capacities that go by no clock are known now and stand behind; the others are written in each run.
        """
        network = self.network
        rows = [
            (at.CAPACITY_CHANGE, self._at(at.POOLS_AT, index, at.POOL), item.units, at.NOWHERE, 0)
            for index, pool in enumerate(network.pools)
            for item in pool.changes
        ]
        self.tail[self.header[at.TICKS_AT]] = [
            min(ticks(item.at_min), network.horizon) for pool in network.pools for item in pool.changes
        ]
        for swing in network.swings:
            pool, clock = self._at(at.POOLS_AT, swing.pool, at.POOL), self._clock_at(swing.after)
            delay = min(ticks(swing.delay_min), network.horizon)
            rows.append((at.CAPACITY_CHANGE, pool, swing.units, clock, delay))
        for index, door in enumerate(network.doors):
            gate = self._at(at.GATES_AT, index, at.GATE_RECORD)
            rows += [
                (at.GATE_CHANGE, gate, value, self._clock_at(clock), 0)
                for clock, value in ((door.opens, 1), (door.closes, 0))
                if clock != NOBODY
            ]
        clocks = (self._clock_at(index) for index in range(len(network.moments)))
        rows += [(at.CLOCK_CHANGE, clock, 0, clock, 0) for clock in clocks]
        return rows

    # -- nodes -----------------------------------------------------------------------

    def _nodes(self) -> list[list[int]]:
        tasks = {task: place for place, task in enumerate(self.network.of_task)}
        efforts: list[list[int]] = [[] for _ in self.network.nodes]
        for index, work in enumerate(self.network.works):
            for giver, effort in work.efforts:
                efforts[giver] += [self._at(at.WORKS_AT, index, at.WORK_RECORD), self._append_reals(effort)]
        own_slots = self.header[at.OWN_SLOTS_AT]
        records = []
        for node in self.network.nodes:
            record = self._node(node, tasks[node.task], efforts[node.index])
            slots = len(self.causes[self.network.line_of[node.index]])
            if slots > at.INNER:
                record[at.OWN_SLOTS] = own_slots
                own_slots += at.OWN_SLOT * slots
            else:
                record[at.OWN_SLOTS] = self._node_at(node.index) + at.INNER_SLOTS
            records.append(record)
        return records

    def _node(self, node: Node, task: int, efforts: Sequence[int]) -> list[int]:
        network = self.network
        law, table, table_end, reals = self._law(node.law)
        followers = [
            number
            for after, when in network.successors[node.index]
            for number in (self._node_at(after), OUTCOMES[when])
        ]
        edges = [number for edge in node.edges for number in (self._node_at(edge.node), OUTCOMES[edge.when])]
        record = [0] * at.NODE
        record[at.INDEX] = node.index
        if len(followers) == at.LINK:
            record[at.INNER_LINK], record[at.INNER_WHEN] = followers
            record[at.FOLLOWERS] = self._node_at(node.index) + at.INNER_LINK
            record[at.FOLLOWERS_END] = record[at.FOLLOWERS] + at.LINK
        else:
            record[at.FOLLOWERS], record[at.FOLLOWERS_END] = self._append(followers)
        place, _ = self._append(edges)
        self.edges_of.append(place)
        parameters = (*reals, node.factor, node.success_share)
        if (task, parameters) not in self.reals_at:
            self.reals_at[task, parameters] = self._append_reals(*parameters)
        record[at.REALS] = self.reals_at[task, parameters]
        record[at.IS_RELEASED] = node.release == NOBODY
        record[at.COMMON] = self._common(node, (law, table, table_end), task, efforts)
        return record

    def _deal(self) -> None:
        """Nodes by the law their minutes are drawn from, and the words by which everybody's draws are keyed."""
        words = [words_of(node.who) for node in self.network.nodes]
        self.header[at.WHO_LOW], _ = self._append([low for low, _ in words])
        self.header[at.WHO_HIGH], _ = self._append([high for _, high in words])
        by_law: dict[tuple[int, int, int], list[int]] = {}
        for node in self.network.nodes:
            if node.process == NOBODY:
                by_law.setdefault(self._law(node.law)[:3], []).append(node.index)
        deals: list[int] = []
        for law, indices in by_law.items():
            nodes, end = self._append([self._node_at(index) for index in indices])
            low, _ = self._append([words[index][0] for index in indices])
            high, _ = self._append([words[index][1] for index in indices])
            deals += [*law, nodes, end, low, high]
        self.header[at.DEALS_AT], self.header[at.DEALS_END] = self._append(deals)

    def _common(self, node: Node, law: tuple[int, int, int], task: int, efforts: Sequence[int]) -> int:
        """Where the numbers lie that no run changes; nodes with the same share them."""
        record = [0] * at.COMMON_RECORD
        record[at.LINE] = self._at(at.LINES_AT, self.network.line_of[node.index], at.LINE_RECORD)
        record[at.PRIORITY], record[at.TASK] = node.priority, task
        record[at.NEED], record[at.EDGES] = node.need, len(node.edges)
        record[at.WAITS_FOR_ALL] = node.join is JoinKind.ALL
        record[at.RELEASE] = self._clock_at(node.release)
        record[at.PROCESS] = self._at(at.WORKS_AT, node.process, at.WORK_RECORD)
        record[at.TRIES], record[at.IS_PREEMPTIBLE] = node.tries, node.preemptible
        record[at.MAY_FAIL] = node.success_share < 1.0 or bool(node.lost_from)
        record[at.LAW], record[at.TABLE], record[at.TABLE_END] = law
        if node.lost_from:
            record[at.LOST], record[at.LOST_END] = self._lost(node.lost_from)
        if efforts:
            record[at.EFFORTS], record[at.EFFORTS_END] = self._append(efforts)
        record[at.OWN_LABEL] = OWN_LABELS.index(own_label(node.kind))
        key = tuple(record)
        if key not in self.common_at:
            self.common_at[key], _ = self._append(record)
        return self.common_at[key]

    def _lost(self, clocks: tuple[int, ...]) -> tuple[int, int]:
        """Where the places of these clocks lie, once for all nodes that are lost by them."""
        if clocks not in self.lost_at:
            self.lost_at[clocks] = self._append([self._clock_at(clock) for clock in clocks])
        return self.lost_at[clocks]

    def _law(self, law: Law | None) -> tuple[int, int, int, tuple[float, float, float]]:
        """Kind, where its table begins and ends among the tables, and its parameters."""
        if law is None:
            return FIXED, 0, 0, (1.0, 0.0, 0.0)
        form = law.form
        if id(form.table) not in self.table_at:
            begin = sum(map(len, self.tables))
            self.table_at[id(form.table)] = begin, begin + len(form.table)
            self.tables.append(form.table)
        return form.kind, *self.table_at[id(form.table)], (form.a, form.b, form.c)


def _grouped(numbers: Sequence[int], count: int) -> list[list[int]]:
    """The places at which each number from 0 to *count* − 1 stands."""
    places: list[list[int]] = [[] for _ in range(count)]
    for place, number in enumerate(numbers):
        if number != NOBODY:
            places[number].append(place)
    return places
