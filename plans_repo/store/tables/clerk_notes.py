"""Rows of what a clerk wrote into the table of revisions."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row, identity, instant, long_text, person, refers


class RevisionNoteRow(Row, table=True):
    """Why a clause changed between two versions and on what ground, in the clerk's own words; the last one counts."""

    __tablename__ = "revision_note"
    __table_args__ = (sa.UniqueConstraint("after_id", "before_id", "clause_id"),)

    id: str = identity()
    after_id: str = refers("version.id")
    before_id: str = refers("version.id")
    clause_id: str = Field(max_length=36)
    reason: str = long_text()
    basis: str = long_text()
    written_at: datetime = instant()
    written_by: str = person()
