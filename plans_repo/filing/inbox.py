"""What other bodies file with the actor's: check it, ask once for what is missing, give the receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from plans_repo.filing import filings, local_figures, materials, receipt_paper, rules
from plans_repo.filing.filings import Receipt, Sending, SupplementRequest
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.filing.reporting_body import reporting_body
from plans_repo.filing.shares import AWAITING_SENDER, FilingState, is_answered, share_for, state_of
from plans_repo.organisations import Organisation, OrganisationKind, organisation, organisations
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow, DeadlineRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.terms import DeedRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

MOST_NUMBER, MOST_REASON = 120, 1000
ACTING_FOR = frozenset({OrganisationKind.EMERGENCY_BUREAU, OrganisationKind.GOVERNMENT})
"""Bodies that handle what is filed with others of their area."""
ACTED_FOR = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.HEADQUARTERS})
"""Those others: the government, and the headquarters whose office the emergency bureau is."""


@dataclass(frozen=True, kw_only=True)
class Mended:
    """An earlier filing that a later one answers: its version, and what was told of it."""

    filing: str
    version: str
    document_number: str
    request: SupplementRequest


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A plan that was filed here: what, by whom, on which day, by which answer is due, and how it stands.

    *mends* is the filing of an earlier edition that it answers. *is_passed_on* says that it is the government's to
    answer, which has given the bureau that sees it no mandate: the bureau can only pass it on. *is_own* says
    that the body itself filed it, so that it is not for its people to answer. *acts_for* is the body for which the
    reader's answers.
    """

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
    was_supplied: bool
    request: SupplementRequest | None
    receipt: Receipt | None
    receipt_on: date | None
    is_from_outside: bool
    mends: Mended | None = None
    is_passed_on: bool = False
    is_own: bool = False
    acts_for: str = ""

    @property
    def missing(self) -> tuple[PaperKind, ...]:
        """The papers the rules ask for that did not come with it."""
        present = {paper.kind for paper in self.papers}
        return tuple(kind for kind in self.required if kind not in present)

    @property
    def supplements(self) -> tuple[Paper, ...]:
        """What the sender brought after he was told what was missing."""
        return tuple(paper for paper in self.papers if paper.kind is PaperKind.FILING_SUPPLEMENT)

    @property
    def is_open(self) -> bool:
        """Whether an answer is awaited from here."""
        is_addressed = self.duty is Duty.FILE and not self.is_passed_on and not self.is_own
        return is_addressed and self.state in (FilingState.SENT, FilingState.DEEMED)


def inbox(work: Work) -> tuple[Incoming, ...]:
    """What was filed with, sent to or copied to the actor's body, the newest first."""
    work.require(Action.RECEIPT_FILING)
    here = _here(work)
    query = select(DeedRow).where(col(DeedRow.kind).in_([DeedKind.FILING, DeedKind.RECEIVED]))
    rows = work.session.exec(query.order_by(col(DeedRow.on).desc(), col(DeedRow.ordinal).desc()))
    newest: dict[str, DeedRow] = {}
    for row in rows:
        newest.setdefault(row.course_id, row)
    desk = _Desk(here=here, bodies=organisations(work), mandated=local_figures.mandated(work))
    return tuple(found for row in newest.values() if (found := _incoming(work, row, desk)) is not None)


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """Whose desk it is, the bodies there are, and the areas whose government lets its bureau answer for it."""

    here: Organisation | None
    bodies: Sequence[Organisation]
    mandated: frozenset[str]

    def speaks_for(self, one: Recipient) -> bool:
        """Whether it may answer for a recipient: itself, or with its mandate a government."""
        body = next((each for each in self.bodies if each.id == one.organisation), None)
        return self.here is None or speaks_for(self.here, body, self.mandated)

    def acts_for(self, one: Recipient) -> bool:
        """Whether it may answer for a recipient that is another body."""
        is_other = self.here is not None and one.organisation not in (None, self.here.id)
        return is_other and self.speaks_for(one)

    def has_sent(self, plan: PlanRow) -> bool:
        """Whether it is its own plan that was filed, which it cannot answer for another."""
        sender = reporting_body(plan, self.bodies) if self.here and not plan.origin else None
        return sender is not None and self.here is not None and sender.id == self.here.id


def speaks_for(here: Organisation, body: Organisation | None, mandated: frozenset[str]) -> bool:
    """Whether a body may answer for another: for itself, or for a government that has given its bureau the mandate."""
    if body is None or body.id == here.id:
        return True
    return body.kind is not OrganisationKind.GOVERNMENT or body.area in mandated


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
    _check_unused(work, found, number.strip())
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
    """Keep a receipt with an edition; once every authority has given its own, stop the clock and say so."""
    papers.keep(work, edition.plan, edition.course, edition.version, paper)
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.RECEIPT, receipt, on=day, about=about)
    found = deeds.deeds(work, edition.plan.id, course=edition.course.id)
    step = step_of(Move.RECEIVE_RECEIPT, edition.course.stage)
    if step is not None and state_of(found) is FilingState.RECEIPTED:
        taking.take(work, edition.plan, edition.course, edition.version, step, receipt.number, day)
    if is_answered(found):
        clocks.stop(work, edition.course.id, ClockKind.RECEIPT, day)


