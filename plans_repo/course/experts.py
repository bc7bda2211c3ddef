"""The expert pool of an area: people with field, unit, title and until when their appointment holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo import access
from plans_repo.course.opening import need
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import row_of
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.experts import ExpertRow
from plans_repo.store.work import Work

CHAIN = "experts"
MOST_FIELDS = 8


@dataclass(frozen=True, kw_only=True)
class Expert:
    """Somebody in the pool; *phone* is empty for those who may not read contacts."""

    id: str
    name: str
    fields: tuple[str, ...]
    unit: str
    organisation: str | None
    title: str
    phone: str
    valid_until: date
    area: str
    account: str | None
    is_retired: bool
    retired_why: str

    def is_available(self, on: date) -> bool:
        """Whether he can be drawn on a day."""
        return not self.is_retired and on <= self.valid_until


def experts(work: Work, *, with_retired: bool = False) -> tuple[Expert, ...]:
    """The pool the actor can draw on: that of his area and of the areas above it, by name."""
    work.require(Action.READ_PLAN)
    area = access.standpoint(work).area
    rows = work.session.exec(select(ExpertRow).order_by(col(ExpertRow.name), col(ExpertRow.id)))
    return tuple(
        expert_of(work, row)
        for row in rows
        if area.startswith(row.area) or row.area.startswith(area)
        if with_retired or row.retired_at is None
    )


def add_expert(
    work: Work,
    name: str,
    *,
    fields: Sequence[str],
    valid_until: date,
    unit: str = "",
    organisation: str | None = None,
    title: str = "",
    phone: str = "",
    account: str | None = None,
) -> Expert:
    """Take somebody into the pool of the actor's area."""
    work.require(Action.MANAGE_EXPERTS)
    known = tuple(dict.fromkeys(field.strip() for field in fields if field.strip()))
    if not 1 <= len(known) <= MOST_FIELDS:
        raise PlansRepoError("expert-without-field", thing=name, field="fields", rule=f"needs 1-{MOST_FIELDS}")
    body = row_of(work, organisation) if organisation else None
    row = ExpertRow(
        id=work.new_id(),
        area=access.standpoint(work).area,
        name=need("expert", "name", name)[:80],
        fields=list(known),
        unit=body.name if body else need(name, "unit", unit)[:200],
        organisation_id=body.id if body else None,
        title=title.strip()[:120],
        phone=phone.strip()[:40],
        valid_until=valid_until,
        account_id=account,
        added_at=work.now,
        added_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    events.record(work, CHAIN, "expert-added", {"expert": row.id, "area": row.area})
    return expert_of(work, row)


def prolong_expert(work: Work, expert_id: str, valid_until: date) -> Expert:
    """Appoint somebody anew, until a later day."""
    row = _changeable(work, expert_id)
    row.valid_until = valid_until
    events.record(work, CHAIN, "expert-prolonged", {"expert": row.id, "until": valid_until})
    return expert_of(work, row)


def retire_expert(work: Work, expert_id: str, *, reason: str) -> Expert:
    """Take somebody out of the pool; panels of the past keep him."""
    row = _changeable(work, expert_id)
    row.retired_why = need(row.name, "reason", reason)[:300]
    row.retired_at = work.now
    events.record(work, CHAIN, "expert-retired", {"expert": row.id})
    return expert_of(work, row)


def expert_of(work: Work, row: ExpertRow) -> Expert:
    """A row as a value; the telephone only for those who may read contacts."""
    return Expert(
        id=row.id,
        name=row.name,
        fields=tuple(row.fields),
        unit=row.unit,
        organisation=row.organisation_id,
        title=row.title,
        phone=row.phone if work.actor.may(Action.READ_CONTACTS) else "",
        valid_until=row.valid_until,
        area=row.area,
        account=row.account_id,
        is_retired=row.retired_at is not None,
        retired_why=row.retired_why,
    )


def _changeable(work: Work, expert_id: str) -> ExpertRow:
    work.require(Action.MANAGE_EXPERTS)
    row = work.session.get(ExpertRow, expert_id)
    if row is None:
        raise NotFound("expert-unknown", thing="expert", field="expert", value=expert_id)
    here = access.standpoint(work)
    if here.organisation is not None and row.area != here.area:
        raise NotAllowed("expert-of-another-area", thing=row.name, field="area", value=row.area)
    return row
