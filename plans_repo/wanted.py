"""What of the library is asked for: filters as the database understands them, and the groups its counters count."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlmodel import col

from plans_repo import late_evaluations
from plans_repo.course.stages import CLOSED, EFFECTIVE, SIGNING, Stage
from plans_repo.course.terms import covers
from plans_repo.course.working_days import local_day
from plans_repo.search.subjects import is_about
from plans_repo.standpoint import Standpoint
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.work import Work

NOBODY = "none"
"""In the place of a maker: plans that belong to no body."""


class Group(StrEnum):
    """What a counter of the library counts."""

    IN_FORCE = "in_force"  # an edition counts today
    IN_WORK = "in_work"  # the newest edition is not issued yet, or there is none
    SIGNING = "signing"  # the newest edition is being signed
    EVALUATION_LATE = "evaluation_late"  # in force, and its evaluation is overdue


class Order(StrEnum):
    """In which order the list stands."""

    TITLE = "title"
    NUMBER = "number"  # of the edition in force, or the first one to come
    ISSUED = "issued"  # the latest first
    ISSUED_FIRST = "issued_first"  # the earliest first
    EVALUATION = "evaluation"  # what is due first
    STATE = "state"  # where the newest edition stands, in the order of the life cycle


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of the library is asked for; what is left empty does not matter."""

    text: str = ""
    kind: PlanKind | None = None
    subject: str = ""
    state: Stage | None = None
    area: str = ""
    organisation: str = ""
    group: Group | None = None
    order: Order = Order.TITLE

    def conditions(self, here: Standpoint) -> Iterator[ColumnElement[bool]]:
        """Kind, subject, area and maker; a joint plan lies in the areas of all its sides."""
        if self.kind:
            yield col(PlanRow.kind) == self.kind
        if self.subject:
            yield is_about(self.subject)
        if self.area:
            yield here.lies_in(self.area)
        if self.organisation == NOBODY:
            yield col(PlanRow.organisation_id).is_(None)
        elif self.organisation:
            yield col(PlanRow.organisation_id) == self.organisation

    def has_words(self, title: str, number: str) -> bool:
        """Whether a title and the number of the edition in force have every word."""
        told = _key(f"{title} {number}")
        return all(word in told for word in _key(self.text).split())


def fitting(work: Work, here: Standpoint, wanted: Wanted) -> ColumnElement[bool]:
    """The condition on ``plan``: the actor sees it and all fits but the words, for which see ``with_words``."""
    plan = col(PlanRow.id)
    parts = [here.plans_seen(), *wanted.conditions(here)]
    if wanted.state is not None:
        parts.append(plan.in_(_standing_at(work, here, wanted.state)))
    if wanted.group is Group.EVALUATION_LATE:
        parts.append(plan.in_(sorted(late_evaluations.late_plans(work))))
    elif wanted.group is not None:
        parts.append(_in_group(newest_of_each(work, here), wanted.group))
    return and_(*parts)


def with_words(work: Work, here: Standpoint, wanted: Wanted, filtered: ColumnElement[bool]) -> list[str]:
    """The plans of *filtered* with every word in title or number, by title."""
    plan, course = PlanRow.__table__.c, CourseRow.__table__.c  # type: ignore[attr-defined]
    numbers = (
        select(course.plan_id, course.document_number)
        .join_from(TermRow, CourseRow, course.id == col(TermRow.course_id))
        .join(PlanRow, plan.id == course.plan_id)
        .where(covers(local_day(work.now)), filtered, here.courses_seen(), course.document_number != "")
        .order_by(course.ordinal)
    )
    titles = select(plan.id, plan.title).where(filtered).order_by(plan.title, plan.id)
    number_of = {row[0]: row[1] for row in work.session.execute(numbers)}
    named = work.session.execute(titles)
    return [ident for ident, title in named if wanted.has_words(title, number_of.get(ident, ""))]


def newest_of_each(work: Work, here: Standpoint) -> Subquery:
    """Of each plan with a course the ordinals of its newest one, of the newest in force, issued, being signed; or 0."""
    course = CourseRow.__table__.c  # type: ignore[attr-defined]

    def newest(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((condition, course.ordinal), else_=0))

    return (
        select(
            course.plan_id.label("plan"),
            func.max(course.ordinal).label("newest"),
            newest(covers(local_day(work.now))).label("in_force"),
            newest(course.stage.in_(sorted(EFFECTIVE | CLOSED))).label("issued"),
            newest(course.stage.in_(sorted(SIGNING))).label("signing"),
        )
        .select_from(CourseRow)
        .join(PlanRow, col(PlanRow.id) == course.plan_id)
        .outerjoin(TermRow, col(TermRow.course_id) == course.id)
        .where(here.courses_seen())
        .group_by(course.plan_id)
        .subquery()
    )


def is_in_force(of_plan: Subquery) -> ColumnElement[bool]:
    """A plan of ``newest_of_each`` counts today."""
    return of_plan.c.in_force > 0


def is_settled(of_plan: Subquery) -> ColumnElement[bool]:
    """Nobody is at work on it: its newest edition was issued, counting already, still to come or ended."""
    return of_plan.c.issued == of_plan.c.newest


def is_being_signed(of_plan: Subquery) -> ColumnElement[bool]:
    """Its newest edition is being signed."""
    return of_plan.c.signing == of_plan.c.newest


def _in_group(of_plan: Subquery, group: Group) -> ColumnElement[bool]:
    condition = {Group.IN_FORCE: is_in_force, Group.IN_WORK: is_settled, Group.SIGNING: is_being_signed}[group]
    found = col(PlanRow.id).in_(select(of_plan.c.plan).where(condition(of_plan)))
    return ~found if group is Group.IN_WORK else found


def _standing_at(work: Work, here: Standpoint, state: Stage) -> Select[tuple[str]]:
    """The plans whose newest edition, or the one in force, stands at *state*."""
    course = CourseRow.__table__.c  # type: ignore[attr-defined]
    return (
        select(course.plan_id)
        .join_from(CourseRow, PlanRow, col(PlanRow.id) == course.plan_id)
        .outerjoin(TermRow, col(TermRow.course_id) == course.id)
        .where(course.stage == state, here.courses_seen())
        .where(or_(covers(local_day(work.now)), here.newest_course()))
    )


def _key(text: str) -> str:
    """Text as it is searched: width and case do not matter."""
    return unicodedata.normalize("NFKC", text or "").casefold()