def ask_supplement(
    work: Work,
    filing_id: str,
    missing: tuple[str, ...],
    *,
    on: date | None = None,
    reason: str = "",
    bring_by: date | None = None,
) -> Incoming:
    """Tell the sender, once, what is missing, each by its name or code, and until when to bring it.

    What no rule asks for with such a filing needs a *reason*, and is told as going beyond it.
    """
    found = _answerable(work, filing_id)
    if found.was_asked:
        raise PlansRepoError("supplement-asked-twice", thing=found.title, rule="what is missing is told once")
    items = tuple(map(materials.called, missing))
    more = materials.beyond(filter(None, items), found.required)
    if more and not reason.strip():
        raise PlansRepoError(
            "supplement-beyond-rule", thing=found.title, field="missing", rule="of the list, or with a reason",
            value=more[0], materials=materials.names_of(found.required),
        )  # fmt: skip
    day = deeds.check_day(work, found.title, on, not_before=found.sent_on)
    last = bring_by or calendar(work).after(day, rules.supplement_working_days()).on
    if last <= day:
        raise PlansRepoError("supplement-day-past", thing=found.title, field="bring_by", rule=f"> {day}", value=last)
    said = tuple(materials.told(item, reason.strip()[:300]) if item in more else item for item in items)
    return _ask(work, found, said, day, bring_by=last)


def proposed_bring_by(work: Work) -> date:
    """Until when a sender told today brings what is missing, unless told otherwise."""
    return calendar(work).after(local_day(work.now), rules.supplement_working_days()).on


def return_filing(work: Work, filing_id: str, reason: str, *, on: date | None = None) -> Incoming:
    """Send a filing back, with the reason why it is not put on file; the sender files anew."""
    found = _answerable(work, filing_id)
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing=found.title, field="reason", rule="must be given")
    day = deeds.check_day(work, found.title, on, not_before=found.sent_on)
    return _ask(work, found, (reason.strip()[:MOST_REASON],), day, is_return=True)


def _ask(
    work: Work,
    found: Incoming,
    missing: tuple[str, ...],
    day: date,
    *,
    is_return: bool = False,
    bring_by: date | None = None,
) -> Incoming:
    if found.state in AWAITING_SENDER:
        raise PlansRepoError("filing-with-its-sender", thing=found.title, value=found.sender)
    here, filing_id = _here(work), found.id
    request = SupplementRequest(
        receiver=found.recipient,
        missing=missing,
        organisation=here.id if here else None,
        key=work.key.name if work.key else "",
        is_return=is_return,
        bring_by=bring_by,
    )
    filings.note_request(work, _edition(work, found), request, day, filing_id)
    return incoming(work, filing_id)


def _check_unused(work: Work, found: Incoming, number: str) -> None:
    """A number is given once by one body, whoever of its people gives it."""
    for deed in _given(work):
        receipt = deed.told(Receipt)
        if (receipt.receiver, receipt.number) == (found.recipient, number):
            title = work.session.get_one(PlanRow, deed.plan).title
            raise PlansRepoError(
                "receipt-number-taken", thing=found.title, field="number", rule="once", value=number, other=title
            )


def next_receipt_number(work: Work) -> str:
    """The number after the highest this body gave this year, in the form of its last one; '' where it gave none."""
    here, year = _here(work), local_day(work.now).year
    given = [deed.told(Receipt) for deed in _given(work) if deed.on.year == year]
    own = [receipt.number for receipt in given if here is None or receipt.organisation == here.id]
    forms = [form for number in own if (form := _last_digits(number))[1]]
    if not forms:
        return ""
    head, digits, tail = forms[-1]
    highest = max(int(form[1]) for form in forms if (form[0], form[2]) == (head, tail))
    return f"{head}{highest + 1:0{len(digits)}d}{tail}"


def _given(work: Work) -> list[Deed]:
    """Every receipt that was given here, in the order they were entered."""
    found = [deed for some in deeds.deeds_by_course(work, DeedKind.RECEIPT).values() for deed in some]
    return sorted((deed for deed in found if deed.value.get("number")), key=lambda deed: (deed.at, deed.id))


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
    if found.is_passed_on:
        here = _here(work)
        raise NotAllowed(
            "filing-without-mandate", thing=found.title, value=found.recipient, body=here.name if here else ""
        )
    if found.is_own:
        raise NotAllowed("filing-of-own-body", thing=found.title, value=found.recipient, body=found.sender)
    if found.receipt is not None:
        raise PlansRepoError("receipt-given-already", thing=found.title, value=found.receipt.number)
    if found.state is FilingState.MENDED:
        raise PlansRepoError("filing-mended", thing=found.title, value=found.document_number)
    sent = next((deed for deed in deeds.deeds(work, found.plan, DeedKind.FILING) if deed.id == filing_id), None)
    if sent is not None and sent.account == work.actor.account:
        raise NotAllowed("filing-of-ones-own", thing=found.title, field="account", rule="must be another's")
    return found


