"""Rows of a draft and the values made of them; what the rooms of drafting share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from plans_repo import authorship, versions
from plans_repo.course import courses
from plans_repo.course.stages import CLOSED, EFFECTIVE, Stage
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store.tables.base import METADATA
from plans_repo.store.tables.plans import (
    DraftClauseRow,
    DraftConflictRow,
    DraftPresenceRow,
    DraftRow,
    DraftSaveRow,
    PlanRow,
)
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, from_plain, to_plain


@dataclass(frozen=True, kw_only=True)
class DraftClause:
    """A clause as it stands in the draft; hand *revision* back when saving."""

    clause: Clause
    revision: int
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The text of a plan that is being written, and the version it started from.

    *stage* is where the text stands in its life cycle, which names it 初稿, 征求意见稿, 送审稿…; *is_overtaken* says
    that a newer version than its base has been made.
    """

    id: str
    plan: str
    base: str
    clauses: tuple[DraftClause, ...]
    stage: Stage = Stage.DRAFT
    is_overtaken: bool = False


def draft_row(work: Work, plan_id: str) -> DraftRow | None:
    """The draft of a plan, or None."""
    return work.session.exec(select(DraftRow).where(DraftRow.plan_id == plan_id)).first()


def needed(work: Work, plan: PlanRow) -> DraftRow:
    """The draft of a plan; refused when nobody has begun one."""
    row = draft_row(work, plan.id)
    if row is None:
        raise PlansRepoError("no-draft", thing=plan.title, field="draft", rule="must be begun first")
    return row


def locked_row(work: Work, plan: PlanRow, clause_id: str) -> DraftClauseRow:
    """The row of a clause, held until this work ends, so that the next writer sees what this one stored."""
    draft = needed(work, plan)
    query = select(DraftClauseRow).where(DraftClauseRow.draft_id == draft.id, DraftClauseRow.clause_id == clause_id)
    row = work.session.exec(query.with_for_update().execution_options(populate_existing=True)).first()
    if row is None:
        raise unknown_clause(plan, clause_id)
    return row


def unknown_clause(plan: PlanRow, clause_id: str) -> NotFound:
    """The refusal for a clause the draft does not have."""
    return NotFound("clause-unknown", thing=plan.title, field="clause", value=clause_id)


def all_rows(work: Work, draft_id: str) -> list[DraftClauseRow]:
    """The rows of a draft in order, removed ones too."""
    query = select(DraftClauseRow).where(DraftClauseRow.draft_id == draft_id).order_by(col(DraftClauseRow.position))
    return list(work.session.exec(query))


def present_rows(work: Work, draft_id: str) -> list[DraftClauseRow]:
    """The rows of a draft in order."""
    return [row for row in all_rows(work, draft_id) if not row.removed]


def draft_of(work: Work, row: DraftRow) -> Draft:
    """The draft as a value."""
    return Draft(
        id=row.id,
        plan=row.plan_id,
        base=row.base_id,
        clauses=tuple(entry_of(clause) for clause in present_rows(work, row.id)),
        stage=_stage(work, row.plan_id),
        is_overtaken=versions.version_row(work, row.plan_id).id != row.base_id,
    )


def _stage(work: Work, plan_id: str) -> Stage:
    course = courses.latest(work, plan_id)
    return Stage.DRAFT if course is None or course.stage in EFFECTIVE | CLOSED else course.stage


def entry_of(row: DraftClauseRow) -> DraftClause:
    """A clause of a draft as a value."""
    return DraftClause(clause=clause_of(row), revision=row.revision, saved_at=row.saved_at, saved_by=row.saved_by)


def clause_of(row: DraftClauseRow) -> Clause:
    """The words of a row."""
    return replace(from_plain(row.value), id=row.clause_id)


def base_clauses(work: Work, draft: DraftRow) -> tuple[Clause, ...]:
    """The clauses of the version the draft started from."""
    return versions.clauses(work, work.session.get_one(VersionRow, draft.base_id))


def new_row(work: Work, draft_id: str, clause: Clause, position: int) -> DraftClauseRow:
    """A row for a clause, not stored yet."""
    return DraftClauseRow(
        id=work.new_id(),
        draft_id=draft_id,
        clause_id=clause.id,
        position=position,
        text=clause.text,
        value=to_plain(clause),
        saved_at=work.now,
        saved_by=work.actor.account,
    )


def store(work: Work, row: DraftClauseRow, clause: Clause, *, removed: bool = False, is_own: bool = True) -> None:
    """Write a clause into its row; every text a draft ever had is kept while the draft lasts.

    What is not the actor's *own*, but came with another version, has its author there.
    """
    row.value, row.text, row.removed = to_plain(clause), clause.text, removed
    row.saved_at, row.saved_by = work.now, work.actor.account
    work.session.flush()
    keep(work, row)
    if is_own:
        authorship.note(work, row.draft_id, row.clause_id, None if removed else clause)


def keep(work: Work, row: DraftClauseRow) -> None:
    """Note the text a row has at its present revision, once: a text saved by its author is noted already."""
    noted = select(DraftSaveRow.id).where(
        DraftSaveRow.draft_id == row.draft_id,
        DraftSaveRow.clause_id == row.clause_id,
        DraftSaveRow.revision == row.revision,
    )
    if work.session.exec(noted).first() is not None:
        return
    work.session.add(
        DraftSaveRow(
            id=work.new_id(),
            draft_id=row.draft_id,
            clause_id=row.clause_id,
            revision=row.revision,
            value=row.value,
            saved_at=row.saved_at,
            saved_by=row.saved_by,
        )
    )
    work.session.flush()


def text_at(work: Work, draft: DraftRow, clause_id: str, revision: int) -> Clause | None:
    """The text of a clause that a person saw who read it at *revision*; None where it was not there."""
    query = (
        select(DraftSaveRow)
        .where(
            DraftSaveRow.draft_id == draft.id,
            DraftSaveRow.clause_id == clause_id,
            col(DraftSaveRow.revision) <= revision,
        )
        .order_by(col(DraftSaveRow.revision).desc())
    )
    kept = work.session.exec(query).first()
    if kept is not None:
        return replace(from_plain(kept.value), id=clause_id)
    return next((clause for clause in base_clauses(work, draft) if clause.id == clause_id), None)


def has_saves(work: Work, row: DraftClauseRow) -> bool:
    """Whether a text of the clause has been kept since the draft began."""
    query = select(DraftSaveRow.id).where(
        DraftSaveRow.draft_id == row.draft_id, DraftSaveRow.clause_id == row.clause_id
    )
    return work.session.exec(query).first() is not None


def put_in_order(work: Work, rows: Sequence[DraftClauseRow]) -> None:
    """Number the places of the rows; a place is no text, so no revision counts it."""
    work.session.flush()
    table = METADATA.tables[DraftClauseRow.__tablename__]
    changed = [{"row": row.id, "place": place} for place, row in enumerate(rows, start=1) if row.position != place]
    if changed:
        there = table.c.id == sa.bindparam("row")
        work.session.connection().execute(sa.update(table).where(there).values(position=sa.bindparam("place")), changed)
        for row in rows:
            work.session.expire(row, ["position"])


def put_away(work: Work, row: DraftRow) -> None:
    """Delete a draft with everything that hangs on it."""
    work.session.flush()
    authorship.forget(work, row.id)
    for kind in (DraftPresenceRow, DraftConflictRow, DraftSaveRow, DraftClauseRow):
        work.session.connection().execute(sa.delete(kind).where(sa.column("draft_id") == row.id))
    work.session.expire_all()
    work.session.delete(row)
    work.session.flush()
