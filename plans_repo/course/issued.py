"""The issued edition a deed is done for: found, visible, and of the actor's own place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import defer
from sqlmodel import col, select

from plans_repo import access, versions
from plans_repo.course import courses
from plans_repo.errors import PlansRepoError
from plans_repo.store.batches import batched
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


def issued_editions(work: Work, version_ids: Sequence[str]) -> tuple[Issued, ...]:
    """The editions of versions which the library lists as in force or to come, and so are issued and seen."""
    found: dict[str, Issued] = {}
    for some in batched(version_ids):
        query = (
            select(PlanRow, CourseRow, VersionRow)
            .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
            .join(VersionRow, col(VersionRow.course_id) == col(CourseRow.id))
            .where(col(VersionRow.id).in_(some))
            .options(defer(VersionRow.reading))  # type: ignore[arg-type]
        )
        found |= {row[2].id: Issued(plan=row[0], course=row[1], version=row[2]) for row in work.session.exec(query)}
    return tuple(found[version] for version in version_ids)


def newest_issued(work: Work, plan_id: str, action: Action, *, at_its_place: bool = True) -> Issued:
    """The newest issued edition of a plan, in force or to come; refused when there is none."""
    plan = access.visible_plan(work, plan_id, action)
    course = courses.effective(work, plan.id)
    if course is None:
        raise PlansRepoError("plan-not-issued", thing=plan.title, rule="an edition must have been issued")
    return issued(work, courses.current_version_id(work, course.id), action, at_its_place=at_its_place)
