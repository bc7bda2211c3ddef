"""The clocks a move starts and stops, in working days."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from plans_repo.course.stages import ClockKind, Step
from plans_repo.course.working_days import calendar
from plans_repo.store.tables.courses import CourseRow, DeadlineRow
from plans_repo.store.work import Work

WORKING_DAYS = {ClockKind.PUBLICATION: 20, ClockKind.FILING: 20, ClockKind.RECEIPT: 5}
"""Limits of 国办发〔2024〕5号 articles 26 and 28; the receipt within 5 is a local rule [read, local]."""


def start_clocks(work: Work, course: CourseRow, step: Step, day: date) -> None:
    """Start the clocks of a move made on *day*."""
    for kind in step.starts:
        due = calendar(work).after(day, WORKING_DAYS[kind])
        work.session.add(
            DeadlineRow(
                id=work.new_id(),
                course_id=course.id,
                kind=kind,
                from_on=day,
                due_on=due.on,
                is_provisional=due.is_provisional,
            )
        )


def stop_clocks(work: Work, course: CourseRow, step: Step, day: date) -> None:
    """Stop those it ends, as done on *day*."""
    for row in work.session.exec(select(DeadlineRow).where(DeadlineRow.course_id == course.id)):
        if row.kind in step.stops and row.done_on is None:
            row.done_on, row.stopped_by = day, step.move
