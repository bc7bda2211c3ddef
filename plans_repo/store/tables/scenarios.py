"""Rows of the scenarios and compound events kept beside those of the packs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, json, person


class ScenarioRow(Row, table=True):
    """A scenario saved by a release that kept only the newest state of each; read, never written."""

    __tablename__ = "scenario"

    id: str = Field(primary_key=True, max_length=80)
    hazard: str = Field(max_length=40, index=True)
    area: str = Field(max_length=200, index=True)
    value: dict[str, Any] = json()
    saved_at: datetime = instant()
    saved_by: str = person()


class EventKind(StrEnum):
    """What a version holds."""

    SCENARIO = "scenario"
    COMPOUND = "compound"


class ScenarioVersionRow(Row, table=True):
    """One state of a scenario or a compound event, in the plain form of ``sim``; never changed."""

    __tablename__ = "scenario_version"
    __table_args__ = (UniqueConstraint("scenario_id", "number"),)

    id: str = identity()
    kind: EventKind = choice(EventKind)
    scenario_id: str = Field(max_length=80, index=True)
    number: int
    area: str = Field(max_length=200, index=True)
    value: dict[str, Any] = json()
    hash: str = Field(max_length=64)
    made_from: str = Field(default="", max_length=160)
    reason: str = Field(default="", max_length=400)
    saved_at: datetime = instant()
    saved_by: str = person()
    saved_by_name: str = Field(default="", max_length=120)
