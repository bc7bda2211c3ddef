"""Play a network once with SimPy: the engine to read first.

SimPy keeps the time and wakes us up; everything that happens at one instant is
decided here, in rounds: completions, then (in the first round) clock changes, then
one start pass. No SimPy resource is used, so who goes first and who blocks whom is
said in this file and nowhere else:

* Waiting nodes with equal demands and gate form a *line*, ordered by priority, time
  ready and index. A start pass takes the earliest head among the lines not yet
  refused, starts it or refuses its line.
* A head starts when its gate is open and every pool it needs is unblocked in this
  pass with enough free units; it takes all of them at once. A closed gate blocks no
  pool. A head refused for want of units blocks pools by the lacking pool's rule.
* A node ends done, failed (after its last try) or skipped (given up at a clock, or on
  a branch not taken). Followers that asked for another outcome are skipped in turn.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import simpy
from simpy.events import EventPriority

from sim.draws import Purpose, uniform
from sim.lines import Line, lines_of
from sim.log import Entry, Passage, Phase, Run, What
from sim.network import NOBODY, Demand, Network, Node
from sim.procedure import JoinKind, Outcome, PoolRule
from sim.processes import Works
from sim.ticks import NEVER, TICKS_PER_MIN, ticks

_LAST = EventPriority(2)
"""SimPy priority after URGENT (0) and NORMAL (1): the dispatcher comes after all else."""


def play(network: Network, *, seed: int, replication: int, keep_log: bool = True) -> Run:
    """The run of a network from minute 0 to the horizon, which is excluded.

    The same arguments give the same run. Nodes that never ended are in
    ``run.unfinished``. Without *keep_log* the run has no entries, which very long
    runs could not hold; nothing else differs.
    """
    return _Play(network, seed, replication, keep_log).run()


class _Instant(simpy.Event):
    """An event in so many ticks that comes after all others of its instant."""

    def __init__(self, env: simpy.Environment, delay: int, callback: Callable[[simpy.Event], None]) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        self.callbacks = [callback]
        env.schedule(self, priority=_LAST, delay=delay)


@dataclass(slots=True)
class _Token:
    """What is known of one node while a run goes on."""

    satisfied: int = 0
    gone: int = 0
    released: bool = False
    waiting: bool = False
    running: bool = False
    outcome: Outcome | None = None
    is_given_up: bool = False
    ready: int = NEVER
    first_ready: int = NEVER
    start: int = NEVER
    stint: int = 0
    finish: int = NEVER
    attempt: int = 0
    order: int = 0
    remaining: int = NOBODY
    worked: int = 0
    version: int = 0
    trigger: int = NOBODY
    enabler: int = NOBODY
    before: dict[int, int] = field(default_factory=dict)
    waits: dict[int, int] = field(default_factory=dict)


class _Play:
    """One replication under way."""

    def __init__(self, network: Network, seed: int, replication: int, keep_log: bool) -> None:
        self.network = network
        self.seed = seed
        self.replication = replication
        self.keep_log = keep_log
        self.env = simpy.Environment()
        self.now = 0
        self.tokens = [_Token() for _ in network.nodes]
        self.free = [pool.units for pool in network.pools]
        self.is_open = [door.is_open for door in network.doors]
        self.last_return: list[tuple[int, int]] = [(NOBODY, NOBODY)] * len(network.pools)
        self.lines = lines_of(network)
        self.may_preempt = any(pool.preemptible for pool in network.pools)
        self.is_stirred = True
        self.due: list[tuple[int, int, int]] = []
        self.agenda: dict[int, list[tuple[int, int, int]]] = {}
        self.entries: list[Entry] = []
        self.order = 0
        self.round = 0
        self.phase = Phase.CLOCK
        self.moments: list[int] = []
        for index in range(len(network.moments)):
            self.moments.append(self._strike(index))
        self.changes = self._timetable()
        self.works = Works(network, self.moments, self._reschedule)

    # -- from minute 0 to the horizon ------------------------------------------------

    def run(self) -> Run:
        """Everything up to the horizon."""
        for tick in self.changes:
            if tick > 0:
                self._wake(tick)
        self._open_nodes_without_predecessors()
        self._wake(0)
        self.env.run(until=self.network.horizon)
        self._settle_at_horizon()
        return Run(
            seed=self.seed,
            replication=self.replication,
            passages=tuple(self._passage(token) for token in self.tokens),
            moments=tuple(self.moments),
            entries=tuple(self.entries),
        )

    def _wake(self, delay: int) -> list[tuple[int, int, int]]:
        """See to it that there is an instant in so many ticks; what will be due then, to be added to."""
        tick = self.now + delay
        if tick not in self.agenda:
            self.agenda[tick] = []
            _Instant(self.env, delay, self._instant)
        return self.agenda[tick]

    def _instant(self, _: simpy.Event) -> None:
        """All rounds of one instant."""
        self.now = int(self.env.now)
        self.due = self.agenda.pop(self.now)
        self.round = 0
        while self.round == 0 or self.due:
            due, self.due = sorted(self.due), []
            self.phase = Phase.COMPLETION
            for order, node, version in due:
                if self.tokens[node].version == version and self.tokens[node].order == order:
                    self._complete(node)
            if self.round == 0:
                self.phase = Phase.CLOCK
                for change in self.changes.get(self.now, ()):
                    change()
            self.phase = Phase.START
            if self.is_stirred:
                self.is_stirred = False
                self._start_pass()
            self.round += 1

    def _record(self, what: What, index: int, value: int = 0) -> None:
        if self.keep_log:
            self.entries.append(Entry(self.now, self.round, self.phase, what, index, value))

    # -- clocks ----------------------------------------------------------------------

    def _strike(self, index: int) -> int:
        """The tick a clock strikes at, drawn before the run."""
        moment = self.network.moments[index]
        draw = 1.0
        if moment.law is not None:
            u = uniform(self.seed, moment.who, self.replication, 0, Purpose.CLOCK)
            draw = moment.law.quantile_min(u)
        begin = 0 if moment.after == NOBODY else self.moments[moment.after]
        return begin + max(0, ticks(moment.base_min * draw + moment.offset_min))

    def _timetable(self) -> dict[int, list[Callable[[], None]]]:
        """Clock changes by tick: capacities (those that go by a clock last), then gates, then clocks, each by index."""
        table: dict[int, list[Callable[[], None]]] = {}

        def at(tick: int, change: Callable[[], None]) -> None:
            table.setdefault(tick, []).append(change)

        for index, pool in enumerate(self.network.pools):
            for item in pool.changes:
                at(ticks(item.at_min), lambda i=index, units=item.units: self._change_capacity(i, units))  # type: ignore[misc]
        for swing in self.network.swings:
            tick = self.moments[swing.after] + ticks(swing.delay_min)
            at(tick, lambda i=swing.pool, units=swing.units: self._change_capacity(i, units))  # type: ignore[misc]
        for index, door in enumerate(self.network.doors):
            for clock, is_open in ((door.opens, True), (door.closes, False)):
                if clock != NOBODY:
                    at(self.moments[clock], lambda i=index, o=is_open: self._move_gate(i, o))  # type: ignore[misc]
        for index, tick in enumerate(self.moments):
            at(tick, lambda i=index: self._clock_struck(i))  # type: ignore[misc]
        return table

    def _change_capacity(self, pool: int, units: int) -> None:
        self.free[pool] += units
        self.is_stirred = True
        self._record(What.CAPACITY_CHANGED, pool, units)

    def _move_gate(self, door: int, is_open: bool) -> None:
        self.is_open[door] = is_open
        self.is_stirred = True
        self._record(What.GATE_OPENED if is_open else What.GATE_CLOSED, door)

    def _clock_struck(self, moment: int) -> None:
        self._record(What.CLOCK_STRUCK, moment)
        for node in self.network.released_by.get(moment, ()):
            self.tokens[node].released = True
            self._consider(node, NOBODY)
        for node in self.network.given_up_at.get(moment, ()):
            if self._is_untouched(node):
                self._give_up(node)

    def _give_up(self, index: int) -> None:
        self.tokens[index].is_given_up = True
        self._end(index, Outcome.SKIPPED)

    def _is_untouched(self, node: int) -> bool:
        token = self.tokens[node]
        return token.outcome is None and not token.running and token.start == NEVER

    # -- becoming ready --------------------------------------------------------------

    def _open_nodes_without_predecessors(self) -> None:
        for node in self.network.nodes:
            self.tokens[node.index].released = node.release == NOBODY
        for node in self.network.nodes:
            if not node.edges:
                self._consider(node.index, NOBODY)

    def _consider(self, index: int, trigger: int) -> None:
        """Put the node in line if its predecessors and its release allow."""
        node, token = self.network.nodes[index], self.tokens[index]
        if token.outcome is not None or token.first_ready != NEVER or not token.released:
            return
        if token.satisfied >= self._needed(node, token):
            token.trigger = trigger
            token.first_ready = self.now
            self._queue(index)

    def _needed(self, node: Node, token: _Token) -> int:
        if node.join is JoinKind.ALL:
            return len(node.edges) - token.gone
        return node.need

    def _queue(self, index: int) -> None:
        """The node joins its line now."""
        node, token = self.network.nodes[index], self.tokens[index]
        if token.remaining == NOBODY:
            token.ready = self.now
        line = self._line(index)
        line.settle(self.now)
        heapq.heappush(line.heap, (node.priority, token.ready, index))
        token.before = dict(line.sums)
        token.waiting = True
        self.is_stirred = True
        self._record(What.READY, index)

    def _line(self, index: int) -> Line:
        return self.lines[self.network.line_of[index]]

    def _leave(self, index: int) -> None:
        """Book the node's waits in its line; the caller takes it out of the heap."""
        self._line(index).settle(self.now)
        self.tokens[index].waiting = False
        self._book(index)

    def _book(self, index: int) -> None:
        token = self.tokens[index]
        for cause, total in self._line(index).sums.items():
            waited = total - token.before.get(cause, 0)
            if waited:
                token.waits[cause] = token.waits.get(cause, 0) + waited

    # -- ending ----------------------------------------------------------------------

    def _complete(self, index: int) -> None:
        node, token = self.network.nodes[index], self.tokens[index]
        token.running = False
        token.worked += self.now - token.stint
        self._give_back(node)
        if self._succeeds(index):
            self._end(index, Outcome.DONE)
        elif token.attempt + 1 < node.tries:
            self._record(What.FAILED_ONCE, index)
            token.attempt += 1
            token.remaining = NOBODY
            self._queue(index)
        else:
            self._end(index, Outcome.FAILED)

    def _succeeds(self, index: int) -> bool:
        """Whether the try that ends now is a success."""
        node = self.network.nodes[index]
        if any(self.tokens[index].stint >= self.moments[clock] for clock in node.lost_from):
            return False
        return node.success_share >= 1.0 or self._draw(index, Purpose.SUCCESS) < node.success_share

    def _give_back(self, node: Node) -> None:
        for demand in node.demands:
            if not demand.consumes:
                self.free[demand.pool] += demand.units
                self.is_stirred = True
                self.last_return[demand.pool] = (self.now, node.index)

    def _end(self, index: int, outcome: Outcome) -> None:
        """The node's last word; tell its followers."""
        token = self.tokens[index]
        if token.waiting:
            self._leave(index)
            self._take_out(index)
        token.outcome = outcome
        token.finish = self.now
        token.version += 1
        self._record(What(outcome.value), index)
        if outcome is Outcome.DONE:
            self.works.contribute(index, self.now)
        for follower, when in self.network.successors[index]:
            self._tell(follower, index, outcome, when)

    def _take_out(self, index: int) -> None:
        line = self._line(index)
        line.heap = [item for item in line.heap if item[2] != index]
        heapq.heapify(line.heap)

    def _tell(self, follower: int, index: int, outcome: Outcome, when: Outcome) -> None:
        node, token = self.network.nodes[follower], self.tokens[follower]
        if token.outcome is not None or token.first_ready != NEVER:
            return
        if outcome is when:
            token.satisfied += 1
        elif outcome is Outcome.FAILED:
            return
        elif node.join is JoinKind.ALL and when is not Outcome.DONE:
            self._end(follower, Outcome.SKIPPED)
            return
        else:
            token.gone += 1
            if self._is_hopeless(node, token):
                token.is_given_up = self._follows_given_up(node)
                self._end(follower, Outcome.SKIPPED)
                return
        self._consider(follower, index)

    def _is_hopeless(self, node: Node, token: _Token) -> bool:
        left = len(node.edges) - token.gone
        return left == 0 if node.join is JoinKind.ALL else left < node.need

    def _follows_given_up(self, node: Node) -> bool:
        """Whether one that was given up at a clock should have been done before the node."""
        return any(edge.when is Outcome.DONE and self.tokens[edge.node].is_given_up for edge in node.edges)

    # -- starting --------------------------------------------------------------------

    def _start_pass(self) -> None:
        blocked: set[int] = set()
        heads = self._heads()
        while heads:
            _, _, index, number = heapq.heappop(heads)
            line = self.lines[number]
            cause = self._refusal(line, blocked)
            if cause != NOBODY and not (self.may_preempt and self._preempt(index, line, blocked)):
                self._refuse(line, cause, blocked)
                continue
            self._leave(index)
            heapq.heappop(line.heap)
            self._start(index, line)
            if cause != NOBODY:
                blocked, heads = set(), self._heads()
            elif line.heap:
                heapq.heappush(heads, (*line.heap[0], number))

    def _heads(self) -> list[tuple[int, int, int, int]]:
        """The heads of all lines whose gate is open; the others wait for their gate."""
        heads = []
        for number, line in enumerate(self.lines):
            if not line.heap:
                continue
            if line.gate != NOBODY and not self.is_open[line.gate]:
                line.blame(len(self.network.pools) + line.gate, self.now)
            else:
                heads.append((*line.heap[0], number))
        heapq.heapify(heads)
        return heads

    def _refusal(self, line: Line, blocked: set[int]) -> int:
        """The first lacking or blocked pool of a head, NOBODY if it can start."""
        for demand in line.demands:
            if demand.pool in blocked or self.free[demand.pool] < demand.units:
                return demand.pool
        return NOBODY

    def _refuse(self, line: Line, cause: int, blocked: set[int]) -> None:
        line.blame(cause, self.now)
        for demand in line.demands:
            if demand.pool in blocked or self.free[demand.pool] < demand.units:
                rule = self.network.pools[demand.pool].rule
                if rule is PoolRule.STRICT:
                    blocked.update(other.pool for other in line.demands)
                elif rule is PoolRule.SHORT:
                    blocked.add(demand.pool)

    def _start(self, index: int, line: Line) -> None:
        node, token = self.network.nodes[index], self.tokens[index]
        waited_for = line.cause if self.now > token.ready else NOBODY
        for demand in node.demands:
            self.free[demand.pool] -= demand.units
        token.enabler = self._enabler(token, waited_for)
        if token.start == NEVER:
            token.start = self.now
        token.stint, token.running = self.now, True
        token.order, self.order = self.order, self.order + 1
        token.version += 1
        self._record(What.STARTED, index, token.order)
        if node.process != NOBODY:
            self.works.begin(node.process, index, self.now)
        else:
            self._schedule(index, self._ticks_left(node, token))

    def _enabler(self, token: _Token, waited_for: int) -> int:
        if waited_for == NOBODY:
            return token.trigger
        if waited_for < len(self.network.pools):
            tick, giver = self.last_return[waited_for]
            return giver if tick == self.now else NOBODY
        return NOBODY

    def _ticks_left(self, node: Node, token: _Token) -> int:
        if token.remaining != NOBODY:
            return token.remaining
        u = self._draw(node.index, Purpose.DURATION) if node.law.is_random else 0.5
        return ticks(node.law.quantile_min(u) * node.factor)

    def _draw(self, index: int, purpose: Purpose) -> float:
        token = self.tokens[index]
        return uniform(self.seed, self.network.nodes[index].who, self.replication, token.attempt, purpose)

    def _schedule(self, index: int, delay: int) -> None:
        token = self.tokens[index]
        token.remaining = delay
        due = (token.order, index, token.version)
        if delay == 0:
            self.due.append(due)
        elif self.now + delay < self.network.horizon:
            self._wake(delay).append(due)

    def _reschedule(self, index: int, end_min: float | None, origin: int) -> None:
        """A process has a new end, in its own minutes since the tick *origin*; the old one is void."""
        if not self.tokens[index].running:
            return
        self.tokens[index].version += 1
        if end_min is not None and end_min * TICKS_PER_MIN < self.network.horizon - origin:
            self._schedule(index, max(0, origin + ticks(end_min) - self.now))

    # -- preemption ------------------------------------------------------------------

    def _preempt(self, index: int, line: Line, blocked: set[int]) -> bool:
        """Send enough lower tasks back to the line, or nobody."""
        lacking = [d for d in line.demands if d.pool in blocked or self.free[d.pool] < d.units]
        if any(d.pool in blocked or not self.network.pools[d.pool].preemptible for d in lacking):
            return False
        victims = self._victims(index, lacking)
        for victim in victims:
            self._send_back(victim)
        return bool(victims)

    def _victims(self, index: int, lacking: list[Demand]) -> list[int]:
        short = {d.pool: d.units - self.free[d.pool] for d in lacking}
        chosen: list[int] = []
        for victim in self._candidates(index, set(short)):
            held = {d.pool: d.units for d in self.network.nodes[victim].demands}
            if any(short[pool] > 0 and held.get(pool, 0) for pool in short):
                chosen.append(victim)
                short = {pool: lack - held.get(pool, 0) for pool, lack in short.items()}
            if all(lack <= 0 for lack in short.values()):
                return chosen
        return []

    def _candidates(self, index: int, pools: set[int]) -> list[int]:
        own = self.network.nodes[index].priority
        found = [
            node.index
            for node in self.network.nodes
            if node.preemptible
            and node.priority > own
            and self.tokens[node.index].running
            and self.tokens[node.index].stint < self.now
            and any(d.pool in pools for d in node.demands)
        ]
        return sorted(found, key=lambda n: (-self.network.nodes[n].priority, -self.tokens[n].stint, -n))

    def _send_back(self, victim: int) -> None:
        node, token = self.network.nodes[victim], self.tokens[victim]
        token.running = False
        token.version += 1
        token.worked += self.now - token.stint
        token.remaining -= self.now - token.stint
        self._give_back(node)
        self._record(What.PREEMPTED, victim)
        self._queue(victim)

    # -- the end ---------------------------------------------------------------------

    def _settle_at_horizon(self) -> None:
        """Count waits and work of what is still open up to the horizon."""
        for line in self.lines:
            line.settle(self.network.horizon)
        for index, token in enumerate(self.tokens):
            if token.waiting:
                self._book(index)
            elif token.running:
                token.worked += self.network.horizon - token.stint

    def _passage(self, token: _Token) -> Passage:
        return Passage(
            ready=token.first_ready,
            start=token.start,
            finish=token.finish,
            outcome=token.outcome,
            worked=token.worked,
            waits=tuple(sorted(token.waits.items())),
            attempts=token.attempt + 1 if token.start != NEVER else 0,
            trigger=token.trigger,
            enabler=token.enabler,
            is_given_up=token.is_given_up,
        )
