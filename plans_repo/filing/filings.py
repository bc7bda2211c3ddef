"""Filing an edition: where it goes, that it was sent, what the receiver said; on the sender's side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plans_repo import library
from plans_repo.course import clocks, courses, deeds, papers
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import Issued, issued, issued_editions
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import CLOSED, ClockKind, PaperKind, Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.filing import rules
from plans_repo.filing.recipients import (
    Destination,
    Duty,
    Recipient,
    body_named,
    destination,
    destination_in,
    is_same_body,
)
from plans_repo.filing.selection import left_out, select_papers
from plans_repo.filing.shares import ANSWERS, FilingState, Share, is_answered, shares_of, state_of
from plans_repo.organisations import organisations
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class ChosenRoute:
    """The recipients somebody has settled on, and why they are not those proposed."""

    route: str
    recipients: tuple[Recipient, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What was sent to whom: the text by its root hash, the papers by their digests, the package if there was one.

    *mends* is the earlier filing that this edition answers, sent back or to be supplemented.
    """

    route: str
    recipients: tuple[Recipient, ...]
    root_hash: str
    document_number: str
    papers: tuple[str, ...]
    package: str = ""
    mends: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementRequest:
    """What the receiver found missing, told once, by when; or, when it *is_return*, why he has sent the filing back."""

    receiver: str
    missing: tuple[str, ...]
    organisation: str | None = None
    key: str = ""
    is_return: bool = False
    bring_by: date | None = None

    def __post_init__(self) -> None:
        if not self.missing or not all(item.strip() for item in self.missing):
            raise PlansRepoError(
                "supplement-without-list", thing="supplement", field="missing", rule="says what is missing"
            )


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """That a plan has been put on file: by whom, under which number; *key* signed it in another installation.

    Without key and *organisation* its sender has entered it from paper.
    """

    receiver: str
    number: str
    organisation: str | None = None
    key: str = ""

    @property
    def is_from_paper(self) -> bool:
        """Whether only the sender says so."""
        return not self.key and self.organisation is None


@dataclass(frozen=True, kw_only=True)
class PaperReceipt:
    """What a receipt on paper says; it counts once a second person has compared it with the paper."""

    receiver: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Filing:
    """Where the filing of an edition stands; *optional* are kinds of papers that go into a package only by choice.

    *shares* are its parts, one for each authority of a side of a joint plan that gives a receipt of its own.
    """

    plan: str
    version: str
    title: str
    document_number: str
    state: FilingState
    destination: Destination
    required: tuple[PaperKind, ...]
    missing: tuple[PaperKind, ...]
    optional: tuple[PaperKind, ...]
    due_on: date | None
    is_provisional: bool
    sent: Sending | None
    sent_on: date | None
    request: SupplementRequest | None
    receipt: Receipt | None
    receipt_on: date | None
    shares: tuple[Share, ...]


