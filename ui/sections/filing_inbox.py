"""What other bodies have filed with this one: take a package in, check it, answer it."""

from __future__ import annotations

import streamlit as st

from plans_repo.filing import inbox
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.inbox import Incoming
from plans_repo.filing.materials import kinds_of
from plans_repo.filing.mended_text import mended_changes
from plans_repo.filing.opening import open_package
from plans_repo.filing.receiving import Reception, receive
from plans_repo.filing.review import Review, review
from plans_repo.filing.rules import electronic_words
from plans_repo.filing.shares import AWAITING_SENDER, FilingState
from plans_repo.store.roles import Action
from plans_repo.text.difference import ClauseChange
from ui import downloads
from ui.components.badges import badge
from ui.components.cells import unbroken
from ui.components.counters import show_empty
from ui.components.fields import fields, start_anew
from ui.components.filing_names import DUTIES, KEYS, inbox_state, lateness_words, mended_words
from ui.components.html import Html, join, link, show, table, tag
from ui.components.notice import leave_notice
from ui.components.refusal import answered
from ui.components.version_diff import clause_change
from ui.identity import guard, reading, work
from ui.sections.opened import plan_address
from ui.wording import _, day_text, n_
from ui.wording.codes import PAPERS


def show_inbox() -> None:
    """The list, the form for a package that came as a file, and the form for an answer."""
    with reading() as asked:
        found = inbox.inbox(asked)
        number = inbox.next_receipt_number(asked)
    st.subheader(_("收到的备案"))
    if found:
        show(_table(found))
    else:
        show_empty(_("还没有收到备案"), _("本系统内单位报送的备案会自动出现，其他系统发来的备案包在下面接收。"))
    _show_package_form()
    waiting = [one for one in found if one.is_open]
    if waiting:
        _show_answer_form(waiting, number)


def _table(found: tuple[Incoming, ...]) -> Html:
    rows = [
        [
            link(one.title, plan_address(one.plan, one.version)),
            unbroken(one.document_number),
            one.sender,
            _(DUTIES[one.duty]),
            day_text(one.sent_on),
            day_text(one.answer_by.on) if one.is_open else "—",
            _state(one),
            _answer(one),
        ]
        for one in found
    ]
    heads = [_("预案"), _("文号"), _("报备单位"), _("方式"), _("收到日期"), _("答复期限"), _("状态"), _("回执")]
    return table(heads, rows)


def _state(one: Incoming) -> Html:
    """How far it has come, in the words of who has to answer; who only gets a copy has nothing to check."""
    if one.is_passed_on and one.state is FilingState.SENT:
        return badge(_("转{receiver}答复", receiver=one.recipient), "open")
    return badge(*inbox_state(one))


def _answer(one: Incoming) -> object:
    number = one.receipt.number if one.receipt else ""
    is_answered = one.state is FilingState.RECEIPTED or one.state in AWAITING_SENDER
    told = _("退回通知") if one.state is FilingState.RETURNED else _("补正告知")
    if one.is_from_outside and is_answered:
        return link(number or told, downloads.address("filing-answer", one.id))
    return number or "—"


def _show_package_form() -> None:
    field = fields("package")
    with st.expander(_("接收对方发来的备案包"), key="package-open"), st.form("package", border=False):
        file = st.file_uploader(_("备案包（zip）"), type=["zip"], key=field("package-file"))
        is_sent = st.form_submit_button(_("核对并接收"), key="receive-package")
    if is_sent and file is None:
        st.error(_("请先选择文件。"))
    elif is_sent and file is not None:
        with answered():
            guard(Action.RECEIPT_FILING)
            package = open_package(file.getvalue(), file.name)
            with work() as asked:
                got = receive(asked, package)
            start_anew("package")
            leave_notice(_received_words(got))


def _received_words(got: Reception) -> str:
    """What came from whom under which key."""
    words = _("已接收《{title}》（{number}）", title=got.title, number=got.document_number)
    from_whom = _(
        "报备单位 {sender}，密钥指纹 {fingerprint}：{known}",
        sender=got.sender or "—",
        fingerprint=got.fingerprint,
        known=_(KEYS[got.key_standing][0]),
    )
    return f"{words}\n\n{from_whom}"


def _show_review(found: Incoming, seen: Review) -> None:
    """The papers as they came, the electronic text last; that it was late; whose key signed it."""
    rows = [
        [_(PAPERS[kind]), badge(_("有"), "good") if is_there else badge(_("缺"), "bad")]
        for kind, is_there in seen.papers
    ]
    show(table([_("应有材料"), _("核对")], [*rows, [_("电子文本"), badge(_("有"), "good")]]))
    if found.supplements and found.request is not None:
        links = [
            link(paper.name, downloads.address("paper", found.version, digest=paper.digest))
            for paper in found.supplements
        ]
        show(tag("p", _("告知补正：{missing}", missing="；".join(found.request.missing))))
        show(tag("p", _("收到补正材料："), join(links, _("、"))))
    if words := lateness_words(seen):
        st.warning(words)
    if seen.key is KeyStanding.UNCONFIRMED:
        st.warning(_("签名密钥未核对（指纹 {fingerprint}），请先与报备单位核对再答复。", fingerprint=seen.fingerprint))


