"""Consultation 征求意见: the units a text goes to, until when, what each answers in writing, who has not answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from plans_repo import access
from plans_repo.course.opening import found
from plans_repo.course.opinions import Opinion, opened, treatments
from plans_repo.course.public_consultation import public_opinions
from plans_repo.course.stages import Stage
from plans_repo.course.words import Answer
from plans_repo.errors import NotFound
from plans_repo.store.roles import Action
from plans_repo.store.tables.consultations import AnswerRow, ConsultationRow, ConsultedUnitRow, ReminderRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

__all__ = ["Answer", "Consultation", "ConsultedUnit", "Reminder", "asked_of_me", "consultation"]


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A unit was reminded on a day, by telephone, letter or message."""

    on: date
    how: str


@dataclass(frozen=True, kw_only=True)
class ConsultedUnit:
    """A unit that was asked, and what it has answered; *clauses* are those that give it a duty."""

    id: str
    name: str
    organisation: str | None
    clauses: tuple[str, ...]
    answer: Answer | None
    answered_on: date | None
    signatory: str
    on_paper: bool
    paper: str
    reminders: tuple[Reminder, ...]
    opinions: tuple[Opinion, ...]

    @property
    def has_duty(self) -> bool:
        """Whether the text gives it one: then its written answer cannot be done without."""
        return bool(self.clauses)


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """A text that was sent out for comment, by which letter, until when, and to whom."""

    id: str
    plan: str
    title: str
    version: str
    label: str
    letter_number: str
    sent_on: date
    due_on: date
    is_provisional: bool
    contact: str
    left_out: tuple[str, ...]
    left_out_why: str
    units: tuple[ConsultedUnit, ...]

    def waiting(self) -> tuple[ConsultedUnit, ...]:
        """The units that have not answered."""
        return tuple(unit for unit in self.units if unit.answer is None)

    def overdue(self, today: date) -> tuple[ConsultedUnit, ...]:
        """Those of them whose time is over."""
        return self.waiting() if today > self.due_on else ()


def consultation(work: Work, version_id: str) -> Consultation | None:
    """The newest consultation on the edition of a version: whole for those who write or oversee it.

    A unit that was asked sees its own part only; to anybody else there is none.
    """
    plan, course, _version = found(work, version_id)
    row = newest(work, course)
    if row is None:
        return None
    whole = consultation_of(work, plan, row)
    if sees_whole(work, plan):
        return whole
    mine = tuple(unit for unit in whole.units if unit.organisation == work.actor.organisation is not None)
    return replace(whole, units=mine) if mine else None


def require_whole_sight(work: Work, version_id: str) -> None:
    """Refuse for those who see their own part of a consultation only."""
    plan, _course, _version = found(work, version_id)
    if not sees_whole(work, plan):
        raise NotFound("consultation-unknown", thing=plan.title, field="consultation", value=version_id)


def asked_of_me(work: Work) -> tuple[Consultation, ...]:
    """The consultations that are out and have not been answered by the actor's own unit."""
    mine = work.actor.organisation
    if mine is None or not work.actor.may(Action.ANSWER_CONSULTATION):
        return ()
    rows = work.session.exec(select(ConsultedUnitRow).where(ConsultedUnitRow.organisation_id == mine))
    found_ = []
    for unit in rows:
        row = work.session.get_one(ConsultationRow, unit.consultation_id)
        course = work.session.get_one(CourseRow, row.course_id)
        plan = work.session.get_one(PlanRow, course.plan_id)
        latest = newest(work, course)
        if course.stage is Stage.CONSULTATION and latest is not None and latest.id == row.id:
            seen = unit_of(work, unit, course)
            if seen.answer is None:
                found_.append(replace(consultation_of(work, plan, row), units=(seen,)))
    return tuple(sorted(found_, key=lambda one: (one.due_on, one.title)))


def opinions_of(work: Work, course: CourseRow) -> tuple[Opinion, ...]:
    """The opinions of units and of the public on an edition, over all its consultations."""
    rows = work.session.exec(
        select(ConsultedUnitRow)
        .join(ConsultationRow, col(ConsultationRow.id) == col(ConsultedUnitRow.consultation_id))
        .where(ConsultationRow.course_id == course.id)
        .order_by(col(ConsultationRow.opened_at), col(ConsultedUnitRow.name))
    )
    units = [opinion for unit in rows for opinion in unit_of(work, unit, course).opinions]
    return (*units, *public_opinions(work, course))


def sees_whole(work: Work, plan: PlanRow) -> bool:
    """Who writes, oversees, examines or decides sees every answer; a unit that was asked does not."""
    here = access.standpoint(work)
    if here.changes(plan):
        return True
    signing = (Action.REVIEW_PLAN, Action.CHECK_LEGALITY, Action.APPROVE_PLAN, Action.DELIBERATE_PLAN)
    return here.acts_on(plan) and any(map(work.actor.may, signing))


def newest(work: Work, course: CourseRow) -> ConsultationRow | None:
    """The newest consultation of a course."""
    return work.session.exec(
        select(ConsultationRow)
        .where(ConsultationRow.course_id == course.id)
        .order_by(col(ConsultationRow.opened_at).desc(), col(ConsultationRow.due_on).desc())
        .limit(1)
    ).first()


def unit_rows(work: Work, row: ConsultationRow) -> Sequence[ConsultedUnitRow]:
    """The units a text was sent to, by name."""
    return work.session.exec(
        select(ConsultedUnitRow).where(ConsultedUnitRow.consultation_id == row.id).order_by(col(ConsultedUnitRow.name))
    ).all()


def consultation_of(work: Work, plan: PlanRow, row: ConsultationRow) -> Consultation:
    """A row as a value."""
    course = work.session.get_one(CourseRow, row.course_id)
    version = work.session.get_one(VersionRow, row.version_id)
    return Consultation(
        id=row.id,
        plan=plan.id,
        title=plan.title,
        version=version.id,
        label=version.label,
        letter_number=row.letter_number,
        sent_on=row.sent_on,
        due_on=row.due_on,
        is_provisional=row.is_provisional,
        contact=row.contact,
        left_out=tuple(row.left_out),
        left_out_why=row.left_out_why,
        units=tuple(unit_of(work, unit, course) for unit in unit_rows(work, row)),
    )


def unit_of(work: Work, row: ConsultedUnitRow, course: CourseRow) -> ConsultedUnit:
    """A unit with its newest answer."""
    said = work.session.exec(
        select(AnswerRow).where(AnswerRow.unit_id == row.id).order_by(col(AnswerRow.ordinal).desc()).limit(1)
    ).first()
    reminders = work.session.exec(
        select(ReminderRow).where(ReminderRow.unit_id == row.id).order_by(col(ReminderRow.made_at))
    )
    return ConsultedUnit(
        id=row.id,
        name=row.name,
        organisation=row.organisation_id,
        clauses=tuple(row.clauses),
        answer=said.answer if said else None,
        answered_on=said.answered_on if said else None,
        signatory=said.signatory if said else "",
        on_paper=bool(said and said.on_paper),
        paper=(said.media_hash or "") if said else "",
        reminders=tuple(Reminder(on=one.reminded_on, how=one.how) for one in reminders),
        opinions=tuple(opened(said.opinions, row.name, treatments(work, course))) if said else (),
    )
