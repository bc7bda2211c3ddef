"""Terms: from when until when an edition counts, told by events and kept as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from plans_repo.course.stages import EFFECTIVE, Move
from plans_repo.course.steps import step_of
from plans_repo.course.taking import take
from plans_repo.course.term_history import FormerTrial, terms_told
from plans_repo.course.working_days import local_day
from plans_repo.store import events
from plans_repo.store.actor import SYSTEM
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import EndKind, TermRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Store, Work

__all__ = [
    "EndKind",
    "Term",
    "Validity",
    "begin",
    "carry_out",
    "close",
    "counting",
    "covers",
    "end",
    "follow_days",
    "is_anything_due",
    "of_plan",
    "of_plan_through_time",
    "of_row",
    "settle_trial",
    "term",
]

MOVE_OF = {EndKind.SUPERSEDED: Move.SUPERSEDE, EndKind.ABOLISHED: Move.ABOLISH}


class Validity(StrEnum):
    """Whether an edition counts on a day."""

    AHEAD = "ahead"  # 待实施
    IN_FORCE = "in_force"  # 现行有效
    ON_TRIAL = "on_trial"  # 试行
    TRIAL_OVER = "trial_over"  # 试行期满，尚未处理：仍有效
    SUPERSEDED = "superseded"  # 已被替代
    ABOLISHED = "abolished"  # 已废止


@dataclass(frozen=True, kw_only=True)
class Term:
    """When an edition was issued and counts: from *effective_on* on, no more from *ended_on* on.

    The end of a trial ends nothing by itself: somebody has to decide.

    >>> first, last = date(2026, 2, 1), date(2027, 1, 31)
    >>> trial = Term(course="c", issued_on=date(2026, 1, 5), effective_on=first, trial_until=last)
    >>> [trial.on(day).value for day in (date(2026, 1, 31), first, last, date(2027, 2, 1))]
    ['ahead', 'on_trial', 'on_trial', 'trial_over']
    >>> trial.covers(date(2030, 1, 1))
    True

    *former* says how the trial stood before it was extended or made permanent, so that a day of then is told as it was;
    *entered_on* is the day on which the edition was entered here, which may lie after its day of issue. Both are
    None or empty where only today is asked about.

    >>> made = FormerTrial(until=last, decided_on=date(2027, 1, 10))
    >>> now = Term(course="c", issued_on=date(2026, 1, 5), effective_on=first, former=(made,))
    >>> now.on(first).value, now.on(date(2027, 1, 10)).value
    ('on_trial', 'in_force')
    """

    course: str
    issued_on: date
    effective_on: date
    trial_until: date | None = None
    ended_on: date | None = None
    end_kind: EndKind | None = None
    entered_on: date | None = None
    former: tuple[FormerTrial, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether the edition counts on *day*."""
        return self.effective_on <= day and (self.ended_on is None or day < self.ended_on)

    def on(self, day: date) -> Validity:
        """How it stands on *day*."""
        if self.ended_on is not None and day >= self.ended_on:
            return Validity.ABOLISHED if self.end_kind is EndKind.ABOLISHED else Validity.SUPERSEDED
        if day < self.effective_on:
            return Validity.AHEAD
        until = self.trial_until_on(day)
        if until is None:
            return Validity.IN_FORCE
        return Validity.ON_TRIAL if day <= until else Validity.TRIAL_OVER

    def trial_until_on(self, day: date) -> date | None:
        """The last day of the trial as it stood on *day*; None where the edition counted for good."""
        return next((one.until for one in self.former if day < one.decided_on), self.trial_until)

    @property
    def is_entered_late(self) -> bool:
        """Whether it was entered here after its day of issue."""
        return self.entered_on is not None and self.entered_on > self.issued_on


def counting(terms: Iterable[Term], day: date) -> Term | None:
    """The one term of a plan that covers *day*, or None."""
    return next((term for term in terms if term.covers(day)), None)


def term(work: Work, course: str) -> Term | None:
    """The term of an edition; None before issue."""
    row = work.session.get(TermRow, course)
    return of_row(row) if row else None


def covers(day: date) -> ColumnElement[bool]:
    """The condition on ``term``: the text of the edition counts on that day."""
    begun = col(TermRow.effective_on) <= day
    return and_(begun, or_(col(TermRow.ended_on).is_(None), col(TermRow.ended_on) > day))


