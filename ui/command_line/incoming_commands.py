"""``yuyan filing receive | answer | list``: what other bodies file with the actor's, and its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plans_repo.filing import inbox
from plans_repo.filing.answering import answer_file
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.inbox import Incoming
from plans_repo.filing.mended_text import mended_changes
from plans_repo.filing.opening import open_package
from plans_repo.filing.receiving import Reception, receive
from plans_repo.filing.recipients import Duty
from plans_repo.filing.review import Review, review
from plans_repo.filing.shares import AWAITING_SENDER
from plans_repo.text.difference import ClauseChange
from ui.command_line.answer import Answer
from ui.command_line.changed_lines import changed_lines
from ui.command_line.context import Context, name_of, read_file, require_writable, write_file
from ui.components.filing_names import (
    DUTIES,
    KEYS,
    inbox_state,
    lateness_words,
    mended_words,
    supply_day,
)
from ui.wording import _, day_text, n_
from ui.wording.codes import PAPERS


def receive_file(context: Context) -> Answer:
    """A package of another installation: checked, stored as filed here, and put on file at once where nothing is open.

    It is where the sender's key was confirmed before, every paper came in time and a number is known; else it waits.
    """
    asked = context.arguments
    if asked.receipt:
        require_writable(asked.receipt)
    package = open_package(read_file(asked.file), name_of(asked.file))
    with context.work() as work:
        received = receive(work, package)
        found, seen = inbox.incoming(work, received.filing), review(work, received.filing)
        number = asked.number or inbox.next_receipt_number(work)
        if not asked.no_answer and found.is_open and number and _is_in_order(seen):
            found = inbox.give_receipt(work, received.filing, number)
        data = answer_file(work, received.filing, as_zip=_is_zip(asked.receipt)) if found.receipt else b""
        changed = mended_changes(work, found)
    file = write_file(asked.receipt, data) if asked.receipt and data else ""
    lines = [*_received_lines(received), *_mended_lines(found, changed), *_review_lines(seen)]
    return Answer(
        fields=_received_fields(received, found, seen, file) | {"mends": _mended_fields(found, changed)},
        lines=[*lines, *_answer_lines(found, file)],
    )


def _mended_fields(found: Incoming, changed: Sequence[ClauseChange]) -> dict[str, Any] | None:
    if found.mends is None:
        return None
    return {
        "filing": found.mends.filing,
        "document_number": found.mends.document_number,
        "told": list(found.mends.request.missing),
        "clauses": [
            {"clause": one.clause, "change": one.change, "tokens": [[token.op, token.text] for token in one.tokens]}
            for one in changed
        ],
    }


def _mended_lines(found: Incoming, changed: Sequence[ClauseChange]) -> Iterator[str]:
    """Which filing it answers, what was told of that, and what became of the text since."""
    if found.mends is None:
        return
    yield mended_words(found.mends)
    yield n_("与前次报送的文本相比，改动 {count} 处：", len(changed)) if changed else _("与前次报送的文本没有差别")
    yield from changed_lines(changed)


def _is_in_order(seen: Review) -> bool:
    return seen.key is KeyStanding.CONFIRMED and not seen.lacking and not seen.late_working_days


def give_answer(context: Context) -> Answer:
    """The answer of this body to a filing: on file, told what is missing, or sent back; with a file for the sender."""
    asked = context.arguments
    if asked.receipt:
        require_writable(asked.receipt)
    with context.work() as work:
        seen = review(work, asked.filing)
        if asked.missing:
            missing = tuple(asked.missing)
            found = inbox.ask_supplement(work, asked.filing, missing, reason=asked.reason, bring_by=asked.by)
        elif asked.returned is not None:
            found = inbox.return_filing(work, asked.filing, asked.returned)
        else:
            found = inbox.give_receipt(work, asked.filing, asked.number or inbox.next_receipt_number(work))
        outside = found.is_from_outside
        data = answer_file(work, asked.filing, as_zip=_is_zip(asked.receipt)) if outside and asked.receipt else b""
    file = write_file(asked.receipt, data) if data else ""
    fields = {"filing": found.id, "plan": found.plan, "title": found.title, "receipt": _receipt_fields(found, file)}
    return Answer(fields=fields, lines=[*_review_lines(seen), *_supplied_lines(found), *_answer_lines(found, file)])


def _is_zip(path: str) -> bool:
    return Path(path).suffix.lower() != ".json"


def _receipt_fields(found: Incoming, file: str) -> dict[str, Any]:
    asked = found.request if found.receipt is None and found.state in AWAITING_SENDER else None
    answered = "filed" if found.receipt else "held"
    return {
        "result": ("returned" if asked.is_return else "supplement") if asked else answered,
        "number": found.receipt.number if found.receipt else "",
        "missing": list(asked.missing) if asked else [],
        "bring_by": asked.bring_by if asked else None,
        "file": file,
    }


def _received_fields(received: Reception, found: Incoming, seen: Review, file: str) -> dict[str, Any]:
    return {
        "plan": received.plan,
        "receipt": _receipt_fields(found, file),
        "filing": received.filing,
        "version": received.version,
        "title": received.title,
        "edition": received.edition,
        "new_plan": received.is_new_plan,
        "supplement": received.is_supplement,
        "duty": found.duty,
        "sender": received.sender,
        "fingerprint": received.fingerprint,
        "key": received.key_standing,
        "missing": list(seen.lacking),
        "sent_on": seen.sent_on,
        "send_by": seen.send_by,
        "late_working_days": seen.late_working_days,
    }


def _received_lines(received: Reception) -> Iterator[str]:
    yield _("已接收《{title}》（{number}）", title=received.title, number=received.document_number)
    yield _(
        "报备单位 {sender}，密钥指纹 {fingerprint}：{known}",
        sender=received.sender or "—",
        fingerprint=received.fingerprint,
        known=_(KEYS[received.key_standing][0]),
    )


def _review_lines(seen: Review) -> Iterator[str]:
    """What came and what did not, and whether it was sent in time."""
    there = [_("{paper}（有）", paper=_(PAPERS[kind])) for kind, is_there in seen.papers if is_there]
    lacking = [_("{paper}（缺）", paper=_(PAPERS[kind])) for kind in seen.lacking]
    yield _("核对材料：{papers}", papers=_("、").join([*there, *lacking, _("电子文本（有）")]))
    if words := lateness_words(seen):
        yield words


def _supplied_lines(found: Incoming) -> Iterator[str]:
    """What the sender brought after he was told what was missing."""
    if found.supplements:
        names = _("、").join(paper.name for paper in found.supplements)
        yield _("收到补正材料：{names}", names=names)


def _answer_lines(found: Incoming, file: str) -> Iterator[str]:
    if found.duty is not Duty.FILE:
        yield _("本单位只是{duty}单位，不出具回执", duty=_(DUTIES[found.duty]))
    elif found.is_passed_on:
        yield _("应由{receiver}答复，本单位没有受委托办理备案的登记，请转办", receiver=found.recipient)
    elif found.receipt is not None:
        yield _("予以备案，编号 {number}", number=found.receipt.number)
    elif found.request is not None and found.state in AWAITING_SENDER:
        missing = "；".join(found.request.missing)
        if found.request.is_return:
            yield _("不予备案，退回：{missing}", missing=missing)
        else:
            yield _("材料不齐，一次性告知补正：{missing}", missing=missing) + supply_day(found.request)
    else:
        yield _("尚未答复，请核对后用 yuyan filing answer {filing} 答复，或在“备案”页答复", filing=found.id)
    if file:
        yield _("已写出 {file}", file=file)


def list_incoming(context: Context) -> Answer:
    """What other bodies have filed with the actor's."""
    with context.reading() as work:
        found = inbox.inbox(work)
    return Answer(
        fields={"filings": [_incoming_fields(one) for one in found]},
        lines=["\t".join((one.id, one.title, one.sender, day_text(one.sent_on), inbox_state(one)[0])) for one in found],
    )


def _incoming_fields(one: Incoming) -> dict[str, Any]:
    return {
        "id": one.id,
        "plan": one.plan,
        "version": one.version,
        "title": one.title,
        "document_number": one.document_number,
        "sender": one.sender,
        "duty": one.duty,
        "sent_on": one.sent_on,
        "answer_by": one.answer_by.on,
        "state": one.state,
        "missing": list(one.missing),
        "supplements": [paper.name for paper in one.supplements],
        "number": one.receipt.number if one.receipt else "",
    }
