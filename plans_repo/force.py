"""The text in force on any day: of a plan, and of a single clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans_repo import access, versions
from plans_repo.course import terms
from plans_repo.course.terms import Term, Validity
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, content
from plans_repo.text.rendering import clause_text
from plans_repo.versions import VersionSummary, summary

__all__ = [
    "ClauseAge",
    "ClauseFate",
    "InForce",
    "Validity",
    "changed_clauses",
    "clause_history",
    "editions_of",
    "in_force_on",
    "in_force_today",
]


@dataclass(frozen=True, kw_only=True)
class InForce:
    """An edition with the days on which it counts: from *from_on* on, no more from *until_on* on (None: no end set)."""

    version: VersionSummary
    document_number: str
    issued_on: date
    from_on: date
    until_on: date | None
    trial_until: date | None
    term: Term

    def on(self, day: date) -> Validity:
        """How the edition stands on *day*."""
        return self.term.on(day)


class ClauseFate(StrEnum):
    """What an edition made of a clause."""

    FIRST = "first"  # 首次出现
    SAME = "same"  # 未变
    CHANGED = "changed"  # 文字修改
    RENUMBERED = "renumbered"  # 仅改号
    GONE = "gone"  # 删去


@dataclass(frozen=True, kw_only=True)
class ClauseAge:
    """A clause in one edition: None where it is gone, its words, and what became of it against the one before."""

    edition: InForce
    clause: Clause | None
    text: str
    fate: ClauseFate


def in_force_on(work: Work, plan_id: str, day: date) -> InForce | None:
    """The edition whose text counts on *day*; None before the first and after the abolition."""
    plan = access.visible_plan(work, plan_id)
    return next((edition for edition in _editions(work, plan) if edition.term.covers(day)), None)


def in_force_today(work: Work, plan_id: str) -> InForce | None:
    """The edition whose text counts today."""
    return in_force_on(work, plan_id, local_day(work.now))


def editions_of(work: Work, plan_id: str) -> tuple[InForce, ...]:
    """The issued editions of a plan the actor may read, oldest first, each with its days."""
    return tuple(_editions(work, access.visible_plan(work, plan_id)))


def clause_history(work: Work, plan_id: str, clause_id: str) -> tuple[ClauseAge, ...]:
    """A clause through the editions of its plan, oldest first, from the one that brought it.

    An edition that took it out is told once; one in which it comes back is told again.
    """
    plan = access.visible_plan(work, plan_id)
    ages = tuple(_ages(work, plan, clause_id))
    if not ages:
        raise NotFound("clause-unknown", thing=plan.title, field="clause", value=clause_id)
    return ages


def changed_clauses(work: Work, plan_id: str) -> frozenset[str]:
    """The clauses that read otherwise in some issued edition than in another, or are missing there."""
    plan = access.visible_plan(work, plan_id)
    texts: list[dict[str, Clause]] = []
    for edition in _editions(work, plan):
        row = work.session.get_one(VersionRow, edition.version.id)
        texts.append({clause.id: clause for clause in versions.clauses(work, row)})
    every = frozenset(key for text in texts for key in text)
    return frozenset(key for key in every if any(text.get(key) != texts[0].get(key) for text in texts))


def _ages(work: Work, plan: PlanRow, clause_id: str) -> Iterator[ClauseAge]:
    before: Clause | None = None
    for edition in _editions(work, plan):
        row = work.session.get_one(VersionRow, edition.version.id)
        found = next((clause for clause in versions.clauses(work, row) if clause.id == clause_id), None)
        if found is not None:
            text = clause_text(found, with_automatic_numbers=True)
            yield ClauseAge(edition=edition, clause=found, text=text, fate=_fate(before, found))
        elif before is not None:
            yield ClauseAge(edition=edition, clause=None, text="", fate=ClauseFate.GONE)
        before = found


def _fate(before: Clause | None, now: Clause) -> ClauseFate:
    if before is None:
        return ClauseFate.FIRST
    if content(before) == content(now):
        return ClauseFate.SAME
    numbers = ("number", "number_raw", "automatic_number", "line_numbers", "level")
    old, new = ({key: value for key, value in content(one).items() if key not in numbers} for one in (before, now))
    return ClauseFate.RENUMBERED if old == new else ClauseFate.CHANGED


def _editions(work: Work, plan: PlanRow) -> Iterator[InForce]:
    readable = {row.course_id: row for row in versions.visible_versions(work, plan)}  # the newest of each course
    for term in terms.of_plan_through_time(work, plan.id):
        row = readable.get(term.course)
        if row is None:
            continue
        course = work.session.get_one(CourseRow, term.course)
        yield InForce(
            version=summary(work, row),
            document_number=course.document_number,
            issued_on=term.issued_on,
            from_on=term.effective_on,
            until_on=term.ended_on,
            trial_until=term.trial_until,
            term=term,
        )
