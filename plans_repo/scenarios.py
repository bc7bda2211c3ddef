"""The scenario library: those of the packs, and those an installation keeps for its own area."""

from __future__ import annotations

from sqlmodel import col, select

from plans_repo import access, holding, resources
from plans_repo.errors import NotFound
from plans_repo.packs import reading as packs
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.scenarios import ScenarioRow
from plans_repo.store.work import Work
from sim.hazards.models import contribution_of
from sim.plain import plain, unplain
from sim.procedure import Hazard, Procedure
from sim.scenario import ResourceSet, Scenario

OWN_UNITS = "procedure"
"""The id of the resource set that keeps the procedure's own pool sizes."""
REGISTER_UNITS = "register"
"""The id of the resource set counted from the register of the plan's area."""


def list_scenarios(work: Work, hazard: str = "") -> tuple[Scenario, ...]:
    """The scenarios the actor may use, those of the packs first, in the order of their ids."""
    work.require(Action.READ_STUDY)
    here = access.standpoint(work)
    rows = work.session.exec(select(ScenarioRow).order_by(col(ScenarioRow.id)))
    kept = (unplain(Scenario, row.value) for row in rows if _is_near(row.area, here.area))
    return tuple(item for item in (*packs.scenarios(), *kept) if not hazard or item.hazard == hazard)


def _is_near(area: str, other: str) -> bool:
    return area.startswith(other) or other.startswith(area)


def scenario(work: Work, scenario_id: str) -> Scenario:
    """The scenario of that id, or a refusal."""
    for item in list_scenarios(work):
        if item.id == scenario_id:
            return item
    raise NotFound("scenario-unknown", thing="scenario", value=scenario_id)


def save_scenario(work: Work, value: Scenario, *, area: str = "") -> Scenario:
    """Keep a scenario for an area (the actor's own unless given); its model must accept it."""
    work.require(Action.RUN_STUDY)
    contribution_of(value)
    if value.id in {item.id for item in packs.scenarios()}:
        raise NotFound("scenario-of-packs", thing=f"scenario {value.id}", rule="stands in the packs", value=value.id)
    row = work.session.get(ScenarioRow, value.id) or _fresh(work, value, area or access.standpoint(work).area)
    row.value, row.saved_at, row.saved_by = plain(value), work.now, work.actor.account
    work.session.add(row)
    work.session.flush()
    events.record(work, "scenarios", "scenario-saved", {"scenario": value.id})
    return value


def _fresh(work: Work, value: Scenario, area: str) -> ScenarioRow:
    return ScenarioRow(
        id=value.id, hazard=value.hazard.value, area=area, value={}, saved_at=work.now, saved_by=work.actor.account
    )


def scenarios_for(work: Work, procedure: Procedure) -> tuple[Scenario, ...]:
    """The scenarios a procedure can be played against."""
    return tuple(
        item for item in list_scenarios(work, Hazard(procedure.hazard).value) if _is_answered(item.spread, procedure)
    )


def _is_answered(spread: str, procedure: Procedure) -> bool:
    """Whether a procedure speaks of that spread: it is its own, or has tasks of its own for it, or names none."""
    spreads = {procedure.spread} - {""} or {task.spread for task in procedure.tasks} - {""}
    return not spreads or spread in spreads


def resource_sets(work: Work, plan_id: str) -> tuple[ResourceSet, ...]:
    """The resource sets a plan can be played with: its procedure's own sizes, and the register's count."""
    plan = access.visible_plan(work, plan_id)
    own = ResourceSet(id=OWN_UNITS, title="按处置程序所列力量", title_en="As listed in the procedure")
    counted = holding.stock(resources.pool_entries(work, plan.area))
    if not counted.units:
        return (own,)
    registered = ResourceSet(
        id=REGISTER_UNITS,
        title="按资源台账可用数量",
        title_en="Ready units of the resource register",
        units=counted.units,
        arrivals=counted.arrivals,
    )
    return (own, registered)


def resource_set(work: Work, plan_id: str, set_id: str) -> ResourceSet:
    """One resource set of a plan by id, or a refusal."""
    for item in resource_sets(work, plan_id):
        if item.id == set_id:
            return item
    raise NotFound("resource-set-unknown", thing="resource set", value=set_id)
