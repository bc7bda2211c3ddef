"""A text that was edited elsewhere is put into the draft: what it changed comes in, what cannot be merged waits."""

from __future__ import annotations

from collections.abc import Sequence

from plans_repo import authorship
from plans_repo.drafting.rows import all_rows, clause_of, keep, new_row, put_in_order, store
from plans_repo.drafting.waiting import Origin, put_aside
from plans_repo.drafting.words import terms
from plans_repo.store.tables.plans import DraftClauseRow, DraftRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.difference import moved_clauses
from plans_repo.text.merge import ConflictKind, Merge, merged


def take_into_draft(
    work: Work, draft: DraftRow, base: Sequence[Clause], theirs: Sequence[Clause]
) -> tuple[Merge, tuple[str, ...]]:
    """Merge what *theirs* made of *base* into the draft; the ids of clauses where both texts are kept.

    The actor is the author of what came in. Where both changed the same words, the draft's stand.
    """
    rows = {row.clause_id: row for row in all_rows(work, draft.id)}
    ours = [clause_of(row) for row in rows.values() if not row.removed]
    found = merged(base, ours, theirs, terms=terms(work))
    _write(work, draft, rows, found)
    _note_moves(work, draft, ours, found)
    before, after = ({clause.id: clause for clause in side} for side in (base, theirs))
    names = tuple(dict.fromkeys(met.clause for met in found.conflicts if met.kind is not ConflictKind.PLACE))
    for name in names:
        put_aside(work, rows[name], base=before.get(name), other=after.get(name), origin=Origin.FILE)
    return found, names


def _write(work: Work, draft: DraftRow, rows: dict[str, DraftClauseRow], found: Merge) -> None:
    for clause in found.clauses:
        row = rows.get(clause.id)
        if row is None:
            row = rows[clause.id] = new_row(work, draft.id, clause, len(rows) + 1)
            work.session.add(row)
            work.session.flush()
            keep(work, row)
            authorship.note(work, draft.id, clause.id, clause)
        elif row.removed or clause_of(row) != clause:
            keep(work, row)
            store(work, row, clause)
    present = [clause.id for clause in found.clauses]
    for name in rows.keys() - set(present):
        if not rows[name].removed:
            keep(work, rows[name])
            store(work, rows[name], clause_of(rows[name]), removed=True)
    gone = [row for name, row in rows.items() if name not in set(present)]
    put_in_order(work, [*(rows[name] for name in present), *gone])


def _note_moves(work: Work, draft: DraftRow, ours: Sequence[Clause], found: Merge) -> None:
    moved = moved_clauses(ours, found.clauses)
    for clause in found.clauses:
        if clause.id in moved:
            authorship.note(work, draft.id, clause.id, clause, moved=True)
