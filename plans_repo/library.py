"""The library as one list: every plan the actor may see, where its editions stand, filtered and paged."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlmodel import and_, col, select

from plans_repo import access
from plans_repo.course.stages import Stage
from plans_repo.course.working_days import local_day
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


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

    def covers(self, day: date) -> bool:
        """Whether the text of the edition counts on *day*."""
        is_begun = self.effective_on is not None and self.effective_on <= day
        return is_begun and (self.ended_on is None or day < self.ended_on)

    def is_coming(self, day: date) -> bool:
        """Whether it will count from a day after *day* on."""
        return self.effective_on is not None and self.effective_on > day and self.ended_on != self.effective_on


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

    @property
    def states(self) -> frozenset[Stage]:
        """The stages under which the list shows the plan."""
        return frozenset(one.state for one in (self.newest, self.in_force) if one)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of the library is asked for; what is left empty does not matter."""

    text: str = ""
    kind: PlanKind | None = None
    hazard: str | None = None
    state: Stage | None = None
    area: str = ""

    def fits(self, entry: Entry) -> bool:
        """Whether a plan is of that kind, hazard, area and state, and its title and number have every word."""
        return (
            self.kind in (None, entry.kind)
            and self.hazard in (None, entry.hazard)
            and entry.area.startswith(self.area)
            and (self.state is None or self.state in entry.states)
            and all(word in _key(_words(entry)) for word in _key(self.text).split())
        )


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


def entries(work: Work) -> tuple[Entry, ...]:
    """Every plan the actor may see, by title; one question to the database, however many there are."""
    work.require(Action.READ_PLAN)
    here = access.standpoint(work)
    counting = (
        select(VersionRow.id)
        .where(VersionRow.course_id == CourseRow.id)
        .order_by(col(VersionRow.ordinal).desc())
        .limit(1)
        .correlate(CourseRow)
        .scalar_subquery()
    )
    plan, course = PlanRow.__table__.c, CourseRow.__table__.c  # type: ignore[attr-defined]
    term = TermRow.__table__.c  # type: ignore[attr-defined]
    query = (
        select(  # type: ignore[call-overload]
            *(plan.id, plan.title, plan.kind, plan.hazard, plan.organisation_id, plan.area),
            *(
                counting,
                course.id,
                course.stage,
                course.document_number,
                course.issued_on,
                term.effective_on,
                term.ended_on,
            ),
        )
        .select_from(PlanRow)
        .outerjoin(CourseRow, and_(col(CourseRow.plan_id) == col(PlanRow.id), here.courses_seen()))
        .outerjoin(TermRow, col(TermRow.course_id) == col(CourseRow.id))
        .where(here.plans_seen())
        .order_by(col(PlanRow.title), col(PlanRow.id), col(CourseRow.ordinal))
    )
    rows = work.session.execute(query)
    today = local_day(work.now)
    return tuple(_entry(rows_of, today) for _id, rows_of in groupby(map(tuple, rows), key=lambda row: row[0]))


def page(every: Iterable[Entry], wanted: Wanted, number: int, *, size: int) -> Page:
    """One page of the plans that fit; a number beyond the last page gives the last."""
    fitting = [entry for entry in every if wanted.fits(entry)]
    last = max(1, -(-len(fitting) // size))
    at = min(max(1, number), last)
    return Page(items=tuple(fitting[(at - 1) * size : at * size]), number=at, size=size, plans=len(fitting))


def _entry(rows: Iterator[tuple[object, ...]], today: date) -> Entry:
    """From the rows of one plan, a row for every course the actor may read, oldest first."""
    told = list(rows)
    standings = [_standing(*row[6:]) for row in told if row[6] is not None]
    plan_id, title, kind, hazard, organisation, area = told[0][:6]
    return Entry(  # the columns say of which type each is
        id=plan_id,  # type: ignore[arg-type]
        title=title,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        hazard=hazard,  # type: ignore[arg-type]
        organisation=organisation,  # type: ignore[arg-type]
        area=area,  # type: ignore[arg-type]
        newest=standings[-1] if standings else None,
        in_force=next((one for one in reversed(standings) if one.covers(today)), None),
        coming=next((one for one in reversed(standings) if one.is_coming(today)), None),
    )


def _standing(*row: object) -> Standing:
    version, course, state, number, issued_on, effective_on, ended_on = row
    return Standing(
        version=version,  # type: ignore[arg-type]
        course=course,  # type: ignore[arg-type]
        state=state,  # type: ignore[arg-type]
        document_number=number,  # type: ignore[arg-type]
        issued_on=issued_on,  # type: ignore[arg-type]
        effective_on=effective_on,  # type: ignore[arg-type]
        ended_on=ended_on,  # type: ignore[arg-type]
    )


def _words(entry: Entry) -> str:
    return f"{entry.title} {entry.in_force.document_number if entry.in_force else ''}"


def _key(text: str) -> str:
    """Text as it is searched: width and case do not matter."""
    return unicodedata.normalize("NFKC", text or "").casefold()
