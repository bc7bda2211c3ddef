"""Rows of turnouts and of what was timed in them. Rows are only added: a correction is a further revision."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, person, refers


class TurnoutKind(StrEnum):
    """Why people turned out."""

    DRILL = "drill"  # 演练
    CALL_OUT = "call_out"  # 拉动
    INCIDENT = "incident"  # 实际处置


class TimingSubject(StrEnum):
    """What was timed."""

    TASK = "task"  # 任务
    TARGET = "target"  # 目标


class TimingEnd(StrEnum):
    """How a timed task came to its end."""

    DONE = "done"  # 完成
    FAILED = "failed"  # 未成功
    STOPPED = "stopped"  # 中止时尚未完成


class TurnoutRow(Row, table=True):
    """A drill, a call-out or a real incident in which tasks of a plan were timed."""

    __tablename__ = "turnout"
    __table_args__ = (UniqueConstraint("plan_id", "kind", "title", "began_at"),)

    id: str = identity()
    plan_id: str = refers("plan.id")
    version_id: str = refers("version.id")
    kind: TurnoutKind = choice(TurnoutKind)
    title: str = Field(max_length=200)
    began_at: datetime = instant()
    place: str = Field(default="", max_length=200)
    is_announced: bool
    recorder: str = Field(max_length=80)
    source_file: str = Field(default="", max_length=255)
    kept_at: datetime = instant()
    kept_by: str = person()


class TimingRow(Row, table=True):
    """One revision of one timing."""

    __tablename__ = "timing"
    __table_args__ = (UniqueConstraint("turnout_id", "subject", "name", "entity", "attempt", "revision"),)

    id: str = identity()
    turnout_id: str = refers("turnout.id")
    subject: TimingSubject = choice(TimingSubject)
    name: str = Field(max_length=120)
    entity: str = Field(default="", max_length=120)
    attempt: int = Field(default=1)
    started_at: datetime = instant()
    ended_at: datetime = instant()
    ending: TimingEnd = choice(TimingEnd)
    quantity: float | None = Field(default=None)
    note: str = Field(default="", max_length=300)
    revision: int = Field(default=0)
    reason: str = Field(default="", max_length=300)
    is_withdrawn: bool = Field(default=False)
    kept_at: datetime = instant()
    kept_by: str = person()
