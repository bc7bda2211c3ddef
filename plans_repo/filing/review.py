"""What an officer looks at before he answers a filing 核对: the papers, the days, the key of the sender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo import versions
from plans_repo.course import deeds
from plans_repo.course.deeds import DeedKind
from plans_repo.course.stages import ClockKind, PaperKind
from plans_repo.course.working_days import calendar
from plans_repo.filing import correspondents, inbox, rules
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.inbox import Incoming
from plans_repo.filing.manifest import MANIFEST, fingerprint, read_manifest
from plans_repo.filing.receiving import Received
from plans_repo.store.tables.courses import DeadlineRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Review:
    """The facts of a filing: which papers came, when it was sent and should have been, whose key signed it.

    *papers* names every paper that should be there and whether it is, the issued text first; the electronic text always
    came. *send_by* is None where the day is not known here; *key* is None for a filing within this installation.
    """

    papers: tuple[tuple[PaperKind, bool], ...]
    sent_on: date
    send_by: date | None
    late_working_days: int
    key: KeyStanding | None
    fingerprint: str

    @property
    def lacking(self) -> tuple[PaperKind, ...]:
        """The papers that did not come."""
        return tuple(kind for kind, is_there in self.papers if not is_there)


def review(work: Work, filing_id: str) -> Review:
    """Those of one filing, for who may answer it."""
    found = inbox.incoming(work, filing_id)
    plan = work.session.get_one(PlanRow, found.plan)
    deed = next(one for one in deeds.deeds(work, found.plan) if one.id == filing_id)
    received = deed.told(Received) if deed.kind is DeedKind.RECEIVED else None
    sent_on = found.sent_on if received is None else _sent_on(work, received)
    send_by = _send_by(work, plan, deed.course, found)
    late = calendar(work).between(send_by, sent_on) if send_by is not None and sent_on > send_by else 0
    return Review(
        papers=_papers(found),
        sent_on=sent_on,
        send_by=send_by,
        late_working_days=max(late, 1) if send_by is not None and sent_on > send_by else 0,
        key=correspondents.standing(work, received.key, received.sender) if received else None,
        fingerprint=fingerprint(received.key) if received else "",
    )


def _papers(found: Incoming) -> tuple[tuple[PaperKind, bool], ...]:
    """The issued text in the form it came in, then the papers the rule asks for."""
    present = {paper.kind for paper in found.papers}
    text = next((kind for kind in rules.text_papers() if kind in present), rules.text_papers()[0])
    return tuple((kind, kind in present) for kind in dict.fromkeys((text, *found.required)))


def _sent_on(work: Work, received: Received) -> date:
    """The day the sender says in his manifest."""
    data = versions.media(work, received.manifest)[1]
    return read_manifest(data, MANIFEST).sent_on


def _send_by(work: Work, plan: PlanRow, course: str, found: Incoming) -> date | None:
    """The day of the sender's clock where it is kept here; else counted from the issue where the rule counts so."""
    clock = work.session.exec(
        select(DeadlineRow)
        .where(DeadlineRow.course_id == course, DeadlineRow.kind == ClockKind.FILING)
        .order_by(col(DeadlineRow.from_on).desc())
    ).first()
    if clock is not None:
        return clock.due_on
    limit = rules.limit(work, ClockKind.FILING, plan)
    if limit is None or limit.starts != "issue":
        return None
    return calendar(work).after(found.issued_on, limit.working_days).on
