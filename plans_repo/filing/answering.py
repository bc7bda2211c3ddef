"""The receiver's answer as a signed file: receipt, or list of what is missing; and taking it in at the sender's."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import select

from plans_repo import access, versions
from plans_repo.archives import DAMAGED
from plans_repo.course import deeds, taking
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import Issued
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.steps import step_of
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.filing import correspondents, filings, held, inbox, mending, receipt_paper
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.filings import Receipt, SupplementRequest
from plans_repo.filing.held import Held, Lack, Result
from plans_repo.filing.manifest import fingerprint, read_json, read_value, signed, signer_of
from plans_repo.filing.receiving import Received
from plans_repo.filing.shares import FilingState, share_for
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.terms import DeedRow
from plans_repo.store.work import Work
from sim.plain import canonical, plain

__all__ = ["AnswerFile", "Entered", "Lack", "Result", "accept_answer", "answer_file", "enter_answer", "read_answer"]

FORMAT = 1
KIND = "yuyan-filing-receipt"
RECEIPT, PAPER = "receipt.json", "receipt.docx"
FILE_LIMIT_BYTES = 20_000_000


@dataclass(frozen=True, kw_only=True)
class AnswerFile:
    """The answer to a package: which one (*package* is the sha-256 of its manifest), the result, by whom."""

    format: int
    kind: str
    result: Result
    filing: str
    package: str
    plan: str
    version: str
    root_hash: str
    title: str
    document_number: str
    number: str
    missing: tuple[str, ...]
    on: date
    receiver: str
    key: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What an answer changed at the sender's: the plan, the result, what is known of the receiver's key.

    While it *lacks* something it is only kept (under *held*): nothing else has changed, the clock of the receipt runs.
    """

    plan: str
    version: str
    title: str
    result: Result
    number: str
    missing: tuple[str, ...]
    on: date
    receiver: str
    fingerprint: str
    key_standing: KeyStanding
    lacks: tuple[Lack, ...]
    authorities: tuple[str, ...]
    held: str


def answer_file(work: Work, filing_id: str, *, as_zip: bool) -> bytes:
    """The last answer to a package as a file for its sender: JSON alone, or a zip with the paper in Word beside it."""
    work.require(Action.RECEIPT_FILING)
    found = inbox.incoming(work, filing_id)
    if work.key is None:
        raise PlansRepoError("signing-key-missing", thing="installation", rule="needs a signing key")
    told = _told(work, found, filing_id)
    data = canonical({"answer": plain(told), "signature": json.loads(signed(told, work.key))})
    if not as_zip:
        return data
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(RECEIPT, data)
        archive.writestr(PAPER, receipt_paper.paper_of(work, found, key=work.key.name))
    return file.getvalue()


def enter_answer(work: Work, data: bytes, name: str) -> Entered:
    """Take an answer in: it must be signed, belong to a package made here, and be the first of its kind.

    It counts when the authority the plan is filed with gives it under a key somebody has confirmed; otherwise it is
    kept until then. A receipt that counts proves that the package was sent: an edition not marked as sent is so now.
    """
    work.require(Action.FILE_PLAN)
    told, signer = read_answer(data, name)
    package = _package(work, told, name)
    plan = access.visible_plan(work, package.plan, Action.FILE_PLAN)
    access.require_place(work, plan, Action.FILE_PLAN)
    edition = filings.edition_of(work, plan, work.session.get_one(CourseRow, package.course))
    _check_same(told, edition, name)
    known = correspondents.standing(work, signer, told.receiver)
    if known is KeyStanding.OTHER:
        raise PlansRepoError(
            "package-of-another-sender", thing=name, field="key", value=fingerprint(signer), sender=told.receiver
        )
    named = held.authorities(work, edition, package)
    lacking = held.lacks(work, told.receiver, signer, named)
    _check_first(work, edition, told)
    kept = _hold(work, edition, told, signer, name, data, package) if lacking else None
    if kept is None:
        _note_sent(work, edition, package)
        _apply(work, edition, told, signer, Attachment(kind=PaperKind.FILING_RECEIPT, name=name, data=data))
    return Entered(
        plan=plan.id,
        version=edition.version.id,
        title=plan.title,
        result=told.result,
        number=told.number,
        missing=told.missing,
        on=told.on,
        receiver=told.receiver,
        fingerprint=fingerprint(signer),
        key_standing=known,
        lacks=lacking,
        authorities=named,
        held=kept.id if kept else "",
    )


