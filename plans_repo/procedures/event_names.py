"""What the events of a kind of hazard bring, by name: what a task can wait for, be given up at, or be done for each."""

from __future__ import annotations

from functools import cache

from plans_repo.packs import reading as packs
from sim.hazards.contribution import Contribution
from sim.hazards.models import contribution_of
from sim.procedure import Hazard, Task

FIELDS = ("per", "gate", "release", "until", "process")
"""The fields of a task that name something of the event."""


@cache
def known(hazard: Hazard) -> frozenset[tuple[str, str]]:
    """Field and name of everything the scenarios of the packs bring or the templates wait for.

    Templates count because some clocks, such as the last car's, are there only where the event gives their numbers.

    >>> ("gate", "path") in known(Hazard.FLOOD), ("gate", "pth") in known(Hazard.FLOOD)
    (True, False)
    """
    of_events = {
        pair
        for scenario in packs.scenarios()
        if scenario.hazard is hazard
        for pair in _brought(contribution_of(scenario))
    }
    of_templates = {
        pair
        for spread in packs.names("procedures")
        if (template := packs.template(spread).procedure).hazard is hazard
        for task in template.tasks
        for pair in named(task)
    }
    return frozenset(of_events | of_templates)


def named(task: Task) -> list[tuple[str, str]]:
    """Field and name of what a task takes from the event.

    A name that is left empty is none.
    """
    pairs = [(field, getattr(task, field)) for field in FIELDS]
    return [(field, name) for field, name in pairs if name]


def _brought(contribution: Contribution) -> set[tuple[str, str]]:
    return (
        {("per", each.name) for each in contribution.sets}
        | {("gate", each.name) for each in contribution.gates}
        | {(field, each.name) for each in contribution.clocks for field in ("release", "until")}
        | {("process", each.name) for each in contribution.processes}
    )
