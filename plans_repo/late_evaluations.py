"""The plans in force whose evaluation is overdue, found without opening each."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from plans_repo import access
from plans_repo.course.terms import covers
from plans_repo.course.working_days import local_day
from plans_repo.evaluation_clock import Subject, evaluation_clock
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.work import Work


def late_plans(work: Work) -> frozenset[str]:
    """The plans the actor sees that are in force today and should have been evaluated before today."""
    work.require(Action.READ_PLAN)
    today, clock = local_day(work.now), evaluation_clock(work)
    course = CourseRow.__table__.c  # type: ignore[attr-defined]
    query = (
        select(PlanRow.id, PlanRow.kind, PlanRow.organisation_id, PlanRow.area, course.id, course.issued_on)  # type: ignore[call-overload]
        .select_from(CourseRow)
        .join(PlanRow, col(PlanRow.id) == course.plan_id)
        .join(TermRow, col(TermRow.course_id) == course.id)
        .where(access.standpoint(work).courses_seen(), covers(today), course.issued_on < clock.issued_until(today))
    )
    return frozenset(
        plan
        for plan, kind, body, area, edition, issued_on in work.session.execute(query)
        if clock.due_on(Subject(kind=kind, organisation=body, area=area), edition, issued_on) < today
    )
