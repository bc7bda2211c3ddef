"""``yuyan filing receipt | held | accept | confirm-receipt``: the answers of receivers, on the sender's side."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.course.issued import newest_issued
from plans_repo.filing import filings, held, paper_receipts
from plans_repo.filing.answering import Entered, Result, accept_answer, enter_answer
from plans_repo.store.roles import Action
from sim.plain import plain
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.components.filing_names import (
    KEYS,
    lack_words,
)
from ui.wording import _
from ui.wording.errors import worded


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
