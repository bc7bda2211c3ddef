"""The flat network both engines execute, compiled from a procedure and an event."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from sim.draws import identity
from sim.durations import Law
from sim.errors import SimError
from sim.hazards.contribution import Clock, Contribution, Entity, Gate, LocalPool, Process, Step
from sim.plain import digest
from sim.procedure import After, JoinKind, Outcome, Pool, Procedure, Task, TaskKind
from sim.ticks import ticks

NOBODY = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A predecessor node and the outcome of it that counts."""

    node: int
    when: Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """Units of a pool, by its index."""

    pool: int
    units: int
    consumes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A task for one entity.

    *who* keys its draws; *factor* multiplies the drawn minutes. Gate, clocks and
    process are indices, NOBODY where there is none. Demands are in pool order.
    """

    index: int
    task: str
    entity: str
    who: int
    kind: TaskKind
    law: Law
    factor: float
    edges: tuple[Edge, ...]
    join: JoinKind
    need: int
    demands: tuple[Demand, ...]
    priority: int
    preemptible: bool
    gate: int
    release: int
    until: int
    process: int
    tries: int
    success_share: float
    people: int

    @property
    def name(self) -> str:
        """Task and entity in one word, for logs."""
        return f"{self.task}@{self.entity}" if self.entity else self.task


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A compiled clock: its name and entity, law, and the identity its draw is keyed by."""

    name: str
    entity: str
    who: int
    law: Law | None
    base_min: float
    offset_min: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A compiled gate: open at the start or not, and the clocks that move it."""

    name: str
    entity: str
    cause: str
    is_open: bool
    opens: int
    closes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A compiled process: its step and the effort each finished node adds."""

    name: str
    step: Step
    efforts: tuple[tuple[int, float], ...]


@dataclass(frozen=True, kw_only=True)
class Network:
    """Nodes, pools, gates, clocks and processes by index, up to a horizon in ticks."""

    nodes: tuple[Node, ...]
    pools: tuple[Pool, ...]
    doors: tuple[Door, ...]
    moments: tuple[Moment, ...]
    works: tuple[Work, ...]
    entities: tuple[Entity, ...]
    horizon: int
    level: str

    @cached_property
    def successors(self) -> tuple[tuple[tuple[int, Outcome], ...], ...]:
        """For each node, the nodes that wait for it and the outcome they wait for."""
        lists: list[list[tuple[int, Outcome]]] = [[] for _ in self.nodes]
        for node in self.nodes:
            for edge in node.edges:
                lists[edge.node].append((node.index, edge.when))
        return tuple(tuple(items) for items in lists)

    @cached_property
    def of_task(self) -> dict[str, tuple[int, ...]]:
        """The nodes of each task, in entity order."""
        lists: dict[str, list[int]] = {}
        for node in self.nodes:
            lists.setdefault(node.task, []).append(node.index)
        return {task: tuple(items) for task, items in lists.items()}

    @cached_property
    def line_of(self) -> tuple[int, ...]:
        """For each node the number of its line: nodes with equal demands and gate share one."""
        numbers: dict[tuple[tuple[Demand, ...], int], int] = {}
        return tuple(numbers.setdefault((node.demands, node.gate), len(numbers)) for node in self.nodes)

    @cached_property
    def released_by(self) -> dict[int, tuple[int, ...]]:
        """The nodes that wait for each clock."""
        return _by(self.nodes, lambda node: node.release)

    @cached_property
    def given_up_at(self) -> dict[int, tuple[int, ...]]:
        """The nodes that are given up when a clock strikes."""
        return _by(self.nodes, lambda node: node.until)

    @cached_property
    def parents(self) -> dict[str, str]:
        """The parent's key of every entity."""
        return {entity.key: entity.parent for entity in self.entities}

    def lineage(self, key: str) -> list[str]:
        """The key, its parent's, and so on, ending with "" (everybody)."""
        return lineage(key, self.parents)

    def moment_of(self, name: str, entity: str) -> int:
        """The index of a clock for an entity, its parents or everybody; NOBODY if there is none."""
        table = {(moment.name, moment.entity): index for index, moment in enumerate(self.moments)}
        return _nearest(name, self.lineage(entity), table)

    @cached_property
    def digest(self) -> str:
        """A fingerprint of everything an engine reads."""
        return digest([self.nodes, self.pools, self.doors, self.moments, self.works, self.horizon])


