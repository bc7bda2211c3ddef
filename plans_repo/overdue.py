"""What is late or will soon be: publication, filing, receipts, trials, evaluations, lines of the yearly work plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select

from plans_repo import access
from plans_repo.course import deeds, work_plans
from plans_repo.course.stages import EFFECTIVE, ClockKind
from plans_repo.course.working_days import Calendar, calendar, local_day
from plans_repo.editions import evaluation_ahead
from plans_repo.evaluation_clock import Subject, evaluation_clock
from plans_repo.filing import inbox, local_figures, rules
from plans_repo.filing.recipients import Recipient
from plans_repo.filing.rules import Escalation, Reader
from plans_repo.filing.shares import FilingState, shares_of
from plans_repo.organisations import Organisation, OrganisationKind, organisations
from plans_repo.standpoint import Standpoint
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
    WORK_PLAN = "work_plan"  # 年度编修计划规定的完成时限


@dataclass(frozen=True, kw_only=True)
class Basis:
    """By which rule a day is counted: so many *unit*s, and the text that says so; *count* 0 where none is laid down."""

    source: str
    source_en: str
    count: int = 0
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something due: for which plan, by which day, how many working days late (negative: still to go), and days.

    *is_provisional*: the holidays of a year it crosses are not announced yet. *plan* is "" for a line of the work
    plan of which nothing is begun; *body* makes the plan, or owes the receipt; *is_own* when the actor's body has it to
    do, or to remind of; *acts_for* is the government for which a bureau does it by mandate.
    """

    plan: str
    title: str
    course: str
    kind: DueKind
    from_on: date
    due_on: date
    is_provisional: bool
    late_working_days: int
    late_days: int
    escalation: Escalation | None
    basis: Basis
    body: str = ""
    is_own: bool = True
    acts_for: str = ""

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.late_working_days > 0

    @property
    def is_soon(self) -> bool:
        """Whether it is due within days."""
        return not self.is_late and -self.late_days <= SOON_DAYS


def overdue(work: Work, *, soon: bool = False) -> tuple[Due, ...]:
    """What is late, the latest first, and a trial before it ends; with *soon* also what else will be due shortly.

    Of the plans the actor sees; plans that other installations have filed here are theirs to watch.
    """
    work.require(Action.READ_PLAN)
    today, days = local_day(work.now), calendar(work)
    here, bodies = access.standpoint(work), {body.id: body for body in organisations(work)}
    reader = bodies.get(here.organisation or "")
    clocks = [*_clocks(work, today, soon=soon), *_evaluations(work, today, soon=soon), *_work_plan(work, today)]
    mandated = local_figures.mandated(work)
    near = [clock for clock in clocks if clock.is_listed(today, soon=soon)]
    listed = [_due(clock, today, days, bodies, here, reader, mandated) for clock in near]
    return tuple(sorted(listed, key=lambda due: (due.due_on, due.title, due.kind)))


SOON_DAYS = rules.soon_working_days() + 2
"""Days before its day in which a thing is told as due soon, here and on the desk: a week of working days."""
AHEAD = {
    DueKind.EVALUATION: evaluation_ahead(),
    DueKind.TRIAL: timedelta(days=30),
    DueKind.WORK_PLAN: timedelta(days=30),
}
"""How long before its day a thing is listed as due soon; the others by working days."""
TOLD_AHEAD = frozenset({DueKind.TRIAL})
"""What is listed before its day in any case: when a trial is over it is too late to decide in time."""


@dataclass(frozen=True, kw_only=True)
class _Clock:
    """A day by which something has to be done for a plan."""

    plan: PlanRow | None
    course: str
    kind: DueKind
    from_on: date
    due_on: date
    basis: Basis
    is_provisional: bool = False
    title: str = ""
    body: str = ""
    answerer: Recipient | None = None

    def is_listed(self, today: date, *, soon: bool) -> bool:
        ahead = AHEAD.get(self.kind, timedelta(days=SOON_DAYS))
        return today > self.due_on or ((soon or self.kind in TOLD_AHEAD) and self.due_on - ahead <= today)


def _last_day(today: date, *, soon: bool) -> date:
    """What is due after this day is not listed, whatever it is."""
    return today + max(*AHEAD.values(), timedelta(days=rules.soon_working_days() + 2)) if soon else today


def _near(today: date, *, soon: bool) -> Iterator[ColumnElement[bool]]:
    """Of the clocks those whose day is near enough to be listed at all."""
    yield col(DeadlineRow.due_on) <= _last_day(today, soon=soon)
    yield and_(col(DeadlineRow.kind) == ClockKind.TRIAL, col(DeadlineRow.due_on) <= _last_day(today, soon=True))


