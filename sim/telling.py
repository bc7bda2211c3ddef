"""One run told for showing: stretches of every node, lines, units held, people, and events with their clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.chain import CLOCK, PREDECESSOR, own_label, spine
from sim.log import Entry, Run, What, cause_names
from sim.measures import Aims, Measured
from sim.network import NOBODY, Network
from sim.procedure import Outcome, Procedure
from sim.ticks import NEVER

_OF_NODES = frozenset({
    What.READY, What.STARTED, What.DONE, What.FAILED_ONCE, What.FAILED, What.SKIPPED, What.PREEMPTED,
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Ticks of a node from *start* to *end* that went by for one cause; *is_work* where they are its own."""

    node: int
    start: int
    end: int
    cause: str
    is_work: bool = False

    @property
    def ticks(self) -> int:
        """How long it lasted."""
        return self.end - self.start


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A count that holds from a tick on."""

    tick: int
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolStory:
    """A pool over time: nodes in line that ask for it, units at work, and units there are.

    *entity* is the place it serves alone, "" where it serves everybody.
    """

    pool: str
    line: tuple[Level, ...]
    held: tuple[Level, ...]
    units: tuple[Level, ...]
    entity: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleLevel:
    """Those a target looks at, from a tick on: not begun, under way, in time, too late."""

    tick: int
    waiting: int
    under_way: int
    safe: int
    missed: int

    @property
    def total(self) -> int:
        """All of them together, the same at every tick."""
        return self.waiting + self.under_way + self.safe + self.missed


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One entry of the log by its names; *clause* is where the text says what happens here."""

    tick: int
    what: What
    name: str
    entity: str
    clause: str
    value: int = 0


def stretches(network: Network, run: Run) -> tuple[tuple[Stretch, ...], ...]:
    """The stretches of every node without a gap from minute 0 to its end or the horizon.

    Lengths by cause are the run's own, to the tick. Where several causes alternated during the waits of one
    node, each is told in one piece, in the order of :func:`sim.log.cause_names`.
    """
    turns: list[list[Entry]] = [[] for _ in network.nodes]
    for entry in run.entries:
        if entry.what in _OF_NODES:
            turns[entry.index].append(entry)
    names = cause_names(network)
    return tuple(
        tuple(_of_node(network, run, node, turns[node], names)) for node in range(len(network.nodes))
    )  # fmt: skip


def _of_node(network: Network, run: Run, node: int, turns: list[Entry], names: tuple[str, ...]) -> Iterator[Stretch]:
    waits = [[cause, ticks] for cause, ticks in run.passages[node].waits]
    own = own_label(network.nodes[node].kind)
    at, state = 0, What.SKIPPED
    last = run.passages[node].finish
    end = network.horizon if last == NEVER else last
    for tick, what in [*((turn.tick, turn.what) for turn in turns), (end, What.DONE)]:
        if tick > at:
            if state is What.STARTED:
                yield Stretch(node=node, start=at, end=tick, cause=own, is_work=True)
            elif state in (What.READY, What.PREEMPTED, What.FAILED_ONCE):
                yield from _waiting(node, at, tick, waits, names)
            else:
                yield Stretch(node=node, start=at, end=tick, cause=_before(network, run, node))
        at, state = tick, what


def _before(network: Network, run: Run, node: int) -> str:
    """What a node waited for before it was ready: its clock if that struck last, else others."""
    release = network.nodes[node].release
    is_clock = release != NOBODY and run.moments[release] == run.passages[node].ready
    return CLOCK if is_clock else PREDECESSOR


def _waiting(node: int, start: int, end: int, waits: list[list[int]], names: tuple[str, ...]) -> Iterator[Stretch]:
    """A stay in line, filled from the waits that are left."""
    while start < end:
        cause, left = waits[0]
        until = min(end, start + left)
        yield Stretch(node=node, start=start, end=until, cause=names[cause])
        waits[0][1] -= until - start
        if not waits[0][1]:
            waits.pop(0)
        start = until


def pool_stories(network: Network, run: Run) -> tuple[PoolStory, ...]:
    """Every pool of the network over time, in its order. What is consumed stays taken.

    Units that serve one place alone are a pool of that place: added up with those of other places they would look
    free while somebody waits.
    """
    lines, held, units = ([Counter[int]() for _ in network.pools] for _ in range(3))
    waiting, working = set[int](), set[int]()
    for entry in run.entries:
        if entry.what not in _OF_NODES:
            continue
        node = entry.index
        was_waiting, was_working = node in waiting, node in working
        is_waiting = entry.what in (What.READY, What.PREEMPTED, What.FAILED_ONCE)
        is_working = entry.what is What.STARTED
        (waiting.add if is_waiting else waiting.discard)(node)
        (working.add if is_working else working.discard)(node)
        for demand in network.nodes[node].demands:
            lines[demand.pool][entry.tick] += is_waiting - was_waiting
            if is_working or not demand.consumes:
                held[demand.pool][entry.tick] += demand.units * (is_working - was_working)
    for index, pool in enumerate(network.pools):
        units[index][0] += pool.units
    for entry in run.entries:
        if entry.what is What.CAPACITY_CHANGED:
            units[entry.index][entry.tick] += entry.value
    entities = _entities(network)
    return tuple(
        PoolStory(
            pool=pool.id, entity=entities[index],
            line=_levels(lines[index]), held=_levels(held[index]), units=_levels(units[index]),
        )
        for index, pool in enumerate(network.pools)
    )  # fmt: skip


