"""Which plans a person may see and change, by organisation and area."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select

from plans_repo.course.stages import Stage
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.organisations import EVERYWHERE, row_of
from plans_repo.standpoint import OF_ITS_MAKERS, OVERSEEING, PLACED, TENDING, Standpoint
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work


def standpoint(work: Work) -> Standpoint:
    """Where the actor stands; without an organisation, everywhere."""
    if work.actor.organisation is None:
        return Standpoint(organisation=None, area=EVERYWHERE, oversees=True, tends_villages=True)
    row = row_of(work, work.actor.organisation)
    work.session.info["standpoint"] = row  # a session forgets rows nobody holds and would read it for every question
    return Standpoint(
        organisation=row.id,
        area=row.area,
        oversees=row.kind in OVERSEEING,
        is_placed=row.kind in PLACED,
        tends_villages=row.kind in TENDING,
    )


def visible_plan(work: Work, plan_id: str, action: Action = Action.READ_PLAN) -> PlanRow:
    """The plan if the actor may do *action* and may see it; otherwise it does not exist.

    Another side of a joint plan reads it; what makes or keeps it is refused.
    """
    work.require(action)
    row = work.session.get(PlanRow, plan_id)
    if row is None or not sees_plan(work, row):
        raise NotFound("plan-unknown", thing="plan", value=plan_id)
    if action in OF_ITS_MAKERS and is_of_another_side(work, row):
        raise foreign(row, action)
    return row


def changeable_plan(work: Work, plan_id: str, action: Action = Action.EDIT_PLAN) -> PlanRow:
    """As ``visible_plan``; refused when the plan belongs to another body."""
    row = visible_plan(work, plan_id, action)
    if not standpoint(work).changes(row):
        raise foreign(row, action)
    return row


def require_place(work: Work, plan: PlanRow, action: Action) -> None:
    """Refuse *action* on a plan of another area; writing and registering stay with its own body."""
    here = standpoint(work)
    is_writing = action in (Action.EDIT_PLAN, Action.REGISTER_PLAN)
    if not (here.changes(plan) if is_writing else here.acts_on(plan, action)):
        raise foreign(plan, action)


def foreign(plan: PlanRow, action: Action) -> NotAllowed:
    """The refusal for somebody else's plan."""
    return NotAllowed("plan-of-another-body", thing=plan.title, action=action.value)


def visible_plans(work: Work) -> tuple[PlanRow, ...]:
    """Every plan the actor may see, by title."""
    work.require(Action.READ_PLAN)
    here = standpoint(work)
    query = select(PlanRow).where(here.plans_seen()).order_by(col(PlanRow.title), col(PlanRow.id))
    return tuple(work.session.exec(query))


def visible_ids(work: Work, plan_ids: Iterable[str]) -> frozenset[str]:
    """Those of *plan_ids* that the actor may see."""
    work.require(Action.READ_PLAN)
    query = select(PlanRow.id).where(col(PlanRow.id).in_(set(plan_ids)), standpoint(work).plans_seen())
    return frozenset(work.session.exec(query))


def stages_of(work: Work, plan_id: str) -> frozenset[Stage]:
    """Where the courses of a plan stand."""
    return frozenset(row.stage for row in work.session.exec(select(CourseRow).where(CourseRow.plan_id == plan_id)))


def may_see_course(work: Work, plan: PlanRow, stage: Stage) -> bool:
    """Whether the actor may read a version at that stage; an effective plan does not open its next draft."""
    return standpoint(work).sees_course(plan, stage, stages_of(work, plan.id), stages_shared(work, plan))


def sees_plan(work: Work, plan: PlanRow) -> bool:
    """Whether a plan is there for the actor."""
    return standpoint(work).sees(plan, stages_of(work, plan.id), stages_shared(work, plan))


def stages_shared(work: Work, plan: PlanRow) -> frozenset[Stage]:
    """The stages of those courses of a joint plan that show to the actor's body as another side of it."""
    if plan.kind is not PlanKind.JOINT:
        return frozenset()
    query = (
        select(CourseRow.stage)
        .join(PlanRow, col(PlanRow.id) == col(CourseRow.plan_id))
        .where(CourseRow.plan_id == plan.id, standpoint(work).course_shared(CourseRow))
    )
    return frozenset(map(Stage, work.session.exec(query)))


def is_of_another_side(work: Work, plan: PlanRow) -> bool:
    """Whether the actor sees a joint plan as one of its other sides only, and not as one of its own place."""
    here = standpoint(work)
    return (
        plan.kind is PlanKind.JOINT
        and not here.sees(plan, stages_of(work, plan.id))
        and bool(stages_shared(work, plan))
    )
