"""Rows of consultations: whom a text was sent to, what they answered, what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from plans_repo.course.words import Answer, Treatment
from plans_repo.store.tables.base import Row, choice, identity, instant, json, long_text, person, refers, refers_or_none


class ConsultationRow(Row, table=True):
    """A text sent out for comment: the letter, until when answers are asked for, and whom it names but did not ask."""

    __tablename__ = "consultation"

    id: str = identity()
    course_id: str = refers("course.id")
    version_id: str = refers("version.id")
    root_hash: str = Field(max_length=64)
    letter_number: str = Field(default="", max_length=80)
    sent_on: date
    working_days: int
    due_on: date
    is_provisional: bool
    contact: str = Field(default="", max_length=200)
    left_out: list[str] = json()
    left_out_why: str = Field(default="", max_length=300)
    opened_at: datetime = instant()
    opened_by: str = person()


class ConsultedUnitRow(Row, table=True):
    """A unit a text was sent to; *clauses* are those that give it a duty."""

    __tablename__ = "consulted_unit"

    id: str = identity()
    consultation_id: str = refers("consultation.id")
    organisation_id: str | None = refers_or_none("organisation.id")
    name: str = Field(max_length=200)
    clauses: list[str] = json()


class ReminderRow(Row, table=True):
    """A unit was reminded."""

    __tablename__ = "reminder"

    id: str = identity()
    unit_id: str = refers("consulted_unit.id")
    reminded_on: date
    how: str = Field(max_length=200)
    made_at: datetime = instant()
    made_by: str = person()


class AnswerRow(Row, table=True):
    """A unit's written answer with its opinions; a later answer of the same unit takes its place."""

    __tablename__ = "answer"

    id: str = identity()
    ordinal: int
    unit_id: str = refers("consulted_unit.id")
    answer: Answer = choice(Answer)
    opinions: list[dict[str, Any]] = json()
    answered_on: date
    signatory: str = Field(max_length=80)
    on_paper: bool
    media_hash: str | None = Field(default=None, foreign_key="media.hash", max_length=64)
    entered_at: datetime = instant()
    entered_by: str = person()


class PublicConsultationRow(Row, table=True):
    """A consultation of the public: where and when, and once it is over what came in; the newest counts."""

    __tablename__ = "public_consultation"

    id: str = identity()
    ordinal: int
    course_id: str = refers("course.id")
    channel: str = Field(max_length=300)
    from_on: date
    to_on: date
    received: int | None = Field(default=None)
    summary: str = long_text()
    opinions: list[dict[str, Any]] = json()
    entered_at: datetime = instant()
    entered_by: str = person()


class TreatmentRow(Row, table=True):
    """What became of one opinion, of a unit, the public or an expert; the newest counts.

    A disputed one says how it was settled, and when.
    """

    __tablename__ = "treatment"

    id: str = identity()
    ordinal: int
    course_id: str = refers("course.id")
    opinion_id: str = Field(max_length=36, index=True)
    treatment: Treatment = choice(Treatment)
    reason: str = Field(max_length=2000)
    is_disputed: bool
    resolution: str = Field(default="", max_length=2000)
    resolved_on: date | None = Field(default=None)
    made_at: datetime = instant()
    made_by: str = person()
