"""Open the course a version belongs to, as far as the actor may see it."""

from __future__ import annotations

from typing import Any

from sqlmodel.sql.expression import SelectOfScalar

from plans_repo import access, versions
from plans_repo.course import courses
from plans_repo.errors import PlansRepoError, StaleRevision
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

Opened = tuple[PlanRow, CourseRow, VersionRow]


def found(work: Work, version_id: str, action: Action = Action.READ_PLAN) -> Opened:
    """Plan, course and version, if the actor may do *action* and see them."""
    row = work.session.get(VersionRow, version_id)
    if row is None:
        raise versions.unknown(version_id)
    version = versions.version_row(work, row.plan_id, version_id, action)
    plan = work.session.get_one(PlanRow, version.plan_id)
    return plan, work.session.get_one(CourseRow, version.course_id), version


def written(work: Work, version_id: str) -> Opened:
    """As ``found``, for those who write the plan, and only for its present text."""
    plan, course, version = found(work, version_id, Action.EDIT_PLAN)
    access.changeable_plan(work, plan.id)
    if courses.current_version_id(work, course.id) != version.id:
        raise StaleRevision("version-outdated", thing=plan.title, value=version.label)
    return plan, course, version


def need(thing: str, field: str, words: str) -> str:
    """The words without blanks around them; refused when there are none."""
    if not words.strip():
        raise PlansRepoError("field-missing", thing=thing, field=field, rule="must be given")
    return words.strip()


def next_ordinal(work: Work, last: SelectOfScalar[Any]) -> int:
    """The place of the next of several rows of which the last counts; *last* asks for the highest place so far."""
    return (work.session.exec(last).one() or 0) + 1
