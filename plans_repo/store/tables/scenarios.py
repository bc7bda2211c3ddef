"""Rows of the scenarios kept beside those of the packs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from plans_repo.store.tables.base import Row, instant, json, person


class ScenarioRow(Row, table=True):
    """A scenario of an area, in the plain form of ``sim``."""

    __tablename__ = "scenario"

    id: str = Field(primary_key=True, max_length=80)
    hazard: str = Field(max_length=40, index=True)
    area: str = Field(max_length=200, index=True)
    value: dict[str, Any] = json()
    saved_at: datetime = instant()
    saved_by: str = person()
