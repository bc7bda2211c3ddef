"""The clocks a move starts and stops, in working days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo.course.stages import ClockKind, Move, Step
from plans_repo.course.working_days import Calendar, DueDay, calendar
from plans_repo.filing import rules
from plans_repo.store import events
from plans_repo.store.actor import SYSTEM
from plans_repo.store.tables.courses import CourseRow, DeadlineRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Store, Work

FIXED = frozenset({ClockKind.TRIAL})
"""Clocks that end on a day somebody has fixed."""

COUNTED_FROM = {Move.ISSUE: "issue", Move.PUBLISH: "publication", Move.FILE: "sending"}
"""The word of the rules for the day on which a move is made."""


@dataclass(frozen=True, kw_only=True)
class Recounted:
    """A running clock whose last day another calendar moved."""

    plan: str
    title: str
    kind: ClockKind
    due_before: date
    due_on: date


def start_clocks(work: Work, course: CourseRow, step: Step, day: date) -> None:
    """Start the clocks of a move made on *day*: those that the rules of the plan count from it."""
    plan = work.session.get_one(PlanRow, course.plan_id)
    for kind in step.starts:
        limit = rules.limit(work, kind, plan)
        if limit is not None and limit.starts == COUNTED_FROM.get(step.move):
            start(work, course, kind, day, limit.working_days)


def start(work: Work, course: CourseRow, kind: ClockKind, day: date, working_days: int) -> None:
    """Start a clock that ends after so many working days."""
    due = calendar(work).after(day, working_days)
    _keep(work, course, kind, day, due, working_days)


def start_until(work: Work, course: CourseRow, kind: ClockKind, day: date, due_on: date) -> None:
    """Start a clock that ends on a day somebody has fixed."""
    _keep(work, course, kind, day, DueDay(on=due_on, is_provisional=False))


def stop_clocks(work: Work, course: CourseRow, step: Step, day: date) -> None:
    """Stop those a move ends, as done on *day*."""
    for row in work.session.exec(select(DeadlineRow).where(DeadlineRow.course_id == course.id)):
        if row.kind in step.stops and row.done_on is None:
            row.done_on, row.stopped_by = day, step.move


def stop(work: Work, course_id: str, kind: ClockKind, day: date) -> None:
    """Stop a clock that no move ends."""
    for row in work.session.exec(select(DeadlineRow).where(DeadlineRow.course_id == course_id)):
        if row.kind is kind and row.done_on is None:
            row.done_on = day


def provisional(work: Work) -> dict[int, int]:
    """How many running clocks end in each year whose days off nobody has entered yet, by year."""
    running = select(DeadlineRow).where(col(DeadlineRow.done_on).is_(None), col(DeadlineRow.is_provisional))
    return dict(sorted(Counter(row.due_on.year for row in work.session.exec(running)).items()))


def recount(work: Work, before: Calendar) -> tuple[Recounted, ...]:
    """Count the running clocks anew that were counted with the calendar *before*; those that moved, earliest first."""
    running = select(DeadlineRow).where(col(DeadlineRow.done_on).is_(None))
    rows = [row for row in work.session.exec(running) if row.kind not in FIXED]
    lengths = ((row, _length(row, before)) for row in rows)
    return _count_anew(work, ((row, length) for row, length in lengths if length is not None))


def follow_calendar(store: Store) -> int:
    """Count the running clocks anew whose year the calendar has come to know, as a newer release does; how many.

    A clock kept by a release that did not write down how many days it runs stays as it was counted.
    """
    with store.reading(SYSTEM) as work:
        if not _now_known(work):
            return 0
    with store.work(SYSTEM) as work:
        known = _now_known(work)
        moved = _count_anew(work, known)
        told = [[one.plan, one.kind.value, one.due_before.isoformat(), one.due_on.isoformat()] for one in moved]
        events.record(work, "calendar", "limits-counted-anew", {"moved": told})
        return len(known)


def _now_known(work: Work) -> list[tuple[DeadlineRow, int]]:
    """The running clocks that were counted provisionally and no longer need to be, with the working days they run."""
    running = select(DeadlineRow).where(
        col(DeadlineRow.done_on).is_(None),
        col(DeadlineRow.is_provisional),
        col(DeadlineRow.working_days).is_not(None),
    )
    now, found = calendar(work), []
    for row in work.session.exec(running):
        if row.working_days is not None and not now.after(row.from_on, row.working_days).is_provisional:
            found.append((row, row.working_days))
    return found


def _length(row: DeadlineRow, before: Calendar) -> int | None:
    """How many working days a clock runs; one that does not say was counted with *before*, or nobody can tell."""
    if row.working_days is not None:
        return row.working_days
    length = before.between(row.from_on, row.due_on)
    return length if before.after(row.from_on, length).is_provisional == row.is_provisional else None


def _count_anew(work: Work, counted: Iterable[tuple[DeadlineRow, int]]) -> tuple[Recounted, ...]:
    now, moved = calendar(work), []
    for row, working_days in counted:
        due = now.after(row.from_on, working_days)
        if due.on != row.due_on:
            moved.append(_recounted(work, row, due.on))
        row.due_on, row.is_provisional, row.working_days = due.on, due.is_provisional, working_days
    return tuple(sorted(moved, key=lambda one: (one.due_on, one.title)))


def _recounted(work: Work, row: DeadlineRow, due_on: date) -> Recounted:
    plan = work.session.get_one(PlanRow, work.session.get_one(CourseRow, row.course_id).plan_id)
    return Recounted(plan=plan.id, title=plan.title, kind=row.kind, due_before=row.due_on, due_on=due_on)


def _keep(
    work: Work, course: CourseRow, kind: ClockKind, day: date, due: DueDay, working_days: int | None = None
) -> None:
    row = DeadlineRow(
        id=work.new_id(),
        course_id=course.id,
        kind=kind,
        from_on=day,
        due_on=due.on,
        is_provisional=due.is_provisional,
        working_days=working_days,
    )
    work.session.add(row)