def filing(work: Work, version_id: str) -> Filing:
    """The filing of an issued edition."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    return _filing(_records(work, [edition]), edition)


@dataclass(frozen=True, kw_only=True)
class _Records:
    """What is on record of some editions, by course, read together; and what the rules look at."""

    today: date
    around: rules.Surroundings
    deeds: Mapping[str, tuple[Deed, ...]]
    papers: Mapping[str, tuple[papers.Paper, ...]]
    clocks: Mapping[str, tuple[courses.Deadline, ...]]


def _records(work: Work, editions: Sequence[Issued]) -> _Records:
    return _Records(
        today=local_day(work.now),
        around=rules.surroundings(work),
        deeds=deeds.deeds_of_courses(work, [edition.course.id for edition in editions]),
        papers=papers.papers_of_courses(work, [edition.course for edition in editions]),
        clocks=courses.deadlines_of_courses(work, {edition.course.id: edition.plan for edition in editions}),
    )


def _filing(records: _Records, edition: Issued) -> Filing:
    found = records.deeds.get(edition.course.id, ())
    sent, request, receipt = (
        deeds.latest(found, kind) for kind in (DeedKind.FILING, DeedKind.SUPPLEMENT_REQUEST, DeedKind.RECEIPT)
    )
    present = tuple(dict.fromkeys(paper.kind for paper in records.papers[edition.course.id]))
    required = rules.required_papers(edition.plan.kind, records.around.maker_kind(edition.plan))
    running = _running(records, edition)
    goes_to = _settled(records.around, edition.plan, found)
    return Filing(
        plan=edition.plan.id,
        version=edition.version.id,
        title=edition.plan.title,
        document_number=edition.course.document_number,
        state=_state(records, edition, found),
        destination=goes_to,
        required=required,
        missing=tuple(kind for kind in required if kind not in present),
        optional=left_out(present, required),
        due_on=running[0] if running else None,
        is_provisional=running[1] if running else False,
        sent=sent.told(Sending) if sent else None,
        sent_on=sent.on if sent else None,
        request=request.told(SupplementRequest) if request else None,
        receipt=receipt.told(Receipt) if receipt else None,
        receipt_on=receipt.on if receipt else None,
        shares=shares_of(found, goes_to.recipients),
    )


def chosen_destination(work: Work, plan: PlanRow, found: tuple[Deed, ...] | None = None) -> Destination:
    """Where the plan goes: as somebody has settled it, otherwise as the rules propose."""
    known = deeds.deeds(work, plan.id, DeedKind.ROUTE) if found is None else found
    return _settled(rules.surroundings(work), plan, known)


def _settled(around: rules.Surroundings, plan: PlanRow, known: tuple[Deed, ...]) -> Destination:
    settled = deeds.latest(known, DeedKind.ROUTE)
    if settled is None:
        return destination_in(around, plan)
    chosen = settled.told(ChosenRoute)
    proposed = destination_in(around, plan, chosen.route)
    return Destination(route=proposed.route, recipients=chosen.recipients)


def choose_route(work: Work, version_id: str, chosen: ChosenRoute) -> Destination:
    """Settle who receives an edition; at least one body it is filed with, and a reason.

    A recipient named as a body of this installation is that body, whoever typed the name.
    """
    edition = issued(work, version_id, Action.FILE_PLAN)
    destination(work, edition.plan, chosen.route)
    if not any(one.duty is Duty.FILE for one in chosen.recipients):
        raise PlansRepoError("nobody-to-file-with", thing=edition.plan.title, field="recipients", rule="needs one")
    if not chosen.reason.strip():
        raise PlansRepoError("reason-missing", thing=edition.plan.title, field="reason", rule="must be given")
    named = replace(chosen, recipients=tuple(map(_known(work), chosen.recipients)))
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.ROUTE, named, on=local_day(work.now))
    return chosen_destination(work, edition.plan)


def _known(work: Work) -> Callable[[Recipient], Recipient]:
    """What ties a recipient to the body of this installation that bears its name."""
    bodies = {body.name: body.id for body in organisations(work)}
    return lambda one: replace(
        one, name=one.name.strip(), organisation=one.organisation or bodies.get(one.name.strip())
    )


def unnamed_office(work: Work, plan: PlanRow) -> Recipient | None:
    """The office a plan is to be filed with to which nobody has put a name; none where the body is known."""
    settled = chosen_destination(work, plan).recipients
    return next((one for one in settled if one.duty is Duty.FILE and not one.is_named), None)


def check_addressed(work: Work, plan: PlanRow) -> None:
    """Refuse while nobody has put a name to the office with which the plan is filed."""
    if office := unnamed_office(work, plan):
        raise PlansRepoError(
            "filing-recipient-unnamed",
            thing=plan.title,
            field="recipients",
            rule="must name the body it is filed with",
            value=office.name,
        )


def address(work: Work, version_id: str, name: str, *, reason: str = "制作备案包时写明备案机关") -> Destination:
    """Settle by name with which body an edition is filed; the other recipients stay.

    Of a joint plan that goes to several, ``石岭县=云陵市水利局`` names that of one side.
    """
    edition = issued(work, version_id, Action.FILE_PLAN)
    present = chosen_destination(work, edition.plan)
    side, told = _side_and_name(edition.plan, present, name)
    body = body_named(organisations(work), told)
    known = body.id if body else None
    first = next((one for one in present.recipients if one.duty is Duty.FILE and one.side == side), None)
    if first is None or not is_same_body(first.name, told):
        _check_open(work, edition.plan, present, told, side)
    named = Recipient(
        duty=Duty.FILE,
        office=first.office if first else "",
        name=body.name if body else told,
        organisation=known,
        side=side,
    )
    others = tuple(
        one
        for one in present.recipients
        if (one.duty is not Duty.FILE or one.side != side) and (known is None or one.organisation != known)
    )
    said = ChosenRoute(route=present.route.id, recipients=(named, *others), reason=reason)
    return choose_route(work, version_id, said)


def _side_and_name(plan: PlanRow, present: Destination, words: str) -> tuple[str, str]:
    """For which side a body is named, the first unless said, and its name."""
    sides = tuple(dict.fromkeys(one.side for one in present.recipients if one.duty is Duty.FILE)) or ("",)
    place, separator, name = words.partition("=")
    if not separator:
        return sides[0], words.strip()
    side = next((one for one in sides if one and place.strip() in one), None)
    if side is None or not place.strip():
        raise NotFound("side-unknown", thing=plan.title, field="to", value=place.strip(), known=sides)
    return side, name.strip()


def _check_open(work: Work, plan: PlanRow, present: Destination, name: str, side: str) -> None:
    """Refuse a name where the rules find the body, and a body of the maker's own place for an office above."""
    proposed = destination(work, plan, present.route.id)
    for one in proposed.recipients:
        if one.duty is not Duty.FILE or one.side != side:
            continue
        known = body_named(organisations(work), name)
        is_above = one.office.startswith("upper_") and plan.area.strip("/")
        is_below = is_above and known is not None and known.area.startswith(plan.area)
        if is_below or (one.organisation is not None and not is_same_body(one.name, name)):
            raise PlansRepoError(
                "filing-recipient-by-rule",
                thing=plan.title,
                field="to",
                rule="the body the route of the plan names",
                value=name.strip(),
                office=one.name,
                route=proposed.route.title,
            )


