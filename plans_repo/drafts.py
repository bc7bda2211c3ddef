"""Drafts: the text being written. Nobody is locked out, nobody is overwritten, nothing anybody wrote is lost."""

from __future__ import annotations

from sqlmodel import select

from plans_repo import access, authorship, editions, versions
from plans_repo.drafting.presence import LastPlace, Presence, be_present, last_place, others_present
from plans_repo.drafting.rebase import Rebase, rebase
from plans_repo.drafting.rows import Draft, DraftClause, draft_of, draft_row, needed, new_row, put_away
from plans_repo.drafting.saving import Outcome, SavedClause, remove_clause, save_clause
from plans_repo.drafting.shape import (
    add_clause,
    move_clause,
    move_one_step,
    renumber,
    renumbering,
    shift_level,
)
from plans_repo.drafting.waiting import (
    Origin,
    PendingConflict,
    decide,
    pending_conflicts,
    require_none_waiting,
    settle,
    settle_as,
    withdraw,
)
from plans_repo.importing import Propose, proposed
from plans_repo.standing import reconsidered
from plans_repo.store.tables.plans import DraftRow, PlanRow
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Work

__all__ = [
    "Draft",
    "DraftClause",
    "LastPlace",
    "Origin",
    "Outcome",
    "PendingConflict",
    "Presence",
    "Rebase",
    "SavedClause",
    "add_clause",
    "be_present",
    "begun",
    "decide",
    "discard_draft",
    "draft",
    "last_place",
    "make_version",
    "move_clause",
    "move_one_step",
    "open_draft",
    "others_present",
    "pending_conflicts",
    "rebase",
    "remove_clause",
    "renumber",
    "renumbering",
    "save_clause",
    "settle",
    "settle_as",
    "shift_level",
    "withdraw",
]


def open_draft(work: Work, plan_id: str) -> Draft:
    """The draft of a plan; begun from its newest version when there is none."""
    plan = access.changeable_plan(work, plan_id)
    return draft_of(work, draft_row(work, plan.id) or _begin(work, plan))


def draft(work: Work, plan_id: str) -> Draft | None:
    """The draft of a plan, or None when nobody has begun one."""
    plan = access.changeable_plan(work, plan_id)
    row = draft_row(work, plan.id)
    return draft_of(work, row) if row else None


def begun(work: Work) -> frozenset[str]:
    """The plans with a draft, of those the actor writes."""
    rows = set(work.session.exec(select(DraftRow.plan_id)))
    return frozenset(rows & editions.written(work)) if rows else frozenset()


def make_version(
    work: Work, plan_id: str, *, reason: str, trigger: Trigger, propose: Propose | None = None
) -> VersionRow:
    """Make the draft the next version, with the procedure of its base, and put the draft away.

    A version that was made meanwhile comes in first; refused where that, or a late save,
    left words that nobody has decided on. A promise whose words changed is open again, with
    what *propose* reads from the new words.
    """
    plan = access.changeable_plan(work, plan_id)
    row = needed(work, plan)
    rebase(work, plan_id)
    require_none_waiting(work, plan, row.id)
    base = work.session.get_one(VersionRow, row.base_id)
    clauses = tuple(entry.clause for entry in draft_of(work, row).clauses)
    fresh = proposed(plan, base.title, clauses, propose)
    made = versions.make(
        work,
        plan,
        clauses,
        reconsidered(versions.procedure(work, base), versions.clauses(work, base), clauses, fresh),
        reason=reason,
        trigger=trigger,
        parents=(base.id,),
        title=base.title,
    )
    authorship.settle(work, row.id, made.id)
    put_away(work, row)
    return made


def discard_draft(work: Work, plan_id: str) -> None:
    """Throw the draft away; versions stay."""
    plan = access.changeable_plan(work, plan_id)
    put_away(work, needed(work, plan))


def _begin(work: Work, plan: PlanRow) -> DraftRow:
    base = versions.version_row(work, plan.id)
    row = DraftRow(
        id=work.new_id(), plan_id=plan.id, base_id=base.id, created_at=work.now, created_by=work.actor.account
    )
    work.session.add(row)
    work.session.flush()
    clauses = versions.clauses(work, base)
    work.session.add_all(new_row(work, row.id, clause, place) for place, clause in enumerate(clauses, start=1))
    work.session.flush()
    return row