def lineage(key: str, parents: dict[str, str]) -> list[str]:
    """The key, its parent's, and so on, ending with "".

    >>> lineage("V1/bus1", {"V1/bus1": "V1", "V1": ""})
    ['V1/bus1', 'V1', '']
    """
    line = []
    while key:
        line.append(key)
        key = parents.get(key, "")
    return [*line, ""]


def compile_network(
    procedure: Procedure, contribution: Contribution, *, horizon_min: float, level: str = "", spread: str = ""
) -> Network:
    """The network of a procedure against what a hazard brings, up to the horizon.

    *level* is the label of the response level started, *spread* the way the hazard
    spreads; tasks of graver levels and of other spreads are left out and their followers
    wait for their predecessors instead. Refused: an entity set,
    gate, clock or attribute that the hazard does not bring.
    """
    return _Compiler(procedure, contribution, level, spread).network(ticks(horizon_min))


class _Compiler:
    """Names to indices, tasks to nodes."""

    def __init__(self, procedure: Procedure, contribution: Contribution, level: str, spread: str) -> None:
        self.procedure = procedure
        self.contribution = contribution
        self.level = level
        self.tasks = tasks_in_effect(procedure, level, spread)
        self.sets = {group.name: group.entities for group in contribution.sets}
        self.set_of = {e.key: group.name for group in contribution.sets for e in group.entities}
        self.entities = tuple(e for group in contribution.sets for e in group.entities)
        self._check_entities()
        self.parents = {e.key: e.parent for e in self.entities}
        self.by_key = {e.key: e for e in self.entities}
        self.task_of = {task.id: task for task in self.tasks}
        self.pools = procedure.pools + self._local_pools()
        self.pool_of = {(pool.id, ""): index for index, pool in enumerate(procedure.pools)}
        for index, local in enumerate(self._known_local_pools(), start=len(procedure.pools)):
            self.pool_of[local.pool, local.entity] = index
        self.doors = {(gate.name, gate.entity): index for index, gate in enumerate(contribution.gates)}
        self.clocks = {(clock.name, clock.entity): index for index, clock in enumerate(contribution.clocks)}
        self.works = {(work.name, work.entity): index for index, work in enumerate(contribution.processes)}

    def _check_entities(self) -> None:
        keys = [entity.key for entity in self.entities]
        if len(keys) != len(set(keys)):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise SimError("name-twice", thing="event", field="entity", rule="must be unique", value=twice)
        for entity in self.entities:
            if entity.parent and entity.parent not in self.set_of:
                raise SimError("entity-unknown", thing=f"entity {entity.key}", field="parent", value=entity.parent)

    def _known_local_pools(self) -> list[LocalPool]:
        known = {pool.id for pool in self.procedure.pools}
        return [local for local in self.contribution.local_pools if local.pool in known]

    def _local_pools(self) -> tuple[Pool, ...]:
        locals_ = self._known_local_pools()
        return tuple(replace(self.procedure.pool(local.pool), units=local.units) for local in locals_)

    def network(self, horizon: int) -> Network:
        """Everything put together."""
        keys = self._keys()
        index_of = {key: index for index, key in enumerate(keys)}
        nodes = tuple(
            self._node(self.task_of[task], entity, index_of, index) for index, (task, entity) in enumerate(keys)
        )
        return Network(
            nodes=nodes,
            pools=self.pools,
            doors=tuple(self._door(gate) for gate in self.contribution.gates),
            moments=tuple(_moment(clock) for clock in self.contribution.clocks),
            works=tuple(self._work(process, index_of) for process in self.contribution.processes),
            entities=self.entities,
            horizon=horizon,
            level=self.level,
        )

    def _keys(self) -> list[tuple[str, str]]:
        """(task, entity) of every node, in order; a task concerns only those with its *only* attribute."""
        keys: list[tuple[str, str]] = []
        present: set[tuple[str, str]] = set()
        for task in self._by_precedence():
            for entity in self._entities_of(task):
                if self._concerns(task, entity) and self._has_reason(task, entity, present):
                    present.add((task.id, entity))
        for task in self.tasks:
            keys += [(task.id, entity) for entity in self._entities_of(task) if (task.id, entity) in present]
        return keys

    def _by_precedence(self) -> list[Task]:
        left = {task.id: task for task in self.tasks}
        order: list[Task] = []
        while left:
            free = [t for t in left.values() if not any(edge.task in left for edge in t.after)]
            order += free
            for task in free:
                del left[task.id]
        return order

    def _entities_of(self, task: Task) -> list[str]:
        if not task.per:
            return [""]
        if task.per not in self.sets:
            raise SimError(
                "entity-set-unknown",
                thing=f"task {task.id}",
                field="per",
                rule="must be brought by the event",
                value=task.per,
            )
        return [entity.key for entity in self.sets[task.per]]

    def _concerns(self, task: Task, key: str) -> bool:
        if not task.only:
            return True
        entity = self._entity(key)
        return (entity.attribute(task.only) or 0.0) > 0 if entity else False

    def _has_reason(self, task: Task, key: str, present: set[tuple[str, str]]) -> bool:
        """A task whose predecessors all do not concern the entity does not either."""
        return not task.after or any(
            (edge.task, other) in present for edge in task.after for other in self._matching(task, key, edge.task)
        )

    def _entity(self, key: str) -> Entity | None:
        return self.by_key.get(key)

    def _matching(self, task: Task, key: str, before: str) -> list[str]:
        """Entities of the predecessor task that *key* has to wait for."""
        other = self.task_of[before]
        if not other.per:
            return [""]
        if other.per == task.per:
            return [key]
        line = lineage(key, self.parents)
        above = [name for name in line if self.set_of.get(name) == other.per]
        if above:
            return above[:1]
        candidates = self._entities_of(other)
        below = [name for name in candidates if key and key in lineage(name, self.parents)]
        return below or ([] if key and self._is_ancestor_set(task.per, other.per) else candidates)

    def _is_ancestor_set(self, upper: str, lower: str) -> bool:
        return any(
            self.set_of.get(name) == upper for e in self.sets[lower] for name in lineage(e.key, self.parents)[1:]
        )

    def _node(self, task: Task, key: str, index_of: dict[tuple[str, str], int], index: int) -> Node:
        edges = tuple(
            Edge(node=index_of[edge.task, other], when=edge.when)
            for edge in task.after
            for other in self._matching(task, key, edge.task)
            if (edge.task, other) in index_of
        )
        entity = self._entity(key)
        return Node(
            index=index,
            task=task.id,
            entity=key,
            who=identity(task.id, key),
            kind=task.kind,
            law=task.duration.law,
            factor=self._number(task, entity, task.duration.times),
            edges=edges,
            join=task.join.kind,
            need=_need(task, len(edges)),
            demands=self._demands(task, entity),
            priority=task.priority,
            preemptible=task.preemptible,
            gate=self._find(task, "gate", task.gate, key, self.doors),
            release=self._find(task, "release", task.release, key, self.clocks),
            until=self._find(task, "until", task.until, key, self.clocks),
            process=self._find(task, "process", task.process, key, self.works),
            tries=task.tries,
            success_share=task.success_share,
            people=entity.people if entity else 0,
        )

    def _number(self, task: Task, entity: Entity | None, name: str) -> float:
        if not name:
            return 1.0
        value = entity.attribute(name) if entity else None
        if value is None:
            raise SimError(
                "number-missing", thing=f"task {task.id}", field=name, rule="must be an attribute of its entities"
            )
        return value

    def _demands(self, task: Task, entity: Entity | None) -> tuple[Demand, ...]:
        demands = (
            Demand(
                pool=_nearest(need.pool, lineage(entity.key if entity else "", self.parents), self.pool_of),
                units=math.ceil(need.units * self._number(task, entity, need.times)),
                consumes=need.consumes,
            )
            for need in task.needs
        )
        return tuple(sorted((d for d in demands if d.units > 0), key=lambda d: d.pool))

    def _find(self, task: Task, field: str, name: str, key: str, table: dict[tuple[str, str], int]) -> int:
        if not name:
            return NOBODY
        index = _nearest(name, lineage(key, self.parents), table)
        if index == NOBODY:
            raise SimError(
                f"{field}-unknown",
                thing=f"task {task.id}",
                field=field,
                rule="must be brought by the event",
                value=name,
            )
        return index

    def _clock(self, gate: Gate, name: str) -> int:
        if not name:
            return NOBODY
        index = _nearest(name, lineage(gate.entity, self.parents), self.clocks)
        if index == NOBODY:
            raise SimError("clock-unknown", thing=f"gate {gate.name}", field="clock", value=name)
        return index

    def _door(self, gate: Gate) -> Door:
        return Door(
            name=gate.name,
            entity=gate.entity,
            cause=gate.cause,
            is_open=gate.is_open,
            opens=self._clock(gate, gate.opens),
            closes=self._clock(gate, gate.closes),
        )

    def _work(self, process: Process, index_of: dict[tuple[str, str], int]) -> Work:
        efforts = []
        for task, attribute in process.efforts:
            for (name, key), node in index_of.items():
                if name == task and (not process.entity or process.entity in lineage(key, self.parents)):
                    entity = self._entity(key)
                    efforts.append((node, (entity.attribute(attribute) or 0.0) if attribute and entity else 1.0))
        return Work(name=process.name, step=process.step, efforts=tuple(efforts))


