"""The receipt as a paper in Word: 备案回执, for an enterprise 备案登记表, or 补正告知书."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plans_repo.course.working_days import local_day
from plans_repo.filing.manifest import fingerprint
from plans_repo.packs.naming import name_of
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.word.paper import Paper
from plans_repo.word.tables import Table
from plans_repo.word.wording import Wording

if TYPE_CHECKING:
    from plans_repo.filing.inbox import Incoming


def paper_of(work: Work, found: Incoming, *, number: str = "", receiver: str = "", key: str = "") -> bytes:
    """The paper of an answer given, or of one about to be given under *number* by *receiver*."""
    say = Wording("zh").say
    plan = work.session.get_one(PlanRow, found.plan)
    is_supplement = not number and found.receipt is None and found.request is not None
    is_return = is_supplement and found.request is not None and found.request.is_return
    paper = Paper()
    paper.title(say(f"receipt.{'title_returned' if is_return else _title(plan, is_supplement=is_supplement)}"))
    paper.blank()
    paper.table(Table(rows=_rows(work, found, number, is_supplement=is_supplement), widths=(3, 10)))
    by = receiver or _receiver(found)
    paper.blank()
    paper.text(f"{say('receipt.receiver')}：{by}{say('receipt.seal')}")
    paper.text(f"{say('receipt.on')}：{_day(found.receipt_on or local_day(work.now))}")
    if key:
        paper.note(say("receipt.key", fingerprint=fingerprint(key)))
    return paper.saved(title=say("receipt.title"), author=by, made_at=work.now)


def _title(plan: PlanRow, *, is_supplement: bool) -> str:
    if is_supplement:
        return "title_supplement"
    return "title_enterprise" if plan.kind is PlanKind.UNIT else "title"


def _rows(work: Work, found: Incoming, number: str, *, is_supplement: bool) -> tuple[tuple[str, str], ...]:
    say = Wording("zh").say
    version = work.session.get_one(VersionRow, found.version)
    course_day = found.issued_on
    given = number or (found.receipt.number if found.receipt else "")
    listed = "、".join(name_of("paper", paper.kind, "zh") for paper in found.papers)
    rows = [
        ("plan", f"《{found.title}》"),
        ("sender", found.sender),
        ("document_number", found.document_number),
        ("issued_on", _day(course_day)),
        ("received_on", _day(found.sent_on)),
        ("root_hash", version.root_hash),
        ("papers", listed or say("receipt.no_papers")),
    ]
    if is_supplement and found.request is not None:
        field, opinion = ("reason", "returned") if found.request.is_return else ("missing", "supplement")
        rows += [(field, "；".join(found.request.missing)), ("opinion", say(f"receipt.{opinion}"))]
        rows += [("bring_by", _day(found.request.bring_by))] if found.request.bring_by else []
    else:
        rows = [("number", given), *rows, ("opinion", say("receipt.filed"))]
    return tuple((say(f"receipt.{key}"), text) for key, text in rows)


def _receiver(found: Incoming) -> str:
    answer = found.receipt or found.request
    return answer.receiver if answer else found.recipient


def _day(day: object) -> str:
    year, month, date_ = str(day).split("-")
    return f"{int(year)}年{int(month)}月{int(date_)}日"
