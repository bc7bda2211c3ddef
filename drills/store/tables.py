"""The rows of this floor. They never leave it; a sealed drill has none."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from drills.conduct.entry import EntryKind
from drills.drill import Content, Form, Purpose, State, Trade
from drills.rules import UnitPlan
from drills.scheduling import BlackoutKind
from plans_repo.store.tables.base import (
    NAMING,
    choice,
    choice_or_none,
    identity,
    instant,
    instant_or_none,
    json,
    long_text,
    octets,
    person,
)

METADATA = sa.MetaData(naming_convention=NAMING)


class Row(SQLModel):
    """A row of the drills floor. Plans and organisations are named by id: their tables belong to the floor below."""

    metadata = METADATA


class ProgrammeState(StrEnum):
    """Where the programme of a year stands."""

    DRAFT = "draft"  # 拟订
    APPROVED = "approved"  # 已批准


class ProgrammeRow(Row, table=True):
    """The programme of one area for one year."""

    __tablename__ = "programme"
    __table_args__ = (sa.UniqueConstraint("year", "area"),)

    id: str = identity()
    year: int
    area: str = Field(max_length=200, index=True)
    state: ProgrammeState = choice(ProgrammeState)
    adopted_at: datetime = instant()
    adopted_by: str = person()
    approved_at: datetime | None = instant_or_none()
    approved_by: str = Field(default="", max_length=36)


class DrillRow(Row, table=True):
    """A drill that may be known. *revision* counts its saves."""

    __tablename__ = "drill"

    id: str = identity()
    title: str = Field(max_length=300)
    title_en: str = Field(default="", max_length=300)
    plans: list[str] = json()
    content: Content = choice(Content)
    form: Form = choice(Form)
    purpose: Purpose = choice(Purpose)
    blindness: list[str] = json()
    organisation_id: str | None = Field(default=None, max_length=36, index=True)
    area: str = Field(max_length=200, index=True)
    state: State = choice(State, index=True)
    year: int = Field(index=True)
    on: date | None = Field(default=None, sa_column=sa.Column("held_on", sa.Date, index=True))
    at: time | None = Field(default=None, sa_column=sa.Column("held_at", sa.Time))
    duration_min: int = 0
    place: str = Field(default="", max_length=300)
    units: list[str] = json()
    participants_count: int = 0
    scenario: str = Field(default="", max_length=80)
    by: date | None = Field(default=None, sa_column=sa.Column("due_by", sa.Date))
    rule: str = Field(default="", max_length=80)
    note: str = Field(default="", max_length=2000)
    saved_at: datetime = instant()
    saved_by: str = person()


class ScriptRow(Row, table=True):
    """One revision of the script of a drill that may be known; the database refuses to change or delete it."""

    __tablename__ = "drill_script"
    __table_args__ = (sa.UniqueConstraint("drill_id", "revision"),)

    id: str = identity()
    drill_id: str = Field(foreign_key="drill.id", max_length=36, index=True)
    revision: int
    data: str = long_text()
    hash: str = Field(max_length=64)
    injects_count: int
    reason: str = Field(default="", max_length=500)
    saved_at: datetime = instant()
    saved_by: str = person()
    saved_by_name: str = Field(max_length=80)


class DesignRow(Row, table=True):
    """The design of a drill that may be known, as it stands now; its changes are events."""

    __tablename__ = "drill_design"

    drill_id: str = Field(primary_key=True, foreign_key="drill.id", max_length=36)
    data: str = long_text()
    hash: str = Field(max_length=64)
    saved_at: datetime = instant()
    saved_by: str = person()
    saved_by_name: str = Field(max_length=80)


class EntryRow(Row, table=True):
    """One line of the log of play of a drill; the database refuses to change or delete it.

    *hash* binds it to its content, its place and the line before it; *once* is what may not be written twice.
    """

    __tablename__ = "drill_entry"
    __table_args__ = (sa.UniqueConstraint("drill_id", "seq"), sa.UniqueConstraint("drill_id", "once"))

    id: str = identity()
    drill_id: str = Field(foreign_key="drill.id", max_length=36, index=True)
    seq: int
    kind: EntryKind = choice(EntryKind)
    at: datetime = instant()
    by: str = Field(default="", max_length=36)
    name: str = Field(default="", max_length=80)
    unit: str = Field(default="", max_length=300)
    about: str = Field(default="", max_length=80)
    minute: float | None = None
    speed: float = 1.0
    text: str = Field(default="", max_length=2000)
    device: str = Field(default="", max_length=80)
    once: str = Field(max_length=160)
    recorded_at: datetime = instant()
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class BlackoutRow(Row, table=True):
    """Days on which no drill is held; a warning in force has no end yet."""

    __tablename__ = "blackout"

    id: str = identity()
    kind: BlackoutKind = choice(BlackoutKind)
    start_on: date = Field(index=True)
    end_on: date | None = Field(default=None)
    reason: str = Field(max_length=300)
    reason_en: str = Field(default="", max_length=300)
    area: str = Field(max_length=200, index=True)
    entered_at: datetime = instant()
    entered_by: str = person()


class SmallDrillsRow(Row, table=True):
    """A monthly return of small drills."""

    __tablename__ = "small_drills"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "month", "trade", "form"),)

    id: str = identity()
    organisation_id: str = Field(max_length=36)
    area: str = Field(max_length=200, index=True)
    month: date = Field(index=True)
    trade: Trade = choice(Trade)
    form: Form = choice(Form)
    drills_count: int
    people_count: int
    note: str = Field(default="", max_length=500)
    returned_at: datetime = instant()
    returned_by: str = person()


class PlanFactsRow(Row, table=True):
    """What the intervals ask of a plan and the plan library does not know."""

    __tablename__ = "plan_facts"

    plan_id: str = identity()
    production_safety: bool
    high_risk: bool
    unit_plan: UnitPlan | None = choice_or_none(UnitPlan)
    issued_on: date | None = Field(default=None)
    drilled_on: date | None = Field(default=None)
    entered_at: datetime = instant()
    entered_by: str = person()


class BeaconRow(Row, table=True):
    """The beacon of one day; the database refuses to change or delete it."""

    __tablename__ = "beacon"

    day: date = Field(primary_key=True)
    block: bytes = octets()
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    hash_name: str = Field(max_length=20)
    published_at: datetime = instant()


class PledgeRow(Row, table=True):
    """A digest somebody deposited for a draw some day; the database refuses to change or delete it."""

    __tablename__ = "pledge"

    id: str = identity()
    digest: str = Field(max_length=64, unique=True)
    account_id: str = person()
    name: str = Field(max_length=80)
    at: datetime = instant()


class RevelationRow(Row, table=True):
    """What was opened after a sealed drill: public from then on."""

    __tablename__ = "revelation"

    drill_id: str = identity()
    data: str = long_text()
    revealed_at: datetime = instant()
    revealed_by: str = person()