def _here(work: Work) -> Organisation | None:
    return organisation(work, work.actor.organisation) if work.actor.organisation else None


def _incoming(work: Work, row: DeedRow, desk: _Desk) -> Incoming | None:
    deed = deeds.deed_of(row)
    sending = deed.told(Sending)
    addressed = _addressed(sending.recipients, desk)
    if addressed is None:
        return None
    plan = work.session.get_one(PlanRow, row.plan_id)
    course = work.session.get_one(CourseRow, row.course_id)
    version = work.session.get_one(VersionRow, courses.current_version_id(work, course.id))
    share = share_for(deeds.deeds(work, plan.id, course=course.id), addressed.name)
    found = share.deeds
    request, receipt = deeds.latest(found, DeedKind.SUPPLEMENT_REQUEST), share.receipt
    return Incoming(
        id=row.id,
        plan=plan.id,
        version=version.id,
        title=plan.title,
        document_number=course.document_number,
        sender=_sender(plan, deed, desk.bodies),
        duty=addressed.duty,
        recipient=addressed.name,
        issued_on=course.issued_on or row.on,
        sent_on=row.on,
        answer_by=_answer_by(work, plan, course, found, row.on),
        state=share.state,
        required=rules.required_papers(plan.kind, _maker(work, plan, deed)),
        papers=tuple(
            paper
            for paper in papers.papers(work, course)
            if paper.digest in sending.papers or paper.kind is PaperKind.FILING_SUPPLEMENT
        ),
        was_asked=any(deed.kind is DeedKind.SUPPLEMENT_REQUEST and not deed.value.get("is_return") for deed in found),
        was_supplied=any(deed.kind is DeedKind.SUPPLEMENT for deed in found),
        request=request.told(SupplementRequest) if request else None,
        receipt=receipt.told(Receipt) if receipt else None,
        receipt_on=receipt.on if receipt else None,
        is_from_outside=bool(plan.origin),
        mends=_mended(work, sending.mends),
        is_passed_on=not desk.speaks_for(addressed),
        is_own=desk.has_sent(plan),
        acts_for=addressed.name if desk.acts_for(addressed) else "",
    )


def _mended(work: Work, filing: str) -> Mended | None:
    row = work.session.get(DeedRow, filing) if filing else None
    if row is None:
        return None
    request = deeds.latest(deeds.deeds(work, row.plan_id, DeedKind.SUPPLEMENT_REQUEST, course=row.course_id))
    assert request is not None
    return Mended(
        filing=filing,
        version=courses.current_version_id(work, row.course_id),
        document_number=work.session.get_one(CourseRow, row.course_id).document_number,
        request=request.told(SupplementRequest),
    )


def _answer_by(work: Work, plan: PlanRow, course: CourseRow, found: tuple[Deed, ...], sent_on: date) -> DueDay:
    """The day of the clock that runs for the sender in this installation; else counted by the rules of today."""
    clock = work.session.exec(
        select(DeadlineRow)
        .where(DeadlineRow.course_id == course.id, DeadlineRow.kind == ClockKind.RECEIPT)
        .order_by(col(DeadlineRow.from_on).desc(), col(DeadlineRow.due_on).desc())
    ).first()
    if clock is not None:
        return DueDay(on=clock.due_on, is_provisional=clock.is_provisional)
    supplied = deeds.latest(found, DeedKind.SUPPLEMENT)
    limit = rules.limit(work, ClockKind.RECEIPT, plan)
    start = supplied.on if supplied else sent_on
    return calendar(work).after(start, limit.working_days if limit else 0)


def _addressed(recipients: tuple[Recipient, ...], desk: _Desk) -> Recipient | None:
    """The line of a filing that concerns this body, the weightiest first; everything for the whole installation.

    One it may answer goes before one it can only pass on.
    """
    order = [Duty.FILE, Duty.SEND, Duty.COPY]
    mine = sorted(lines_for(recipients, desk.here, desk.bodies), key=lambda one: order.index(one.duty))
    own = [one for one in mine if desk.speaks_for(one)]
    return next(iter(own or mine), None)


def lines_for(
    recipients: tuple[Recipient, ...], here: Organisation | None, bodies: Iterable[Organisation]
) -> Iterator[Recipient]:
    """The recipients that are *here*, or for whom it acts.

    For somebody of the whole installation those that are bodies of it; all where it knows none of them.
    """
    if here is None:
        yield from [one for one in recipients if one.organisation] or recipients
        return
    known = {body.id: body for body in bodies}
    yield from (one for one in recipients if is_for(one, here, known))


def is_for(one: Recipient, here: Organisation | None, bodies: Mapping[str, Organisation]) -> bool:
    """Whether a recipient is *here*, or a body for which it acts."""
    if here is None:
        return False
    if one.organisation == here.id or one.name == here.name:
        return True
    body = bodies.get(one.organisation or "")
    return body is not None and here.kind in ACTING_FOR and body.area == here.area and body.kind in ACTED_FOR


def _sender(plan: PlanRow, deed: Deed, bodies: Sequence[Organisation]) -> str:
    told = str(deed.value.get("sender", ""))
    body = None if told else reporting_body(plan, bodies)
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
