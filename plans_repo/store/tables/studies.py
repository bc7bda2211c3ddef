"""Rows of stored studies."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, json, json_or_none, refers


class StudyState(StrEnum):
    """Where a study stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StudyRow(Row, table=True):
    """A study of a version in a scenario with a resource set: what was asked and what came out."""

    __tablename__ = "study"

    id: str = identity()
    plan_id: str = refers("plan.id")
    version_id: str = refers("version.id")
    scenario: str = Field(max_length=120, index=True)
    resource_set: str = Field(max_length=120)
    runs: int
    seed: int = Field(sa_type=BigInteger)
    engine: str = Field(max_length=40)
    hash: str = Field(default="", max_length=64)
    footing: str = Field(default="", max_length=40)
    request: dict[str, Any] = json()
    result: dict[str, Any] | None = json_or_none()
    state: StudyState = choice(StudyState)
    actor: str = Field(max_length=36)
    created_at: datetime = instant()


class StudyKeyRow(Row, table=True):
    """Under which key a study is found again by whoever asks exactly the same."""

    __tablename__ = "study_key"

    study_id: str = Field(primary_key=True, foreign_key="study.id", max_length=36)
    key: str = Field(max_length=64, index=True)
