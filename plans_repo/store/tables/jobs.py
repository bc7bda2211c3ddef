"""Rows of the durable job table."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, instant_or_none, json, json_or_none, octets


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobRow(Row, table=True):
    """Work for a worker process, with a lease that another may take over."""

    __tablename__ = "job"

    id: str = identity()
    kind: str = Field(max_length=80)
    params: dict[str, Any] = json()
    state: JobState = choice(JobState, index=True)
    done: int = 0
    total: int = 0
    cancel: bool = False
    worker: str | None = Field(default=None, max_length=120)
    lease_until: datetime | None = instant_or_none()
    attempts: int = 0
    result: dict[str, Any] | None = json_or_none()
    error: dict[str, Any] | None = json_or_none()
    actor: dict[str, Any] = json()
    account_id: str = Field(max_length=36, index=True)
    submitted_at: datetime = instant()
    started_at: datetime | None = instant_or_none()
    ended_at: datetime | None = instant_or_none()


class JobKeepsakeRow(Row, table=True):
    """What a running job wants to find again when another worker has to go on with it."""

    __tablename__ = "job_keepsake"

    job_id: str = Field(primary_key=True, foreign_key="job.id", max_length=36)
    key: str = Field(max_length=64)
    data: bytes = octets()
    spent_ms: int = Field(sa_type=sa.BigInteger)
    kept_at: datetime = instant()
