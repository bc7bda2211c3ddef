"""The filing of one edition: recipients, papers, package, supplement."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.filing import filings, held, making
from plans_repo.filing.filings import ChosenRoute, Filing, FilingState
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.badges import badge, mark
from ui.components.filing_names import DUTIES, FILING_STATES, lack_words, recipient_name
from ui.components.html import join, link, show, table, tag
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, day_text
from ui.wording.codes import PAPERS

SCANS = ["pdf", "docx", "doc", "jpg", "jpeg", "png", "md", "txt", "ofd"]


def show_filing(opened: OpenedVersion, actor: Actor) -> None:
    """Where the edition goes, how far it has come, and the forms of the filing officer."""
    with reading() as asked:
        found = filings.filing(asked, opened.version.id)
        waiting = held.held_answers(asked, opened.version.id)
    st.subheader(_("备案"))
    _show_state(found)
    for one in waiting:
        st.warning(lack_words(one) or _("收到的答复已核对，请在“备案”页采纳。"))
    _show_recipients(found)
    if not actor.may(Action.FILE_PLAN):
        return
    _show_letter(opened)
    _show_package_button(opened, found)
    _show_route_form(opened, found)
    if found.state is FilingState.SUPPLEMENT_ASKED:
        _show_supplement_form(opened, found)


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
    if found.request and found.state is FilingState.SUPPLEMENT_ASKED:
        missing = "；".join(found.request.missing)
        st.warning(_("{receiver} 告知补正：{missing}", receiver=found.request.receiver, missing=missing))
    papers = [
        join([_(PAPERS[kind]), " ", badge(_("缺"), "bad") if kind in found.missing else badge(_("有"), "good")])
        for kind in found.required
    ]
    show(tag("p", _("备案材料："), join(papers, "　")))


def _show_recipients(found: Filing) -> None:
    route = found.destination.route
    rows = [
        [_(DUTIES[one.duty]), recipient_name(one), badge(_("本系统内"), "good") if one.organisation else "—"]
        for one in found.destination.recipients
    ]
    show(table([_("方式"), _("单位"), _("送达")], rows))
    title, source = told(route.title, route.title_en), told(route.source, route.source_en)
    show(tag("p", title, " · ", source, " ", mark(route.mark), cls="yy-dim"))


def _show_letter(opened: OpenedVersion) -> None:
    """The draft of the filing letter with what is known; what is left empty stays open in it."""
    with st.expander(_("代拟备案报告（Word）"), key="letter-open"):
        st.caption(_("主送、抄送、印发情况、编制经过和附件清单按本预案的办理记录填好；没有填写的留空，由办公室核定。"))
        left, right = st.columns(2)
        number = left.text_input(_("报告文号"), key="letter-number", placeholder="清政〔2026〕31号")
        signer = right.text_input(_("签发人"), key="letter-signer")
        issuer = left.text_input(_("行文单位（缺省为审批单位）"), key="letter-issuer")
        contact = right.text_input(_("联系人及电话"), key="letter-contact")
        on = left.date_input(_("成文日期"), value=None, format="YYYY-MM-DD", key="letter-on")
        said = {"number": number, "signer": signer, "issuer": issuer, "contact": contact}
        asked = {name: words.strip() for name, words in said.items() if words.strip()}
        if on is not None:
            asked["on"] = on.isoformat()
        show(link(_("下载备案报告代拟稿"), downloads.address("filing-letter", opened.version.id, **asked)))


def _show_package_button(opened: OpenedVersion, found: Filing) -> None:
    if st.button(_("制作备案包"), key="make-package"):
        with answered():
            guard(Action.FILE_PLAN)
            with work() as asked:
                made = making.make_package(asked, opened.plan.id)
            st.session_state["package"] = (opened.plan.id, made.data)
    plan, data = st.session_state.get("package", ("", b""))
    if plan == opened.plan.id:
        name = _("{title}备案包.zip", title=found.title)
        st.download_button(_("下载备案包"), data, file_name=name, mime="application/zip", key="package-download")


def _show_route_form(opened: OpenedVersion, found: Filing) -> None:
    with st.expander(_("改定备案去向"), key="route-open"), st.form("route", border=False):
        names = [
            st.text_input(f"{_(DUTIES[one.duty])} · {number}", value=one.name, key=f"recipient-{number}")
            for number, one in enumerate(found.destination.recipients, start=1)
        ]
        reason = st.text_input(_("理由"), key="route-reason")
        is_sent = st.form_submit_button(_("改定"), key="choose-route")
    if is_sent:
        with answered():
            guard(Action.FILE_PLAN)
            pairs = zip(found.destination.recipients, names, strict=True)
            chosen = tuple(
                one if one.name == name else replace(one, name=name, organisation=None) for one, name in pairs if name
            )
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
