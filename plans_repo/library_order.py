"""The order of the library's list: by title, number, day of issue, next evaluation or state, over all its pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlmodel import col

from plans_repo.course.stages import Stage
from plans_repo.course.terms import covers
from plans_repo.course.working_days import local_day
from plans_repo.evaluation_clock import Subject, evaluation_clock
from plans_repo.standpoint import Standpoint
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.work import Work
from plans_repo.wanted import Order

DESCENDING = frozenset({Order.ISSUED})
"""The orders that begin with the latest."""
STATES = {stage: place for place, stage in enumerate(Stage)}
"""The states in the order of the life cycle."""
_DIGITS = re.compile(r"(\d+)")


def ordered(work: Work, here: Standpoint, order: Order, filtered: ColumnElement[bool]) -> list[str]:
    """The plans that fit in their order; those without what they are ordered by come last, all else equal by title.

    Numbers are compared as numbers, so that 9号 stands before 31号.
    """
    keys = _KEYS[order](work, here, filtered)
    titled = select(col(PlanRow.id)).where(filtered).order_by(col(PlanRow.title), col(PlanRow.id))
    found = list(work.session.execute(titled).scalars())
    first = sorted((one for one in found if one in keys), key=keys.__getitem__, reverse=order in DESCENDING)
    return first + [one for one in found if one not in keys]


def _edition(work: Work, here: Standpoint, filtered: ColumnElement[bool], *told: Any) -> dict[str, Any]:
    """By plan what is *told* of its edition in force, or of the first one while it is still to come."""
    today, course = local_day(work.now), _courses()
    counts = covers(today)
    ends = col(TermRow.ended_on)
    comes = and_(col(TermRow.effective_on) > today, or_(ends.is_(None), ends != col(TermRow.effective_on)))
    query = (
        _of_plans(here, filtered, course.plan_id, counts, *told)
        .join(TermRow, col(TermRow.course_id) == course.id)
        .where(or_(counts, comes))
    )
    found: dict[str, Any] = {}
    in_force: set[str] = set()
    for plan, is_counting, *facts in work.session.execute(query):
        if is_counting or plan not in in_force:
            found[plan] = facts[0]
        if is_counting:
            in_force.add(plan)
    return {plan: fact for plan, fact in found.items() if fact}


def _of_plans(here: Standpoint, filtered: ColumnElement[bool], *told: Any) -> Select[Any]:
    """What is told of the courses that are seen of the plans that fit, the oldest first."""
    course = _courses()
    return (
        select(*told)
        .join_from(CourseRow, PlanRow, col(PlanRow.id) == course.plan_id)
        .where(filtered, here.courses_seen())
        .order_by(course.ordinal)
    )


def _numbers(work: Work, here: Standpoint, filtered: ColumnElement[bool]) -> dict[str, Any]:
    """The number cut at its digits: 青政办发〔2026〕9号 → 青政办发〔, 2026, 〕, 9, 号."""
    found = _edition(work, here, filtered, _courses().document_number)
    return {plan: _cut(number) for plan, number in found.items()}


def _cut(number: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in _DIGITS.split(number))


def _issues(work: Work, here: Standpoint, filtered: ColumnElement[bool]) -> dict[str, Any]:
    return _edition(work, here, filtered, _courses().issued_on)


def _evaluations(work: Work, here: Standpoint, filtered: ColumnElement[bool]) -> dict[str, Any]:
    """The day by which each plan in force must be evaluated, by the strictest rule that holds for it."""
    clock, course = evaluation_clock(work), _courses()
    about = (col(PlanRow.kind), col(PlanRow.organisation_id), col(PlanRow.area))
    query = (
        _of_plans(here, filtered, course.plan_id, course.id, course.issued_on, *about)
        .join(TermRow, col(TermRow.course_id) == course.id)
        .where(covers(local_day(work.now)), course.issued_on.is_not(None))
    )
    return {
        plan: clock.due_on(Subject(kind=kind, organisation=body, area=area), edition, issued_on)
        for plan, edition, issued_on, kind, body, area in work.session.execute(query)
    }


def _states(work: Work, here: Standpoint, filtered: ColumnElement[bool]) -> dict[str, Any]:
    """Where the newest edition of each stands, as a place in the life cycle."""
    course = _courses()
    query = _of_plans(here, filtered, course.plan_id, course.stage).where(here.newest_course())
    return {plan: STATES[stage] for plan, stage in work.session.execute(query)}


def _courses() -> Any:
    return CourseRow.__table__.c  # type: ignore[attr-defined]


_KEYS: dict[Order, Callable[[Work, Standpoint, ColumnElement[bool]], dict[str, Any]]] = {
    Order.NUMBER: _numbers,
    Order.ISSUED: _issues,
    Order.ISSUED_FIRST: _issues,
    Order.EVALUATION: _evaluations,
    Order.STATE: _states,
}
