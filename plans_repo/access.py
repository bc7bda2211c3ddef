"""Which plans a person may see and change, by organisation and area."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from plans_repo.course.stages import CLOSED, EFFECTIVE, SIGNING, Stage
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.organisations import EVERYWHERE, OrganisationKind, row_of
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

OVERSEEING = frozenset(
    {
        OrganisationKind.GOVERNMENT,
        OrganisationKind.PARTY_COMMITTEE,
        OrganisationKind.EMERGENCY_BUREAU,
        OrganisationKind.HEADQUARTERS,
    }
)
"""Bodies that see every plan of their area and below, drafts too."""


@dataclass(frozen=True, kw_only=True)
class Standpoint:
    """From where a person looks: organisation, its area, and whether it oversees that area."""

    organisation: str | None
    area: str
    oversees: bool

    def sees(self, plan: PlanRow, stages: frozenset[Stage]) -> bool:
        """Whether a plan, whose courses stand at *stages*, is there for this person."""
        if self._owns(plan) or (self.oversees and plan.area.startswith(self.area)):
            return True
        if stages & EFFECTIVE:
            return plan.area.startswith(self.area) or self.area.startswith(plan.area)
        if Stage.CONSULTATION in stages:
            return self.area.startswith(plan.area)
        return bool(stages & SIGNING) and plan.area == self.area

    def changes(self, plan: PlanRow) -> bool:
        """Whether this person's body writes that plan."""
        return self._owns(plan) or (self.oversees and plan.area == self.area)

    def acts_on(self, plan: PlanRow) -> bool:
        """Whether this person's body has its place in that plan's life cycle: its own area, not one below."""
        return self._owns(plan) or plan.area == self.area

    def _owns(self, plan: PlanRow) -> bool:
        return self.organisation is None or plan.organisation_id == self.organisation


def standpoint(work: Work) -> Standpoint:
    """Where the actor stands; without an organisation, everywhere."""
    if work.actor.organisation is None:
        return Standpoint(organisation=None, area=EVERYWHERE, oversees=True)
    row = row_of(work, work.actor.organisation)
    return Standpoint(organisation=row.id, area=row.area, oversees=row.kind in OVERSEEING)


def visible_plan(work: Work, plan_id: str, action: Action = Action.READ_PLAN) -> PlanRow:
    """The plan if the actor may do *action* and may see it; otherwise it does not exist."""
    work.require(action)
    row = work.session.get(PlanRow, plan_id)
    if row is None or not standpoint(work).sees(row, stages_of(work, plan_id)):
        raise NotFound("plan-unknown", thing="plan", value=plan_id)
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
    if not (here.changes(plan) if is_writing else here.acts_on(plan)):
        raise foreign(plan, action)


def foreign(plan: PlanRow, action: Action) -> NotAllowed:
    """The refusal for somebody else's plan."""
    return NotAllowed("plan-of-another-body", thing=plan.title, action=action.value)


def visible_plans(work: Work) -> tuple[PlanRow, ...]:
    """Every plan the actor may see, by title."""
    work.require(Action.READ_PLAN)
    here = standpoint(work)
    stages: dict[str, set[Stage]] = {}
    for course in work.session.exec(select(CourseRow)):
        stages.setdefault(course.plan_id, set()).add(course.stage)
    rows = work.session.exec(select(PlanRow).order_by(col(PlanRow.title), col(PlanRow.id)))
    return tuple(row for row in rows if here.sees(row, frozenset(stages.get(row.id, ()))))


def stages_of(work: Work, plan_id: str) -> frozenset[Stage]:
    """Where the courses of a plan stand."""
    return frozenset(row.stage for row in work.session.exec(select(CourseRow).where(CourseRow.plan_id == plan_id)))


def may_see_course(work: Work, plan: PlanRow, stage: Stage) -> bool:
    """Whether the actor may read a version at that stage; an effective plan does not open its next draft."""
    here = standpoint(work)
    if stage in CLOSED:
        return here.sees(plan, stages_of(work, plan.id) & EFFECTIVE)
    return here.sees(plan, frozenset({stage}))
