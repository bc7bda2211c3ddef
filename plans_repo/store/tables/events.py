"""Rows of the event chains; the database itself refuses to change or delete them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row, instant, long_text


class EventRow(Row, table=True):
    """One event of one chain, bound to the one before it."""

    __tablename__ = "event"
    __table_args__ = (sa.Index("ix_event_account_at", "account_id", "at"),)

    chain: str = Field(primary_key=True, max_length=80)
    position: int = Field(primary_key=True)
    kind: str = Field(max_length=80, index=True)
    at: datetime = instant()
    account_id: str = Field(max_length=36)
    os_user: str = Field(max_length=80)
    payload: str = long_text()
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    hash_name: str = Field(max_length=20)


class HeadRow(Row, table=True):
    """The chain of heads: every event of every chain in the order it was written, signed."""

    __tablename__ = "head"

    position: int = Field(primary_key=True)
    chain: str = Field(max_length=80)
    event_position: int
    event_hash: str = Field(max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    signature: str = Field(max_length=200)
    scheme: str = Field(max_length=20)
    key: str = Field(max_length=80)