def check_separation(work: Work, plan: PlanRow, course: CourseRow) -> None:
    """Refuse that an author of a text sends it for filing, where the rules keep the two apart."""
    if rules.is_separated() and work.actor.account in courses.authors(work, course):
        raise PlansRepoError("own-filing", thing=plan.title)


def record_sending(
    work: Work, plan: PlanRow, course: CourseRow, version: VersionRow, day: date, *, mends: str = ""
) -> Deed:
    """Write down to whom an edition was sent, which are bodies with a name; the move itself is made elsewhere."""
    settled = chosen_destination(work, plan, deeds.deeds(work, plan.id, course=course.id))
    package = deeds.latest(deeds.deeds(work, plan.id, DeedKind.PACKAGE, course=course.id))
    packed = tuple(package.value.get("papers", ())) if package else ()
    goes = select_papers(work, plan, course).papers
    value = Sending(
        mends=mends,
        route=settled.route.id,
        recipients=tuple(one for one in settled.recipients if one.is_named),
        root_hash=version.root_hash,
        document_number=course.document_number,
        papers=tuple(sorted({*packed, *(paper.digest for paper in goes)})),
        package=str(package.value["manifest"]) if package else "",
    )
    return deeds.keep(work, plan.id, course.id, DeedKind.FILING, value, on=day)


def sender_of(work: Work, edition: Issued) -> str:
    """The account that sent an edition last, "" before anybody has."""
    sent = deeds.latest(deeds.deeds(work, edition.plan.id, DeedKind.FILING, course=edition.course.id))
    return sent.account if sent else ""


def open_entry(found: tuple[Deed, ...]) -> Deed | None:
    """The receipt on paper that was entered last and that nothing has followed: no receipt, no refusal."""
    for share in shares_of(found):
        last = deeds.latest(share.deeds, DeedKind.RECEIPT_ENTERED, DeedKind.RECEIPT_REFUSED, DeedKind.RECEIPT)
        if last is not None and last.kind is DeedKind.RECEIPT_ENTERED:
            return last
    return None


def edition_of(work: Work, plan: PlanRow, course: CourseRow) -> Issued:
    """The edition of a course with its newest version."""
    version = work.session.get_one(VersionRow, courses.current_version_id(work, course.id))
    return Issued(plan=plan, course=course, version=version)


def note_request(work: Work, edition: Issued, request: SupplementRequest, day: date, about: str) -> Deed:
    """The receiver's list of what is missing: where nobody else owes a receipt, the clock stops until it came."""
    deed = deeds.keep(
        work, edition.plan.id, edition.course.id, DeedKind.SUPPLEMENT_REQUEST, request, on=day, about=about
    )
    if is_answered(deeds.deeds(work, edition.plan.id, course=edition.course.id)):
        clocks.stop(work, edition.course.id, ClockKind.RECEIPT, day)
    return deed


