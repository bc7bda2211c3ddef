"""What is late or will soon be: publication, filing, receipts, trials, evaluations, over all plans of the actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import col, or_, select

from plans_repo import access
from plans_repo.course.stages import EFFECTIVE, ClockKind
from plans_repo.course.working_days import Calendar, calendar, local_day
from plans_repo.editions import evaluation_ahead
from plans_repo.evaluation_clock import Subject, evaluation_clock
from plans_repo.filing import rules
from plans_repo.filing.rules import Escalation
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow, DeadlineRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.work import Work


class DueKind(StrEnum):
    """What has to be done by a day."""

    PUBLICATION = "publication"  # 公布
    FILING = "filing"  # 备案
    RECEIPT = "receipt"  # 备案回执
    TRIAL = "trial"  # 试行期满处理
    EVALUATION = "evaluation"  # 定期评估


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something due: for which plan, by which day, how many working days late (negative: still to go).

    *is_provisional*: the holidays of a year it crosses are not announced yet.
    """

    plan: str
    title: str
    course: str
    kind: DueKind
    from_on: date
    due_on: date
    is_provisional: bool
    late_working_days: int
    escalation: Escalation | None

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.late_working_days > 0


def overdue(work: Work, *, soon: bool = False) -> tuple[Due, ...]:
    """What is late, the latest first; with *soon* also what will be due shortly.

    Of the plans the actor sees; plans that other installations have filed here are theirs to watch.
    """
    work.require(Action.READ_PLAN)
    today, days = local_day(work.now), calendar(work)
    clocks = [*_clocks(work, today, soon=soon), *_evaluations(work, today, soon=soon)]
    listed = [_due(clock, today, days) for clock in clocks if clock.is_listed(today, soon=soon)]
    return tuple(sorted(listed, key=lambda due: (due.due_on, due.title, due.kind)))


AHEAD = {DueKind.EVALUATION: evaluation_ahead(), DueKind.TRIAL: timedelta(days=30)}
"""How long before its day a thing is listed as due soon; the others by working days."""


@dataclass(frozen=True, kw_only=True)
class _Clock:
    """A day by which something has to be done for a plan."""

    plan: PlanRow
    course: str
    kind: DueKind
    from_on: date
    due_on: date
    is_provisional: bool = False

    def is_listed(self, today: date, *, soon: bool) -> bool:
        ahead = AHEAD.get(self.kind, timedelta(days=rules.soon_working_days() + 2))
        return today > self.due_on or (soon and self.due_on - ahead <= today)


def _last_day(today: date, *, soon: bool) -> date:
    """What is due after this day is not listed, whatever it is."""
    return today + max(*AHEAD.values(), timedelta(days=rules.soon_working_days() + 2)) if soon else today


def _clocks(work: Work, today: date, *, soon: bool) -> Iterator[_Clock]:
    here = access.standpoint(work)
    query = (
        select(DeadlineRow, PlanRow)
        .join(CourseRow, col(CourseRow.id) == col(DeadlineRow.course_id))
        .join(PlanRow, col(PlanRow.id) == col(CourseRow.plan_id))
        .where(col(DeadlineRow.done_on).is_(None), col(CourseRow.stage).in_(EFFECTIVE), PlanRow.origin == "")
        .where(here.plans_seen(), here.courses_seen(), DeadlineRow.due_on <= _last_day(today, soon=soon))
    )
    for row, plan in work.session.exec(query):
        if not _is_silence_yes(work, row.kind, plan):
            yield _Clock(
                plan=plan,
                course=row.course_id,
                kind=DueKind(row.kind.value),
                from_on=row.from_on,
                due_on=row.due_on,
                is_provisional=row.is_provisional,
            )


def _is_silence_yes(work: Work, kind: ClockKind, plan: PlanRow) -> bool:
    """A receipt that does not come where silence means that the plan is filed is nothing to chase."""
    return kind is ClockKind.RECEIPT and rules.is_deemed_filed(work, plan)


def _evaluations(work: Work, today: date, *, soon: bool) -> Iterator[_Clock]:
    here = access.standpoint(work)
    clock = evaluation_clock(work)
    query = (
        select(TermRow, PlanRow)
        .join(PlanRow, col(PlanRow.id) == col(TermRow.plan_id))
        .join(CourseRow, col(CourseRow.id) == col(TermRow.course_id))
        .where(here.plans_seen(), here.courses_seen(), PlanRow.origin == "")
        .where(col(TermRow.effective_on) <= today)
        .where(TermRow.issued_on <= clock.issued_until(_last_day(today, soon=soon)))
        .where(or_(col(TermRow.ended_on).is_(None), col(TermRow.ended_on) > today))
    )
    for row, plan in work.session.exec(query):
        subject = Subject(kind=plan.kind, organisation=plan.organisation_id, area=plan.area)
        yield _Clock(
            plan=plan,
            course=row.course_id,
            kind=DueKind.EVALUATION,
            from_on=clock.since(row.course_id, row.issued_on),
            due_on=clock.due_on(subject, row.course_id, row.issued_on),
        )


def _due(clock: _Clock, today: date, days: Calendar) -> Due:
    is_late = today > clock.due_on
    late = days.between(clock.due_on, today)
    return Due(
        plan=clock.plan.id,
        title=clock.plan.title,
        course=clock.course,
        kind=clock.kind,
        from_on=clock.from_on,
        due_on=clock.due_on,
        is_provisional=clock.is_provisional,
        late_working_days=max(late, 1) if is_late else min(late, 0),
        escalation=rules.escalation(max(late, 1)) if is_late else None,
    )
