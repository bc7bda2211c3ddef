"""``yuyan filing …``: packages out and in, receipts back, what waits, figures of the place, keys of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plans_repo.course.issued import newest_issued
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.errors import NotFound
from plans_repo.filing import correspondents, filings, held, inbox, local_figures, paper_receipts, rules
from plans_repo.filing.answering import Entered, Result, accept_answer, answer_file, enter_answer
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.filings import AWAITING_SENDER
from plans_repo.filing.inbox import Incoming
from plans_repo.filing.letter import LetterWords, filing_letter
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.filing.making import make_package
from plans_repo.filing.mended_text import mended_changes
from plans_repo.filing.opening import open_package
from plans_repo.filing.receiving import Reception, receive
from plans_repo.filing.recipients import Duty
from plans_repo.filing.review import Review, review
from plans_repo.packs.naming import name_of as named
from plans_repo.store.roles import Action
from plans_repo.supervision import Supervised, issue_notice, notices, to_supervise
from plans_repo.text.difference import ClauseChange
from plans_repo.word.filing_letter import filing_letter_paper
from plans_repo.word.supervision_notice import supervision_paper
from sim.plain import plain
from ui.command_line.answer import Answer
from ui.command_line.changed_lines import changed_lines
from ui.command_line.context import Context, name_of, read_file, require_writable, write_file
from ui.command_line.named import body_called
from ui.command_line.papers import attachment
from ui.components.filing_names import (
    DUTIES,
    INBOX_STATES,
    KEYS,
    lack_words,
    lateness_words,
    mended_words,
    recipient_name,
)
from ui.components.plan_names import told
from ui.wording import _, day_text, language, n_
from ui.wording.codes import PAPERS
from ui.wording.errors import worded


def make(context: Context) -> Answer:
    """The newest issued edition of a plan as a package for its recipients."""
    asked = context.arguments
    require_writable(asked.out)
    papers = tuple(attachment(word) for word in asked.paper)
    with context.work() as work:
        more = tuple(map(PaperKind, asked.more))
        made = make_package(work, asked.plan, attachments=papers, more=more, incomplete=asked.incomplete, to=asked.to)
        file = write_file(asked.out, made.data)
    manifest = made.manifest
    lines = [_("已写出 {file}", file=file), n_("内有文件 {count} 件", len(manifest.files) + 2)]
    if papers:
        names = "、".join(one.name for one in papers)
        lines.append(_("附上的材料已存入该预案的材料：{names}", names=names))
    if made.missing:
        missing = "、".join(_(PAPERS[kind]) for kind in made.missing)
        lines.append(_("材料不齐，缺：{missing}", missing=missing))
    if manifest.left_out:
        left = "、".join(_(PAPERS[kind]) for kind in manifest.left_out)
        lines.append(_("未放进备案包的材料：{names}", names=left))
    if not any(one.duty is not Duty.FILE for one in manifest.recipients) and (rules.internal_papers() & set(more)):
        lines.append(_("内有内部材料，只交备案机关；径送、抄送单位请另做不含内部材料的备案包"))
    lines += [_("{duty}：{name}", duty=_(DUTIES[one.duty]), name=recipient_name(one)) for one in manifest.recipients]
    if made.unnamed:
        names = "、".join(map(recipient_name, made.unnamed))
        lines.append(_("没有写明单位，未列入备案包：{names}", names=names))
    return Answer(
        fields={
            "file": file,
            "files": [{"path": one.path, "size": one.size, "sha256": one.sha256} for one in manifest.files],
            "manifest": plain(manifest),
            "digest": manifest.digest,
            "missing": list(made.missing),
            "left_out": list(manifest.left_out),
            "unnamed": [one.name for one in made.unnamed],
            "attached": [one.name for one in papers],
        },
        lines=lines,
    )


def letter(context: Context) -> Answer:
    """The draft of the filing letter of the newest issued edition, as a Word file: report, letter or application."""
    asked = context.arguments
    require_writable(asked.out)
    words = LetterWords(
        kind=LetterKind(asked.kind) if asked.kind else None,
        number=asked.number,
        signer=asked.signer,
        contact=asked.contact,
        issuer=asked.issuer,
        on=asked.on,
    )
    with context.reading() as work:
        edition = newest_issued(work, asked.plan, Action.READ_PLAN)
        said = filing_letter(work, edition.version.id, words)
        data = filing_letter_paper(said, author=work.actor.name, made_at=work.now)
    file = write_file(asked.out, data)
    missing, why = [one.name for one in said.annexes if not one.is_there], rules.letter_rule(said.kind)
    return Answer(
        fields={
            "file": file,
            "kind": said.kind,
            "issuer": said.issuer,
            "addressees": list(said.addressees),
            "sent_straight": list(said.sent_straight),
            "copies": list(said.copies),
            "annexes": [{"name": one.name, "there": one.is_there} for one in said.annexes],
        },
        lines=[
            _("已写出 {file}", file=file),
            _("主送 {names}", names=_("、").join(said.addressees) or "—"),
            _("文种 {kind}（{source}）", kind=told(why.title, why.title_en), source=told(why.source, why.source_en)),
            *([_("尚缺材料：{names}", names=_("、").join(missing))] if missing else []),
        ],
    )


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
            found = inbox.ask_supplement(work, asked.filing, tuple(asked.missing))
        elif asked.reason is not None:
            found = inbox.return_filing(work, asked.filing, asked.reason)
        else:
            found = inbox.give_receipt(work, asked.filing, asked.number or inbox.next_receipt_number(work))
        outside = found.is_from_outside
        data = answer_file(work, asked.filing, as_zip=_is_zip(asked.receipt)) if outside and asked.receipt else b""
    file = write_file(asked.receipt, data) if data else ""
    fields = {"filing": found.id, "plan": found.plan, "title": found.title, "receipt": _receipt_fields(found, file)}
    return Answer(fields=fields, lines=[*_review_lines(seen), *_answer_lines(found, file)])


def _is_zip(path: str) -> bool:
    return Path(path).suffix.lower() != ".json"


def _receipt_fields(found: Incoming, file: str) -> dict[str, Any]:
    asked = found.request if found.receipt is None and found.state in AWAITING_SENDER else None
    answered = "filed" if found.receipt else "held"
    return {
        "result": ("returned" if asked.is_return else "supplement") if asked else answered,
        "number": found.receipt.number if found.receipt else "",
        "missing": list(asked.missing) if asked else [],
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
            yield _("材料不齐，一次性告知补正：{missing}", missing=missing)
    else:
        yield _("尚未答复，请核对后用 yuyan filing answer {filing} 答复，或在“备案”页答复", filing=found.id)
    if file:
        yield _("已写出 {file}", file=file)


def enter(context: Context) -> Answer:
    """The answer of a receiver: taken in where it counts, and the clock of the receipt stops; else kept until then."""
    asked = context.arguments
    with context.work() as work:
        entered = enter_answer(work, read_file(asked.file), name_of(asked.file))
    return Answer(fields=plain(entered), lines=list(_entered_lines(entered)))


def accept(context: Context) -> Answer:
    """An answer that was kept, taken in now that nothing lacks."""
    with context.work() as work:
        entered = accept_answer(work, context.arguments.held)
    return Answer(fields=plain(entered), lines=list(_entered_lines(entered)))


def confirm_receipt(context: Context) -> Answer:
    """A receipt on paper compared by its second person: it counts, or is entered anew."""
    asked = context.arguments
    with context.work() as work:
        edition = newest_issued(work, asked.plan, Action.READ_PLAN, at_its_place=False)
        if asked.refuse:
            paper_receipts.refuse(work, edition.version.id, asked.refuse)
        else:
            paper_receipts.confirm(work, edition.version.id)
        found = filings.filing(work, edition.version.id)
    fields = {"plan": found.plan, "state": found.state, "number": found.receipt.number if found.receipt else ""}
    if found.receipt is None:
        return Answer(fields=fields, lines=[_("核对不符，请重新登记《{title}》的回执", title=found.title)])
    words = _("《{title}》已备案，编号 {number}", title=found.title, number=found.receipt.number)
    return Answer(fields=fields, lines=[words])


def supplement(context: Context) -> Answer:
    """Send the receiver what he asked for; his time runs again."""
    asked = context.arguments
    found = [
        Attachment(kind=PaperKind.FILING_SUPPLEMENT, name=name_of(path), data=read_file(path)) for path in asked.file
    ]
    with context.work() as work:
        edition = newest_issued(work, asked.plan, Action.FILE_PLAN)
        filings.supplement(work, edition.version.id, tuple(found), on=asked.on, note=asked.note)
        now = filings.filing(work, edition.version.id)
    fields = {"plan": now.plan, "state": now.state, "papers": [one.name for one in found], "due_on": now.due_on}
    words = _("已报送补正材料 {papers}", papers=_("、").join(one.name for one in found))
    return Answer(fields=fields, lines=[words])


def list_held(context: Context) -> Answer:
    """The answers that are kept until somebody has checked them, and what each lacks."""
    with context.reading() as work:
        found = held.waiting(work)
    return Answer(
        fields={"answers": [plain(one) | {"fingerprint": one.fingerprint} for one in found]},
        lines=[f"{one.id}\t{lack_words(one) or _('可以采纳：《{title}》', title=one.title)}" for one in found],
    )


def _entered_lines(entered: Entered) -> Iterator[str]:
    if entered.lacks:
        fields = {"thing": entered.title, "value": entered.receiver, "lacks": entered.lacks}
        yield worded(
            "held-answer-lacks", fields | {"authorities": entered.authorities, "fingerprint": entered.fingerprint}
        )
        return
    if entered.result is Result.RETURNED:
        yield _("{receiver} 退回：{missing}", receiver=entered.receiver, missing="；".join(entered.missing))
    elif entered.missing:
        yield _("{receiver} 告知补正：{missing}", receiver=entered.receiver, missing="；".join(entered.missing))
    else:
        yield _("《{title}》已备案，编号 {number}", title=entered.title, number=entered.number)
    yield _(
        "备案单位 {sender}，密钥指纹 {fingerprint}：{known}",
        sender=entered.receiver or "—",
        fingerprint=entered.fingerprint,
        known=_(KEYS[entered.key_standing][0]),
    )


def list_incoming(context: Context) -> Answer:
    """What other bodies have filed with the actor's."""
    with context.reading() as work:
        found = inbox.inbox(work)
    return Answer(
        fields={"filings": [_incoming_fields(one) for one in found]},
        lines=[
            "\t".join((one.id, one.title, one.sender, day_text(one.sent_on), _(INBOX_STATES[one.state][0])))
            for one in found
        ],
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
        "number": one.receipt.number if one.receipt else "",
    }


