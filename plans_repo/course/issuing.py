"""Issue an edition: its document number, its day, and the end of the edition it replaces."""

from __future__ import annotations

import re
from datetime import date

from plans_repo.course import courses
from plans_repo.course.stages import Move
from plans_repo.course.steps import step_of
from plans_repo.course.taking import take
from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

_NUMBER = re.compile(r"[^\s〔〕]+〔[1-9]\d{3}〕[1-9]\d*号")


def issue(work: Work, plan: PlanRow, course: CourseRow, number: str, day: date) -> None:
    """Give number and day to the edition, and close the one it replaces."""
    if number:
        check_number(number)
        course.document_number = number
    if not course.document_number:
        raise PlansRepoError("document-number-missing", thing=plan.title, field="document_number", rule="must be given")
    course.issued_on = day
    former = courses.effective(work, plan.id)
    if former is not None and former.id != course.id:
        version = work.session.get_one(VersionRow, courses.current_version_id(work, former.id))
        step = step_of(Move.SUPERSEDE, former.stage)
        if step is not None:
            take(work, plan, former, version, step, "", day)


def check_number(number: str) -> None:
    """Refuse what does not look like 某政办发〔2026〕12号."""
    if not _NUMBER.fullmatch(number):
        raise PlansRepoError(
            "document-number-malformed",
            thing="document number",
            rule="must look like 某政办发〔2026〕12号",
            value=number,
        )
