"""Units that an event does not send: more in a pool than bodies of the event drive to it. Start with ``unsent``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.hazards.contribution import Contribution
from sim.procedure import Pool, Procedure, Task, TaskKind

BODIES = ("squad",)
"""Sets of those who are a unit themselves and drive to the event while their units stand in one pool for all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsent:
    """A pool with more *units* than drive to the event (*sent*): the others work without having come."""

    pool: Pool
    units: int
    sent: int


def drives(procedure: Procedure) -> tuple[Task, ...]:
    """The tasks by which bodies come to the event."""
    return tuple(task for task in procedure.tasks if task.kind is TaskKind.TRAVEL and task.per in BODIES)


def unsent(procedure: Procedure, brings: Contribution, units: Mapping[str, int]) -> Iterator[Unsent]:
    """The pools of which more *units* are played than bodies of the event are on their way, in the procedure's order.

    What only drives, such as the vehicles of the bodies, does no work on the spot and is not looked at.

    >>> from sim.durations import minutes_fixed
    >>> from sim.hazards.contribution import Entity, EntitySet
    >>> from sim.procedure import Hazard, Need
    >>> squad, half_hour = (Need(pool="squad"),), minutes_fixed(30)
    >>> drive = Task(id="drive", title="行车", duration=half_hour, kind=TaskKind.TRAVEL, per="squad", needs=squad)
    >>> search = Task(id="search", title="侦察", duration=half_hour, needs=squad)
    >>> squads = Pool(id="squad", title="救护小队", units=3)
    >>> plan = Procedure(hazard=Hazard.MINE, tasks=(drive, search), pools=(squads,))
    >>> two = EntitySet(name="squad", entities=tuple(Entity(key=f"S{n}", title=f"{n}小队") for n in (1, 2)))
    >>> [(each.units, each.sent) for each in unsent(plan, Contribution(sets=(two,)), {})]
    [(3, 2)]
    """
    coming = drives(procedure)
    at_work = {need.pool for task in procedure.tasks if task.per not in BODIES for need in task.needs}
    for pool in procedure.pools:
        bodies = {key for task in coming if _asks(task, pool.id) for key in _who_drive(task, brings)}
        played = units.get(pool.id, pool.units)
        if pool.id in at_work and 0 < len(bodies) < played:
            yield Unsent(pool=pool, units=played, sent=len(bodies))


def _asks(task: Task, pool: str) -> bool:
    return any(need.pool == pool for need in task.needs)


def _who_drive(task: Task, brings: Contribution) -> Iterator[str]:
    """The bodies a drive concerns."""
    for group in brings.sets:
        if group.name == task.per:
            yield from (one.key for one in group.entities if not task.only or (one.attribute(task.only) or 0.0) > 0)
