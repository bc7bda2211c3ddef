"""Studies of the demo plans: floods with two sets of units and their comparison, as written and as timed, a town whose
forces suffice, a mine, a fire, one storm over hills and town; and the validation cases, which the worker plays once the
application runs.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plans_repo import studies, study_analyses, validation
from plans_repo.scenarios import OWN_UNITS, REGISTER_UNITS
from plans_repo.store.roles import Role
from plans_repo.study_analyses import Kind, Wanted
from plans_repo.study_values import CALIBRATED, WRITTEN, Answering, Request
from ui.demo.editions import FLASH_FLOODS, WATERLOGGING
from ui.demo.texts import As

SEED = 20260318
RUNS = 200


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A demo study: whose plan, against what, with which units, and what else is asked of it."""

    plan: str
    place: str
    scenario: str
    units: str = OWN_UNITS
    durations: str = WRITTEN
    beyond: tuple[Wanted, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()  # of several events: which plan answers which part


STUDIES = (
    _Asked(plan="shiling-coal-mine", place="shiling", scenario="shiling-qinggangping-explosion"),
    _Asked(plan="qingchuan-building-fire", place="qingchuan", scenario="qingchuan-trade-city-fire"),
    _Asked(plan="qingchuan-flood", place="qingchuan", scenario="river-plain-day", units=REGISTER_UNITS),
    _Asked(
        plan="qingchuan-flood",
        place="qingchuan",
        scenario="river-plain-night",
        beyond=(Wanted(kind=Kind.COMPARISON, runs=RUNS, resource_set=REGISTER_UNITS),),
    ),
    _Asked(
        plan="qingchuan-flood",
        place="qingchuan",
        scenario="shuangdi-flood-day",
        units=REGISTER_UNITS,
        durations=CALIBRATED,
    ),
    _Asked(plan="shuangdi-flood", place="qingchuan", scenario="shuangdi-flood-day"),
    _Asked(
        plan=FLASH_FLOODS[-1].name,
        place="qingchuan",
        scenario="rain-over-hills-and-town",
        answers=(("", FLASH_FLOODS[-1].name), ("town", WATERLOGGING.name)),
    ),
)


def make_studies(on: As, made: Mapping[str, str], day: date) -> None:
    """The studies and what was asked of them further, in the evaluator's name."""
    for each in STUDIES:
        work = on(Role.SIMULATION_EVALUATOR, each.place, day)
        request = Request(
            plan=made[each.plan],
            scenario=each.scenario,
            resource_set=each.units,
            runs=RUNS,
            seed=SEED,
            durations=each.durations,
            answers=tuple(Answering(part=part, plan=made[plan]) for part, plan in each.answers),
        )
        study = studies.make(work, request, timer=time.monotonic)
        for wanted in each.beyond:
            study_analyses.make(work, study.id, wanted)


def ask_validation(on: As, day: date) -> None:
    """Have the worker play the validation cases: a result is of the machine that shows it."""
    validation.submit(on(Role.SIMULATION_EVALUATOR, "qingchuan", day))