def _show_mended(found: Incoming, changed: tuple[ClauseChange, ...]) -> None:
    """Which earlier filing this one answers, and every clause that reads otherwise."""
    if found.mends is None:
        return
    st.info(mended_words(found.mends))
    if not changed:
        st.caption(_("与前次报送的文本没有差别"))
        return
    with st.expander(n_("与前次报送的文本相比，改动 {count} 处：", len(changed)), expanded=True, key="mended-open"):
        show(join([clause_change(one, {}) for one in changed]))


def _show_answer_form(waiting: list[Incoming], number: str) -> None:
    st.subheader(_("核对与答复"))
    by_id = {one.id: one for one in waiting}
    chosen = by_id[
        st.selectbox(_("备案"), list(by_id), format_func=lambda key: f"{by_id[key].title} · {by_id[key].sender}")
    ]
    with reading() as asked:
        seen = review(asked, chosen.id)
        changed = mended_changes(asked, chosen)
    _show_review(chosen, seen)
    _show_mended(chosen, changed)
    left, right = st.columns(2)
    with left, st.form("give-receipt"):
        given = st.text_input(
            _("备案编号"), value=number, key=f"receipt-number-{chosen.id}", placeholder="某应急备〔2026〕1号"
        )
        if st.form_submit_button(_("予以备案"), type="primary", key="give"):
            with answered():
                guard(Action.RECEIPT_FILING)
                with work() as asked:
                    got = inbox.give_receipt(asked, chosen.id, given)
                number = got.receipt.number if got.receipt else ""
                leave_notice(_("《{title}》已予备案，编号 {number}", title=got.title, number=number))
    with right:
        _show_supplement_form(chosen)
    with st.form("return-filing"):
        reason = st.text_input(_("不予备案、退回的理由"), key=f"return-reason-{chosen.id}")
        if st.form_submit_button(_("退回"), key="return"):
            with answered():
                guard(Action.RECEIPT_FILING)
                with work() as asked:
                    inbox.return_filing(asked, chosen.id, reason)
                leave_notice(_("《{title}》已退回{sender}", title=chosen.title, sender=chosen.sender))


def _show_supplement_form(chosen: Incoming) -> None:
    """What is missing of the papers a rule asks for, by a click each; what goes beyond them, with its reason."""
    with reading() as asked:
        last = inbox.proposed_bring_by(asked)
    materials = {kind.value: _(PAPERS[kind]) for kind in kinds_of(chosen.required)}
    materials[electronic_words()[0]] = _("电子文本")
    with st.form("ask-supplement"):
        st.markdown(_("需要补齐的法定备案材料（只能告知一次）"))
        listed = [item for item, label in materials.items() if _is_missed(chosen, item, label)]
        more = st.text_input(
            _("具体要求，或者清单以外的材料（几项用分号隔开）"), key=f"beyond-{chosen.id}", disabled=chosen.was_asked
        )
        reason = st.text_input(
            _("要求清单以外材料的理由（告知时注明“超出法定备案材料”）"),
            key=f"beyond-reason-{chosen.id}",
            disabled=chosen.was_asked,
        )
        bring_by = st.date_input(
            _("补正期限"), value=last, format="YYYY-MM-DD", key=f"bring-by-{chosen.id}", disabled=chosen.was_asked
        )
        is_sent = st.form_submit_button(_("告知补正"), key="ask", disabled=chosen.was_asked)
    if chosen.was_asked:
        st.caption(_("已经一次性告知过补正，不再告知；材料仍不符合的，可以退回。"))
    if is_sent:
        with answered():
            guard(Action.RECEIPT_FILING)
            others = (item.strip() for item in more.replace(";", "；").split("；"))
            missing = (*listed, *filter(None, others))
            with work() as asked:
                got = inbox.ask_supplement(asked, chosen.id, missing, reason=reason, bring_by=bring_by)
            told = "；".join(got.request.missing) if got.request else ""
            leave_notice(_("已向{sender}告知补正：{missing}", sender=chosen.sender, missing=told))


def _is_missed(chosen: Incoming, item: str, label: str) -> bool:
    """The box of one paper, ticked where it did not come."""
    key = f"missing-{chosen.id}-{item}"
    return bool(st.checkbox(label, value=item in chosen.missing, key=key, disabled=chosen.was_asked))
