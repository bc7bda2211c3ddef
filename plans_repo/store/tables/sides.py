"""Rows of the other sides of a joint plan."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row, identity, refers, refers_or_none


class SideRow(Row, table=True):
    """Another side 联合方 of an edition of a joint plan: its government; *area* is "" where it is not registered."""

    __tablename__ = "side"
    __table_args__ = (sa.UniqueConstraint("course_id", "name"),)

    id: str = identity()
    plan_id: str = refers("plan.id")
    course_id: str = refers("course.id")
    name: str = Field(max_length=200)
    area: str = Field(default="", max_length=200, index=True)
    organisation_id: str | None = refers_or_none("organisation.id")
