"""Rows of plans, their relations and their drafts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import (
    Row,
    choice,
    identity,
    instant,
    json,
    json_or_none,
    long_text,
    person,
    refers,
    refers_or_none,
)


class PlanKind(StrEnum):
    """The kinds of plan (国办发〔2024〕5号, articles 7 to 16)."""

    OVERALL = "overall"  # 总体应急预案
    SPECIAL = "special"  # 专项应急预案
    DEPARTMENT = "department"  # 部门应急预案
    SUPPORT = "support"  # 保障类预案
    KEY_TARGET = "key_target"  # 重要基础设施、生命线工程预案
    MAJOR_ACTIVITY = "major_activity"  # 重大活动保障应急预案
    JOINT = "joint"  # 联合应急预案
    CATASTROPHE = "catastrophe"  # 巨灾应急预案
    TOWNSHIP = "township"  # 乡镇（街道）应急预案
    VILLAGE = "village"  # 村（社区）应急预案
    UNIT = "unit"  # 单位应急预案


class RelationKind(StrEnum):
    """How one plan stands to another."""

    UPPER = "upper"  # 上位预案
    SPECIAL_OF = "special_of"  # 总体预案的专项
    SUPPORTS = "supports"  # 支撑性文件
    LINKED = "linked"  # 同级衔接、相邻地区
    REPLACES = "replaces"  # 替代


UPWARD = frozenset({RelationKind.UPPER, RelationKind.SPECIAL_OF})
"""Relations by which the other plan stands above."""


class PlanRow(Row, table=True):
    """The lasting identity of a plan; *origin* is the key of the installation that filed it here, "" for our own."""

    __tablename__ = "plan"

    id: str = identity()
    title: str = Field(max_length=300)
    kind: PlanKind = choice(PlanKind, index=True)
    hazard: str = Field(default="", max_length=40)
    organisation_id: str | None = refers_or_none("organisation.id")
    area: str = Field(max_length=200, index=True)
    origin: str = Field(default="", max_length=80, sa_column_kwargs={"server_default": ""})
    created_at: datetime = instant()
    created_by: str = person()


class PlanRelationRow(Row, table=True):
    """A relation between two plans."""

    __tablename__ = "plan_relation"
    __table_args__ = (sa.UniqueConstraint("plan_id", "other_id", "kind"),)

    id: str = identity()
    plan_id: str = refers("plan.id")
    other_id: str = refers("plan.id")
    kind: RelationKind = choice(RelationKind)
    created_at: datetime = instant()
    created_by: str = person()


class DraftRow(Row, table=True):
    """The mutable text of a plan, from which its next version is made; one per plan."""

    __tablename__ = "draft"

    id: str = identity()
    plan_id: str = Field(foreign_key="plan.id", max_length=36, unique=True)
    base_id: str = refers("version.id")
    created_at: datetime = instant()
    created_by: str = person()


_REVISION = sa.Column("revision", sa.Integer, nullable=False)  # outside the class, which would copy it with every row


class DraftClauseRow(Row, table=True):
    """A clause of a draft; its revision counts every save."""

    __tablename__ = "draft_clause"
    __table_args__ = (sa.UniqueConstraint("draft_id", "clause_id"),)

    id: str = identity()
    draft_id: str = refers("draft.id", cascade=True)
    clause_id: str = Field(max_length=36)
    position: int
    text: str = long_text()
    value: dict[str, Any] = json()
    removed: bool = False
    revision: int = Field(default=None, sa_column=_REVISION)
    saved_at: datetime = instant()
    saved_by: str = person()

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _REVISION}


class DraftSaveRow(Row, table=True):
    """A text a clause of a draft had: what a late save is merged against."""

    __tablename__ = "draft_save"
    __table_args__ = (sa.UniqueConstraint("draft_id", "clause_id", "revision"),)

    id: str = identity()
    draft_id: str = refers("draft.id", cascade=True)
    clause_id: str = Field(max_length=36)
    revision: int
    value: dict[str, Any] = json()
    saved_at: datetime = instant()
    saved_by: str = person()


class DraftConflictRow(Row, table=True):
    """A text that could not be merged into a draft and waits beside it; without *other* the clause is to go."""

    __tablename__ = "draft_conflict"

    id: str = identity()
    draft_id: str = refers("draft.id", cascade=True)
    clause_id: str = Field(max_length=36)
    account: str = person()
    origin: str = Field(max_length=20)
    base: dict[str, Any] | None = json_or_none()
    other: dict[str, Any] | None = json_or_none()
    choices: dict[str, Any] = json()
    revision: int
    made_at: datetime = instant()


class DraftPresenceRow(Row, table=True):
    """Who was last at which clause of a draft."""

    __tablename__ = "draft_presence"
    __table_args__ = (sa.UniqueConstraint("draft_id", "account"),)

    id: str = identity()
    draft_id: str = refers("draft.id", cascade=True)
    clause_id: str = Field(max_length=36)
    account: str = person()
    seen_at: datetime = instant()
