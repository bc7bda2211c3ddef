"""Networks of several events put together into one, which is an ordinary network again.

Pools of one name are one pool, and so is what serves a place of one name alone. Names of tasks, clocks, gates
and places get the part's name before them; the *identities* their draws are keyed by stay those of the part
alone, so that a task has the luck it has in its own network. Where two parts have a task (or a clock's draw) of
one identity, the earlier part keeps it and the later one gets its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.draws import identity
from sim.errors import SimError
from sim.hazards.contribution import Step
from sim.network import NOBODY, Door, Edge, Moment, Network, Node, Work
from sim.procedure import Pool
from sim.steps import CONTAIN, DRAIN, StepForm

BEGINS = "begins"
"""The clock a part that starts later brings: its own minute 0.

A part that follows another's clock has it before its other clocks, which are counted from it in each run; those of a
part that starts at a minute are moved by that minute.
"""
_MIN_PER_H = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Following:
    """The clock of an earlier part, by its joined name and place, and the minutes after it at which a part begins."""

    clock: str
    entity: str
    delay_min: float


@dataclass(frozen=True, kw_only=True)
class JoinedPart:
    """A part's network, its name, when it begins, and for each of its pools the place it serves alone ("" for all).

    Where it is *following* a clock, it begins in each run when that clock has struck; *start_min* is nought.
    """

    name: str
    start_min: float
    network: Network
    own_pools: tuple[str, ...]
    following: Following | None = None

    @property
    def has_begins(self) -> bool:
        """Whether it brings a clock of its own minute 0."""
        return self.start_min > 0 or self.following is not None


def renamed(part: str, name: str) -> str:
    """A name of a part as the joined network has it.

    >>> renamed("mine", "G9"), renamed("", "G9"), renamed("mine", "")
    ('mine:G9', 'G9', '')
    """
    return f"{part}:{name}" if part and name else name


def own_name(name: str) -> str:
    """The name a thing has in its own part.

    >>> own_name("mine:water"), own_name("water")
    ('water', 'water')
    """
    return name.rpartition(":")[2]


def larger(known: Pool, other: Pool) -> Pool:
    """Of two counts of one pool the one that holds: the larger, the earlier where they are equal."""
    return other if other.units > known.units else known


def join(parts: Sequence[JoinedPart]) -> Network:
    """One network of all parts."""
    joining = _Joining()
    for part in parts:
        joining.add(part)
    return Network(
        nodes=tuple(joining.nodes),
        pools=tuple(joining.pools),
        doors=tuple(joining.doors),
        moments=tuple(joining.moments),
        works=tuple(joining.works),
        entities=tuple(
            replace(entity, key=renamed(part.name, entity.key), parent=renamed(part.name, entity.parent))
            for part in parts
            for entity in part.network.entities
        ),
        horizon=max(part.network.horizon for part in parts),
        level=parts[0].network.level,
    )


class _Joining:
    """What has been put together so far."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.pools: list[Pool] = []
        self.doors: list[Door] = []
        self.moments: list[Moment] = []
        self.works: list[Work] = []
        self.place_of: dict[tuple[str, str], int] = {}

    def add(self, part: JoinedPart) -> None:
        """Put a part behind the others; indices move up by what there is already."""
        ahead = len(self.moments) + (part.following is not None)
        offset = _Offset(len(self.nodes), len(self.doors), ahead, len(self.works))
        pools = [self._pool(pool, owner) for pool, owner in zip(part.network.pools, part.own_pools, strict=True)]
        moments = self._moments(part)
        names = [moment.name for moment in moments]
        begins = len(self.moments) + names.index(renamed(part.name, BEGINS)) if part.has_begins else NOBODY
        nodes = self._nodes(part, offset, pools, begins)
        self.doors += [_door(door, part.name, offset) for door in part.network.doors]
        self.works += [_work(work, part, offset, begins) for work in part.network.works]
        self.nodes += nodes
        self.moments += moments

    def _pool(self, pool: Pool, owner: str) -> int:
        """Where the pool lies; of two counts of one pool the larger holds, with its changes at the run's minutes."""
        place = self.place_of.setdefault((pool.id, owner), len(self.pools))
        if place == len(self.pools):
            self.pools.append(pool)
            return place
        known = self.pools[place]
        if (known.kind, known.rule, known.preemptible) != (pool.kind, pool.rule, pool.preemptible):
            raise SimError("pool-differs", thing=f"pool {pool.id}", field="kind", rule=known.kind, value=pool.kind)
        self.pools[place] = larger(known, pool)
        return place

    def _nodes(self, part: JoinedPart, offset: _Offset, pools: list[int], begins: int) -> list[Node]:
        taken = {node.who for node in self.nodes}
        return [
            replace(
                node,
                index=node.index + offset.nodes,
                task=renamed(part.name, node.task),
                entity=renamed(part.name, node.entity),
                who=identity(f"{part.name}:{node.task}", node.entity) if node.who in taken else node.who,
                edges=tuple(Edge(node=edge.node + offset.nodes, when=edge.when) for edge in node.edges),
                demands=tuple(
                    sorted((replace(d, pool=pools[d.pool]) for d in node.demands), key=lambda demand: demand.pool)
                ),
                gate=_moved(node.gate, offset.doors),
                release=begins
                if begins != NOBODY and node.release == NOBODY and not node.edges
                else _moved(node.release, offset.moments),
                until=_moved(node.until, offset.moments),
                lost_from=tuple(_moved(clock, offset.moments) for clock in node.lost_from),
                process=_moved(node.process, offset.works),
            )
            for node in part.network.nodes
        ]

    def _moments(self, part: JoinedPart) -> list[Moment]:
        taken = {moment.who for moment in self.moments}
        begins = len(self.moments) if part.following else NOBODY
        moments = [
            replace(
                moment,
                name=renamed(part.name, moment.name),
                entity=renamed(part.name, moment.entity),
                who=identity("clock", f"{part.name}:{moment.who}") if moment.who in taken else moment.who,
                offset_min=moment.offset_min + part.start_min,
                after=begins,
            )
            for moment in part.network.moments
        ]
        if part.following:
            return [self._beginning(part, part.following.delay_min, self._followed(part.following)), *moments]
        return [*moments, self._beginning(part, part.start_min, NOBODY)] if part.has_begins else moments

    def _beginning(self, part: JoinedPart, base_min: float, after: int) -> Moment:
        name = renamed(part.name, BEGINS)
        who = identity("clock", f"{name}@")
        return Moment(name=name, entity="", who=who, law=None, base_min=base_min, offset_min=0.0, after=after)

    def _followed(self, following: Following) -> int:
        """The index of the clock that a part follows."""
        for index, moment in enumerate(self.moments):
            if (moment.name, moment.entity) == (following.clock, following.entity):
                return index
        raise SimError("trigger-unknown", thing="compound event", field="clock", rule="must be a clock of that part",
                       value=f"{following.clock}@{following.entity}".rstrip("@"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Offset:
    """How many of each there were before a part came."""

    nodes: int
    doors: int
    moments: int
    works: int


def _moved(index: int, by: int) -> int:
    return index if index == NOBODY else index + by


def _door(door: Door, name: str, offset: _Offset) -> Door:
    return replace(
        door,
        name=renamed(name, door.name),
        entity=renamed(name, door.entity),
        opens=_moved(door.opens, offset.moments),
        closes=_moved(door.closes, offset.moments),
    )


def _work(work: Work, part: JoinedPart, offset: _Offset, begins: int) -> Work:
    """The process in the whole; one that goes by a clock of its own is moved with that clock."""
    has_clock = work.after != NOBODY
    return Work(
        name=renamed(part.name, work.name),
        step=later(work.step, part.start_min) if part.start_min > 0 and not has_clock else work.step,
        efforts=tuple((node + offset.nodes, effort) for node, effort in work.efforts),
        after=work.after + offset.moments if has_clock else begins if part.following else NOBODY,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A step by its numbers alone."""

    form: StepForm
    state: tuple[float, ...]

    def begin(self) -> tuple[float, ...]:
        """The state at minute 0."""
        return self.state


def later(step: Step, by_min: float) -> Step:
    """The same process with its minute 0 moved to *by_min*; nothing may work on it before.

    A flooded district is given so much less water at the run's minute 0 that it holds what
    it should when its own time begins.
    """
    form, state = step.form, step.begin()
    if form.kind == DRAIN:
        inflow, stops, *rest = form.parameters
        early = inflow * by_min / _MIN_PER_H
        return Given(form=StepForm(DRAIN, (inflow, stops + by_min, *rest)), state=(state[0] - early,))
    if form.kind == CONTAIN:
        return Given(form=form, state=(*state[:2], state[2] + by_min, *state[3:]))
    return step
