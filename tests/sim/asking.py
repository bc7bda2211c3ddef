"""Questions for a study without a hazard model: what the event brings is given in the test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.hazards.contribution import Contribution
from sim.procedure import Hazard, Pool, Procedure, Target, Task
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from tests.sim.builders import a_procedure

RESOURCES = ResourceSet(id="own", title="现有力量")


def an_event(**fields: Any) -> Scenario:
    """A flood that ends after 1,000 minutes unless given."""
    return Scenario(
        **{"id": "e", "hazard": Hazard.FLOOD, "spread": "river", "title": "水", "horizon_min": 1000, **fields}
    )


def ask(
    procedure: Procedure, event: Scenario | None = None, brings: Contribution | None = None, **units: int
) -> Question:
    """The question whether a procedure does, with *brings* in place of what a hazard model says."""
    question = Question(
        procedure=procedure, scenario=event or an_event(), resources=replace(RESOURCES, units=tuple(units.items()))
    )
    question.__dict__["contribution"] = brings or Contribution()
    return question


def a_question(
    *tasks: Task,
    targets: tuple[Target, ...] = (),
    pools: tuple[Pool, ...] = (),
    brings: Contribution | None = None,
    horizon_min: float = 1000,
    **units: int,
) -> Question:
    """The question whether these tasks keep these promises."""
    return ask(a_procedure(*tasks, pools=pools, targets=targets), an_event(horizon_min=horizon_min), brings, **units)


def a_target(task: str, limit_min: float, **fields: Any) -> Target:
    """The promise to end a task within a limit; its id is the task's unless given."""
    return Target(**{"id": task, "title": task, "task": task, "limit_min": limit_min, **fields})
