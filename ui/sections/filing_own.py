"""The plans this body files, and how far each filing has come."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from plans_repo.filing import answering, held, paper_receipts
from plans_repo.filing.answering import Entered, Result
from plans_repo.filing.filings import Filing
from plans_repo.filing.recipients import Duty
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.badges import badge
from ui.components.cells import unbroken
from ui.components.counters import show_empty
from ui.components.fields import fields, start_anew
from ui.components.filing_names import FILING_STATES, lack_words, recipient_name
from ui.components.html import link as linked
from ui.components.html import show, table, tag
from ui.components.notice import leave_notice
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import plan_address
from ui.wording import _, day_text


def show_own_filings(own: Sequence[Filing], *, is_all: bool = True) -> None:
    """A table of them, all or a part, and the form for an answer that came."""
    if own:
        rows = [
            [
                linked(one.title, plan_address(one.plan, one.version, part="after")),
                tag("span", one.document_number, cls="yy-number"),
                "、".join(recipient_name(who) for who in one.destination.recipients if who.duty is Duty.FILE),
                unbroken(day_text(one.sent_on)) if one.sent_on else "—",
                badge(_(FILING_STATES[one.state][0]), FILING_STATES[one.state][1]),
                one.receipt.number if one.receipt else "—",
                linked(_("代拟稿"), downloads.address("filing-letter", one.version)),
            ]
            for one in own
        ]
        heads = [_("预案"), _("文号"), _("备案机关"), _("报送日期"), _("状态"), _("备案编号"), _("备案文书")]
        show(table(heads, rows))
    elif not is_all:
        show_empty(_("没有这类事项"), _("列出全部，或看其他事项。"))
    else:
        show_empty(_("还没有印发的预案"), _("预案印发后，备案的去向、期限和回执会列在这里。"))
    _show_entered()
    _show_held()
    _show_answer_form()


def _show_entered() -> None:
    """The receipts on paper this person may compare, each with the page on which he does."""
    with reading() as asked:
        waiting = paper_receipts.waiting(asked)
    if not waiting:
        return
    st.markdown(_("**待核对的纸质回执**"))
    rows = [
        [
            linked(one.title, plan_address(one.plan, one.version, part="after")),
            one.said.receiver,
            one.said.number,
            day_text(one.on),
        ]
        for one in waiting
    ]
    show(table([_("预案"), _("出具单位"), _("备案编号"), _("日期")], rows))


def _show_held() -> None:
    """The answers that do not count yet, each with what it lacks; one that lacks nothing any more is taken in."""
    with reading() as asked:
        waiting = held.waiting(asked)
    if not waiting:
        return
    st.markdown(_("**待核的答复**"))
    for one in waiting:
        if one.lacks:
            st.warning(lack_words(one))
            continue
        words = _("《{title}》：{receiver}的答复已核对，可以采纳", title=one.title, receiver=one.said.receiver)
        left, right = st.columns([4, 1])
        left.info(words)
        if right.button(_("采纳"), key=f"accept-{one.id}"):
            with answered():
                guard(Action.FILE_PLAN)
                with work() as asked:
                    entered = answering.accept_answer(asked, one.id)
                _tell(entered)


def _show_answer_form() -> None:
    field = fields("answer")
    with st.expander(_("导入回执或补正告知"), key="answer-open"), st.form("answer", border=False):
        file = st.file_uploader(_("对方发来的文件"), type=["zip", "json"], key=field("answer-file"))
        is_sent = st.form_submit_button(_("导入"), key="enter-answer")
    if is_sent and file is None:
        st.error(_("请先选择文件。"))
    elif is_sent and file is not None:
        with answered():
            guard(Action.FILE_PLAN)
            with work() as asked:
                entered = answering.enter_answer(asked, file.getvalue(), file.name)
            start_anew("answer")
            _tell(entered)


def _tell(entered: Entered) -> None:
    """What an answer changed, and what to beware of; what one that waits lacks is told beside it."""
    if entered.lacks:
        leave_notice(_("已收下《{title}》的答复，待核后采纳。", title=entered.title))
    elif entered.result is Result.RETURNED:
        reason = _("对方退回：{missing}", missing="；".join(entered.missing))
        leave_notice(_("已登记《{title}》的退回。", title=entered.title), warning=reason)
    elif entered.missing:
        missing = _("对方告知补正：{missing}", missing="；".join(entered.missing))
        leave_notice(_("已登记《{title}》的补正告知。", title=entered.title), warning=missing)
    filed = _("《{title}》已备案，编号 {number}", title=entered.title, number=entered.number)
    leave_notice(f"{filed}\n\n{_('回执签名密钥指纹：{fingerprint}', fingerprint=entered.fingerprint)}")
