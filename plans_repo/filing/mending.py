"""A text sent back or to be supplemented, changed and filed again: the edition that mends it, and the one mended."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from plans_repo.course import deeds
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.working_days import local_day
from plans_repo.filing import filings
from plans_repo.filing.shares import ANSWERS, AWAITING_SENDER, state_of
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


def mended_by(work: Work, course: CourseRow) -> Deed | None:
    """What the receiver told of the last earlier edition of the plan, where *course* answers it; None where nothing.

    An edition that was put on file, or that another edition has answered, is not mended any more.
    """
    query = select(CourseRow).where(CourseRow.plan_id == course.plan_id, col(CourseRow.ordinal) < course.ordinal)
    for row in work.session.exec(query.order_by(col(CourseRow.ordinal).desc())):
        found = deeds.deeds(work, row.plan_id, course=row.id)
        last = deeds.latest(found, DeedKind.MENDED)
        if last is not None and last.value["course"] == course.id:
            return next(deed for deed in found if deed.id == last.about)
        if not any(deed.kind in ANSWERS for deed in found):
            continue
        is_open = state_of(found) in AWAITING_SENDER
        return deeds.latest(found, DeedKind.SUPPLEMENT_REQUEST) if is_open else None
    return None


def note_mended(work: Work, request: Deed, course: CourseRow, filing: str) -> None:
    """Say of the earlier edition that *course* answers what the receiver told of it; once."""
    found = deeds.deeds(work, request.plan, DeedKind.MENDED, course=request.course)
    if not found:
        value, today = {"course": course.id, "filing": filing}, local_day(work.now)
        deeds.keep(work, request.plan, request.course, DeedKind.MENDED, value, on=today, about=request.id)


def package_of(work: Work, request: Deed) -> str:
    """The digest of the last package of the edition a request is about; "" where none was made."""
    made = deeds.deeds(work, request.plan, DeedKind.PACKAGE, course=request.course)
    return str(made[-1].value["manifest"]) if made else ""


def request_about(work: Work, plan: str, digest: str) -> tuple[Deed, Deed] | None:
    """The filing received here in the package of that digest, with what was told of it; None where it is not open."""
    received = [one for one in deeds.deeds(work, plan, DeedKind.RECEIVED) if one.value["package"] == digest]
    for filing in received:
        found = deeds.deeds(work, plan, course=filing.course)
        request = deeds.latest(found, DeedKind.SUPPLEMENT_REQUEST)
        if request is not None and state_of(found) in AWAITING_SENDER:
            return filing, request
    return None


def send(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, day: date) -> None:
    """Write down that an edition was sent, and that it answers what was told of an earlier one."""
    request = mended_by(work, course)
    sent = filings.record_sending(work, plan, course, version, day, mends=request.about if request else "")
    if request is not None:
        note_mended(work, request, course, sent.id)
