"""The document a decision on an issued edition rests on: its number, its day, its scan; and the days it allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from plans_repo.course import numbering, papers
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class DecidingPaper:
    """The number and the day of the document that decided."""

    number: str
    dated_on: date


def deciding_paper(
    work: Work,
    plan: PlanRow,
    course: CourseRow,
    kind: PaperKind,
    number: str,
    *,
    not_before: date,
    brought: Sequence[Attachment] = (),
) -> DecidingPaper:
    """The paper of that kind that was *brought*, else the newest in the course, with its number.

    Refused where it bears no day, where its day lies before *not_before*, where the number is missing, malformed, of
    another year than the paper, or that of the edition it decides on.
    """
    found = [paper.dated_on for paper in brought if paper.kind is kind]
    found = found or [paper.dated_on for paper in papers.papers(work, course) if paper.kind is kind]
    if not found:
        raise PlansRepoError("decision-without-paper", thing=plan.title, paper=kind.value)
    day = found[-1]
    if day is None:
        rule = "must be given"
        raise PlansRepoError("decision-undated", thing=plan.title, field="dated_on", rule=rule, paper=kind.value)
    if day < not_before:
        raise PlansRepoError(
            "decision-too-early", thing=plan.title, field="dated_on", rule=f"must be >= {not_before}", value=day,
            paper=kind.value, last=not_before,
        )  # fmt: skip
    return DecidingPaper(number=_number(plan, course, kind, number, day), dated_on=day)


def _number(plan: PlanRow, course: CourseRow, kind: PaperKind, number: str, day: date) -> str:
    said = number.strip()
    if not said:
        if plan.kind in exempt():
            return ""
        raise PlansRepoError("decision-unnumbered", thing=plan.title, field="document_number", rule="must be given")
    if numbering.read_number(said).year != day.year:
        raise PlansRepoError(
            "decision-number-year", thing=plan.title, field="document_number", rule=f"must be of {day.year}",
            value=said, paper=kind.value, dated_on=day,
        )  # fmt: skip
    if said == course.document_number:
        raise PlansRepoError(
            "decision-number-of-edition", thing=plan.title, field="document_number", rule="is the decision's own",
            value=said,
        )  # fmt: skip
    return said


def day_of_act(work: Work, plan: PlanRow, paper: DecidingPaper, on: date | None, *, not_before: date) -> date:
    """The day of a decision: that of its paper unless given; never before the paper or *not_before*, never to come."""
    today = local_day(work.now)
    day = on or max(paper.dated_on, not_before)
    if day > today:
        raise PlansRepoError("day-in-future", thing=plan.title, field="on", rule=f"must be <= {today}", value=day)
    first = max(paper.dated_on, not_before)
    if day < first:
        raise PlansRepoError(
            "act-before-paper", thing=plan.title, field="on", rule=f"must be >= {first}", value=day, last=first
        )
    return day


def exempt() -> frozenset[str]:
    """The kinds of plans on which a decision may have no number."""
    return frozenset(_rules()["number"]["exempt"])


@cache
def _rules() -> dict[str, Any]:
    return pack("rules", "decisions")
