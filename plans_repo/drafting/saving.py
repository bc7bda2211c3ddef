"""Saving a clause: a save that comes late becomes a merge, and what cannot be merged waits beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plans_repo import access
from plans_repo.drafting.rows import (
    DraftClause,
    clause_of,
    entry_of,
    locked_row,
    needed,
    store,
    text_at,
)
from plans_repo.drafting.waiting import PendingConflict, put_aside
from plans_repo.drafting.words import terms
from plans_repo.errors import StaleRevision
from plans_repo.store.tables.plans import DraftClauseRow, PlanRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.merge import merged_clause


class Outcome(StrEnum):
    """What became of a save."""

    UNCHANGED = "unchanged"
    SAVED = "saved"
    MERGED = "merged"  # somebody else had saved meanwhile; both texts are in
    WAITING = "waiting"  # both changed the same words; the draft keeps the other text, this one waits beside it


@dataclass(frozen=True, kw_only=True)
class SavedClause:
    """How a save ended: the clause as it stands now, and the conflict that waits if there is one."""

    entry: DraftClause
    outcome: Outcome
    conflict: PendingConflict | None = None

    @property
    def revision(self) -> int:
        """The revision to hand back with the next save."""
        return self.entry.revision


def save_clause(work: Work, plan_id: str, clause: Clause, *, revision: int) -> SavedClause:
    """Save a clause that was read at *revision*.

    When somebody has saved since, the two texts are merged on whole quantities, grades,
    posts and terms. Where both touched the same words the draft stays as it is and the
    text sent waits beside it, stored, until somebody decides.
    """
    plan = access.changeable_plan(work, plan_id)
    row = locked_row(work, plan, clause.id)
    present = clause_of(row)
    if row.revision == revision and not row.removed:
        return _stored(work, row, present, clause)
    seen = text_at(work, needed(work, plan), clause.id, revision)
    if not row.removed:
        if seen == present or present == clause:
            return _stored(work, row, present, clause)
        if seen == clause:
            return SavedClause(entry=entry_of(row), outcome=Outcome.UNCHANGED)
        both, conflicts = merged_clause(seen or _nothing(clause), present, clause, terms(work))
        if not conflicts:
            store(work, row, both)
            return SavedClause(entry=entry_of(row), outcome=Outcome.MERGED)
    waiting = put_aside(work, row, base=seen, other=clause)
    return SavedClause(entry=entry_of(row), outcome=Outcome.WAITING, conflict=waiting)


def remove_clause(work: Work, plan_id: str, clause_id: str, *, revision: int) -> None:
    """Take a clause out of the draft; versions keep it.

    Refused when somebody changed its words since *revision*: who removes it should have read them.
    """
    plan = access.changeable_plan(work, plan_id)
    row = locked_row(work, plan, clause_id)
    if row.removed:
        return
    present = clause_of(row)
    if row.revision != revision and text_at(work, needed(work, plan), clause_id, revision) != present:
        raise _changed_meanwhile(plan, row, revision)
    store(work, row, present, removed=True)


def _stored(work: Work, row: DraftClauseRow, present: Clause, clause: Clause) -> SavedClause:
    if present == clause:
        return SavedClause(entry=entry_of(row), outcome=Outcome.UNCHANGED)
    store(work, row, clause)
    return SavedClause(entry=entry_of(row), outcome=Outcome.SAVED)


def _nothing(clause: Clause) -> Clause:
    return Clause(id=clause.id, kind=clause.kind, level=clause.level)


def _changed_meanwhile(plan: PlanRow, row: DraftClauseRow, revision: int) -> StaleRevision:
    return StaleRevision(
        "clause-changed-meanwhile",
        thing=plan.title,
        field="revision",
        value=revision,
        present=row.revision,
        theirs=row.text,
        saved_by=row.saved_by,
    )
