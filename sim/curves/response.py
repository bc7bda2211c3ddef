"""Curves of a response against a scenario: how a warning spreads, who has left, what supplies there are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sim.apart import standing, told_apart
from sim.curves.values import Curve, Kind
from sim.errors import SimError
from sim.failing import losses
from sim.failures import Failure
from sim.hazards.contribution import Contribution, Entity
from sim.hazards.models import contribution_of
from sim.procedure import Pool, Procedure, Task, TaskKind
from sim.question import equipped
from sim.scenario import ResourceSet, Scenario

POINTS = 80
PIECES = 200
"""A law is cut into so many equally likely pieces."""
FIRST = 3
"""So many warning tasks and so many departures are shown unless others are asked for."""


def told_tasks(procedure: Procedure, scenario: Scenario) -> tuple[Task, ...]:
    """The tasks whose spread over time is worth a curve, warnings first, then departures and journeys.

    They are done for one entity after another and take a time left to chance.
    """
    sets = {group.name: group.entities for group in contribution_of(scenario).sets}
    able = [
        task
        for task in procedure.tasks
        if task.per and task.duration.law.is_random and _entities(task, sets.get(task.per, ()))
        and task.spread in ("", scenario.spread)
    ]  # fmt: skip
    rank = {TaskKind.NOTIFY: 0, TaskKind.TRAVEL: 1}
    return tuple(sorted(able, key=lambda task: rank.get(task.kind, 2)))


def done_curve(task: Task, scenario: Scenario) -> Curve:
    """The share of people (of entities where none have people) for whom a task is done, by minutes since it began.

    Every entity begins at the same minute and no unit is lacking: it shows the law, not the response.
    """
    brings = contribution_of(scenario)
    entities = _entities(task, _set(brings, task.per))
    if not entities:
        raise SimError("curve-unknown", thing=f"scenario {scenario.id}", field="task", value=task.id)
    times = _times(task, entities)
    ordered = sorted(times)
    whole = sum(weight for _, weight in times)
    longest = next((at for at, weight in _running(ordered) if weight >= 0.99 * whole), ordered[-1][0])
    minutes = tuple(longest * place / POINTS for place in range(POINTS + 1))
    shares, place, total = [], 0, 0.0
    for minute in minutes:
        while place < len(ordered) and ordered[place][0] <= minute:
            total += ordered[place][1]
            place += 1
        shares.append(total / whole)
    values = tuple(shares)
    return Curve(
        name=f"task:{task.id}", kind=Kind.DONE, title=task.title, title_en=task.title_en, unit="share",
        minutes=minutes, low=values, middle=values, high=values,
    )  # fmt: skip


def pool_curves(
    procedure: Procedure, scenario: Scenario, resources: ResourceSet | None = None, *, every: bool = False
) -> Iterator[Curve]:
    """The units of pools over time: what comes later, and what fails; pools that stay as they are only with *every*."""
    apart = told_apart(procedure, scenario)
    sized = equipped(apart, resources) if resources else apart
    for pool in standing(sized):
        changes = _changes(pool, scenario.failures)
        if changes or every:
            yield _units(pool, changes, scenario.horizon_min)


def _changes(pool: Pool, failures: Sequence[Failure]) -> list[tuple[float, int]]:
    found = [(change.at_min, change.units) for change in pool.changes]
    for failure in failures:
        if failure.of in (pool.id, pool.of):
            found += [(change.at_min, change.units) for change in losses(failure, pool.units, pool.changes)]
    return sorted(found)


def _units(pool: Pool, changes: list[tuple[float, int]], horizon_min: float) -> Curve:
    """Corners of the stepped line, from the first minute to the end."""
    level, corners = float(pool.units), {0.0: float(pool.units)}
    for at, units in changes:
        if at < horizon_min:
            level += units
            corners[float(at)] = max(0.0, level)
    corners[horizon_min] = corners[max(corners)]
    values = tuple(corners[at] for at in sorted(corners))
    return Curve(
        name=f"pool:{pool.id}", kind=Kind.UNITS, title=pool.title, title_en=pool.title_en, unit="unit",
        is_stepped=True, minutes=tuple(sorted(corners)), low=values, middle=values, high=values,
    )  # fmt: skip


def _set(brings: Contribution, name: str) -> tuple[Entity, ...]:
    return next((group.entities for group in brings.sets if group.name == name), ())


def _entities(task: Task, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    return tuple(one for one in entities if not task.only or (one.attribute(task.only) or 0.0) > 0)


def _times(task: Task, entities: Sequence[Entity]) -> list[tuple[float, float]]:
    """Minutes with their weight: each entity's law in equally likely pieces, its people shared among them."""
    weighs = any(one.people for one in entities)
    law, times = task.duration.law, task.duration.times
    pieces = [law.quantile_min((place + 0.5) / PIECES) for place in range(PIECES)]
    found = [
        (piece * ((one.attribute(times) or 0.0) if times else 1.0), (one.people if weighs else 1) / PIECES)
        for one in entities
        for piece in pieces
    ]
    return [(at, weight) for at, weight in found if weight > 0 and math.isfinite(at)]


def _running(ordered: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    total = 0.0
    for at, weight in ordered:
        total += weight
        yield at, total
