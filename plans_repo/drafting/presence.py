"""Who is at which clause of a draft just now; it tells the others, and locks nobody out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from plans_repo import access
from plans_repo.drafting.rows import draft_row, needed
from plans_repo.store.tables.plans import DraftPresenceRow, DraftRow, PlanRow
from plans_repo.store.work import Work

LASTS = timedelta(minutes=10)
"""How long a person who does nothing more is still said to be there."""


@dataclass(frozen=True, kw_only=True)
class Presence:
    """A person, the clause, and when something was last done there."""

    account: str
    clause: str
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class LastPlace:
    """Where the actor wrote last: the plan and the clause of its draft."""

    plan: str
    title: str
    clause: str
    seen_at: datetime


def last_place(work: Work) -> LastPlace | None:
    """The clause at which the actor was last, of the drafts that are still open to him; None when there is none."""
    rows = work.session.exec(
        select(DraftPresenceRow, PlanRow)
        .join(DraftRow, col(DraftRow.id) == col(DraftPresenceRow.draft_id))
        .join(PlanRow, col(PlanRow.id) == col(DraftRow.plan_id))
        .where(DraftPresenceRow.account == work.actor.account)
        .order_by(col(DraftPresenceRow.seen_at).desc())
    )
    here = access.standpoint(work)
    return next(
        (
            LastPlace(plan=plan.id, title=plan.title, clause=row.clause_id, seen_at=row.seen_at)
            for row, plan in rows
            if here.changes(plan)
        ),
        None,
    )


def be_present(work: Work, plan_id: str, clause_id: str) -> None:
    """Say that the actor is at this clause now."""
    plan = access.changeable_plan(work, plan_id)
    draft = needed(work, plan)
    row = work.session.exec(
        select(DraftPresenceRow).where(
            DraftPresenceRow.draft_id == draft.id, DraftPresenceRow.account == work.actor.account
        )
    ).first()
    if row is None:
        row = DraftPresenceRow(
            id=work.new_id(),
            draft_id=draft.id,
            account=work.actor.account,
            clause_id=clause_id,
            seen_at=work.now,
        )
    row.clause_id, row.seen_at = clause_id, work.now
    work.session.add(row)
    work.session.flush()


def others_present(work: Work, plan_id: str) -> tuple[Presence, ...]:
    """Who else was at the draft within the last minutes, the latest first."""
    plan = access.changeable_plan(work, plan_id)
    draft = draft_row(work, plan.id)
    if draft is None:
        return ()
    rows = work.session.exec(
        select(DraftPresenceRow)
        .where(
            DraftPresenceRow.draft_id == draft.id,
            DraftPresenceRow.account != work.actor.account,
            col(DraftPresenceRow.seen_at) > work.now - LASTS,
        )
        .order_by(col(DraftPresenceRow.seen_at).desc())
    )
    return tuple(Presence(account=row.account, clause=row.clause_id, seen_at=row.seen_at) for row in rows)
