"""A draft whose base has been overtaken: what the newer version changed comes into it."""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo import access, versions
from plans_repo.drafting.rows import (
    all_rows,
    base_clauses,
    clause_of,
    has_saves,
    keep,
    needed,
    new_row,
    put_in_order,
    store,
)
from plans_repo.drafting.waiting import Origin, put_aside
from plans_repo.drafting.words import terms
from plans_repo.store.tables.plans import DraftClauseRow, DraftRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.merge import ConflictKind, Merge, merged


@dataclass(frozen=True, kw_only=True)
class Rebase:
    """What taking in a newer version did: clauses that came from it, and those where both texts are kept.

    *torn* are clauses that the draft and the version moved to different places; they stay where the draft put them.
    """

    version: str
    label: str
    taken: tuple[str, ...]
    waiting: tuple[str, ...]
    torn: tuple[str, ...]


def rebase(work: Work, plan_id: str) -> Rebase:
    """Put the changes of the newest version into the draft, which then starts from that version.

    Where both changed the same words, the draft's stand and the version's wait beside them.
    """
    plan = access.changeable_plan(work, plan_id)
    draft = needed(work, plan)
    newest = versions.version_row(work, plan.id)
    if newest.id == draft.base_id:
        return Rebase(version=newest.id, label=newest.label, taken=(), waiting=(), torn=())
    base, theirs = base_clauses(work, draft), versions.clauses(work, newest)
    rows = {row.clause_id: row for row in all_rows(work, draft.id)}
    ours = [clause_of(row) for row in rows.values() if not row.removed]
    found = merged(base, ours, theirs, terms=terms(work))
    _write(work, draft, rows, found, {clause.id: clause for clause in theirs})
    waiting = _put_conflicts_aside(work, rows, found, base, theirs, newest)
    draft.base_id = newest.id
    work.session.flush()
    torn = tuple(met.clause for met in found.conflicts if met.kind is ConflictKind.PLACE)
    return Rebase(version=newest.id, label=newest.label, taken=found.theirs, waiting=waiting, torn=torn)


def _write(
    work: Work, draft: DraftRow, rows: dict[str, DraftClauseRow], found: Merge, theirs: dict[str, Clause]
) -> None:
    """Make the rows say what the merge says; a text that somebody may be looking at is kept before."""
    for clause in found.clauses:
        row = rows.get(clause.id)
        if row is None:
            row = rows[clause.id] = new_row(work, draft.id, clause, len(rows) + 1)
            work.session.add(row)
            work.session.flush()
            keep(work, row)
        elif row.removed or clause_of(row) != clause:
            _keep_former(work, row)
            store(work, row, clause, is_own=theirs.get(clause.id) != clause)
    present = [clause.id for clause in found.clauses]
    for name in rows.keys() - set(present):
        if not rows[name].removed:
            _keep_former(work, rows[name])
            store(work, rows[name], clause_of(rows[name]), removed=True, is_own=name in theirs)
    gone = [row for name, row in rows.items() if name not in set(present)]
    put_in_order(work, [*(rows[name] for name in present), *gone])


def _keep_former(work: Work, row: DraftClauseRow) -> None:
    if not has_saves(work, row):
        keep(work, row)


def _put_conflicts_aside(
    work: Work,
    rows: dict[str, DraftClauseRow],
    found: Merge,
    base: tuple[Clause, ...],
    theirs: tuple[Clause, ...],
    newest: VersionRow,
) -> tuple[str, ...]:
    before, after = {clause.id: clause for clause in base}, {clause.id: clause for clause in theirs}
    names = dict.fromkeys(met.clause for met in found.conflicts if met.kind is not ConflictKind.PLACE)
    for name in names:
        put_aside(
            work, rows[name], base=before.get(name), other=after.get(name), origin=Origin.VERSION,
            account=newest.created_by,
        )  # fmt: skip
    return tuple(names)
