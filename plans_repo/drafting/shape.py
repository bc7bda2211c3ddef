"""The shape of a draft: clauses added, moved, lifted and lowered, and their typed numbers put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans_repo import access, authorship
from plans_repo.drafting.rows import (
    DraftClause,
    all_rows,
    clause_of,
    entry_of,
    keep,
    needed,
    new_row,
    present_rows,
    put_in_order,
    store,
    unknown_clause,
)
from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.plans import DraftClauseRow, PlanRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.renumbering import Renumbered, renumbered

DEEPEST = 9


def add_clause(work: Work, plan_id: str, clause: Clause, *, after: str = "") -> DraftClause:
    """Put a new clause behind the clause *after*, or first of all; an empty id gets a new one."""
    plan = access.changeable_plan(work, plan_id)
    draft = needed(work, plan)
    rows = all_rows(work, draft.id)
    clause = clause if clause.id else replace(clause, id=work.new_id())
    if any(row.clause_id == clause.id for row in rows):
        raise PlansRepoError("clause-id-twice", thing=plan.title, field="id", rule="must be unique", value=clause.id)
    place = _behind(plan, rows, after)
    fresh = new_row(work, draft.id, clause, place + 1)
    work.session.add(fresh)
    work.session.flush()
    keep(work, fresh)
    put_in_order(work, [*rows[:place], fresh, *rows[place:]])
    authorship.note(work, draft.id, clause.id, clause)
    return entry_of(fresh)


def move_clause(work: Work, plan_id: str, clause_id: str, *, after: str = "") -> None:
    """Put a clause, with everything under it, behind the clause *after* and all that stands under that, or first.

    The depth stays; ``shift_level`` changes it.
    """
    plan = access.changeable_plan(work, plan_id)
    draft = needed(work, plan)
    rows = all_rows(work, draft.id)
    moving = _subtree(plan, [row for row in rows if not row.removed], clause_id)
    if after in {row.clause_id for row in moving}:
        raise PlansRepoError("move-into-itself", thing=plan.title, field="clause", rule="needs another place")
    gone = {row.id for row in moving}
    rest = [row for row in rows if row.id not in gone]
    target = _subtree(plan, [row for row in rest if not row.removed], after) if after else []
    _place(work, rest, moving, target[-1] if target else None)


def move_one_step(work: Work, plan_id: str, clause_id: str, *, up: bool) -> bool:
    """Let a clause change places with its neighbour of the same depth under the same heading; False at the end."""
    plan = access.changeable_plan(work, plan_id)
    rows = present_rows(work, needed(work, plan).id)
    moving = _subtree(plan, rows, clause_id)
    level = _level(moving[0])
    start = rows.index(moving[0])
    if up:
        before = start - 1
        while before >= 0 and _level(rows[before]) > level:
            before -= 1
        if before < 0 or _level(rows[before]) < level:
            return False
        _put_behind(work, plan, clause_id, rows[before - 1] if before else None)
        return True
    following = start + len(moving)
    if following >= len(rows) or _level(rows[following]) < level:
        return False
    move_clause(work, plan_id, clause_id, after=rows[following].clause_id)
    return True


def shift_level(work: Work, plan_id: str, clause_id: str, *, by: int) -> None:
    """Lift (negative) or lower a clause with everything under it."""
    plan = access.changeable_plan(work, plan_id)
    moving = _subtree(plan, present_rows(work, needed(work, plan).id), clause_id)
    levels = [_level(row) + by for row in moving]
    if min(levels) < 1 or max(levels) > DEEPEST:
        raise PlansRepoError(
            "clause-level-range", thing=plan.title, field="level", rule=f"must be 1 to {DEEPEST}", value=levels[0],
            most=DEEPEST,
        )  # fmt: skip
    for row, level in zip(moving, levels, strict=True):
        store(work, row, replace(clause_of(row), level=level))


def renumbering(work: Work, plan_id: str) -> tuple[Renumbered, ...]:
    """The typed numbers that would change if all were put in order; nothing is stored."""
    plan = access.changeable_plan(work, plan_id)
    return renumbered([clause_of(row) for row in present_rows(work, needed(work, plan).id)])


def renumber(work: Work, plan_id: str) -> tuple[Renumbered, ...]:
    """Put the typed numbers in order, as ``renumbering`` shows it before."""
    plan = access.changeable_plan(work, plan_id)
    rows = {row.clause_id: row for row in present_rows(work, needed(work, plan).id)}
    found = renumbering(work, plan_id)
    for change in found:
        row = rows[change.clause]
        store(work, row, replace(clause_of(row), number_raw=change.after_raw, number=change.after))
    return found


def _put_behind(work: Work, plan: PlanRow, clause_id: str, anchor: DraftClauseRow | None) -> None:
    """Put a subtree right behind one row, whatever stands under that."""
    rows = all_rows(work, needed(work, plan).id)
    moving = _subtree(plan, [row for row in rows if not row.removed], clause_id)
    gone = {row.id for row in moving}
    rest = [row for row in rows if row.id not in gone]
    _place(work, rest, moving, anchor)


def _place(work: Work, rest: list[DraftClauseRow], moving: list[DraftClauseRow], anchor: DraftClauseRow | None) -> None:
    place = rest.index(anchor) + 1 if anchor else 0
    put_in_order(work, [*rest[:place], *moving, *rest[place:]])
    for row in moving:
        authorship.note(work, row.draft_id, row.clause_id, clause_of(row), moved=True)


def _behind(plan: PlanRow, rows: Sequence[DraftClauseRow], after: str) -> int:
    if not after:
        return 0
    for place, row in enumerate(rows, start=1):
        if row.clause_id == after and not row.removed:
            return place
    raise unknown_clause(plan, after)


def _subtree(plan: PlanRow, rows: Sequence[DraftClauseRow], clause_id: str) -> list[DraftClauseRow]:
    """A clause and what stands under it."""
    start = next((at for at, row in enumerate(rows) if row.clause_id == clause_id), None)
    if start is None:
        raise unknown_clause(plan, clause_id)
    end = start + 1
    while end < len(rows) and _level(rows[end]) > _level(rows[start]):
        end += 1
    return list(rows[start:end])


def _level(row: DraftClauseRow) -> int:
    return int(row.value["level"])
