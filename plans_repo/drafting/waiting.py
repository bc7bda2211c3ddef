"""Conflicts that wait: a text that could not be merged, kept beside the draft until somebody decides piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from plans_repo import access
from plans_repo.drafting.rows import (
    DraftClause,
    clause_of,
    draft_row,
    entry_of,
    locked_row,
    needed,
    store,
)
from plans_repo.drafting.words import terms
from plans_repo.errors import NotFound, PlansRepoError, StaleRevision
from plans_repo.store.tables.plans import DraftClauseRow, DraftConflictRow, PlanRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, from_plain, to_plain
from plans_repo.text.merge import Conflict, ConflictKind, merged_clause
from plans_repo.text.rendering import clause_text


class Origin(StrEnum):
    """Where the waiting text comes from."""

    SAVE = "save"  # an author's save that came late
    VERSION = "version"  # a version made while the draft was being written
    FILE = "file"  # a Word file that came back


@dataclass(frozen=True, kw_only=True)
class PendingConflict:
    """A text that waits beside the draft.

    *base* is what both started from, *present* the draft's text (ours) and *other* the one that waits (theirs);
    None means that it does not have the clause. *merged* is the clause as it would be stored now, ours where a
    piece is open; *choices* are the decisions taken so far, by ``Conflict.key``.
    """

    id: str
    clause: str
    account: str
    present_by: str
    origin: Origin
    base: Clause | None
    present: Clause | None
    other: Clause | None
    revision: int
    merged: Clause
    conflicts: tuple[Conflict, ...]
    choices: Mapping[str, str]
    made_at: datetime

    @property
    def is_decided(self) -> bool:
        """Whether every piece has been decided."""
        return not self.conflicts


def pending_conflicts(work: Work, plan_id: str) -> tuple[PendingConflict, ...]:
    """The conflicts of a plan's draft that wait, oldest first; none while there is no draft."""
    plan = access.changeable_plan(work, plan_id)
    draft = draft_row(work, plan.id)
    if draft is None:
        return ()
    query = select(DraftConflictRow).where(DraftConflictRow.draft_id == draft.id)
    rows = work.session.exec(query.order_by(col(DraftConflictRow.made_at), col(DraftConflictRow.id)))
    return tuple(_pending(work, plan, row) for row in rows)


def put_aside(
    work: Work,
    row: DraftClauseRow,
    *,
    base: Clause | None,
    other: Clause | None,
    origin: Origin = Origin.SAVE,
    account: str = "",
) -> PendingConflict:
    """Keep a text beside the draft."""
    kept = DraftConflictRow(
        id=work.new_id(),
        draft_id=row.draft_id,
        clause_id=row.clause_id,
        account=account or work.actor.account,
        origin=origin,
        base=to_plain(base) if base else None,
        other=to_plain(other) if other else None,
        choices={},
        revision=row.revision,
        made_at=work.now,
    )
    work.session.add(kept)
    work.session.flush()
    return _value(work, row, kept)


def decide(work: Work, plan_id: str, conflict_id: str, key: str, choice: str, *, revision: int) -> PendingConflict:
    """Decide one piece of a conflict: the words that shall stand, or ``ours``, ``theirs``, ``base`` for all but words.

    *revision* is the draft's text that was looked at; refused when it has changed since.
    """
    plan = access.changeable_plan(work, plan_id)
    kept = _row(work, plan, conflict_id)
    row = locked_row(work, plan, kept.clause_id)
    _check_seen(plan, row, revision)
    before = kept.choices if kept.revision == row.revision else {}
    kept.choices, kept.revision = {**before, key: choice}, row.revision
    work.session.flush()
    return _value(work, row, kept)


def settle(work: Work, plan_id: str, conflict_id: str, *, revision: int) -> DraftClause:
    """Store the clause as it was decided piece by piece; refused while a piece is open."""
    plan = access.changeable_plan(work, plan_id)
    kept = _row(work, plan, conflict_id)
    row = locked_row(work, plan, kept.clause_id)
    _check_seen(plan, row, revision)
    waiting = _value(work, row, kept)
    if not waiting.is_decided:
        raise PlansRepoError(
            "conflict-open", thing=plan.title, field="conflict", rule="must be decided", value=len(waiting.conflicts)
        )
    chosen = {"ours": waiting.present, "theirs": waiting.other}
    is_removed = "" in waiting.choices and chosen[waiting.choices[""]] is None
    store(work, row, waiting.merged, removed=is_removed)
    work.session.delete(kept)
    work.session.flush()
    return entry_of(row)


