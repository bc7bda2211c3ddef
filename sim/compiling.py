"""A procedure and what a hazard brings, compiled into a network."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from graphlib import TopologicalSorter

from sim.apart import standing
from sim.bounds import MOST_NODES
from sim.draws import identity
from sim.errors import SimError
from sim.figure import within
from sim.hazards.contribution import Clock, Contribution, Entity, Gate, LocalPool, Process
from sim.network import NOBODY, Demand, Door, Edge, Moment, Network, Node, Work, lineage, nearest
from sim.procedure import After, JoinKind, Outcome, Pool, Procedure, Task
from sim.ticks import ticks

_NOT_OF_THE_EVENT = {
    "gate": "gate-unknown",
    "release": "release-unknown",
    "until": "until-unknown",
    "process": "process-unknown",
}


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
        common = standing(procedure)
        self.pools = common + self._local_pools()
        self.pool_of = {(pool.of or pool.id, pool.place): index for index, pool in enumerate(common)}
        for index, local in enumerate(self._known_local_pools(), start=len(common)):
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
        within("event", "tasks", sum(len(self._entities_of(task)) for task in self.tasks), 0, MOST_NODES)
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
        order = TopologicalSorter({task.id: [edge.task for edge in task.after] for task in self.tasks}).static_order()
        return [self.task_of[name] for name in order]

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
            factor=self._number(task, entity, task.duration.times) * self._slowing(task, entity),
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

    def _slowing(self, task: Task, entity: Entity | None) -> float:
        """What the place, or else the event, multiplies a task's minutes by: 1 where neither has such a factor."""
        name = task.duration.slows
        own = entity.attribute(name) if entity and name else None
        return own if own is not None else dict(self.contribution.factors).get(name, 1.0)

    def _pool(self, task: Task, name: str, key: str) -> int:
        index = nearest(name, lineage(key, self.parents), self.pool_of)
        if index == NOBODY:
            rule = "must be done by a place that has its own"
            raise SimError("pool-of-no-place", thing=f"task {task.id}", field="needs", rule=rule, value=name)
        return index

    def _demands(self, task: Task, entity: Entity | None) -> tuple[Demand, ...]:
        demands = (
            Demand(
                pool=self._pool(task, need.pool, entity.key if entity else ""),
                units=math.ceil(need.units * self._number(task, entity, need.times)),
                consumes=need.consumes,
            )
            for need in task.needs
        )
        return tuple(sorted((d for d in demands if d.units > 0), key=lambda d: d.pool))

    def _find(self, task: Task, field: str, name: str, key: str, table: dict[tuple[str, str], int]) -> int:
        if not name:
            return NOBODY
        index = nearest(name, lineage(key, self.parents), table)
        if index == NOBODY:
            raise SimError(
                _NOT_OF_THE_EVENT[field],
                thing=f"task {task.id}",
                field=field,
                rule="must be brought by the event",
                value=name,
            )
        return index

    def _clock(self, thing: str, entity: str, name: str) -> int:
        if not name:
            return NOBODY
        index = nearest(name, lineage(entity, self.parents), self.clocks)
        if index == NOBODY:
            raise SimError("clock-unknown", thing=thing, field="clock", value=name)
        return index

    def _door(self, gate: Gate) -> Door:
        return Door(
            name=gate.name,
            entity=gate.entity,
            cause=gate.cause,
            is_open=gate.is_open,
            opens=self._clock(f"gate {gate.name}", gate.entity, gate.opens),
            closes=self._clock(f"gate {gate.name}", gate.entity, gate.closes),
        )

    def _work(self, process: Process, index_of: dict[tuple[str, str], int]) -> Work:
        efforts = []
        for task, attribute in process.efforts:
            for (name, key), node in index_of.items():
                if name == task and (not process.entity or process.entity in lineage(key, self.parents)):
                    entity = self._entity(key)
                    efforts.append((node, (entity.attribute(attribute) or 0.0) if attribute and entity else 1.0))
        after = self._clock(f"process {process.name}", process.entity, process.after)
        return Work(name=process.name, step=process.step, efforts=tuple(efforts), after=after)


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
    instead: dict[str, tuple[After, ...]] = {}
    before = {task.id: [edge.task for edge in task.after] for task in out.values()}
    for name in TopologicalSorter(before).static_order():
        if name in out:
            instead[name] = _bridged(out[name].after, instead)
    return tuple(replace(task, after=_bridged(task.after, instead)) for task in procedure.tasks if task.id not in out)


def _bridged(after: Iterable[After], instead: dict[str, tuple[After, ...]]) -> tuple[After, ...]:
    """The edges with those of a task left out in its place, each once; *instead* has them for every task left out."""
    edges: dict[After, None] = {}
    for edge in after:
        if edge.task not in instead:
            edges[edge] = None
        elif edge.when is Outcome.DONE:
            edges |= dict.fromkeys(instead[edge.task])
    return tuple(edges)


def _need(task: Task, count: int) -> int:
    if task.join.kind is JoinKind.ANY:
        return min(1, count)
    return min(task.join.need, count) if task.join.kind is JoinKind.K_OF_N else count


def _moment(clock: Clock) -> Moment:
    return Moment(
        name=clock.name,
        entity=clock.entity,
        who=identity("clock", clock.draw_key or f"{clock.name}@{clock.entity}"),
        law=clock.law,
        base_min=clock.base_min,
        offset_min=clock.offset_min,
    )
