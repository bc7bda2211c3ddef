"""The days of a course: no act is older than the text it is about, nor than the act before it."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, func, select

from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.consultations import AnswerRow, ConsultationRow, ConsultedUnitRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.experts import PanelRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


def require_not_before_text(plan: PlanRow, version: VersionRow, day: date, *, field: str = "on") -> None:
    """Refuse a day before the one on which the text of *version* was made here."""
    made = local_day(version.created_at)
    if day < made:
        raise PlansRepoError(
            "day-before-text", thing=plan.title, field=field, rule=f"must be >= {made}", value=day, last=made
        )


def require_in_order(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, day: date) -> None:
    """Refuse a day before the text was made, before the last move, a letter, an answer or the panel's meeting."""
    require_not_before_text(plan, version, day)
    last = max((one for one in (course.moved_on, *_acts(work, course)) if one), default=None)
    if last is not None and day < last:
        raise PlansRepoError(
            "day-before-last-move", thing=plan.title, field="on", rule=f"must be >= {last}", value=day, last=last
        )


def _acts(work: Work, course: CourseRow) -> tuple[date | None, ...]:
    """The latest letter, the latest answer and the latest meeting of a panel."""
    of_course = select(ConsultationRow.id).where(ConsultationRow.course_id == course.id)
    units = select(ConsultedUnitRow.id).where(col(ConsultedUnitRow.consultation_id).in_(of_course))
    return (
        work.session.exec(
            select(func.max(ConsultationRow.sent_on)).where(ConsultationRow.course_id == course.id)
        ).one(),
        work.session.exec(select(func.max(AnswerRow.answered_on)).where(col(AnswerRow.unit_id).in_(units))).one(),
        work.session.exec(select(func.max(PanelRow.met_on)).where(PanelRow.course_id == course.id)).one(),
    )
