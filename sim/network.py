"""The flat network both engines execute, compiled from a procedure and an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sim.durations import Law
from sim.hazards.contribution import Entity, Step
from sim.plain import IF_GIVEN, digest
from sim.procedure import JoinKind, Outcome, Pool, TaskKind
from sim.quantiles import table_digest

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
    process are indices, NOBODY where there is none. Demands are in pool order. A try begun at
    one of the clocks *lost_from* or later fails.
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
    lost_from: tuple[int, ...] = field(default=(), metadata=IF_GIVEN)

    @property
    def name(self) -> str:
        """Task and entity in one word, for logs."""
        return f"{self.task}@{self.entity}" if self.entity else self.task


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A compiled clock: its name and entity, law, and the identity its draw is keyed by.

    It is counted from minute 0, or in each run from the moment of a lower index that *after* names.
    """

    name: str
    entity: str
    who: int
    law: Law | None
    base_min: float
    offset_min: float
    after: int = field(default=NOBODY, metadata=IF_GIVEN)


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
    """A compiled process: its step, the effort each finished node adds, and the moment of its minute 0 (*after*).

    Where that is NOBODY, its minute 0 is the run's.
    """

    name: str
    step: Step
    efforts: tuple[tuple[int, float], ...]
    after: int = field(default=NOBODY, metadata=IF_GIVEN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Swing:
    """Units of a pool that come, or go, so many minutes after a clock has struck."""

    pool: int
    units: int
    after: int
    delay_min: float


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
    swings: tuple[Swing, ...] = ()

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
        return nearest(name, self.lineage(entity), table)

    @property
    def tables(self) -> tuple[str, ...]:
        """The digests of the tables its draws are read from, as they are made here."""
        moved = [each.law for each in self.moments if each.law is not None]
        forms = [law.form for law in (*(node.law for node in self.nodes), *moved)]
        tables = {id(form.table): form.table for form in forms if len(form.table)}
        return tuple(sorted(map(table_digest, tables.values())))

    @cached_property
    def digest(self) -> str:
        """A fingerprint of everything an engine reads."""
        swings = [self.swings] if self.swings else []
        return digest([self.nodes, self.pools, self.doors, self.moments, self.works, self.horizon, *swings])


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


def nearest(name: str, line: list[str], table: dict[tuple[str, str], int]) -> int:
    """What a name stands for in a lineage: the entity's own, its parent's, everybody's; NOBODY if there is none."""
    return next((table[name, key] for key in line if (name, key) in table), NOBODY)


def _by(nodes: Iterable[Node], key: Callable[[Node], int]) -> dict[int, tuple[int, ...]]:
    lists: dict[int, list[int]] = {}
    for node in nodes:
        lists.setdefault(key(node), []).append(node.index)
    return {name: tuple(items) for name, items in lists.items()}
