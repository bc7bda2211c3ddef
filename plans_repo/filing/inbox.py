"""What other bodies file with the actor's: check it, ask once for what is missing, give the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo import versions
from plans_repo.course import clocks, courses, deeds, papers, taking
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import Issued
from plans_repo.course.papers import Attachment, Paper
from plans_repo.course.stages import ClockKind, Move, PaperKind
from plans_repo.course.steps import step_of
from plans_repo.course.working_days import DueDay, calendar, local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.filing import filings, receipt_paper, rules
from plans_repo.filing.filings import FilingState, Receipt, Sending, SupplementRequest
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.filing.reporting_body import reporting_body
from plans_repo.organisations import Organisation, OrganisationKind, organisation, organisations, row_of
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import DeedRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

MOST_NUMBER = 120
ACTING_FOR = frozenset({OrganisationKind.EMERGENCY_BUREAU, OrganisationKind.GOVERNMENT})
"""Bodies that handle what is filed with others of their area."""
ACTED_FOR = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.HEADQUARTERS})
"""Those others: the government, and the headquarters whose office the emergency bureau is."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A plan that was filed here: what, by whom, on which day, by which answer is due, and how it stands."""

    id: str
    plan: str
    version: str
    title: str
    document_number: str
    sender: str
    duty: Duty
    recipient: str
    issued_on: date
    sent_on: date
    answer_by: DueDay
    state: FilingState
    required: tuple[PaperKind, ...]
    papers: tuple[Paper, ...]
    was_asked: bool
    request: SupplementRequest | None
    receipt: Receipt | None
    receipt_on: date | None
    is_from_outside: bool

    @property
    def missing(self) -> tuple[PaperKind, ...]:
        """The papers the rules ask for that did not come with it."""
        present = {paper.kind for paper in self.papers}
        return tuple(kind for kind in self.required if kind not in present)

    @property
    def is_open(self) -> bool:
        """Whether an answer is awaited from here."""
        return self.duty is Duty.FILE and self.state in (FilingState.SENT, FilingState.DEEMED)


def inbox(work: Work) -> tuple[Incoming, ...]:
    """What was filed with, sent to or copied to the actor's body, the newest first."""
    work.require(Action.RECEIPT_FILING)
    here = _here(work)
    query = select(DeedRow).where(col(DeedRow.kind).in_([DeedKind.FILING, DeedKind.RECEIVED]))
    rows = work.session.exec(query.order_by(col(DeedRow.on).desc(), col(DeedRow.ordinal).desc()))
    newest: dict[str, DeedRow] = {}
    for row in rows:
        newest.setdefault(row.course_id, row)
    return tuple(found for row in newest.values() if (found := _incoming(work, row, here)) is not None)


def incoming(work: Work, filing_id: str) -> Incoming:
    """One of them by the id of its filing."""
    for one in inbox(work):
        if one.id == filing_id:
            return one
    raise NotFound("filing-unknown", thing="filing", value=filing_id)


def give_receipt(
    work: Work, filing_id: str, number: str, *, on: date | None = None, paper: Attachment | None = None
) -> Incoming:
    """Put a plan on file under a number; the receipt goes to the papers of the plan and stops its clock.

    Without *paper*, the sheet that was sealed, one is made.
    """
    found = _answerable(work, filing_id)
    if not number.strip() or len(number) > MOST_NUMBER:
        raise PlansRepoError("receipt-without-number", thing=found.title, field="number", rule="1 to 120 characters")
    edition = _edition(work, found)
    day = deeds.check_day(work, found.title, on, not_before=found.sent_on)
    here = _here(work)
    receipt = Receipt(
        receiver=found.recipient,
        number=number.strip(),
        organisation=here.id if here else None,
        key=work.key.name if work.key else "",
    )
    made = paper or Attachment(
        kind=PaperKind.FILING_RECEIPT,
        name=f"{found.title}备案回执.docx",
        data=receipt_paper.paper_of(work, found, number=receipt.number, receiver=receipt.receiver),
    )
    settle(work, edition, receipt, day, made, about=filing_id)
    return incoming(work, filing_id)


def settle(work: Work, edition: Issued, receipt: Receipt, day: date, paper: Attachment, *, about: str) -> None:
    """Keep a receipt with an edition, stop its clock and say so."""
    papers.keep(work, edition.plan, edition.course, edition.version, paper)
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.RECEIPT, receipt, on=day, about=about)
    step = step_of(Move.RECEIVE_RECEIPT, edition.course.stage)
    if step is not None:
        taking.take(work, edition.plan, edition.course, edition.version, step, receipt.number, day)
    clocks.stop(work, edition.course.id, ClockKind.RECEIPT, day)


def ask_supplement(work: Work, filing_id: str, missing: tuple[str, ...], *, on: date | None = None) -> Incoming:
    """Tell the sender, once, what is missing."""
    found = _answerable(work, filing_id)
    if found.was_asked:
        raise PlansRepoError("supplement-asked-twice", thing=found.title, rule="what is missing is told once")
    here = _here(work)
    request = SupplementRequest(
        receiver=found.recipient,
        missing=missing,
        organisation=here.id if here else None,
        key=work.key.name if work.key else "",
    )
    day = deeds.check_day(work, found.title, on, not_before=found.sent_on)
    filings.note_request(work, _edition(work, found), request, day, filing_id)
    return incoming(work, filing_id)


