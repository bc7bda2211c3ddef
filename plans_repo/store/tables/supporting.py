"""Rows of supporting documents: which unit has a work manual or action scheme, made from which version."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, person, refers


class SupportKind(StrEnum):
    """The two supporting documents of a plan (国办发〔2024〕5号, article 17)."""

    MANUAL = "manual"  # 应急工作手册
    SCHEME = "scheme"  # 行动方案


class SupportingRow(Row, table=True):
    """One document, in the words the procedure of that version had; made again it is another row."""

    __tablename__ = "supporting_document"
    __table_args__ = (sa.UniqueConstraint("version_id", "kind", "unit"),)

    id: str = identity()
    plan_id: str = refers("plan.id")
    version_id: str = refers("version.id")
    kind: SupportKind = choice(SupportKind)
    unit: str = Field(max_length=200)
    root_hash: str = Field(max_length=64)
    made_at: datetime = instant()
    made_by: str = person()