def supplement(
    work: Work, version_id: str, attachments: tuple[Attachment, ...], *, on: date | None = None, note: str = ""
) -> Deed:
    """Send what was asked for; the receiver's time runs again."""
    edition = issued(work, version_id, Action.FILE_PLAN)
    found = deeds.deeds(work, edition.plan.id, course=edition.course.id)
    asked = [one for one in found if one.kind is DeedKind.SUPPLEMENT_REQUEST and not _is_supplied(found, one)]
    request = deeds.latest(asked)
    if request is None:
        raise PlansRepoError("nothing-to-supplement", thing=edition.plan.title, rule="must have been asked for")
    if not attachments:
        raise PlansRepoError("papers-missing-plain", thing=edition.plan.title, field="papers", rule="needs a paper")
    for attachment in attachments:
        papers.add(work, edition.plan, edition.course, edition.version, attachment)
    day = deeds.check_day(work, edition.plan.title, on, not_before=request.on)
    deed = deeds.keep(
        work,
        edition.plan.id,
        edition.course.id,
        DeedKind.SUPPLEMENT,
        {"papers": [one.name for one in attachments], "note": note},
        on=day,
        about=request.id,
    )
    limit = rules.limit(work, ClockKind.RECEIPT, edition.plan)
    if limit is not None:
        clocks.start(work, edition.course, ClockKind.RECEIPT, day, limit.working_days)
    work.session.flush()
    return deed


def _state(records: _Records, edition: Issued, found: tuple[Deed, ...]) -> FilingState:
    if deeds.latest(found, *ANSWERS) is not None:
        state = state_of(found)
        if state is FilingState.RECEIPTED or edition.course.stage not in CLOSED:
            is_deemed = state is FilingState.SENT and _is_deemed(records, edition)
            if is_deemed:
                return FilingState.DEEMED
            is_entered = state is FilingState.SENT and open_entry(found) is not None
            return FilingState.RECEIPT_ENTERED if is_entered else state
    if edition.course.stage in CLOSED:
        return FilingState.ENDED
    if edition.course.stage in (Stage.ISSUED, Stage.PUBLISHED):
        limit = rules.limit_in(records.around, ClockKind.FILING, edition.plan)
        waits = limit is not None and limit.starts == "publication" and edition.course.stage is Stage.ISSUED
        return FilingState.TO_PUBLISH if waits else FilingState.TO_SEND
    return FilingState.ENTERED


def _is_deemed(records: _Records, edition: Issued) -> bool:
    """Whether the receiver has let his time pass where silence means yes."""
    if not rules.is_deemed_filed(records.around, edition.plan):
        return False
    clock = _clock(records, edition, ClockKind.RECEIPT)
    return clock is not None and clock.done_on is None and clock.due_on < records.today


def _running(records: _Records, edition: Issued) -> tuple[date, bool] | None:
    """The day of the clock that runs: that of sending, else that of the receipt."""
    for kind in (ClockKind.FILING, ClockKind.RECEIPT):
        clock = _clock(records, edition, kind)
        if clock is not None and clock.done_on is None:
            return clock.due_on, clock.is_provisional
    return None


def _clock(records: _Records, edition: Issued, kind: ClockKind) -> courses.Deadline | None:
    found = [one for one in records.clocks[edition.course.id] if one.kind is kind]
    return next((one for one in found if one.done_on is None), found[-1] if found else None)


def _is_supplied(found: tuple[Deed, ...], request: Deed) -> bool:
    return any(deed.kind is DeedKind.SUPPLEMENT and deed.about == request.id for deed in found)


def own_filings(work: Work, *, asked_only: bool = False) -> tuple[Filing, ...]:
    """The filing of every issued plan of the actor's place, in force or to come.

    With *asked_only* those of which the receiver has told at any time that something is missing.
    """
    work.require(Action.FILE_PLAN)
    listed = library.entries(work, library.Part.OF_ITS_PLACE)
    counting = [entry.in_force or entry.coming for entry in listed]
    asked = deeds.deeds_by_course(work, DeedKind.SUPPLEMENT_REQUEST).keys() if asked_only else None
    wanted = [one.version for one in counting if one and (asked is None or one.course in asked)]
    editions = issued_editions(work, wanted)
    records = _records(work, editions)
    return tuple(_filing(records, edition) for edition in editions)
