"""What a person did and what a person began, from the events of the plans there are for them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from plans_repo import access, library
from plans_repo.course.stages import Move, Stage
from plans_repo.course.working_days import local_day
from plans_repo.library import Entry
from plans_repo.store.batches import batched
from plans_repo.store.events import chain_of_plan
from plans_repo.store.roles import Action
from plans_repo.store.tables.events import EventRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

AT_ONCE = 300
"""So many events are read for one page."""
BEGUN = ("plan-created", "consultation-opened", "public-asked", "panel-drawn", "trial-settled", "abolition-decided")
"""Events by which something begins that others take part in."""
_CHAIN = chain_of_plan("")


@dataclass(frozen=True, kw_only=True)
class Deal:
    """What a person did to one plan on one day: events by kind and moves, in their order; the last of them *at*."""

    plan: str
    title: str
    on: date
    at: datetime
    kinds: tuple[str, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What a person began on a plan, when, and the plan as the library lists it now."""

    entry: Entry
    kind: str
    move: Move | None
    at: datetime


def done(work: Work, *, before: datetime | None = None) -> tuple[tuple[Deal, ...], datetime | None]:
    """What the actor did to plans, a line for each plan and day, the newest first; and from when on there may be more.

    Plans that are no longer there for the actor are left out.
    """
    work.require(Action.READ_PLAN)
    rows = _events(work, [] if before is None else [col(EventRow.at) < before])
    titles = _titles(work, {_plan(row) for row in rows})
    found: dict[tuple[str, date], list[EventRow]] = {}
    for row in rows:
        if _plan(row) in titles:
            found.setdefault((_plan(row), local_day(row.at)), []).append(row)
    deals = tuple(_deal(plan, titles[plan], on, several) for (plan, on), several in found.items())
    return deals, rows[-1].at if len(rows) == AT_ONCE else None


def begun(work: Work) -> tuple[Begun, ...]:
    """What the actor began and where it stands now, a line for each plan, the last begun first."""
    work.require(Action.READ_PLAN)
    kinds = (*BEGUN, "moved")
    newest: dict[str, EventRow] = {}
    for row in _events(work, [col(EventRow.kind).in_(kinds)]):
        if row.kind != "moved" or json.loads(row.payload).get("from") == Stage.DRAFT:
            newest.setdefault(_plan(row), row)
    entries = library.entries_of(work, newest)
    return tuple(
        Begun(entry=entries[plan], kind=row.kind, move=_move(row), at=row.at)
        for plan, row in newest.items()
        if plan in entries
    )


def _events(work: Work, conditions: Iterable[ColumnElement[bool]]) -> list[EventRow]:
    """The last events of the actor on plans, the newest first."""
    query = (
        select(EventRow)
        .where(col(EventRow.account_id) == work.actor.account, col(EventRow.chain).startswith(_CHAIN), *conditions)
        .order_by(col(EventRow.at).desc(), col(EventRow.chain), col(EventRow.position).desc())
        .limit(AT_ONCE)
    )
    return list(work.session.execute(query).scalars())


def _plan(row: EventRow) -> str:
    return row.chain.removeprefix(_CHAIN)


def _titles(work: Work, plans: Collection[str]) -> dict[str, str]:
    """The titles of those plans that are there for the actor."""
    seen = access.standpoint(work).plans_seen()
    found: dict[str, str] = {}
    for some in batched(sorted(plans)):
        query = select(col(PlanRow.id), col(PlanRow.title)).where(col(PlanRow.id).in_(some), seen)
        found |= {row[0]: row[1] for row in work.session.execute(query)}
    return found


def _deal(plan: str, title: str, on: date, rows: list[EventRow]) -> Deal:
    kinds = dict.fromkeys(row.kind for row in reversed(rows) if row.kind != "moved")
    moves = dict.fromkeys(move for row in reversed(rows) if (move := _move(row)) is not None)
    return Deal(plan=plan, title=title, on=on, at=rows[0].at, kinds=tuple(kinds), moves=tuple(moves))


def _move(row: EventRow) -> Move | None:
    return Move(json.loads(row.payload)["move"]) if row.kind == "moved" else None
