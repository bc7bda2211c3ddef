"""The library as one list: every plan the actor may see, where its editions stand, filtered and paged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlmodel import col

from plans_repo import access
from plans_repo.course.stages import Stage
from plans_repo.course.working_days import local_day
from plans_repo.library_order import ordered
from plans_repo.standpoint import Standpoint, has_course
from plans_repo.store.batches import batched
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.wanted import (
    Order,
    Wanted,
    fitting,
    is_being_signed,
    is_in_force,
    is_settled,
    newest_of_each,
    with_words,
)

MANY = 3000
"""From so many courses on it is quicker to read all than to name each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where one edition of a plan stands, and the version that counts in it."""

    version: str
    course: str
    state: Stage
    document_number: str
    issued_on: date | None
    effective_on: date | None = None
    ended_on: date | None = None
    trial_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A plan in the list: what it is, its newest edition the actor may read, and the one in force today.

    *coming* is an edition issued whose day of implementation lies ahead.
    """

    id: str
    title: str
    kind: PlanKind
    hazard: str
    organisation: str | None
    area: str
    newest: Standing | None
    in_force: Standing | None
    coming: Standing | None = None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A page of the library and how many plans there are, in force today, in work, being signed."""

    page: Page
    plans: int
    in_force: int
    in_work: int
    signing: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a list, and how many there are on all pages together.

    >>> Page(items=(), number=1, size=50, plans=101).pages
    3
    """

    items: tuple[Entry, ...]
    number: int
    size: int
    plans: int

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing fits."""
        return max(1, -(-self.plans // self.size))


class Part(StrEnum):
    """A part of what somebody sees."""

    ALL = "all"
    OF_ITS_PLACE = "of_its_place"  # plans in whose life cycle the person's body has its place
    WRITTEN = "written"  # plans the person's body writes


def entries(work: Work, part: Part = Part.ALL, *, stages: Collection[Stage] = ()) -> tuple[Entry, ...]:
    """The plans the actor may see, by title, or a part of them; with *stages* those with an edition there.

    One question to the database, however many there are.
    """
    work.require(Action.READ_PLAN)
    here = access.standpoint(work)
    conditions = {Part.OF_ITS_PLACE: here.plans_acted_on, Part.WRITTEN: here.plans_written}
    wanted = and_(conditions[part](), here.plans_seen()) if part in conditions else here.plans_seen()
    if stages:
        wanted = and_(wanted, has_course(stages))
    lines = list(_lines(work, here, wanted))
    courses = [course.id for line in lines for course in line.shown]
    versions = _newest_versions(work, courses if len(courses) < MANY else None)
    return tuple(_entry(line, versions) for line in lines)


def entries_of(work: Work, plans: Collection[str]) -> dict[str, Entry]:
    """Those of the named plans that the actor may see, by id."""
    here = access.standpoint(work)
    lines = [
        line
        for some in batched(sorted(plans))
        for line in _lines(work, here, and_(col(PlanRow.id).in_(some), here.plans_seen()))
    ]
    versions = _newest_versions(work, [course.id for line in lines for course in line.shown])
    return {line.id: _entry(line, versions) for line in lines}


def makers(work: Work) -> frozenset[str]:
    """The bodies of which the actor sees a plan."""
    work.require(Action.READ_PLAN)
    made = col(PlanRow.organisation_id)
    query = select(made).where(access.standpoint(work).plans_seen(), made.is_not(None)).distinct()
    return frozenset(str(body) for body in work.session.execute(query).scalars())


def overview(work: Work, wanted: Wanted, number: int, *, size: int) -> Overview:
    """One page of the plans that fit, and the counts of all there are; a number beyond the last page gives the last."""
    work.require(Action.READ_PLAN)
    here = access.standpoint(work)
    lines, total, at = _page_of(work, here, wanted, number, size)
    courses = [course.id for line in lines for course in line.shown]
    versions = _newest_versions(work, courses)
    items = tuple(_entry(line, versions) for line in lines)
    plans = work.session.execute(select(func.count()).select_from(PlanRow).where(here.plans_seen())).scalar_one()
    in_force, settled, signing = _counts(work, here)
    return Overview(
        page=Page(items=items, number=at, size=size, plans=total),
        plans=plans,
        in_force=in_force,
        in_work=plans - settled,
        signing=signing,
    )


def _page_of(work: Work, here: Standpoint, wanted: Wanted, number: int, size: int) -> tuple[Sequence[_Line], int, int]:
    """The plans of a page, how many fit on all pages, and the number of the page.

    Words are looked for in titles and numbers here, and every order but that by title is made here; all else the
    database filters.
    """
    plan = PlanRow.__table__.c  # type: ignore[attr-defined]
    filtered = fitting(work, here, wanted)
    if wanted.text or wanted.order is not Order.TITLE:
        found = _all_in_order(work, here, wanted, filtered)
        total, at = len(found), _within(number, len(found), size)
        shown = found[(at - 1) * size : at * size]
    else:
        total = work.session.execute(select(func.count()).select_from(PlanRow).where(filtered)).scalar_one()
        at = _within(number, total, size)
        page = select(plan.id).where(filtered).order_by(plan.title, plan.id).limit(size).offset((at - 1) * size)
        shown = list(work.session.execute(page).scalars())
    lines = {line.id: line for line in _lines(work, here, plan.id.in_(shown))}
    return [lines[ident] for ident in shown], total, at


def _all_in_order(work: Work, here: Standpoint, wanted: Wanted, filtered: ColumnElement[bool]) -> list[str]:
    """Every plan that fits, words and all, in the order that is wanted."""
    named = with_words(work, here, wanted, filtered) if wanted.text else None
    if wanted.order is Order.TITLE and named is not None:
        return named
    found = ordered(work, here, wanted.order, filtered)
    fits = None if named is None else set(named)
    return found if fits is None else [ident for ident in found if ident in fits]


def _within(number: int, total: int, size: int) -> int:
    return min(max(1, number), max(1, -(-total // size)))


def _counts(work: Work, here: Standpoint) -> tuple[int, int, int]:
    """Plans in force today, plans nobody is at work on, plans being signed."""
    of_plan = newest_of_each(work, here)

    def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    asked = (counted(condition(of_plan)) for condition in (is_in_force, is_settled, is_being_signed))
    row = work.session.execute(select(*asked)).one()
    return int(row[0]), int(row[1]), int(row[2])


class _Course(NamedTuple):
    id: str
    stage: Stage
    document_number: str
    issued_on: date | None
    effective_on: date | None
    ended_on: date | None
    trial_until: date | None

    def covers(self, day: date) -> bool:
        """Whether the text of the edition counts on *day*."""
        is_begun = self.effective_on is not None and self.effective_on <= day
        return is_begun and (self.ended_on is None or day < self.ended_on)

    def is_coming(self, day: date) -> bool:
        """Whether it will count from a day after *day* on."""
        return self.effective_on is not None and self.effective_on > day and self.ended_on != self.effective_on


class _Line(NamedTuple):
    """A plan of the list before its versions are looked up."""

    id: str
    title: str
    kind: PlanKind
    hazard: str
    organisation: str | None
    area: str
    newest: _Course | None
    in_force: _Course | None
    coming: _Course | None

    @property
    def shown(self) -> tuple[_Course, ...]:
        """The courses the list tells of."""
        return tuple(one for one in (self.newest, self.in_force, self.coming) if one)


def _lines(work: Work, here: Standpoint, wanted: ColumnElement[bool]) -> Iterator[_Line]:
    """The plans that fit the condition, each with its newest course, the one in force and the one to come, by title."""
    plan, course = PlanRow.__table__.c, CourseRow.__table__.c  # type: ignore[attr-defined]
    plans = (
        select(plan.id, plan.title, plan.kind, plan.hazard, plan.organisation_id, plan.area)
        .where(wanted)
        .order_by(plan.title, plan.id)
    )
    courses = (
        select(
            *(course.plan_id, course.id, course.stage, course.document_number, course.issued_on),
            *(col(TermRow.effective_on), col(TermRow.ended_on), col(TermRow.trial_until)),
        )
        .select_from(CourseRow)
        .join(PlanRow, plan.id == course.plan_id)
        .outerjoin(TermRow, col(TermRow.course_id) == course.id)
        .where(here.courses_seen(), wanted)
        .order_by(course.ordinal)
    )
    today = local_day(work.now)
    newest: dict[str, _Course] = {}
    in_force: dict[str, _Course] = {}
    coming: dict[str, _Course] = {}
    for plan_id, *facts in work.session.execute(courses):
        newest[plan_id] = one = _Course(*facts)
        if one.covers(today):
            in_force[plan_id] = one
        elif one.is_coming(today):
            coming[plan_id] = one
    for row in work.session.execute(plans):
        told: list[Any] = [*row, *(shelf.get(row[0]) for shelf in (newest, in_force, coming))]
        yield _Line(*told)


def _newest_versions(work: Work, courses: Sequence[str] | None) -> dict[str, str]:
    """The newest version of each course; of all there are when none are named."""
    newest = (
        select(VersionRow.id)  # type: ignore[call-overload]
        .where(VersionRow.course_id == CourseRow.id)
        .order_by(col(VersionRow.ordinal).desc())
        .limit(1)
        .correlate(CourseRow)
        .scalar_subquery()
    )
    query = select(col(CourseRow.id), newest)
    if courses is None:
        return {row[0]: row[1] for row in work.session.execute(query)}
    found: dict[str, str] = {}
    for some in batched(courses):
        found |= {row[0]: row[1] for row in work.session.execute(query.where(col(CourseRow.id).in_(some)))}
    return found


def _entry(line: _Line, versions: Mapping[str, str]) -> Entry:
    newest, in_force, coming = (
        Standing(
            version=versions[one.id],
            course=one.id,
            state=one.stage,
            document_number=one.document_number,
            issued_on=one.issued_on,
            effective_on=one.effective_on,
            ended_on=one.ended_on,
            trial_until=one.trial_until,
        )
        if one
        else None
        for one in (line.newest, line.in_force, line.coming)
    )
    return Entry(
        id=line.id,
        title=line.title,
        kind=line.kind,
        hazard=line.hazard,
        organisation=line.organisation,
        area=line.area,
        newest=newest,
        in_force=in_force,
        coming=coming,
    )
