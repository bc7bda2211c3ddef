"""The scenario library: those of the packs, and those an installation keeps for its own area."""

from __future__ import annotations

from plans_repo import access, holding, resources, scenario_versions
from plans_repo.errors import NotFound
from plans_repo.packs import reading as packs
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from sim.compound import Compound
from sim.procedure import Hazard, Procedure
from sim.scenario import ResourceSet, Scenario

OWN_UNITS = "procedure"
"""The id of the resource set that keeps the procedure's own pool sizes."""
REGISTER_UNITS = "register"
"""The id of the resource set counted from the register of the plan's area."""


def list_scenarios(work: Work, hazard: str = "") -> tuple[Scenario, ...]:
    """The scenarios the actor may use, those of the packs first, in the order of their ids."""
    work.require(Action.READ_STUDY)
    kept = (item for item in scenario_versions.newest(work) if isinstance(item, Scenario))
    return tuple(item for item in (*packs.scenarios(), *kept) if not hazard or item.hazard == hazard)


def list_compounds(work: Work) -> tuple[Compound, ...]:
    """The compound events the actor may use, those of the packs first."""
    work.require(Action.READ_STUDY)
    kept = (item for item in scenario_versions.newest(work) if isinstance(item, Compound))
    return (*packs.compounds(), *kept)


def list_events(work: Work) -> tuple[Scenario | Compound, ...]:
    """All scenarios, then all compound events, the actor may use."""
    return (*list_scenarios(work), *list_compounds(work))


def scenario(work: Work, scenario_id: str) -> Scenario:
    """The scenario of that id, or of one version of it (``id@2``), or a refusal."""
    found = event(work, scenario_id)
    if not isinstance(found, Scenario):
        raise NotFound("scenario-unknown", thing="scenario", value=scenario_id)
    return found


def event(work: Work, name: str) -> Scenario | Compound:
    """The scenario or compound event of that id, or of one version of it, or a refusal."""
    work.require(Action.READ_STUDY)
    found = _of_packs(name) or scenario_versions.find(work, name)
    if found is None:
        raise NotFound("scenario-unknown", thing="scenario", value=name)
    return found


def _of_packs(name: str) -> Scenario | Compound | None:
    if name in packs.names("scenarios"):
        return packs.scenario(name)
    return next((item for item in packs.compounds() if item.id == name), None)


def save_scenario(work: Work, value: Scenario, *, area: str = "", reason: str = "") -> Scenario:
    """Keep a scenario for an area (the actor's own unless given) as its next version; its model must accept it."""
    scenario_versions.save(work, value, area=area, reason=reason)
    return value


def scenarios_for(work: Work, procedure: Procedure) -> tuple[Scenario, ...]:
    """The scenarios a procedure can be played against."""
    return tuple(
        item for item in list_scenarios(work, Hazard(procedure.hazard).value) if is_answered(item.spread, procedure)
    )


def is_answered(spread: str, procedure: Procedure) -> bool:
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