def _clocks(work: Work, today: date, *, soon: bool) -> Iterator[_Clock]:
    here = access.standpoint(work)
    query = (
        select(DeadlineRow, PlanRow)
        .join(CourseRow, col(CourseRow.id) == col(DeadlineRow.course_id))
        .join(PlanRow, col(PlanRow.id) == col(CourseRow.plan_id))
        .where(col(DeadlineRow.done_on).is_(None), col(CourseRow.stage).in_(EFFECTIVE), PlanRow.origin == "")
        .where(here.plans_seen(), here.courses_seen(), or_(*_near(today, soon=soon)))
    )
    around, days, rows = rules.surroundings(work), calendar(work), work.session.exec(query).all()
    answerers = _answerers(work, [row.course_id for row, _plan in rows if row.kind is ClockKind.RECEIPT])
    for row, plan in rows:
        if _is_silence_yes(around, row.kind, plan):
            continue
        for answerer in answerers.get(row.course_id, (None,)) if row.kind is ClockKind.RECEIPT else (None,):
            yield _Clock(
                plan=plan,
                course=row.course_id,
                kind=DueKind(row.kind.value),
                from_on=row.from_on,
                due_on=row.due_on,
                basis=_basis(around, days, row, plan),
                is_provisional=row.is_provisional,
                body=answerer.name if answerer else "",
                answerer=answerer,
            )


def _answerers(work: Work, courses: Sequence[str]) -> dict[str, tuple[Recipient, ...]]:
    """Who still owes editions a receipt, by course: it is for that body to give, not for the one that sent them."""
    found = {}
    for course, told in deeds.deeds_of_courses(work, courses).items():
        shares = [one for one in shares_of(told) if one.authorities and one.state is not FilingState.RECEIPTED]
        if shares:
            found[course] = tuple(one.authorities[0] for one in shares)
    return found


def _basis(around: rules.Surroundings, days: Calendar, row: DeadlineRow, plan: PlanRow) -> Basis:
    """The limit of a clock, where it is still the one by which the clock was set."""
    if row.kind is ClockKind.TRIAL:
        return Basis(source="印发通知载明的试行期", source_en="Trial period in the issuing notice")
    found = rules.limit_in(around, row.kind, plan)
    if found is None or days.after(row.from_on, found.working_days).on != row.due_on:
        return Basis(
            source="起算时的规定（此后规定有变动，已起算的期限不变）",
            source_en="The rule when the clock was started (changed since; a clock that runs keeps its day)",
            count=days.between(row.from_on, row.due_on),
            unit=rules.WORKING_DAY,
        )
    return Basis(source=found.source, source_en=found.source_en, count=found.working_days, unit=rules.WORKING_DAY)


def _is_silence_yes(around: rules.Surroundings, kind: ClockKind, plan: PlanRow) -> bool:
    """A receipt that does not come where silence means that the plan is filed is nothing to chase."""
    return kind is ClockKind.RECEIPT and rules.is_deemed_filed(around, plan)


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
        span = clock.rule(subject).parameters["interval"]
        source, source_en = clock.source(subject)
        yield _Clock(
            plan=plan,
            course=row.course_id,
            kind=DueKind.EVALUATION,
            from_on=clock.since(row.course_id, row.issued_on),
            due_on=clock.due_on(subject, row.course_id, row.issued_on),
            basis=Basis(source=source, source_en=source_en, count=int(span.value), unit=span.unit),
        )


def _work_plan(work: Work, today: date) -> Iterator[_Clock]:
    """The lines that are not done of this year's work plan and of those before: the turn of a year ends none."""
    for found, entry in work_plans.undone(work, today.year):
        yield _Clock(
            plan=work.session.get(PlanRow, entry.plan) if entry.plan else None,
            course="",
            kind=DueKind.WORK_PLAN,
            from_on=found.approved_on or date(found.year, 1, 1),
            due_on=entry.due_on,
            basis=Basis(source=f"{found.year}年度应急预案编修计划", source_en=f"Yearly work plan of {found.year}"),
            title=entry.title,
            body=entry.lead,
        )


def _due(
    clock: _Clock,
    today: date,
    days: Calendar,
    bodies: Mapping[str, Organisation],
    here: Standpoint,
    reader: Organisation | None,
    mandated: frozenset[str],
) -> Due:
    is_late = today > clock.due_on
    late = days.between(clock.due_on, today)
    maker = bodies.get(clock.plan.organisation_id or "") if clock.plan else None
    owing = bodies.get(clock.answerer.organisation or "") if clock.answerer else None
    answers = clock.answerer is not None and inbox.is_for(clock.answerer, reader, bodies)
    answers = answers and reader is not None and inbox.speaks_for(reader, owing, mandated)
    acts_for = clock.answerer.name if clock.answerer and answers and owing and reader and owing.id != reader.id else ""
    is_own = answers or clock.plan is None or here.acts_on(clock.plan)
    who = Reader.SENDER if clock.kind is DueKind.RECEIPT and not answers else _reader(reader, is_own=is_own)
    return Due(
        plan=clock.plan.id if clock.plan else "",
        title=clock.title or (clock.plan.title if clock.plan else ""),
        course=clock.course,
        kind=clock.kind,
        from_on=clock.from_on,
        due_on=clock.due_on,
        is_provisional=clock.is_provisional,
        late_working_days=max(late, 1) if is_late else min(late, 0),
        late_days=(today - clock.due_on).days,
        escalation=rules.escalation(max(late, 1), who) if is_late else None,
        basis=clock.basis,
        body=reader.name if acts_for and reader else clock.body or (maker.name if maker else ""),
        is_own=is_own,
        acts_for=acts_for,
    )


def _reader(reader: Organisation | None, *, is_own: bool) -> Reader:
    if not is_own:
        return Reader.SUPERVISOR
    is_bureau = reader is not None and reader.kind is OrganisationKind.EMERGENCY_BUREAU
    return Reader.BUREAU if is_bureau else Reader.UNIT
