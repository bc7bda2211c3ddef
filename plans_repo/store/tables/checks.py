"""Rows of rule checks: how the last check of each plan turned out. Derived, and made anew at any time."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Field

from plans_repo.store.tables.base import Row, json


class CheckRunRow(Row, table=True):
    """The last check of a plan: of which version, on which day, how each rule turned out, until when it is due."""

    __tablename__ = "check_run"

    plan_id: str = Field(primary_key=True, foreign_key="plan.id", max_length=36)
    version_id: str = Field(foreign_key="version.id", max_length=36)
    checked_on: date
    outcomes: list[dict[str, Any]] = json()
    defects: dict[str, int] = json()
