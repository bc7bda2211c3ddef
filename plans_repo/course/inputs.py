"""What must lie on the table before a text is written: risk assessment, resource survey, case analysis, with dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlmodel import func, select

from plans_repo.course import papers
from plans_repo.course.conditions import Case, Unmet, condition
from plans_repo.course.stages import PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.store.tables.versions import VersionRow

INPUTS = (PaperKind.RISK_ASSESSMENT, PaperKind.RESOURCE_SURVEY, PaperKind.CASE_ANALYSIS)
"""The three inputs of article 21."""


@condition("inputs")
def unmet(case: Case) -> Iterator[Unmet]:
    """Each of the three is attached, and is dated no later than the first text of this edition."""
    present = {paper.kind: paper for paper in papers.papers(case.work, case.course)}
    first = first_text_on(case)
    for kind in INPUTS:
        if kind not in present:
            yield Unmet(code="input-missing", fields={"paper": kind.value})
            continue
        dated_on = present[kind].dated_on
        if dated_on is None:
            yield Unmet(code="input-undated", fields={"paper": kind.value})
        elif dated_on > first:
            yield Unmet(
                code="input-after-draft", fields={"paper": kind.value, "value": str(dated_on), "first": str(first)}
            )


def first_text_on(case: Case) -> date:
    """The day of the first version of this edition."""
    query = select(func.min(VersionRow.created_at)).where(VersionRow.course_id == case.course.id)
    return local_day(case.work.session.exec(query).one())
