"""Document numbers 文号: their form, that nobody gets one twice, and the next one of an issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo.errors import PlansRepoError
from plans_repo.search import index
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work

_NUMBER = re.compile(r"([^\s〔〕]+)〔([1-9]\d{3})〕([1-9]\d*)号")


@dataclass(frozen=True, kw_only=True, order=True)
class DocumentNumber:
    """The word of the office 机关代字, the year, the serial number.

    >>> str(DocumentNumber(office="清政办发", year=2026, serial=9))
    '清政办发〔2026〕9号'
    """

    office: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.office}〔{self.year}〕{self.serial}号"


def read_number(number: str) -> DocumentNumber:
    """The parts of a document number; refuses what does not look like 某政办发〔2026〕12号.

    >>> read_number("清政办发〔2026〕9号").serial
    9
    """
    found = _NUMBER.fullmatch(number)
    if not found:
        raise PlansRepoError(
            "document-number-malformed",
            thing="document number",
            rule="must look like 某政办发〔2026〕12号",
            value=number,
        )
    return DocumentNumber(office=found[1], year=int(found[2]), serial=int(found[3]))


def check_free(work: Work, plan: PlanRow, course: CourseRow, number: str) -> None:
    """Refuse a number that another edition of the same place bears, whichever body wrote it."""
    read_number(number)
    for title, other in _numbered_here(work, plan, course, number):
        if other == number:
            raise PlansRepoError(
                "document-number-taken",
                thing=plan.title,
                field="document_number",
                rule="is unique per issuer and year",
                value=number,
                holder=title,
            )


def check_own(work: Work, plan: PlanRow, course: CourseRow, number: str) -> None:
    """Refuse on the plan of a unit or a village the number of an office whose plans are those of another body."""
    if plan.kind not in (PlanKind.UNIT, PlanKind.VILLAGE) or plan.organisation_id is None:
        return
    query = (
        select(PlanRow.id)
        .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
        .where(col(CourseRow.document_number).startswith(f"{read_number(number).office}〔", autoescape=True))
        .where(CourseRow.id != course.id, PlanRow.organisation_id != plan.organisation_id)
        .where(col(PlanRow.kind).not_in([PlanKind.UNIT, PlanKind.VILLAGE]))
    )
    if work.session.exec(query.limit(1)).first() is not None:
        raise PlansRepoError(
            "document-number-of-another", thing=plan.title, field="document_number", rule="must be the unit's own",
            value=number,
        )  # fmt: skip


def check_year(plan: PlanRow, number: str, issued_on: date) -> None:
    """Refuse a number of another year than that of issue; one given in December may be issued in January."""
    year = read_number(number).year
    is_of_last_december = year == issued_on.year - 1 and issued_on.month == 1
    if year != issued_on.year and not is_of_last_december:
        raise PlansRepoError(
            "document-number-year",
            thing=plan.title,
            field="document_number",
            rule=f"must be of {issued_on.year}",
            value=number,
            issued_on=issued_on,
        )


def give(work: Work, course: CourseRow, number: str) -> None:
    """Let an edition bear a number; it is found by it from now on."""
    former, course.document_number = course.document_number, number
    if former != number:
        index.number_changed(work.session, course, former)


def next_number(work: Work, plan: PlanRow, course: CourseRow, year: int) -> str:
    """The number after the last one known of the same office in *year*; '' when the issuer has none yet.

    Offices number their other documents in the same row, which this installation does not know: a suggestion.
    """
    known = [read_number(number) for _title, number in _numbered(work, plan, course) if _NUMBER.fullmatch(number)]
    if not known:
        return ""
    own = {read_number(row) for row in _own_numbers(work, plan) if _NUMBER.fullmatch(row)}
    office = max(own or known, key=lambda one: (one.year, one.serial)).office
    here = _numbered_here(work, plan, course, f"{office}〔{year}〕")
    taken = [read_number(number) for _title, number in here if _NUMBER.fullmatch(number)]
    serial = max((one.serial for one in taken if (one.office, one.year) == (office, year)), default=0)
    return str(DocumentNumber(office=office, year=year, serial=serial + 1))


def _numbered_here(work: Work, plan: PlanRow, course: CourseRow, beginning: str) -> list[tuple[str, str]]:
    """Title and number, beginning so, of every other edition of the plan's area, and of those within or around it."""
    query = (
        select(PlanRow.title, PlanRow.area, CourseRow.document_number)
        .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
        .where(col(CourseRow.document_number).startswith(beginning, autoescape=True))
        .where(CourseRow.id != course.id, PlanRow.origin == "")
    )
    return [
        (title, number)
        for title, area, number in work.session.exec(query)
        if area.startswith(plan.area) or plan.area.startswith(area)
    ]


def _numbered(work: Work, plan: PlanRow, course: CourseRow) -> list[tuple[str, str]]:
    """Title and number of every other edition of the same issuer."""
    query = (
        select(PlanRow.title, CourseRow.document_number)
        .join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
        .where(CourseRow.document_number != "", CourseRow.id != course.id, PlanRow.origin == "")
    )
    issuer = plan.organisation_id
    whose = col(PlanRow.organisation_id).is_(None) if issuer is None else PlanRow.organisation_id == issuer
    return list(work.session.exec(query.where(whose)).all())


def _own_numbers(work: Work, plan: PlanRow) -> list[str]:
    query = select(CourseRow.document_number).where(CourseRow.plan_id == plan.id, CourseRow.document_number != "")
    return list(work.session.exec(query))
