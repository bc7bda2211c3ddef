"""The filing of one edition: recipients, papers, package, supplement."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.filing import filings, held, making, paper_receipts, rules
from plans_repo.filing.answerers import answerers
from plans_repo.filing.filings import ChosenRoute, Filing
from plans_repo.filing.letter import LetterWords, filing_letter
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.filing.paper_receipts import Entered
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.filing.shares import AWAITING_SENDER, FilingState
from plans_repo.packs.naming import name_of
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.badges import badge, mark
from ui.components.filing_names import (
    DUTIES,
    FILING_STATES,
    answerer_words,
    entered_words,
    lack_words,
    recipient_name,
    request_words,
    share_words,
)
from ui.components.html import join, link, show, table, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, day_text, language
from ui.wording.codes import PAPERS

SCANS = ["pdf", "docx", "doc", "jpg", "jpeg", "png", "md", "txt", "ofd"]


def show_filing(opened: OpenedVersion, actor: Actor) -> None:
    """Where the edition goes, how far it has come, and the forms of the filing officer."""
    with reading() as asked:
        found = filings.filing(asked, opened.version.id)
        waiting = held.held_answers(asked, opened.version.id)
        entered = paper_receipts.entered_receipt(asked, opened.version.id)
        who = answerers(asked, opened.version.id)
    st.subheader(_("备案"))
    _show_state(found)
    if words := answerer_words(found, who):
        (st.warning if who.is_nobody else st.caption)(words)
    _show_entered(opened, entered)
    for one in waiting:
        st.warning(lack_words(one) or _("收到的答复已核对，请在“备案”页采纳。"))
    _show_recipients(found)
    if not actor.may(Action.FILE_PLAN):
        return
    _show_letter(opened)
    _show_package_button(opened, found)
    _show_route_form(opened, found)
    if found.state in AWAITING_SENDER:
        _show_supplement_form(opened, found)


def _show_entered(opened: OpenedVersion, entered: Entered | None) -> None:
    """A receipt on paper that waits for its second person, and his two answers."""
    if entered is None:
        return
    st.warning(entered_words(entered))
    with reading() as asked:
        may_compare = paper_receipts.may_compare(asked, opened.version.id)
    if not may_compare:
        return
    with st.form("confirm-receipt", border=True):
        reason = st.text_input(_("核对不符的理由"), key="receipt-refusal")
        left, right = st.columns(2)
        is_right = left.form_submit_button(_("与纸质回执一致"), type="primary", key="confirm-receipt")
        is_wrong = right.form_submit_button(_("核对不符，退回重新登记"), key="refuse-receipt")
    if is_right or is_wrong:
        with answered():
            guard(Action.READ_PLAN)
            with work() as asked:
                if is_right:
                    paper_receipts.confirm(asked, opened.version.id)
                else:
                    paper_receipts.refuse(asked, opened.version.id, reason)
            st.rerun()


def _show_state(found: Filing) -> None:
    word, tone = FILING_STATES[found.state]
    facts: list[object] = [badge(_(word), tone)]
    if found.sent_on:
        facts.append(_("{day} 报送", day=day_text(found.sent_on)))
    if found.due_on:
        facts.append(_("期限 {day}", day=day_text(found.due_on)))
    if found.receipt:
        number = found.receipt.number or "—"
        facts.append(_("{receiver}，编号 {number}", receiver=found.receipt.receiver, number=number))
    show(tag("div", *(tag("span", fact) for fact in facts), cls="yy-facts"))
    if found.sent and len(found.shares) > 1:
        show(tag("ul", *(tag("li", share_words(one)) for one in found.shares), cls="yy-list"))
    if told := request_words(found):
        st.warning(told)
        st.caption(
            _("正文不改的，补齐材料后重新报送；正文要改的，修订印发后报送新的版次，备案包会写明它更正的是这一件。")
        )
    is_history = found.state in (FilingState.ENDED, FilingState.ENTERED)
    lacking = badge(_("系统中没有"), "plain") if is_history else badge(_("缺"), "bad")
    papers = [
        join([_(PAPERS[kind]), " ", lacking if kind in found.missing else badge(_("有"), "good")])
        for kind in found.required
    ]
    show(tag("p", _("备案材料："), join(papers, "　")))


def _show_recipients(found: Filing) -> None:
    route = found.destination.route
    rows = [
        [
            _(DUTIES[one.duty]),
            recipient_name(one),
            badge(_("本系统内"), "good")
            if one.organisation
            else badge(_("另行送达"), "warn")
            if one.is_outside
            else "—",
        ]
        for one in found.destination.recipients
    ]
    show(table([_("方式"), _("单位"), _("送达")], rows))
    title, source = told(route.title, route.title_en), told(route.source, route.source_en)
    show(tag("p", title, " · ", source, " ", mark(route.mark), cls="yy-dim"))


def _show_letter(opened: OpenedVersion) -> None:
    """The draft of the filing letter with what is known; what is left empty stays open in it."""
    with st.expander(_("代拟备案文书（Word）"), key="letter-open"):
        st.caption(_("主送、抄送、印发情况、编制经过和附件清单按本预案的办理记录填好；没有填写的留空，由办公室核定。"))
        left, right = st.columns(2)
        issuer = left.text_input(_("行文单位（缺省为审批单位）"), key="letter-issuer").strip()
        with reading() as asked:
            found = filing_letter(asked, opened.version.id, LetterWords(issuer=issuer)).kind
        kinds = list(LetterKind)
        kind = right.selectbox(
            _("文种（按双方行文关系确定，可改）"),
            kinds,
            index=kinds.index(found),
            format_func=lambda one: name_of("letter", one, language()),
            key=f"letter-kind-{found}",
        )
        why = rules.letter_rule(kind)
        title, source = told(why.title, why.title_en), told(why.source, why.source_en)
        show(tag("p", title, " · ", source, " ", mark(why.mark), cls="yy-dim"))
        number = left.text_input(_("发文字号"), key="letter-number", placeholder=_number_like(kind))
        is_report = kind is LetterKind.REPORT
        signer = right.text_input(_("签发人"), key="letter-signer") if is_report else ""
        contact = right.text_input(_("联系人及电话"), key="letter-contact")
        on = left.date_input(_("成文日期"), value=None, format="YYYY-MM-DD", key="letter-on")
        said = {"number": number, "signer": signer, "issuer": issuer, "contact": contact, "form": kind.value}
        asked_for = {name: words.strip() for name, words in said.items() if words.strip()}
        if on is not None:
            asked_for["on"] = on.isoformat()
        show(link(_("下载代拟稿"), downloads.address("filing-letter", opened.version.id, **asked_for)))


def _number_like(kind: LetterKind) -> str:
    """A number as a document of the kind bears one."""
    return "清政函〔2026〕31号" if kind is LetterKind.LETTER else "清政〔2026〕31号"


def _show_package_button(opened: OpenedVersion, found: Filing) -> None:
    """What goes in by rule, what may be added, what stays here; the button and the file it made."""
    left_out = [kind for kind in found.optional if kind not in rules.internal_papers()]
    internal = [kind for kind in found.optional if kind in rules.internal_papers()]
    more: list[PaperKind] = []
    if found.optional:
        more = st.multiselect(
            _("另放进备案包的材料（缺省只放正式文本、电子文本和规定的材料）"),
            [*left_out, *internal],
            format_func=lambda kind: _("{name}（内部）", name=_(PAPERS[kind])) if kind in internal else _(PAPERS[kind]),
            key="package-more",
        )
        if any(kind in internal for kind in more):
            st.warning(_("内有内部材料，只交备案机关；径送、抄送单位请另做不含内部材料的备案包"))
    if st.button(_("生成备案包"), key="make-package"):
        with answered():
            guard(Action.FILE_PLAN)
            with work() as asked:
                made = making.make_package(asked, opened.plan.id, more=tuple(more))
            st.session_state["package"] = (opened.plan.id, made.data, made)
    plan, data, package = st.session_state.get("package", ("", b"", None))
    if plan == opened.plan.id and package is not None:
        manifest = package.manifest
        to = "、".join(one.name for one in manifest.recipients)
        st.caption(_("备案包交：{names}", names=to))
        if package.unnamed:
            names = "、".join(map(recipient_name, package.unnamed))
            st.warning(_("没有写明单位，未列入备案包：{names}", names=names))
        if manifest.left_out:
            names = "、".join(_(PAPERS[kind]) for kind in manifest.left_out)
            st.caption(_("未放进备案包的材料：{names}", names=names))
        name = _("{title}备案包.zip", title=found.title)
        st.download_button(_("下载备案包"), data, file_name=name, mime="application/zip", key="package-download")


def _show_route_form(opened: OpenedVersion, found: Filing) -> None:
    with st.expander(_("改定备案去向"), key="route-open"), st.form("route", border=False):
        names = [
            st.text_input(f"{_(DUTIES[one.duty])} · {number}", value=one.name, key=f"recipient-{number}")
            for number, one in enumerate(found.destination.recipients, start=1)
        ]
        st.caption(_("清空一行即不再向该单位报送。"))
        more = st.text_area(_("增加抄送单位（每行一个）"), key="route-more", height=70)
        reason = st.text_input(_("理由"), key="route-reason")
        is_sent = st.form_submit_button(_("改定"), key="choose-route")
    if is_sent:
        with answered():
            guard(Action.FILE_PLAN)
            pairs = zip(found.destination.recipients, names, strict=True)
            chosen = tuple(
                one if one.name == name else replace(one, name=name, organisation=None)
                for one, name in pairs
                if name.strip()
            )
            copies = (line.strip() for line in more.splitlines())
            chosen += tuple(Recipient(duty=Duty.COPY, office="", name=name) for name in copies if name)
            with work() as asked:
                said = ChosenRoute(route=found.destination.route.id, recipients=chosen, reason=reason)
                filings.choose_route(asked, opened.version.id, said)
            st.rerun()


def _show_supplement_form(opened: OpenedVersion, found: Filing) -> None:
    with st.form("supplement", border=True):
        files = st.file_uploader(_("补正材料"), type=SCANS, accept_multiple_files=True, key="supplement-files")
        is_sent = st.form_submit_button(_("报送补正材料"), type="primary", key="send-supplement")
    if is_sent:
        with answered():
            guard(Action.FILE_PLAN)
            kind = PaperKind.FILING_SUPPLEMENT
            papers = tuple(Attachment(kind=kind, name=one.name, data=one.getvalue()) for one in files)
            with work() as asked:
                filings.supplement(asked, opened.version.id, papers)
            st.rerun()