def settle_as(work: Work, plan_id: str, conflict_id: str, clause: Clause, *, revision: int) -> DraftClause:
    """Store a wording of one's own in place of both texts."""
    plan = access.changeable_plan(work, plan_id)
    kept = _row(work, plan, conflict_id)
    row = locked_row(work, plan, kept.clause_id)
    _check_seen(plan, row, revision)
    store(work, row, replace(clause, id=row.clause_id))
    work.session.delete(kept)
    work.session.flush()
    return entry_of(row)


def withdraw(work: Work, plan_id: str, conflict_id: str) -> None:
    """Let the draft's text stand; the one that waited is given up."""
    plan = access.changeable_plan(work, plan_id)
    work.session.delete(_row(work, plan, conflict_id))
    work.session.flush()


def require_none_waiting(work: Work, plan: PlanRow, draft_id: str) -> None:
    """Refuse while a conflict waits: a version made now would lose one of the texts."""
    count = len(work.session.exec(select(DraftConflictRow.id).where(DraftConflictRow.draft_id == draft_id)).all())
    if count:
        raise PlansRepoError("conflicts-wait", thing=plan.title, field="draft", rule="must be decided", value=count)


def _pending(work: Work, plan: PlanRow, kept: DraftConflictRow) -> PendingConflict:
    query = select(DraftClauseRow).where(
        DraftClauseRow.draft_id == kept.draft_id, DraftClauseRow.clause_id == kept.clause_id
    )
    return _value(work, work.session.exec(query).one(), kept)


def _value(work: Work, row: DraftClauseRow, kept: DraftConflictRow) -> PendingConflict:
    """The conflict as it is against the draft's present text; decisions taken against another text do not count."""
    choices = kept.choices if kept.revision == row.revision else {}
    base, other = (from_plain(one) if one else None for one in (kept.base, kept.other))
    present = None if row.removed else clause_of(row)
    merged, conflicts = _merged(work, base, present, other, choices)
    return PendingConflict(
        id=kept.id,
        clause=kept.clause_id,
        account=kept.account,
        present_by=row.saved_by,
        origin=Origin(kept.origin),
        base=base,
        present=present,
        other=other,
        revision=row.revision,
        merged=merged or clause_of(row),
        conflicts=conflicts,
        choices=choices,
        made_at=kept.made_at,
    )


def _merged(
    work: Work, base: Clause | None, present: Clause | None, other: Clause | None, choices: Mapping[str, str]
) -> tuple[Clause | None, tuple[Conflict, ...]]:
    """The clause as decided so far, and what is open."""
    if present is not None and other is not None:
        start = base or Clause(id=present.id, kind=present.kind, level=present.level)
        return merged_clause(start, present, other, terms(work), choices)
    if "" in choices:
        return other if choices[""] == "theirs" else present, ()
    told = [clause_text(one).rstrip("\n") if one else "" for one in (base, present, other)]
    named = present or other or base
    met = Conflict(
        clause=named.id if named else "",
        kind=ConflictKind.REMOVAL,
        field="",
        base=told[0],
        ours=told[1],
        theirs=told[2],
    )
    return present or other, (met,)


def _row(work: Work, plan: PlanRow, conflict_id: str) -> DraftConflictRow:
    row = work.session.get(DraftConflictRow, conflict_id)
    if row is None or row.draft_id != needed(work, plan).id:
        raise NotFound("conflict-unknown", thing=plan.title, field="conflict", value=conflict_id)
    return row


def _check_seen(plan: PlanRow, row: DraftClauseRow, revision: int) -> None:
    if row.revision != revision:
        raise StaleRevision(
            "clause-changed-meanwhile",
            thing=plan.title,
            field="revision",
            value=revision,
            present=row.revision,
            theirs=row.text,
            saved_by=row.saved_by,
        )
