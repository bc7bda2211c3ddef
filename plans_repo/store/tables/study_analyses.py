"""Rows of what a study was asked beyond its verdicts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from plans_repo.store.tables.base import Row, identity, instant, json, refers


class StudyAnalysisRow(Row, table=True):
    """An analysis of a study: what was wanted, what came out, and the key under which it is found again."""

    __tablename__ = "study_analysis"

    id: str = identity()
    study_id: str = refers("study.id")
    kind: str = Field(max_length=40)
    key: str = Field(max_length=64, index=True)
    wanted: dict[str, Any] = json()
    result: dict[str, Any] = json()
    actor: str = Field(max_length=36)
    created_at: datetime = instant()
