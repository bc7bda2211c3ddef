"""Rows of authoring: the yearly work plan, the working group, the authoring explanation."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from plans_repo.course.words import GroupPart
from plans_repo.store.tables.base import (
    Row,
    choice,
    identity,
    instant,
    instant_or_none,
    json,
    person,
    refers,
    refers_or_none,
)
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger


class WorkPlanRow(Row, table=True):
    """The authoring and revision work plan of an area for a year; approved by its government, copied upward."""

    __tablename__ = "work_plan"

    id: str = identity()
    organisation_id: str | None = refers_or_none("organisation.id")
    area: str = Field(max_length=200, index=True)
    year: int = Field(index=True)
    title: str = Field(max_length=300)
    approved_on: date | None = Field(default=None)
    approved_by: str = Field(default="", max_length=36)
    approver: str = Field(default="", max_length=200)
    document_number: str = Field(default="", max_length=80)
    minutes_hash: str | None = Field(default=None, foreign_key="media.hash", max_length=64)
    copied_on: date | None = Field(default=None)
    copied_to: str = Field(default="", max_length=200)
    revision: int = 1
    created_at: datetime = instant()
    created_by: str = person()


class WorkPlanEntryRow(Row, table=True):
    """One plan to be written or revised in a year."""

    __tablename__ = "work_plan_entry"

    id: str = identity()
    work_plan_id: str = refers("work_plan.id")
    plan_id: str | None = refers_or_none("plan.id")
    title: str = Field(max_length=300)
    kind: PlanKind = choice(PlanKind)
    lead: str = Field(max_length=200)
    lead_id: str | None = refers_or_none("organisation.id")
    due_on: date
    trigger: Trigger = choice(Trigger)
    note: str = Field(default="", max_length=1000)
    added_at: datetime = instant()
    added_by: str = person()


class GroupMemberRow(Row, table=True):
    """Somebody in the working group of a course; who leaves stays on record."""

    __tablename__ = "group_member"

    id: str = identity()
    course_id: str = refers("course.id")
    name: str = Field(max_length=80)
    unit: str = Field(max_length=200)
    organisation_id: str | None = refers_or_none("organisation.id")
    post: str = Field(default="", max_length=120)
    part: GroupPart = choice(GroupPart)
    is_responsible: bool = False
    has_experience: bool = False
    added_at: datetime = instant()
    added_by: str = person()
    left_at: datetime | None = instant_or_none()


class ExplanationRow(Row, table=True):
    """The authoring explanation of a course as it was saved; the newest counts."""

    __tablename__ = "explanation"

    id: str = identity()
    ordinal: int
    course_id: str = refers("course.id")
    fields: dict[str, str] = json()
    saved_at: datetime = instant()
    saved_by: str = person()
