"""Units which an event gives its places, each place its own: how many in all, and which pools are drawn on beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.compiling import tasks_in_effect
from sim.figure import Mark, weakest
from sim.hazards.contribution import Contribution
from sim.hazards.models import contribution_of
from sim.network import lineage
from sim.procedure import Procedure, Task
from sim.scenario import Scenario


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalUnits:
    """Units of a pool that serve their own place only: *each* place's number, and the scenario that gives them."""

    pool: str
    each: tuple[int, ...]
    source: str
    source_en: str = ""
    mark: Mark = Mark.TO_BE_CONFIRMED

    @property
    def places(self) -> int:
        """How many places have units of their own, or are said to have none."""
        return len(self.each)

    @property
    def units(self) -> int:
        """The units of all places together."""
        return sum(self.each)

    @property
    def least(self) -> int:
        """The units of the place that has the fewest."""
        return min(self.each)

    @property
    def most(self) -> int:
        """The units of the place that has the most."""
        return max(self.each)


def local_units(*scenarios: Scenario) -> tuple[LocalUnits, ...]:
    """The units of every pool that the event gives place by place; of several events each place counts once."""
    each: dict[str, dict[str, int]] = {}
    said: dict[str, Scenario] = {}
    for scenario in scenarios:
        for local in contribution_of(scenario).local_pools:
            each.setdefault(local.pool, {}).setdefault(local.entity, local.units)
            said.setdefault(local.pool, scenario)
    return tuple(
        LocalUnits(
            pool=pool,
            each=tuple(units.values()),
            source=said[pool].title,
            source_en=said[pool].title_en,
            mark=_mark_of_places(said[pool]),
        )
        for pool, units in each.items()
    )


def _mark_of_places(scenario: Scenario) -> Mark:
    """The numbers of places carry no mark of their own: to be confirmed, or weaker where the scenario's figures are."""
    return weakest([Mark.TO_BE_CONFIRMED, *(parameter.figure.mark for parameter in scenario.parameters)])


def common_pools(procedure: Procedure, scenario: Scenario, level: str) -> frozenset[str]:
    """The pools of which some task takes units that are no place's own."""
    brought = contribution_of(scenario)
    own = {(local.pool, local.entity) for local in brought.local_pools}
    parents = {entity.key: entity.parent for group in brought.sets for entity in group.entities}
    return frozenset(
        need.pool
        for task in tasks_in_effect(procedure, level, scenario.spread)
        for key in _entities(task, brought)
        for need in task.needs
        if not any((need.pool, name) in own for name in lineage(key, parents))
    )


def _entities(task: Task, brought: Contribution) -> Iterator[str]:
    """The keys of those a task is done for; "" stands for everybody."""
    if not task.per:
        yield ""
    for group in brought.sets:
        if group.name == task.per:
            yield from (entity.key for entity in group.entities)
