"""Rows that an event vouches for: the event carries a digest of the whole row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from plans_repo.store.tables.consultations import AnswerRow
from plans_repo.store.tables.courses import EditorialChangeRow, SignOffRow
from plans_repo.store.tables.events import EventRow
from plans_repo.store.tables.experts import VoteRow
from plans_repo.store.tables.studies import StudyRow
from plans_repo.store.tables.terms import CorrespondentRow, DeedRow, LocalFigureRow
from plans_repo.store.tables.versions import VersionRow
from sim.plain import canonical

Anchored = (
    VersionRow
    | SignOffRow
    | StudyRow
    | EditorialChangeRow
    | AnswerRow
    | VoteRow
    | DeedRow
    | LocalFigureRow
    | CorrespondentRow
)

MARK = "anchor"  # the key of an event's payload under which anchors stand


def anchor(row: Anchored) -> dict[str, str]:
    """What an event says about *row*: its table, its id, its digest; goes under ``anchor`` of the payload."""
    return {"table": str(row.__tablename__), "id": row.id, "digest": row_digest(row)}


def row_digest(row: Anchored) -> str:
    """The sha-256 over every column of *row*."""
    return hashlib.sha256(canonical(row.model_dump())).hexdigest()


def anchors(session: Session) -> Iterator[tuple[str, str, str]]:
    """Table, id and digest of every row that some event vouches for."""
    for payload in session.exec(select(EventRow.payload).where(col(EventRow.payload).contains(f'"{MARK}"'))):
        for entry in _entries(json.loads(payload).get(MARK)):
            yield entry["table"], entry["id"], entry["digest"]


def _entries(found: Any) -> list[dict[str, str]]:
    if found is None:
        return []
    return found if isinstance(found, list) else [found]
