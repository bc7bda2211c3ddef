"""Rows of versions and of what they are made of; once written they never change."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import (
    Row,
    choice,
    identity,
    instant,
    json,
    json_or_none,
    octets,
    person,
    refers,
    refers_or_none,
)


class Trigger(StrEnum):
    """Why a plan was written or revised (国办发〔2024〕5号, article 35, and first import)."""

    FIRST = "first"  # 首次编制
    IMPORT = "import"  # 导入
    LAW = "law"  # 法律、法规、规章、标准、上位预案变化
    COMMAND = "command"  # 应急指挥机构及职责调整
    RISK = "risk"  # 面临的风险变化
    RESOURCES = "resources"  # 重要应急资源变化
    FINDING = "finding"  # 实际应对或演练中发现问题
    DECISION = "decision"  # 制定单位认为应当修订
    CONFIRMATION = "confirmation"  # 确认识别结果与处置程序
    EDITING = "editing"  # 编制过程中修改
    OPINIONS = "opinions"  # 采纳征求到的意见
    REVIEW = "review"  # 采纳评审意见
    PROOFREADING = "proofreading"  # 核稿修改


class BlobRow(Row, table=True):
    """Bytes under their sha-256: the text of a clause, a procedure."""

    __tablename__ = "blob"

    hash: str = Field(primary_key=True, max_length=64)
    data: bytes = octets()


class NodeRow(Row, table=True):
    """A node of the hash tree under its sha-256."""

    __tablename__ = "node"

    hash: str = Field(primary_key=True, max_length=64)
    data: bytes = octets()


class MediaRow(Row, table=True):
    """A file under its sha-256: an imported original, a picture, a paper."""

    __tablename__ = "media"

    hash: str = Field(primary_key=True, max_length=64)
    size: int
    name: str = Field(max_length=300)
    data: bytes = octets()


class VersionRow(Row, table=True):
    """One immutable state of a plan."""

    __tablename__ = "version"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "ordinal"),
        sa.Index("ix_version_course_ordinal", "course_id", "ordinal"),
    )

    id: str = identity()
    plan_id: str = refers("plan.id")
    course_id: str = refers("course.id")
    ordinal: int
    label: str = Field(max_length=120)
    title: str = Field(max_length=300)
    root_hash: str = Field(max_length=64, index=True)
    tree_hash: str = Field(foreign_key="node.hash", max_length=64)
    procedure_hash: str | None = Field(default=None, foreign_key="blob.hash", max_length=64)
    original_hash: str | None = Field(default=None, foreign_key="media.hash", max_length=64)
    hash_name: str = Field(max_length=20)
    parents: list[str] = json()
    reading: dict[str, Any] | None = json_or_none()
    reason: str = Field(max_length=1000)
    trigger: Trigger = choice(Trigger)
    created_at: datetime = instant()
    created_by: str = person()


class ClauseSaveRow(Row, table=True):
    """A save of a clause of a draft, kept for the version made from it: whose words are whose.

    *value* is None where the clause was taken out. The draft's row is gone once the version stands.
    """

    __tablename__ = "clause_save"
    __table_args__ = (sa.UniqueConstraint("draft_id", "ordinal"),)

    id: str = identity()
    draft_id: str = Field(max_length=36, index=True)
    version_id: str | None = refers_or_none("version.id")
    ordinal: int
    clause_id: str = Field(max_length=36)
    value: dict[str, Any] | None = json_or_none()
    moved: bool = False
    saved_at: datetime = instant()
    saved_by: str = person()