def accept_answer(work: Work, held_id: str) -> Entered:
    """Take in an answer that was kept, once nothing lacks; refused while something does."""
    found, data = held.held_answer(work, held_id)
    if found.lacks:
        raise PlansRepoError(
            "held-answer-lacks",
            thing=found.title,
            field="receipt",
            rule="must be of the filing authority, under a confirmed key",
            value=found.said.receiver,
            fingerprint=found.fingerprint,
            authorities=found.authorities,
            lacks=tuple(found.lacks),
        )
    return enter_answer(work, data, found.said.name)


def read_answer(data: bytes, name: str) -> tuple[AnswerFile, str]:
    """The answer in a file, JSON or zip, and the key that signed it; or a refusal."""
    told = read_json(_json_of(data, name), name, RECEIPT)
    answer, signature = told.get("answer"), told.get("signature")
    if not isinstance(answer, dict) or not isinstance(signature, dict):
        raise PlansRepoError("receipt-unreadable", thing=name, rule="must be a receipt file")
    if answer.get("kind") != KIND or answer.get("format") != FORMAT:
        raise PlansRepoError("receipt-unreadable", thing=name, field="format", rule=f"must be {KIND} {FORMAT}")
    value: AnswerFile = read_value(AnswerFile, answer, name, RECEIPT)
    signer = signer_of(canonical(value), canonical(signature), name)
    if value.key != signer:
        raise PlansRepoError("package-signature-wrong", thing=name, field="key", rule="must be the receiver's")
    return value, signer


def _json_of(data: bytes, name: str) -> bytes:
    if len(data) > FILE_LIMIT_BYTES:
        raise PlansRepoError("package-too-large", thing=name, rule=f"at most {FILE_LIMIT_BYTES} bytes", value=len(data))
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(RECEIPT) as member:
            found = member.read(FILE_LIMIT_BYTES + 1)
    except DAMAGED as error:
        raise PlansRepoError("receipt-unreadable", thing=name, rule="must be a receipt file") from error
    if len(found) > FILE_LIMIT_BYTES:
        raise PlansRepoError("package-expands", thing=name, field=RECEIPT, value=len(found))
    return found


def _told(work: Work, found: inbox.Incoming, filing_id: str) -> AnswerFile:
    assert work.key is not None
    received = next(
        deed for deed in deeds.deeds(work, found.plan, DeedKind.RECEIVED) if deed.id == filing_id
    ) if found.is_from_outside else None  # fmt: skip
    if received is None:
        raise PlansRepoError("filing-not-from-outside", thing=found.title, rule="needs no file: the sender is here")
    package = received.told(Received)
    is_filed = found.receipt is not None
    if not is_filed and found.request is None:
        raise PlansRepoError("filing-not-answered", thing=found.title, rule="give the receipt first")
    share = share_for(deeds.deeds(work, found.plan, course=received.course), found.recipient)
    answered = deeds.latest(share.deeds, DeedKind.RECEIPT, DeedKind.SUPPLEMENT_REQUEST)
    assert answered is not None
    return AnswerFile(
        format=FORMAT,
        kind=KIND,
        result=_result(found),
        filing=package.filing,
        package=package.package,
        plan=found.plan,
        version=found.version,
        root_hash=package.root_hash,
        title=found.title,
        document_number=found.document_number,
        number=found.receipt.number if found.receipt else "",
        missing=() if is_filed or found.request is None else found.request.missing,
        on=answered.on,
        receiver=(found.receipt or found.request).receiver if found.receipt or found.request else "",  # type: ignore[union-attr]
        key=work.key.name,
        made_at=work.now,
    )