def _entities(network: Network) -> list[str]:
    """For every pool the narrowest entity to which all belong who ask for it; "" for a pool that stands once."""
    times = Counter(pool.id for pool in network.pools)
    shared: dict[int, list[str]] = {}
    for node in network.nodes:
        for demand in node.demands:
            if times[network.pools[demand.pool].id] > 1:
                line = network.lineage(node.entity)
                shared[demand.pool] = [key for key in shared.get(demand.pool, line) if key in line]
    return [shared.get(index, [""])[0] for index in range(len(network.pools))]


def _levels(changes: Counter[int]) -> tuple[Level, ...]:
    """The running sum, one level for every tick at which it changes."""
    count, levels = 0, [] if changes.get(0) else [Level(tick=0, count=0)]
    for tick in sorted(tick for tick, change in changes.items() if change):
        count += changes[tick]
        levels.append(Level(tick=tick, count=count))
    return tuple(levels)


def area(levels: tuple[Level, ...], end: int) -> int:
    """The sum of a count over the ticks up to *end*.

    >>> area((Level(tick=0, count=2), Level(tick=10, count=1)), 15)
    25
    """
    ticks = [*(level.tick for level in levels), end]
    return sum(level.count * (after - level.tick) for level, after in zip(levels, ticks[1:], strict=True))


def people(network: Network, run: Run, aims: Aims) -> tuple[PeopleLevel, ...]:
    """Those a target looks at by state; empty where it weighs nobody.

    Too late is who was not there when the clock of a margin struck, however it ended afterwards, and who was given up;
    who had nothing to do after all (a branch not taken) is left out. Under way tells that the target's own task is
    being done.
    """
    changes: dict[int, Counter[str]] = {0: Counter()}
    for aim in aims.aims:
        count = network.nodes[aim.node].people
        if run.passages[aim.node].is_needless:
            continue
        for tick, state, sign in _turns(run, aim.node, aim.moment):
            if tick < network.horizon:
                changes.setdefault(tick, Counter())[state] += sign * count
    now, levels = Counter[str](), []
    for tick in sorted(changes):
        for state, change in changes[tick].items():
            now[state] += change
        levels.append(PeopleLevel(tick=tick, **{state: now[state] for state in _STATES}))
    return tuple(levels) if levels[0].total else ()


_STATES = ("waiting", "under_way", "safe", "missed")


def _turns(run: Run, node: int, moment: int) -> Iterator[tuple[int, str, int]]:
    """The changes of state of one node: (tick, state, ±1)."""
    passage = run.passages[node]
    strike = NEVER if moment == NOBODY else run.moments[moment]
    is_over = passage.outcome is Outcome.DONE
    steps = [(0, "waiting")]
    if passage.start <= passage.finish and passage.start < strike:
        steps.append((passage.start, "under_way"))
    if passage.outcome is Outcome.SKIPPED:
        strike = min(strike, passage.finish)
    steps.append((passage.finish, "safe") if is_over and passage.finish <= strike else (strike, "missed"))
    former = ""
    for tick, state in steps:
        if former:
            yield tick, former, -1
        yield tick, state, 1
        former = state


def events(network: Network, run: Run, procedure: Procedure) -> Iterator[Event]:
    """Every entry in order, by names."""
    clauses = {task.id: task.clause for task in procedure.tasks}
    of_pools = {pool.id: pool.clause for pool in procedure.pools}
    for entry in run.entries:
        name, entity = _named(network, entry)
        clause = of_pools.get(name, "") if entry.what is What.CAPACITY_CHANGED else clauses.get(name, "")
        is_of_node = entry.what in _OF_NODES
        yield Event(
            tick=entry.tick, what=entry.what, name=name, entity=entity, value=entry.value,
            clause=clause if is_of_node or entry.what is What.CAPACITY_CHANGED else "",
        )  # fmt: skip


def _named(network: Network, entry: Entry) -> tuple[str, str]:
    if entry.what in _OF_NODES:
        node = network.nodes[entry.index]
        return node.task, node.entity
    if entry.what is What.CAPACITY_CHANGED:
        return network.pools[entry.index].id, ""
    if entry.what is What.CLOCK_STRUCK:
        return network.moments[entry.index].name, network.moments[entry.index].entity
    door = network.doors[entry.index]
    return door.name, door.entity


def critical(network: Network, run: Run, measured: Iterable[Measured]) -> frozenset[int]:
    """The nodes on the resource-constrained chains behind the nodes that decided."""
    return frozenset(node for each in measured if each.node != NOBODY for node in spine(network, run, each.node))
