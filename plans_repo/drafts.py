"""Drafts: the text being written. Nobody is locked out, nobody is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from plans_repo import access, authorship, versions
from plans_repo.errors import NotFound, PlansRepoError, StaleRevision
from plans_repo.importing import Propose, proposed
from plans_repo.standing import reconsidered
from plans_repo.store.tables.plans import DraftClauseRow, DraftRow, PlanRow
from plans_repo.store.tables.versions import Trigger, VersionRow
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
    """The text of a plan that is being written, and the version it started from."""

    id: str
    plan: str
    base: str
    clauses: tuple[DraftClause, ...]


def open_draft(work: Work, plan_id: str) -> Draft:
    """The draft of a plan; begun from its newest version when there is none."""
    plan = access.changeable_plan(work, plan_id)
    row = _row(work, plan.id) or _begin(work, plan)
    return _draft(work, row)


def draft(work: Work, plan_id: str) -> Draft | None:
    """The draft of a plan, or None when nobody has begun one."""
    plan = access.changeable_plan(work, plan_id)
    row = _row(work, plan.id)
    return _draft(work, row) if row else None


def save_clause(work: Work, plan_id: str, clause: Clause, *, revision: int) -> DraftClause:
    """Save a clause that was read at *revision*.

    When somebody has saved since, nothing is stored; the refusal carries that text
    (``theirs``), the one sent (``mine``) and the one in the base version (``base``).
    """
    plan = access.changeable_plan(work, plan_id)
    row = _clause_row(work, plan, clause.id)
    _check_revision(work, plan, row, clause, revision)
    row.value = to_plain(clause)
    row.text = clause.text
    row.saved_at, row.saved_by = work.now, work.actor.account
    authorship.note(work, row.draft_id, clause.id, clause)
    work.session.flush()
    return _value(row)


def add_clause(work: Work, plan_id: str, clause: Clause, *, after: str = "") -> DraftClause:
    """Put a new clause behind the clause *after*, or first of all; an empty id gets a new one."""
    plan = access.changeable_plan(work, plan_id)
    draft_row = _needed(work, plan)
    rows = _clause_rows(work, draft_row.id)
    place = _place(plan, rows, after)
    for row in rows[place:]:
        row.position += 1
    fresh = _new_row(work, draft_row.id, clause, place + 1)
    work.session.add(fresh)
    work.session.flush()
    authorship.note(work, draft_row.id, fresh.clause_id, clause)
    return _value(fresh)


def remove_clause(work: Work, plan_id: str, clause_id: str, *, revision: int) -> None:
    """Take a clause out of the draft; versions keep it."""
    plan = access.changeable_plan(work, plan_id)
    row = _clause_row(work, plan, clause_id)
    _check_revision(work, plan, row, None, revision)
    row.removed = True
    row.saved_at, row.saved_by = work.now, work.actor.account
    authorship.note(work, row.draft_id, clause_id, None)
    work.session.flush()


def make_version(
    work: Work, plan_id: str, *, reason: str, trigger: Trigger, propose: Propose | None = None
) -> VersionRow:
    """Make the draft the next version, with the procedure of its base, and put the draft away.

    A promise whose words changed is open again, with what *propose* reads from the new words.
    """
    plan = access.changeable_plan(work, plan_id)
    draft_row = _needed(work, plan)
    base = work.session.get_one(VersionRow, draft_row.base_id)
    newest = versions.version_row(work, plan.id)
    if newest.id != base.id:
        raise StaleRevision("version-made-meanwhile", thing=plan.title, value=newest.label, base=base.label)
    clauses = tuple(entry.clause for entry in _draft(work, draft_row).clauses)
    fresh = proposed(plan, base.title, clauses, propose)
    row = versions.make(
        work,
        plan,
        clauses,
        reconsidered(versions.procedure(work, base), versions.clauses(work, base), clauses, fresh),
        reason=reason,
        trigger=trigger,
        parents=(base.id,),
        title=base.title,
    )
    authorship.settle(work, draft_row.id, row.id)
    _put_away(work, draft_row)
    return row


def discard_draft(work: Work, plan_id: str) -> None:
    """Throw the draft away; versions stay."""
    plan = access.changeable_plan(work, plan_id)
    _put_away(work, _needed(work, plan))


def _put_away(work: Work, row: DraftRow) -> None:
    work.session.flush()
    authorship.forget(work, row.id)
    for clause in _all_rows(work, row.id):
        work.session.delete(clause)
    work.session.flush()
    work.session.delete(row)
    work.session.flush()


def _begin(work: Work, plan: PlanRow) -> DraftRow:
    base = versions.version_row(work, plan.id)
    row = DraftRow(
        id=work.new_id(), plan_id=plan.id, base_id=base.id, created_at=work.now, created_by=work.actor.account
    )
    work.session.add(row)
    work.session.flush()
    clauses = versions.clauses(work, base)
    work.session.add_all(_new_row(work, row.id, clause, place) for place, clause in enumerate(clauses, start=1))
    work.session.flush()
    return row


def _new_row(work: Work, draft_id: str, clause: Clause, position: int) -> DraftClauseRow:
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


def _check_revision(work: Work, plan: PlanRow, row: DraftClauseRow, mine: Clause | None, revision: int) -> None:
    if row.revision == revision and not row.removed:
        return
    draft_row = _needed(work, plan)
    base = work.session.get_one(VersionRow, draft_row.base_id)
    before = {clause.id: clause for clause in versions.clauses(work, base)}.get(row.clause_id)
    raise StaleRevision(
        "clause-saved-meanwhile",
        thing=row.clause_id,
        field="revision",
        value=revision,
        present=row.revision,
        mine=mine.text if mine else "",
        theirs="" if row.removed else row.text,
        base=before.text if before else "",
        saved_by=row.saved_by,
    )


def _place(plan: PlanRow, rows: Sequence[DraftClauseRow], after: str) -> int:
    if not after:
        return 0
    for place, row in enumerate(rows, start=1):
        if row.clause_id == after:
            return place
    raise NotFound("clause-unknown", thing=plan.title, field="clause", value=after)


def _needed(work: Work, plan: PlanRow) -> DraftRow:
    row = _row(work, plan.id)
    if row is None:
        raise PlansRepoError("no-draft", thing=plan.title, field="draft", rule="must be begun first")
    return row


def _row(work: Work, plan_id: str) -> DraftRow | None:
    return work.session.exec(select(DraftRow).where(DraftRow.plan_id == plan_id)).first()


def _clause_row(work: Work, plan: PlanRow, clause_id: str) -> DraftClauseRow:
    draft_row = _needed(work, plan)
    row = work.session.exec(
        select(DraftClauseRow).where(DraftClauseRow.draft_id == draft_row.id, DraftClauseRow.clause_id == clause_id)
    ).first()
    if row is None:
        raise NotFound("clause-unknown", thing=plan.title, field="clause", value=clause_id)
    return row


def _all_rows(work: Work, draft_id: str) -> list[DraftClauseRow]:
    query = select(DraftClauseRow).where(DraftClauseRow.draft_id == draft_id).order_by(col(DraftClauseRow.position))
    return list(work.session.exec(query))


def _clause_rows(work: Work, draft_id: str) -> list[DraftClauseRow]:
    return [row for row in _all_rows(work, draft_id) if not row.removed]


def _draft(work: Work, row: DraftRow) -> Draft:
    clauses = tuple(_value(clause) for clause in _clause_rows(work, row.id))
    return Draft(id=row.id, plan=row.plan_id, base=row.base_id, clauses=clauses)


def _value(row: DraftClauseRow) -> DraftClause:
    return DraftClause(
        clause=replace(from_plain(row.value), id=row.clause_id),
        revision=row.revision,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
    )
