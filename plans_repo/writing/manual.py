"""Work manuals 应急工作手册 and action schemes 行动方案: what a plan asks of one unit, told from its procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plans_repo import contacts as register_contacts
from plans_repo import importing, resources
from plans_repo.contacts import Contact
from plans_repo.course.duties import aliases
from plans_repo.errors import PlansRepoError
from plans_repo.importing import OpenedPlan
from plans_repo.organisations import Organisation, OrganisationKind, organisations
from plans_repo.resources import Resource, ResourceClass
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from sim.procedure import Pool, Procedure, Target, Task

VILLAGE = OrganisationKind.VILLAGE
NO_FORCE = frozenset({ResourceClass.DECISION_MAKER, ResourceClass.LINE, ResourceClass.SHELTER})
"""What a study reckons with and nobody sends out: those who decide, desks and lines, shelters."""


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
class Force:
    """An entry of the register: what it is, how much, who keeps it where, as counted on a day."""

    title: str
    title_en: str
    quantity: int
    unit: str
    keeper: str
    keeper_en: str
    place: str
    is_team: bool
    checked_on: date | None


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Somebody to be reached, and for which body."""

    body: str
    body_en: str
    contact: Contact


@dataclass(frozen=True, kw_only=True)
class Manual:
    """Everything a plan asks of a unit, with its own forces and whom to reach.

    *bodies* are the registered names of the unit, its own first, then those below it. *own* is all the register has of
    them; *others* is what other bodies hold ready for the same tasks and has to be asked for. *contacts* are those of
    the unit, then those of the units it works with; None for a reader who may not look people up.
    """

    unit: str
    bodies: tuple[str, ...]
    plan: str
    version: str
    label: str
    title: str
    root_hash: str
    duties: tuple[Duty, ...]
    own: tuple[Force, ...]
    others: tuple[Force, ...]
    contacts: tuple[Reached, ...] | None


def units_of(procedure: Procedure) -> tuple[str, ...]:
    """The units that lead or support a task, in the order of the procedure."""
    return tuple(dict.fromkeys(unit for task in procedure.tasks for unit in (task.lead, *task.support) if unit))


def leading_units(procedure: Procedure) -> tuple[str, ...]:
    """The units that lead a task."""
    return tuple(dict.fromkeys(task.lead for task in procedure.tasks if task.lead))


def manual(work: Work, plan_id: str, unit: str, version: str = "") -> Manual:
    """What a version asks of *unit*, as its procedure or the register calls it; refused where it asks nothing."""
    opened = importing.show(work, plan_id, version)
    called = _as_called(opened, unit)
    duties = tuple(_duties(opened, called))
    plan = work.session.get_one(PlanRow, opened.plan)
    bodies = _bodies(work, plan, called)
    partners = dict.fromkeys(each for duty in duties for each in (duty.task.lead, *duty.task.support) if each != called)
    own, others = _forces(work, plan, bodies, {pool.id for duty in duties for pool, _units in duty.pools})
    return Manual(
        unit=called,
        bodies=tuple(body.name for body in bodies),
        plan=opened.plan,
        version=opened.version,
        label=opened.label,
        title=opened.title,
        root_hash=opened.root_hash,
        duties=duties,
        own=own,
        others=others,
        contacts=_contacts(work, (*bodies, *(body for each in partners for body in _bodies(work, plan, each)))),
    )


def _as_called(opened: OpenedPlan, unit: str) -> str:
    """The unit as the procedure calls it: 县水利局 for 清川县水利局."""
    known = units_of(opened.procedure) if opened.procedure else ()
    called = next((each for each in (unit, *aliases(unit)) if each in known), "")
    if known and not called:
        raise PlansRepoError(
            "unit-without-tasks", thing=unit, field="unit", rule="must have a task", units="、".join(known)
        )
    return called


def _duties(opened: OpenedPlan, unit: str) -> Iterator[Duty]:
    procedure = opened.procedure
    if procedure is None:
        raise PlansRepoError("version-without-procedure", thing=opened.title, title=opened.title, value=opened.label)
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


def _forces(
    work: Work, plan: PlanRow, bodies: Iterable[Organisation], pools: Iterable[str]
) -> tuple[tuple[Force, ...], tuple[Force, ...]]:
    """What the bodies keep, and what others of the area hold ready for *pools*; those who decide are no force."""
    if not work.actor.may(Action.READ_RESOURCES):
        return (), ()
    named = {body.id: body for body in organisations(work)}
    ids, wanted = {body.id for body in bodies}, frozenset(pools)
    entries = [one for one in resources.resources(work, area=plan.area) if one.kind not in NO_FORCE]
    own = [one for one in entries if one.keeper in ids]
    others = [one for one in entries if one.keeper not in ids and one.pool in wanted]
    return tuple(_force(one, named[one.keeper]) for one in own), tuple(_force(one, named[one.keeper]) for one in others)


def _force(one: Resource, keeper: Organisation) -> Force:
    """An entry as it goes on paper: experts by their number, not by name."""
    title, title_en = resources.STAND_IN.get(one.kind, (one.title, one.title_en))
    return Force(
        title=title,
        title_en=title_en,
        quantity=one.quantity,
        unit=one.unit,
        keeper=keeper.name,
        keeper_en=keeper.name_en,
        place=one.place,
        is_team=one.kind is ResourceClass.TEAM,
        checked_on=one.checked_on,
    )


def _bodies(work: Work, plan: PlanRow, unit: str) -> tuple[Organisation, ...]:
    """The registered bodies a short name means in the area of the plan (县水利局: 清川县水利局), with those below."""
    bare = unit.removeprefix("县").removeprefix("市")
    every = [body for body in organisations(work) if body.area.startswith(plan.area)]
    found = [body for body in every if body.name.endswith(bare)]
    for body in found:
        found += [one for one in every if one.parent == body.id and one not in found and one.kind is not VILLAGE]
    return tuple(found)


def _contacts(work: Work, bodies: Iterable[Organisation]) -> tuple[Reached, ...] | None:
    """Those of the bodies, in their order."""
    if not work.actor.may(Action.READ_CONTACTS):
        return None
    every = register_contacts.contacts(work)
    return tuple(
        Reached(body=body.name, body_en=body.name_en, contact=each)
        for body in dict.fromkeys(bodies)
        for each in every
        if each.organisation == body.id
    )