def supervise(context: Context) -> Answer:
    """A notice to the body below whose plans are late, registered, and as a Word file."""
    asked = context.arguments
    require_writable(asked.out)
    with context.work() as work:
        late = [one for one in to_supervise(work) if one.plan in asked.plans]
        if lacking := [plan for plan in asked.plans if plan not in {one.plan for one in late}]:
            raise NotFound("notice-matter-not-late", thing="notice", field="plan", value=lacking[0])
        items = [(one.plan, one.kind) for one in late]
        found = issue_notice(work, items, number=asked.number, finish_on=asked.by, contact=asked.contact)
        data = supervision_paper(found, author=work.actor.name, made_at=work.now)
    file = write_file(asked.out, data)
    return Answer(
        fields={"file": file, **_notice_fields(found)},
        lines=[_("已写出 {file}", file=file), _notice_line(found)],
    )


def list_notices(context: Context) -> Answer:
    """The notices given to bodies below, and those got from above."""
    with context.reading() as work:
        found = notices(work)
    return Answer(fields={"notices": [_notice_fields(one) for one in found]}, lines=list(map(_notice_line, found)))


def _notice_fields(one: Supervised) -> dict[str, Any]:
    said = one.said
    return {
        "notice": said.notice, "number": said.number, "by": said.by, "to": said.to, "on": one.on,
        "finish_on": said.finish_on, "open": one.open, "late": plain(one.late),
    }  # fmt: skip


def _notice_line(one: Supervised) -> str:
    day = day_text(one.said.finish_on)
    words = _("{by}督办{to}：{count} 项，限{day}前办结", by=one.said.by, to=one.said.to, count=len(one.late), day=day)
    return f"{words}，{n_('{count} 项未办', one.open) if one.open else _('已办结')}"


def confirm_key(context: Context) -> Answer:
    """Note that a key seen in something received belongs to a body."""
    asked = context.arguments
    with context.work() as work:
        body = body_called(work, asked.fingerprint, asked.body)
        known = correspondents.confirm_key(work, asked.fingerprint, body, note=asked.note)
    return Answer(
        fields={"body": known.body, "fingerprint": known.fingerprint},
        lines=[_("已登记 {body} 的密钥 {fingerprint}", body=known.body, fingerprint=known.fingerprint)],
    )


def figure(context: Context) -> Answer:
    """Lay down a figure of the place."""
    asked = context.arguments
    with context.work() as work:
        laid_down = local_figures.enter_figure(work, asked.key, asked.value, source=asked.source)
    return Answer(
        fields={"key": laid_down.key, "value": laid_down.value, "area": laid_down.area},
        lines=[f"{named('local_figure', laid_down.key, language())}: {laid_down.value}"],
    )
