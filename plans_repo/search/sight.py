"""Which versions a question may look at, as ranges of ordinals; everything that is counted is joined to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CTE, Boolean, ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col

from plans_repo.course.terms import covers
from plans_repo.course.working_days import ZONE
from plans_repo.search.question import Question, Scope
from plans_repo.search.subjects import is_about
from plans_repo.standpoint import Standpoint
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.search import OPEN, SearchCourseRow, SearchPlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import VersionRow


def readable(here: Standpoint, question: Question, today: date, numbers: Sequence[int] = ()) -> CTE:
    """The versions the reader may see and asked for: *plan*, *low*, *high*, and *until*; of some plans if named.

    The last is the beginning of the next range of the plan: a text belongs to the last range that has it, so that
    nothing is counted twice. Of plans of which a person sees all, the versions are not looked at one by one, unless
    the question is about them.
    """
    near = _near(here, question, numbers)
    is_plain = not (question.state or question.since or question.until)
    ranges = list(_of_whole_plans(near, question.scope, today)) if is_plain else []
    ranges.append(_of_versions(here, near, question, today, others_only=is_plain))
    return union_all(*ranges).cte("readable").prefix_with("MATERIALIZED")


def is_few(session: Session, here: Standpoint, question: Question, most: int) -> bool:
    """Whether the plans asked for that a person may see something of are *most* at the most."""
    near = select(col(PlanRow.id)).where(here.plans_near(), *plans_wanted(here, question)).limit(most + 1).subquery()
    return int(session.execute(select(func.count()).select_from(near)).scalar_one()) <= most


def _near(here: Standpoint, question: Question, numbers: Sequence[int]) -> CTE:
    """The plans asked for that a person may see something of, by place alone; *is_whole* where it is everything."""
    plan = SearchPlanRow.__table__.c  # type: ignore[attr-defined]
    is_whole = here.sees_all_versions()
    query = (
        select(plan.id.label("plan"), plan.plan_id, plan.newest, is_whole.label("is_whole"))
        .join(PlanRow, col(PlanRow.id) == plan.plan_id)
        .where(here.plans_near(), *plans_wanted(here, question))
    )
    return (query.where(plan.id.in_(numbers)) if numbers else query).cte("near").prefix_with("MATERIALIZED")


def _of_whole_plans(near: CTE, scope: Scope, today: date) -> Iterator[Select[Any]]:
    """All versions, the newest, or the last of the edition in force; the newest need not be looked at twice."""
    if scope is not Scope.IN_FORCE:
        low = literal(1) if scope is Scope.ALL else near.c.newest
        yield select(*_range(near.c.plan, low, near.c.newest), literal(OPEN).label("until")).where(near.c.is_whole)
    if scope is not Scope.ALL:
        yield _of_editions_in_force(near, today, or_newest=scope is Scope.CURRENT)


def _of_editions_in_force(near: CTE, today: date, *, or_newest: bool) -> Select[Any]:
    """The last version of the edition in force; with *or_newest* where the newest of the plan is another."""
    last = col(SearchCourseRow.last)
    following = near.c.newest if or_newest else literal(OPEN)
    until = func.lead(last, 1, following).over(partition_by=near.c.plan, order_by=last)
    query = (
        select(*_range(near.c.plan, last, last), until.label("until"))
        .select_from(near)
        .join(TermRow, _in_sqlite_also(near.c.plan_id))
        .join(
            SearchCourseRow,
            and_(col(SearchCourseRow.plan) == near.c.plan, col(SearchCourseRow.course_id) == col(TermRow.course_id)),
        )
        .where(near.c.is_whole, covers(today))
    )
    return query.where(last < near.c.newest) if or_newest else query


class _same_in_sqlite(FunctionElement[bool]):  # noqa: N801 - reads like a function of the database
    """What another condition says already, said again to SQLite; to PostgreSQL it is nothing but true."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """As it is: with "= 1" behind it, which is put there for SQLite, no index would be found for it."""
        return self


@compiles(_same_in_sqlite, "sqlite")
def _said_again(element: _same_in_sqlite, compiler: Any, **more: Any) -> str:
    one, other = (compiler.process(clause, **more) for clause in element.clauses)
    return f"({one} = {other})"


@compiles(_same_in_sqlite, "postgresql")
def _left_out(element: _same_in_sqlite, compiler: Any, **more: Any) -> str:
    return "true"


def _in_sqlite_also(plan: ColumnElement[str]) -> ColumnElement[bool]:
    """That a term is one of the plan, as its course is: SQLite, beginning with the terms, then finds the next by it.

    Without it a store whose statistics are old is gone through once for every plan; PostgreSQL finds its way anyhow,
    and would only check the same twice.
    """
    return _same_in_sqlite(col(TermRow.plan_id), plan)


def _of_versions(here: Standpoint, near: CTE, question: Question, today: date, *, others_only: bool) -> Select[Any]:
    """One by one the versions that are there for this person; of each edition the last, unless all are asked for."""
    ordinal = col(VersionRow.ordinal)
    is_asked: list[ColumnElement[bool]] = [col(VersionRow.course_id) == col(CourseRow.id)]
    if question.scope is not Scope.ALL:
        is_asked.append(ordinal == _last_of_course(col(CourseRow.id)))
    until = func.lead(ordinal, 1, OPEN).over(partition_by=near.c.plan, order_by=ordinal)
    query = (
        select(*_range(near.c.plan, ordinal, ordinal), until.label("until"))
        .select_from(near)
        .join(PlanRow, col(PlanRow.id) == near.c.plan_id)
        .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
        .join(VersionRow, and_(*is_asked))
        .outerjoin(TermRow, col(TermRow.course_id) == col(CourseRow.id))
        .where(here.plans_seen(), here.versions_seen(), *_in_scope(here, question.scope, today))
        .where(*_versions_wanted(question))
    )
    return query.where(near.c.is_whole.is_(False)) if others_only else query


def _range(plan: Any, low: Any, high: Any) -> tuple[Any, ...]:
    return plan.label("plan"), low.label("low"), high.label("high")


def _last_of_course(course: Any) -> ColumnElement[int]:
    version = aliased(VersionRow)
    return select(func.max(version.ordinal)).where(col(version.course_id) == course).scalar_subquery()


def _in_scope(here: Standpoint, scope: Scope, today: date) -> Iterator[ColumnElement[bool]]:
    is_in_force = covers(today)
    if scope is not Scope.ALL:
        yield is_in_force if scope is Scope.IN_FORCE else or_(is_in_force, here.newest_course())


def plans_wanted(here: Standpoint, question: Question) -> Iterator[ColumnElement[bool]]:
    """The conditions on ``plan`` that a question puts; a joint plan lies in the areas of all its sides."""
    if question.kind:
        yield col(PlanRow.kind) == question.kind
    if question.subject:
        yield is_about(question.subject)
    if question.area:
        yield here.lies_in(question.area)


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
