"""Who wrote what in a version that several authors made: every save of its draft, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, func, select

from plans_repo.store.tables.versions import ClauseSaveRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, from_plain, to_plain


@dataclass(frozen=True, kw_only=True, slots=True)
class Save:
    """A clause as somebody saved it; None for one taken out. *moved* says that it was put to another place."""

    clause: str
    value: Clause | None
    moved: bool
    author: str
    at: datetime


def note(work: Work, draft_id: str, clause_id: str, value: Clause | None, *, moved: bool = False) -> None:
    """Remember that the actor saved a clause of a draft, or took it out."""
    last = work.session.exec(select(func.max(ClauseSaveRow.ordinal)).where(ClauseSaveRow.draft_id == draft_id)).one()
    work.session.add(
        ClauseSaveRow(
            id=work.new_id(),
            draft_id=draft_id,
            ordinal=(last or 0) + 1,
            clause_id=clause_id,
            value=to_plain(value) if value else None,
            moved=moved,
            saved_at=work.now,
            saved_by=work.actor.account,
        )
    )
    work.session.flush()


def settle(work: Work, draft_id: str, version_id: str) -> None:
    """Keep what was remembered of a draft as the authorship of the version made from it."""
    for row in work.session.exec(select(ClauseSaveRow).where(ClauseSaveRow.draft_id == draft_id)):
        row.version_id = version_id
    work.session.flush()


def forget(work: Work, draft_id: str) -> None:
    """Drop what was remembered of a draft of which no version was made."""
    for row in work.session.exec(
        select(ClauseSaveRow).where(ClauseSaveRow.draft_id == draft_id, col(ClauseSaveRow.version_id).is_(None))
    ):
        work.session.delete(row)
    work.session.flush()


def saves(work: Work, version_id: str) -> tuple[Save, ...]:
    """The saves that led to a version, oldest first; empty for one that was made in one piece."""
    rows = work.session.exec(
        select(ClauseSaveRow).where(ClauseSaveRow.version_id == version_id).order_by(col(ClauseSaveRow.ordinal))
    )
    return tuple(_save(row) for row in rows)


def _save(row: ClauseSaveRow) -> Save:
    value = replace(from_plain(row.value), id=row.clause_id) if row.value else None
    return Save(clause=row.clause_id, value=value, moved=row.moved, author=row.saved_by, at=row.saved_at)
