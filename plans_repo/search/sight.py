"""Which versions a question may look at, as ranges of ordinals; everything that is counted is joined to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, func, literal, or_, select, union
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from plans_repo import access
from plans_repo.course.working_days import ZONE
from plans_repo.library import covers
from plans_repo.search.question import Question, Scope
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.search import OPEN, SearchPlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import VersionRow


def readable(here: access.Standpoint, question: Question, today: date, numbers: Sequence[int] = ()) -> CTE:
    """The versions the reader may see and asked for: *plan*, *low*, *high*, and *until*; of some plans if named.

    The last is the beginning of the next range of the plan: a text belongs to the last range that has it, so that
    nothing is counted twice. Of plans of which a person sees all, the versions are not looked at one by one, unless
    the question is about them.
    """
    near = _near(here, question, numbers)
    is_plain = not (question.state or question.since or question.until)
    points = list(_of_whole_plans(near, question.scope, today)) if is_plain else []
    points.append(_of_versions(here, near, question, today, others_only=is_plain))
    ranges = union(*points).subquery("ranges")
    following = func.lead(ranges.c.low, 1, OPEN).over(partition_by=ranges.c.plan, order_by=ranges.c.low)
    found = select(ranges.c.plan, ranges.c.low, ranges.c.high, following.label("until"))
    return found.cte("readable").prefix_with("MATERIALIZED")


def is_few(session: Session, here: access.Standpoint, question: Question, most: int) -> bool:
    """Whether the plans asked for that a person may see something of are *most* at the most."""
    near = select(col(PlanRow.id)).where(here.plans_near(), *plans_wanted(question)).limit(most + 1).subquery()
    return int(session.execute(select(func.count()).select_from(near)).scalar_one()) <= most


def _near(here: access.Standpoint, question: Question, numbers: Sequence[int]) -> CTE:
    """The plans asked for that a person may see something of, by place alone; *is_whole* where it is everything."""
    plan = SearchPlanRow.__table__.c  # type: ignore[attr-defined]
    is_whole = here.sees_all_versions()
    query = (
        select(plan.id.label("plan"), plan.plan_id, plan.newest, is_whole.label("is_whole"))
        .join(PlanRow, col(PlanRow.id) == plan.plan_id)
        .where(here.plans_near(), *plans_wanted(question))
    )
    return (query.where(plan.id.in_(numbers)) if numbers else query).cte("near").prefix_with("MATERIALIZED")


def _of_whole_plans(near: CTE, scope: Scope, today: date) -> Iterator[Select[tuple[int, int, int]]]:
    """All versions, the newest, or the last of the edition in force."""
    plan, newest = near.c.plan.label("plan"), near.c.newest
    if scope is Scope.ALL:
        yield select(plan, literal(1).label("low"), newest.label("high")).where(near.c.is_whole.is_(True))
        return
    last = _last_of_course(col(TermRow.course_id))
    yield (
        select(plan, last.label("low"), last.label("high"))
        .join(TermRow, col(TermRow.plan_id) == near.c.plan_id)
        .where(near.c.is_whole.is_(True), covers(today))
    )
    if scope is Scope.CURRENT:
        yield select(plan, newest.label("low"), newest.label("high")).where(near.c.is_whole.is_(True))


def _of_versions(
    here: access.Standpoint, near: CTE, question: Question, today: date, *, others_only: bool
) -> Select[tuple[int, int, int]]:
    """One by one the versions that are there for this person; of each edition the last, unless all are asked for."""
    ordinal = col(VersionRow.ordinal)
    is_asked: list[ColumnElement[bool]] = [col(VersionRow.course_id) == col(CourseRow.id)]
    if question.scope is not Scope.ALL:
        is_asked.append(ordinal == _last_of_course(col(CourseRow.id)))
    query = (
        select(near.c.plan.label("plan"), ordinal.label("low"), ordinal.label("high"))
        .select_from(near)
        .join(PlanRow, col(PlanRow.id) == near.c.plan_id)
        .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
        .join(VersionRow, and_(*is_asked))
        .outerjoin(TermRow, col(TermRow.course_id) == col(CourseRow.id))
        .where(here.plans_seen(), here.versions_seen(), *_in_scope(here, question.scope, today))
        .where(*_versions_wanted(question))
    )
    return query.where(near.c.is_whole.is_(False)) if others_only else query


def _last_of_course(course: Any) -> ColumnElement[int]:
    version = aliased(VersionRow)
    return select(func.max(version.ordinal)).where(col(version.course_id) == course).scalar_subquery()


def _in_scope(here: access.Standpoint, scope: Scope, today: date) -> Iterator[ColumnElement[bool]]:
    is_in_force = covers(today)
    if scope is not Scope.ALL:
        yield is_in_force if scope is Scope.IN_FORCE else or_(is_in_force, here.newest_course())


def plans_wanted(question: Question) -> Iterator[ColumnElement[bool]]:
    """The conditions on ``plan`` that a question puts."""
    if question.kind:
        yield col(PlanRow.kind) == question.kind
    if question.hazard is not None:
        yield col(PlanRow.hazard) == question.hazard
    if question.area:
        yield func.substr(col(PlanRow.area), 1, len(question.area)) == question.area


def _versions_wanted(question: Question) -> Iterator[ColumnElement[bool]]:
    if question.state:
        yield col(CourseRow.stage) == question.state
    if question.since:
        yield col(VersionRow.created_at) >= midnight(question.since)
    if question.until:
        yield col(VersionRow.created_at) < midnight(question.until, days=1)


def midnight(day: date, *, days: int = 0) -> datetime:
    """The beginning of a local day, or of one so many days later."""
    return datetime.combine(day, time(), tzinfo=ZONE) + timedelta(days=days)