def _result(found: inbox.Incoming) -> Result:
    if found.receipt is not None:
        return Result.FILED
    return Result.RETURNED if found.request and found.request.is_return else Result.SUPPLEMENT


def _package(work: Work, told: AnswerFile, name: str) -> Deed:
    """The making of the package an answer refers to."""
    rows = work.session.exec(
        select(DeedRow).where(DeedRow.kind == DeedKind.PACKAGE).where(DeedRow.plan_id == told.plan)
    )
    for row in rows:
        if (row.value["manifest"], row.value["filing"]) == (told.package, told.filing):
            return next(deed for deed in deeds.deeds(work, row.plan_id, DeedKind.PACKAGE) if deed.id == row.id)
    raise NotFound("receipt-of-unknown-package", thing=name, value=told.title)


def _check_same(told: AnswerFile, edition: Issued, name: str) -> None:
    said = (told.version, told.root_hash, told.document_number)
    if said != (edition.version.id, edition.version.root_hash, edition.course.document_number):
        raise PlansRepoError("receipt-of-another-text", thing=name, field="root_hash", value=told.document_number)


def _note_sent(work: Work, edition: Issued, package: Deed) -> None:
    """Take the step of sending for an edition that nobody has marked as sent."""
    step = step_of(Move.FILE, edition.course.stage)
    if step is not None:
        day = max(package.on, edition.issued_on)
        taking.take(work, edition.plan, edition.course, edition.version, step, "", day)
        mending.send(work, edition.plan, edition.course, edition.version, day)


def _hold(work: Work, edition: Issued, told: AnswerFile, signer: str, name: str, data: bytes, package: Deed) -> Deed:
    value = Held(
        result=told.result,
        receiver=told.receiver,
        number=told.number,
        missing=told.missing,
        key=signer,
        name=name,
        file=versions.store_media(work, data, name),
        package=told.package,
    )
    return held.hold(work, edition, value, local_day(work.now), package.id)


def _check_first(work: Work, edition: Issued, told: AnswerFile) -> None:
    """One receipt beside that on paper; what is missing is told once; what went back goes back no more."""
    share = share_for(deeds.deeds(work, edition.plan.id, course=edition.course.id), told.receiver)
    found, given = share.deeds, share.receipt
    if given is not None and not given.told(Receipt).is_from_paper:
        raise PlansRepoError("receipt-given-already", thing=edition.plan.title, value=told.number)
    asked = [deed for deed in found if deed.kind is DeedKind.SUPPLEMENT_REQUEST]
    if told.result is Result.RETURNED and share.state is FilingState.RETURNED:
        raise PlansRepoError("filing-with-its-sender", thing=edition.plan.title, value="")
    if told.result is Result.SUPPLEMENT and not all(deed.value.get("is_return") for deed in asked):
        raise PlansRepoError("supplement-asked-twice", thing=edition.plan.title, rule="what is missing is told once")


def _apply(work: Work, edition: Issued, told: AnswerFile, signer: str, paper: Attachment) -> None:
    sent = deeds.latest(deeds.deeds(work, edition.plan.id, course=edition.course.id), DeedKind.FILING)
    about = sent.id if sent else ""
    if told.result is Result.FILED:
        receipt = Receipt(receiver=told.receiver, number=told.number, key=signer)
        inbox.settle(work, edition, receipt, told.on, paper, about=about)
        return
    is_return = told.result is Result.RETURNED
    request = SupplementRequest(receiver=told.receiver, missing=told.missing, key=signer, is_return=is_return)
    filings.note_request(work, edition, request, told.on, about)
