"""Work manuals 应急工作手册 and action schemes 行动方案: what a plan asks of one unit, told from its procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plans_repo import contacts as register_contacts
from plans_repo import importing, supplies
from plans_repo.errors import PlansRepoError
from plans_repo.importing import OpenedPlan
from plans_repo.organisations import Organisation, organisations, row_of
from plans_repo.resources import Contact
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work
from plans_repo.supplies import Supply
from plans_repo.text.citation import citations
from sim.procedure import Pool, Procedure, Target, Task


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A task of the unit: its part in it, what comes before, what it holds, by when, and the plan's own words."""

    task: Task
    leads: bool
    before: tuple[Task, ...]
    pools: tuple[tuple[Pool, int], ...]
    targets: tuple[Target, ...]
    clause: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Manual:
    """Everything a plan asks of a unit, with the forces it can draw on and whom to reach.

    *contacts* are None for a reader who may not look people up.
    """

    unit: str
    plan: str
    version: str
    label: str
    title: str
    root_hash: str
    duties: tuple[Duty, ...]
    supplies: tuple[Supply, ...]
    contacts: tuple[Contact, ...] | None


def units_of(procedure: Procedure) -> tuple[str, ...]:
    """The units that lead or support a task, in the order of the procedure."""
    return tuple(dict.fromkeys(unit for task in procedure.tasks for unit in (task.lead, *task.support) if unit))


def leading_units(procedure: Procedure) -> tuple[str, ...]:
    """The units that lead a task."""
    return tuple(dict.fromkeys(task.lead for task in procedure.tasks if task.lead))


def manual(work: Work, plan_id: str, unit: str, version: str = "") -> Manual:
    """What a version asks of *unit*; refused where it asks nothing."""
    opened = importing.show(work, plan_id, version)
    duties = tuple(_duties(opened, unit))
    if not duties:
        raise PlansRepoError("unit-without-tasks", thing=unit, field="unit", rule="must have a task")
    pools = {pool.id for duty in duties for pool, _units in duty.pools}
    plan = work.session.get_one(PlanRow, opened.plan)
    bodies = _bodies(work, plan, unit)
    return Manual(
        unit=unit,
        plan=opened.plan,
        version=opened.version,
        label=opened.label,
        title=opened.title,
        root_hash=opened.root_hash,
        duties=duties,
        supplies=_supplies(work, plan, pools),
        contacts=_contacts(work, bodies),
    )


def _duties(opened: OpenedPlan, unit: str) -> Iterator[Duty]:
    procedure = opened.procedure
    if procedure is None:
        raise PlansRepoError("version-without-procedure", thing=opened.title, value=opened.label)
    cited, texts = citations(opened.clauses), {clause.id: clause.text for clause in opened.clauses}
    for task in procedure.tasks:
        if unit in (task.lead, *task.support) and not task.duration.is_state:
            yield Duty(
                task=task,
                leads=unit == task.lead,
                before=tuple(procedure.task(edge.task) for edge in task.after),
                pools=tuple((procedure.pool(need.pool), need.units) for need in task.needs),
                targets=tuple(target for target in procedure.targets if target.task == task.id),
                clause=cited.get(task.clause, ""),
                words=texts.get(task.clause, ""),
            )


def _supplies(work: Work, plan: PlanRow, pools: Iterable[str]) -> tuple[Supply, ...]:
    if not work.actor.may(Action.READ_RESOURCES):
        return ()
    return supplies.supplies(work, plan.area, pools)


def _bodies(work: Work, plan: PlanRow, unit: str) -> tuple[Organisation, ...]:
    """The registered bodies a short name means, in the area of the plan: 县水利局 is 清川县水利局."""
    area = row_of(work, plan.organisation_id).area if plan.organisation_id else plan.area
    bare = unit.removeprefix("县").removeprefix("市")
    return tuple(body for body in organisations(work) if body.area.startswith(area) and body.name.endswith(bare))


def _contacts(work: Work, bodies: Iterable[Organisation]) -> tuple[Contact, ...] | None:
    if not work.actor.may(Action.READ_CONTACTS):
        return None
    wanted = {body.id for body in bodies}
    return tuple(each for each in register_contacts.contacts(work) if each.organisation in wanted)
