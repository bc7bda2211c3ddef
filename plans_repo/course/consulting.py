"""Send a text out for comment, take in what units answer in writing, remind those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import func, select

from plans_repo import access, versions
from plans_repo.course import courses
from plans_repo.course.consultation import Consultation, ConsultedUnit, consultation_of, sees_whole, unit_of
from plans_repo.course.days import require_not_before_text
from plans_repo.course.duties import DutyUnit, aliases, duty_units
from plans_repo.course.duties_asked import answered_before
from plans_repo.course.opening import found, need, next_ordinal, written
from plans_repo.course.opinions import Remark, stored
from plans_repo.course.sides import register_sides
from plans_repo.course.stages import DRAFTING, Stage
from plans_repo.course.words import Answer
from plans_repo.course.working_days import calendar, local_day
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.organisations import organisations, row_of
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.consultations import AnswerRow, ConsultationRow, ConsultedUnitRow, ReminderRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

MOST_WORKING_DAYS = 60


def proposed_units(work: Work, version_id: str) -> tuple[DutyUnit, ...]:
    """The units to ask: those the text gives duties to."""
    plan, _course, version = found(work, version_id)
    return duty_units(work, plan, version)


def open_consultation(
    work: Work,
    version_id: str,
    *,
    units: Sequence[str] = (),
    names: Sequence[str] = (),
    working_days: int = 10,
    letter_number: str = "",
    contact: str = "",
    sent_on: date | None = None,
    left_out_why: str = "",
) -> Consultation:
    """Send a text out: to *units* of the register (by id) and to others by *names*; all with a duty when none is given.

    The letter bears *sent_on* (today unless given); answers are due after so many working days. Units of the register
    with a duty cannot be left out; names that were only read from the text can, for a reason (*left_out_why*).
    """
    plan, course, version = written(work, version_id)
    day = sent_on or local_day(work.now)
    _check_opening(work, plan, course, version, working_days, day)
    asked, left_out = _asked(work, plan, version, units, names)
    answered = answered_before(work, plan, course, version)
    left_out = [unit for unit in left_out if unit.name not in answered]
    _check_left_out(plan, left_out, left_out_why)
    register_sides(work, plan, course, version)
    due = calendar(work).after(day, working_days)
    row = ConsultationRow(
        id=work.new_id(),
        course_id=course.id,
        version_id=version.id,
        root_hash=version.root_hash,
        letter_number=letter_number.strip()[:80],
        sent_on=day,
        working_days=working_days,
        due_on=due.on,
        is_provisional=due.is_provisional,
        contact=contact.strip()[:200],
        left_out=[unit.name for unit in left_out],
        left_out_why=left_out_why.strip()[:300] if left_out else "",
        opened_at=work.now,
        opened_by=work.actor.account,
    )
    _store_opened(work, plan, row, asked)
    return consultation_of(work, plan, row)


def _check_opening(
    work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, working_days: int, day: date
) -> None:
    """Refuse a consultation past the drafting, with a limit out of range, dated ahead or before its text was made."""
    if course.stage not in DRAFTING:
        raise PlansRepoError("consultation-not-open", thing=plan.title, stage=course.stage.value)
    if not 1 <= working_days <= MOST_WORKING_DAYS:
        raise PlansRepoError(
            "working-days-out-of-range", thing=plan.title, field="working_days",
            rule=f"must lie in 1-{MOST_WORKING_DAYS}", value=working_days, high=MOST_WORKING_DAYS,
        )  # fmt: skip
    if day > local_day(work.now):
        raise PlansRepoError(
            "day-in-future", thing=plan.title, field="sent_on", rule=f"must be <= {local_day(work.now)}", value=day
        )
    require_not_before_text(plan, version, day, field="sent_on")


def _check_left_out(plan: PlanRow, left_out: Sequence[DutyUnit], why: str) -> None:
    registered = [unit.name for unit in left_out if unit.organisation]
    if registered:
        raise PlansRepoError(
            "duty-units-left-out", thing=plan.title, field="units", rule="must hold every unit with a duty",
            value="、".join(registered), count=len(registered),
        )  # fmt: skip
    if left_out and not why.strip():
        raise PlansRepoError(
            "named-units-left-out", thing=plan.title, field="left_out_why", rule="must not be blank",
            value="、".join(unit.name for unit in left_out), count=len(left_out),
        )  # fmt: skip


def _store_opened(work: Work, plan: PlanRow, row: ConsultationRow, asked: Sequence[DutyUnit]) -> None:
    """Store a consultation with its units, and the event that tells of it."""
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        ConsultedUnitRow(
            id=work.new_id(),
            consultation_id=row.id,
            organisation_id=unit.organisation,
            name=unit.name,
            clauses=list(unit.clauses),
        )
        for unit in asked
    )
    work.session.flush()
    payload = {
        "course": row.course_id,
        "version": row.version_id,
        "root_hash": row.root_hash,
        "consultation": row.id,
        "units": sorted(unit.name for unit in asked),
        "due_on": row.due_on,
        "left_out": list(row.left_out),
        "left_out_why": row.left_out_why,
    }
    events.record(work, events.chain_of_plan(plan.id), "consultation-opened", payload)


def answer(
    work: Work,
    unit_id: str,
    *,
    opinions: Sequence[Remark] = (),
    signatory: str,
    answered_on: date | None = None,
    paper: tuple[str, bytes] | None = None,
) -> ConsultedUnit:
    """A unit's written answer: its opinions, or none. The unit itself answers, or the author enters what came on paper.

    *paper* is name and bytes of the letter. A second answer takes the place of the first while the text is out.
    """
    unit, row, course, plan = _asked_unit(work, unit_id)
    is_own = work.actor.organisation is not None and unit.organisation_id == work.actor.organisation
    is_own = is_own and work.actor.account not in courses.authors(work, course)
    _check_may_answer(work, plan, course, unit, is_own=is_own, has_paper=paper is not None)
    clauses = versions.clauses(work, work.session.get_one(VersionRow, row.version_id))
    day = _answer_day(work, plan, row, answered_on)
    fresh = AnswerRow(
        id=work.new_id(),
        ordinal=next_ordinal(work, select(func.max(AnswerRow.ordinal)).where(AnswerRow.unit_id == unit.id)),
        unit_id=unit.id,
        answer=Answer.OPINIONS if opinions else Answer.NO_OPINION,
        opinions=stored(work, opinions, clauses, plan.title),
        answered_on=day,
        signatory=need(plan.title, "signatory", signatory)[:80],
        on_paper=not is_own,
        media_hash=versions.store_media(work, paper[1], paper[0]) if paper else None,
        entered_at=work.now,
        entered_by=work.actor.account,
    )
    work.session.add(fresh)
    work.session.flush()
    payload = {
        "course": course.id,
        "version": row.version_id,
        "unit": unit.id,
        "answer": fresh.answer,
        "count": len(fresh.opinions),
        "paper": fresh.media_hash or "",
    }
    events.record(work, events.chain_of_plan(plan.id), "consultation-answered", payload)
    return unit_of(work, unit, course)


def remind(work: Work, unit_id: str, *, how: str, on: date | None = None) -> ConsultedUnit:
    """Note that a unit which has not answered was reminded."""
    unit, _row, course, plan = _asked_unit(work, unit_id)
    work.require(Action.EDIT_PLAN)
    access.changeable_plan(work, plan.id)
    work.session.add(
        ReminderRow(
            id=work.new_id(),
            unit_id=unit.id,
            reminded_on=on or local_day(work.now),
            how=need(plan.title, "how", how)[:200],
            made_at=work.now,
            made_by=work.actor.account,
        )
    )
    work.session.flush()
    payload = {"course": course.id, "unit": unit.id}
    events.record(work, events.chain_of_plan(plan.id), "unit-reminded", payload)
    return unit_of(work, unit, course)


def _asked(
    work: Work, plan: PlanRow, version: VersionRow, units: Sequence[str], names: Sequence[str]
) -> tuple[list[DutyUnit], list[DutyUnit]]:
    """The units that are asked, and those with a duty that are not."""
    duties = duty_units(work, plan, version)
    by_key = {key: unit for unit in duties for key in (unit.organisation, unit.name) if key}
    by_key |= {form: unit for unit in duties if unit.organisation for form in aliases(unit.name)}
    wanted = dict.fromkeys([*units, *(name.strip() for name in names if name.strip())])
    chosen = [by_key.get(key) or _other(work, key, is_listed=key in units) for key in wanted] or list(duties)
    asked = list({unit.organisation or unit.name: unit for unit in chosen}.values())
    if not asked:
        raise PlansRepoError("consultation-without-units", thing=plan.title, field="units", rule="needs one unit")
    return asked, [unit for unit in duties if unit not in asked]


def _other(work: Work, key: str, *, is_listed: bool) -> DutyUnit:
    """A unit that is asked though the text gives it no duty; a whole name of the register is that body."""
    if is_listed:
        return DutyUnit(name=row_of(work, key).name, organisation=key, clauses=())
    body = next((one for one in organisations(work) if key in (one.name, one.id)), None)
    if body is None:
        return DutyUnit(name=key[:200], organisation=None, clauses=())
    return DutyUnit(name=body.name, organisation=body.id, clauses=())


def _asked_unit(work: Work, unit_id: str) -> tuple[ConsultedUnitRow, ConsultationRow, CourseRow, PlanRow]:
    unit = work.session.get(ConsultedUnitRow, unit_id)
    if unit is None:
        raise NotFound("unit-unknown", thing="consulted unit", field="unit", value=unit_id)
    row = work.session.get_one(ConsultationRow, unit.consultation_id)
    plan, course, _version = found(work, row.version_id)
    if not sees_whole(work, plan) and unit.organisation_id != work.actor.organisation:
        raise NotFound("unit-unknown", thing="consulted unit", field="unit", value=unit_id)
    return unit, row, course, plan


def _check_may_answer(
    work: Work, plan: PlanRow, course: CourseRow, unit: ConsultedUnitRow, *, is_own: bool, has_paper: bool
) -> None:
    if course.stage is not Stage.CONSULTATION:
        raise PlansRepoError("consultation-not-open", thing=plan.title, stage=course.stage.value)
    if is_own and work.actor.may(Action.ANSWER_CONSULTATION):
        return
    work.require(Action.EDIT_PLAN)
    access.changeable_plan(work, plan.id)
    if not has_paper:
        raise PlansRepoError("answer-without-paper", thing=unit.name, field="paper", rule="must be attached")


def _answer_day(work: Work, plan: PlanRow, row: ConsultationRow, answered_on: date | None) -> date:
    today = local_day(work.now)
    day = answered_on or today
    if not row.sent_on <= day <= today:
        raise PlansRepoError(
            "answer-day-wrong", thing=plan.title, field="answered_on", rule="must lie between letter and today",
            value=day, low=row.sent_on, high=today,
        )  # fmt: skip
    return day