def next_receipt_number(work: Work) -> str:
    """A number after the last one this body gave this year, in its own form; '' where it has given none."""
    here = _here(work)
    given = [
        deed.told(Receipt)
        for some in deeds.deeds_by_course(work, DeedKind.RECEIPT).values()
        for deed in some
        if deed.on.year == local_day(work.now).year
    ]
    own = [receipt.number for receipt in given if here is None or receipt.organisation == here.id]
    for number in reversed(own):
        head, digits, tail = _last_digits(number)
        if digits:
            return f"{head}{int(digits) + 1:0{len(digits)}d}{tail}"
    return ""


def _last_digits(number: str) -> tuple[str, str, str]:
    end = next((at for at in range(len(number), 0, -1) if number[at - 1].isdigit()), 0)
    start = end
    while start and number[start - 1].isdigit():
        start -= 1
    return number[:start], number[start:end], number[end:]


def _answerable(work: Work, filing_id: str) -> Incoming:
    found = incoming(work, filing_id)
    if found.duty is not Duty.FILE:
        raise NotAllowed("filing-not-addressed", thing=found.title, value=found.recipient)
    if found.receipt is not None:
        raise PlansRepoError("receipt-given-already", thing=found.title, value=found.receipt.number)
    return found


def _here(work: Work) -> Organisation | None:
    return organisation(work, work.actor.organisation) if work.actor.organisation else None


def _incoming(work: Work, row: DeedRow, here: Organisation | None) -> Incoming | None:
    deed = deeds.deed_of(row)
    sending = deed.told(Sending)
    addressed = _addressed(work, sending.recipients, here)
    if addressed is None:
        return None
    plan = work.session.get_one(PlanRow, row.plan_id)
    course = work.session.get_one(CourseRow, row.course_id)
    version = work.session.get_one(VersionRow, courses.current_version_id(work, course.id))
    found = deeds.deeds(work, plan.id, course=course.id)
    request, receipt = deeds.latest(found, DeedKind.SUPPLEMENT_REQUEST), deeds.latest(found, DeedKind.RECEIPT)
    return Incoming(
        id=row.id,
        plan=plan.id,
        version=version.id,
        title=plan.title,
        document_number=course.document_number,
        sender=_sender(work, plan, deed),
        duty=addressed.duty,
        recipient=addressed.name,
        issued_on=course.issued_on or row.on,
        sent_on=row.on,
        answer_by=_answer_by(work, plan, found, row.on),
        state=filings.state_of(found),
        required=rules.required_papers(plan.kind, _maker(work, plan, deed)),
        papers=tuple(
            paper
            for paper in papers.papers(work, course)
            if paper.digest in sending.papers or paper.kind is PaperKind.FILING_SUPPLEMENT
        ),
        was_asked=request is not None,
        request=request.told(SupplementRequest) if request else None,
        receipt=receipt.told(Receipt) if receipt else None,
        receipt_on=receipt.on if receipt else None,
        is_from_outside=bool(plan.origin),
    )


def _answer_by(work: Work, plan: PlanRow, found: tuple[Deed, ...], sent_on: date) -> DueDay:
    supplied = deeds.latest(found, DeedKind.SUPPLEMENT)
    limit = rules.limit(work, ClockKind.RECEIPT, plan)
    start = supplied.on if supplied else sent_on
    return calendar(work).after(start, limit.working_days if limit else 0)


def _addressed(work: Work, recipients: tuple[Recipient, ...], here: Organisation | None) -> Recipient | None:
    """The line of a filing that concerns this body, the weightiest first; everything for the whole installation."""
    order = [Duty.FILE, Duty.SEND, Duty.COPY]
    mine = sorted(lines_for(work, recipients, here), key=lambda one: order.index(one.duty))
    return mine[0] if mine else None


def lines_for(work: Work, recipients: tuple[Recipient, ...], here: Organisation | None) -> Iterator[Recipient]:
    """The recipients that are *here*, or for whom it acts; all of them for somebody of the whole installation."""
    for one in recipients:
        if here is None or one.organisation == here.id or one.name == here.name:
            yield one
        elif one.organisation is not None and here.kind in ACTING_FOR:
            row = row_of(work, one.organisation)
            if row.area == here.area and row.kind in ACTED_FOR:
                yield one


def _sender(work: Work, plan: PlanRow, deed: Deed) -> str:
    told = str(deed.value.get("sender", ""))
    body = None if told else reporting_body(plan, organisations(work))
    return body.name if body else told


def _maker(work: Work, plan: PlanRow, deed: Deed) -> OrganisationKind | None:
    told = deed.value.get("sender_kind")
    return OrganisationKind(told) if told else rules.maker_kind(work, plan)


def _edition(work: Work, found: Incoming) -> Issued:
    version = work.session.get(VersionRow, found.version)
    if version is None:
        raise versions.unknown(found.version)
    return Issued(
        plan=work.session.get_one(PlanRow, found.plan),
        course=work.session.get_one(CourseRow, version.course_id),
        version=version,
    )


def edition_of(work: Work, filing_id: str) -> Issued:
    """The rows behind something that was filed here, for services that answer it."""
    return _edition(work, incoming(work, filing_id))
