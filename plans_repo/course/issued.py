"""The issued edition a deed is done for: found, visible, and of the actor's own place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans_repo import access, versions
from plans_repo.course import courses
from plans_repo.errors import PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Issued:
    """The rows of an issued edition; for services only."""

    plan: PlanRow
    course: CourseRow
    version: VersionRow

    @property
    def issued_on(self) -> date:
        """The day of issue."""
        assert self.course.issued_on is not None
        return self.course.issued_on


def issued(work: Work, version_id: str, action: Action, *, at_its_place: bool = True) -> Issued:
    """The edition, if the actor may do *action* with it; refused while its text has not been issued.

    With *at_its_place* only people of the plan's own area act on it.
    """
    row = work.session.get(VersionRow, version_id)
    if row is None:
        raise versions.unknown(version_id)
    version = versions.version_row(work, row.plan_id, version_id, action)
    plan = work.session.get_one(PlanRow, version.plan_id)
    course = work.session.get_one(CourseRow, version.course_id)
    if at_its_place:
        access.require_place(work, plan, action)
    if course.issued_on is None or courses.current_version_id(work, course.id) != version.id:
        raise PlansRepoError("edition-not-issued", thing=plan.title, value=version.label, stage=course.stage.value)
    return Issued(plan=plan, course=course, version=version)


def newest_issued(work: Work, plan_id: str, action: Action, *, at_its_place: bool = True) -> Issued:
    """The newest issued edition of a plan, in force or to come; refused when there is none."""
    plan = access.visible_plan(work, plan_id, action)
    course = courses.effective(work, plan.id)
    if course is None:
        raise PlansRepoError("plan-not-issued", thing=plan.title, rule="an edition must have been issued")
    return issued(work, courses.current_version_id(work, course.id), action, at_its_place=at_its_place)