def tasks_in_effect(procedure: Procedure, level: str, spread: str = "") -> tuple[Task, ...]:
    """The tasks done at a response level and in a spread; one left out hands its predecessors to its followers."""
    ranks = {item.label: item.rank for item in procedure.levels}
    if level and level not in ranks:
        raise SimError("level-unknown", thing="procedure", field="level", rule="must be defined", value=level)
    started = ranks.get(level, 0)
    out = {
        task.id: task
        for task in procedure.tasks
        if (task.from_level and ranks[task.from_level] > started) or (task.spread and spread not in ("", task.spread))
    }
    return tuple(_bridged(task, out) for task in procedure.tasks if task.id not in out)


def _bridged(task: Task, out: dict[str, Task]) -> Task:
    edges: list[After] = []
    for edge in _through(task.after, out):
        if edge not in edges:
            edges.append(edge)
    return replace(task, after=tuple(edges)) if tuple(edges) != task.after else task


def _through(after: Iterable[After], out: dict[str, Task]) -> Iterable[After]:
    for edge in after:
        if edge.task not in out:
            yield edge
        elif edge.when is Outcome.DONE:
            yield from _through(out[edge.task].after, out)


def _by(nodes: Iterable[Node], key: Callable[[Node], int]) -> dict[int, tuple[int, ...]]:
    lists: dict[int, list[int]] = {}
    for node in nodes:
        lists.setdefault(key(node), []).append(node.index)
    return {name: tuple(items) for name, items in lists.items()}


def _need(task: Task, count: int) -> int:
    if task.join.kind is JoinKind.ANY:
        return min(1, count)
    return min(task.join.need, count) if task.join.kind is JoinKind.K_OF_N else count


def _nearest(name: str, line: list[str], table: dict[tuple[str, str], int]) -> int:
    return next((table[name, key] for key in line if (name, key) in table), NOBODY)


def _moment(clock: Clock) -> Moment:
    return Moment(
        name=clock.name,
        entity=clock.entity,
        who=identity("clock", clock.draw_key or f"{clock.name}@{clock.entity}"),
        law=clock.law,
        base_min=clock.base_min,
        offset_min=clock.offset_min,
    )
