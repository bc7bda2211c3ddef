"""Rows of the catalogue of plans: what a body ought to have, under a code that stays."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, person, refers, refers_or_none
from plans_repo.store.tables.plans import PlanKind


class CatalogueRow(Row, table=True):
    """One entry; *waived_why* says why the plan need not be written, "" while it must be."""

    __tablename__ = "catalogue_entry"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "kind", "title"),)

    id: str = identity()
    code: str = Field(max_length=80, unique=True)
    title: str = Field(max_length=300)
    kind: PlanKind = choice(PlanKind)
    organisation_id: str = refers("organisation.id")
    basis: str = Field(max_length=300)
    basis_en: str = Field(default="", max_length=300)
    plan_id: str | None = refers_or_none("plan.id")
    waived_why: str = Field(default="", max_length=500)
    revision: int = 1
    entered_at: datetime = instant()
    entered_by: str = person()
