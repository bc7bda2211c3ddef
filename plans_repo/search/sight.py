"""Which versions a question may look at, as ranges of ordinals; everything that is counted is joined to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import CTE, ColumnElement, Select, func, literal, not_, or_, select, union_all
from sqlmodel import col

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
    nothing is counted twice.
    """
    if question.scope is not Scope.ALL or question.state or question.since or question.until:
        points = _of(numbers, _versions(here, question, today))
    else:  # of plans of which a person sees all, the versions need not be looked at one by one
        others = _versions(here, question, today).where(not_(here.sees_all_versions()))
        points = union_all(_of(numbers, _whole_plans(here, question)), _of(numbers, others))  # type: ignore[assignment]
    ranges = points.subquery("ranges")
    following = func.lead(ranges.c.low, 1, OPEN).over(partition_by=ranges.c.plan, order_by=ranges.c.low)
    return select(ranges.c.plan, ranges.c.low, ranges.c.high, following.label("until")).cte("readable")


def _of(numbers: Sequence[int], query: Select[tuple[int, int, int]]) -> Select[tuple[int, int, int]]:
    return query.where(col(SearchPlanRow.id).in_(numbers)) if numbers else query


def _whole_plans(here: access.Standpoint, question: Question) -> Select[tuple[int, int, int]]:
    plan = SearchPlanRow.__table__.c  # type: ignore[attr-defined]
    return (
        select(plan.id.label("plan"), literal(1).label("low"), plan.newest.label("high"))
        .join(PlanRow, col(PlanRow.id) == plan.plan_id)
        .where(here.sees_all_versions(), *_plans_wanted(question))
    )


def _versions(here: access.Standpoint, question: Question, today: date) -> Select[tuple[int, int, int]]:
    plan = SearchPlanRow.__table__.c  # type: ignore[attr-defined]
    ordinal = col(VersionRow.ordinal)
    return (
        select(plan.id.label("plan"), ordinal.label("low"), ordinal.label("high"))
        .select_from(PlanRow)
        .join(SearchPlanRow, plan.plan_id == col(PlanRow.id))
        .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
        .join(VersionRow, col(VersionRow.course_id) == col(CourseRow.id))
        .outerjoin(TermRow, col(TermRow.course_id) == col(CourseRow.id))
        .where(here.plans_seen(), here.versions_seen(), *_in_scope(here, question.scope, today))
        .where(*_plans_wanted(question), *_versions_wanted(question))
    )


def _in_scope(here: access.Standpoint, scope: Scope, today: date) -> Iterator[ColumnElement[bool]]:
    is_in_force = covers(today)
    if scope is not Scope.ALL:
        yield access.is_newest_of_course()
        yield is_in_force if scope is Scope.IN_FORCE else or_(is_in_force, here.newest_course())


def _plans_wanted(question: Question) -> Iterator[ColumnElement[bool]]:
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
        yield col(VersionRow.created_at) >= _midnight(question.since)
    if question.until:
        yield col(VersionRow.created_at) < _midnight(question.until) + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE)