def of_plan(work: Work, plan: str) -> tuple[Term, ...]:
    """The terms of all editions of a plan, in the order of their courses."""
    rows = work.session.exec(
        select(TermRow)
        .join(CourseRow, col(CourseRow.id) == col(TermRow.course_id))
        .where(TermRow.plan_id == plan)
        .order_by(col(CourseRow.ordinal))
    )
    return tuple(map(of_row, rows))


def of_plan_through_time(work: Work, plan: str) -> tuple[Term, ...]:
    """As ``of_plan``, each with the day of its entry and its former trials: for asking about days gone by."""
    told = terms_told(work, plan)
    return tuple(
        replace(term, entered_on=told[term.course].entered_on, former=told[term.course].former)
        if term.course in told
        else term
        for term in of_plan(work, plan)
    )


def begin(work: Work, plan: PlanRow, course: CourseRow, *, effective_on: date, trial_until: date | None) -> Term:
    """An edition that has been issued counts from a day on."""
    assert course.issued_on is not None
    row = TermRow(
        course_id=course.id,
        plan_id=plan.id,
        issued_on=course.issued_on,
        effective_on=effective_on,
        trial_until=trial_until,
    )
    work.session.add(row)
    work.session.flush()
    payload = {
        "course": course.id,
        "issued_on": course.issued_on,
        "effective_on": effective_on,
        "trial_until": trial_until,
    }
    events.record(work, events.chain_of_plan(plan.id), "term-begun", payload)
    return of_row(row)


def end(work: Work, plan: PlanRow, course: CourseRow, on: date, kind: EndKind) -> None:
    """An edition counts no more from *on*; one that never came into force ends on the day it would have."""
    row = work.session.get_one(TermRow, course.id)
    day = max(on, row.effective_on)
    if row.ended_on is not None and row.ended_on <= day:
        return
    row.ended_on, row.end_kind = day, kind
    work.session.flush()
    payload = {"course": course.id, "ended_on": day, "kind": kind}
    events.record(work, events.chain_of_plan(plan.id), "term-ended", payload)


def settle_trial(work: Work, plan: PlanRow, course: str, trial_until: date | None) -> None:
    """The trial of an edition goes on until another day, or is over and the edition counts for good."""
    row = work.session.get_one(TermRow, course)
    row.trial_until = trial_until
    work.session.flush()
    payload = {"course": course, "trial_until": trial_until}
    events.record(work, events.chain_of_plan(plan.id), "trial-settled", payload)


def is_anything_due(work: Work) -> bool:
    """Whether an edition has ended whose stage does not say so yet."""
    return work.session.exec(_due(local_day(work.now)).limit(1)).first() is not None


def carry_out(work: Work, plan: str = "") -> int:
    """Let the stages follow the days: editions whose last day has passed are superseded or abolished; says how many.

    Which text counts on a day is told by the terms alone and does not wait for this.
    """
    query = _due(local_day(work.now))
    rows = work.session.exec(query.where(TermRow.plan_id == plan) if plan else query).all()
    for row in rows:
        course = work.session.get_one(CourseRow, row.course_id)
        assert row.end_kind is not None
        assert row.ended_on is not None
        close(work, work.session.get_one(PlanRow, row.plan_id), course, row.end_kind, row.ended_on)
    return len(rows)


def follow_days(store: Store) -> int:
    """``carry_out`` in the name of the installation, where anything is due."""
    with store.reading(SYSTEM) as work:
        if not is_anything_due(work):
            return 0
    with store.work(SYSTEM) as work:
        return carry_out(work)


def close(work: Work, plan: PlanRow, course: CourseRow, kind: EndKind, on: date, reason: str = "") -> None:
    """Make the move that ends an edition, its conditions having been checked."""
    step = step_of(MOVE_OF[kind], course.stage)
    if step is not None:
        newest = select(VersionRow).where(VersionRow.course_id == course.id).order_by(col(VersionRow.ordinal).desc())
        take(work, plan, course, work.session.exec(newest.limit(1)).one(), step, reason, on)


def _due(today: date):  # type: ignore[no-untyped-def]  # SQLModel's own type of a select is not public
    return (
        select(TermRow)
        .join(CourseRow, col(CourseRow.id) == col(TermRow.course_id))
        .where(col(TermRow.ended_on) <= today, col(CourseRow.stage).in_(EFFECTIVE))
        .order_by(col(TermRow.ended_on), col(TermRow.course_id))
    )


def of_row(row: TermRow) -> Term:
    """The term a row keeps."""
    return Term(
        course=row.course_id,
        issued_on=row.issued_on,
        effective_on=row.effective_on,
        trial_until=row.trial_until,
        ended_on=row.ended_on,
        end_kind=row.end_kind,
    )
