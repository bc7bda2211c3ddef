"""What is done for an edition from its issue on: kept once, vouched for by an event, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import col, func, select

from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.batches import batched
from plans_repo.store.tables.terms import DeedKind, DeedRow
from plans_repo.store.work import Work
from sim.plain import plain, unplain

T = TypeVar("T")

__all__ = [
    "Deed",
    "DeedKind",
    "check_day",
    "deed_of",
    "deeds",
    "deeds_about",
    "deeds_by_course",
    "deeds_of_courses",
    "keep",
    "latest",
]


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A thing done: for which edition, on which day, entered when and by whom; *about* is the deed it answers."""

    id: str
    plan: str
    course: str
    kind: DeedKind
    on: date
    about: str
    value: Mapping[str, Any]
    at: datetime
    account: str

    def told(self, kind: type[T]) -> T:
        """What was written down, as a value of its kind."""
        return unplain(kind, dict(self.value))


def keep(work: Work, plan: str, course: str, kind: DeedKind, value: object, *, on: date, about: str = "") -> Deed:
    """Write a deed down; whoever calls has asked for permission and checked the value."""
    last = work.session.exec(select(func.max(DeedRow.ordinal)).where(DeedRow.plan_id == plan)).one()
    row = DeedRow(
        id=work.new_id(),
        plan_id=plan,
        course_id=course,
        ordinal=(last or 0) + 1,
        kind=kind,
        on=on,
        about=about,
        value=plain(value),
        made_at=work.now,
        made_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload = {"course": course, "deed": row.id, "kind": kind, "on": on, "about": about}
    events.record(work, events.chain_of_plan(plan), "deed-kept", payload)
    return deed_of(row)


def deeds(work: Work, plan: str, *kinds: DeedKind, course: str = "") -> tuple[Deed, ...]:
    """The deeds of a plan, or of one of its editions, in the order they were entered."""
    query = select(DeedRow).where(DeedRow.plan_id == plan)
    if kinds:
        query = query.where(col(DeedRow.kind).in_(kinds))
    if course:
        query = query.where(DeedRow.course_id == course)
    return _in_order(work.session.exec(query))


def deeds_of_courses(work: Work, courses: Collection[str]) -> dict[str, tuple[Deed, ...]]:
    """The deeds of some editions, by course, each in the order they were entered; for lists over many plans."""
    rows: list[DeedRow] = []
    for some in batched(sorted(courses)):
        rows += work.session.exec(select(DeedRow).where(col(DeedRow.course_id).in_(some)))
    return _by_course(_in_order(rows))


def deeds_about(work: Work, deed: str) -> tuple[Deed, ...]:
    """The deeds that answer another one."""
    return _in_order(work.session.exec(select(DeedRow).where(DeedRow.about == deed)))


def deeds_by_course(work: Work, *kinds: DeedKind) -> dict[str, tuple[Deed, ...]]:
    """The deeds of these kinds of every edition there is, by course; for lists over many plans."""
    return _by_course(_in_order(work.session.exec(select(DeedRow).where(col(DeedRow.kind).in_(kinds)))))


def latest(found: Iterable[Deed], *kinds: DeedKind) -> Deed | None:
    """The last of *found* of these kinds, or None."""
    return next((deed for deed in reversed(tuple(found)) if not kinds or deed.kind in kinds), None)


def check_day(work: Work, thing: str, on: date | None, *, not_before: date | None = None) -> date:
    """The day of a deed: today unless given, never later, never before the edition was issued."""
    today = local_day(work.now)
    day = on or today
    if day > today:
        raise PlansRepoError("day-in-future", thing=thing, field="on", rule=f"must be <= {today}", value=day)
    if not_before is not None and day < not_before:
        raise PlansRepoError("day-before-issue", thing=thing, field="on", rule=f"must be >= {not_before}", value=day)
    return day


def _by_course(found: Iterable[Deed]) -> dict[str, tuple[Deed, ...]]:
    shelves: dict[str, list[Deed]] = {}
    for deed in found:
        shelves.setdefault(deed.course, []).append(deed)
    return {course: tuple(some) for course, some in shelves.items()}


def _in_order(rows: Iterable[DeedRow]) -> tuple[Deed, ...]:
    return tuple(map(deed_of, sorted(rows, key=lambda row: (row.made_at, row.plan_id, row.ordinal))))


def deed_of(row: DeedRow) -> Deed:
    """A row as a value; for services only."""
    return Deed(
        id=row.id,
        plan=row.plan_id,
        course=row.course_id,
        kind=row.kind,
        on=row.on,
        about=row.about,
        value=row.value,
        at=row.made_at,
        account=row.made_by,
    )
