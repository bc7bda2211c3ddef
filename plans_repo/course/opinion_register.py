"""Every opinion on an edition in one list: of the units asked, of the public, of the experts."""

from __future__ import annotations

from datetime import date

from sqlmodel import func, select

from plans_repo.course import consultation, votes
from plans_repo.course.opening import found, next_ordinal, written
from plans_repo.course.opinions import Opinion, Treated, treated
from plans_repo.course.words import Treatment
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import events
from plans_repo.store.tables.consultations import TreatmentRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.work import Work


def opinions(work: Work, version_id: str) -> tuple[Opinion, ...]:
    """Every opinion on the edition a version belongs to, in the order of units and experts; for those who write it."""
    _plan, course, _version = found(work, version_id)
    consultation.require_whole_sight(work, version_id)
    return opinions_of(work, course)


def opinions_of(work: Work, course: CourseRow) -> tuple[Opinion, ...]:
    """As ``opinions``, for a caller that has asked for permission."""
    return (*consultation.opinions_of(work, course), *votes.opinions_of(work, course))


def treat(
    work: Work,
    version_id: str,
    opinion_id: str,
    treatment: Treatment,
    *,
    reason: str = "",
    is_disputed: bool = False,
    resolution: str = "",
    resolved_on: date | None = None,
) -> Treated:
    """Say what becomes of an opinion; what is not or only partly adopted needs a reason."""
    plan, course, _version = written(work, version_id)
    if opinion_id not in {opinion.id for opinion in opinions_of(work, course)}:
        raise NotFound("opinion-unknown", thing=plan.title, field="opinion", value=opinion_id)
    if treatment is not Treatment.ADOPTED and not reason.strip():
        raise PlansRepoError("treatment-without-reason", thing=plan.title, field="reason", rule="must be given")
    settled_on = (resolved_on or local_day(work.now)) if resolution.strip() else None
    row = TreatmentRow(
        id=work.new_id(),
        ordinal=next_ordinal(work, select(func.max(TreatmentRow.ordinal)).where(TreatmentRow.course_id == course.id)),
        course_id=course.id,
        opinion_id=opinion_id,
        treatment=treatment,
        reason=reason.strip()[:2000],
        is_disputed=is_disputed or bool(resolution.strip()),
        resolution=resolution.strip()[:2000],
        resolved_on=settled_on,
        made_at=work.now,
        made_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload = {"course": course.id, "opinion": opinion_id, "treatment": treatment}
    events.record(work, events.chain_of_plan(plan.id), "opinion-treated", payload)
    return treated(row)
