"""What is entered beside an issued edition with its paper: in whose name it was issued, drills reported upward."""

from __future__ import annotations

import streamlit as st

from plans_repo.course.drill_reports import DrillReport, drill_reports, record_drill_report
from plans_repo.course.issuing_name import (
    MAY_ENTER,
    POSSIBLE,
    IssuedBy,
    IssuingName,
    issuing_name,
    likely,
    record_issuing_name,
)
from plans_repo.course.papers import Attachment
from plans_repo.course.passage import Passage
from plans_repo.course.stages import PaperKind
from plans_repo.packs.naming import name_of
from plans_repo.plans import PlanKind
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui.components.html import show, table, tag
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.sections.plan_course import today
from ui.wording import _, day_text, language

SCANS = ["pdf", "docx", "doc", "jpg", "jpeg", "png", "ofd"]


def show_issuing_name(opened: OpenedVersion, actor: Actor, stand: Passage) -> None:
    """In whose name the edition was issued, and the form that enters it."""
    with reading() as asked:
        known = issuing_name(asked, opened.plan.id, stand.course)
    words = issued_by_name(known.issued_by) if known else _("未登记")
    signed = _("，签发人职务：{post}", post=known.signed_by) if known and known.signed_by else ""
    show(tag("p", _("印发名义：{name}{signed}", name=words, signed=signed)))
    if not any(map(actor.may, MAY_ENTER)):
        return
    present = {one.kind for one in stand.papers}
    with st.expander(_("登记印发名义"), key="issuer-open"), st.form("issuer", border=False):
        start = known.issued_by if known else likely(opened.plan.kind, stand.document_number)
        chosen = issued_by_input(opened.plan.kind, start, "issuer-by")
        post = st.text_input(_("签发人职务"), value=known.signed_by if known else "", key="issuer-post")
        has_paper = PaperKind.ISSUED_DOCUMENT in present
        file = None if has_paper else st.file_uploader(_("红头文件扫描件"), type=SCANS, key="issuer-paper")
        is_sent = st.form_submit_button(_("登记"), key="issuer-do")
    if is_sent:
        kind = PaperKind.ISSUED_DOCUMENT
        paper = Attachment(kind=kind, name=file.name, data=file.getvalue()) if file else None
        with answered():
            guard()
            with work() as asked:
                said = IssuingName(issued_by=chosen, signed_by=post.strip())
                record_issuing_name(asked, opened.version.id, said, paper=paper)
            st.rerun()


def issued_by_input(plan: PlanKind, start: IssuedBy, key: str) -> IssuedBy:
    """The choice of an issuing name among those such a plan can have."""
    kinds = [kind for kind in IssuedBy if kind in POSSIBLE.get(plan, frozenset(IssuedBy)) | {start}]
    at = st.selectbox(
        _("印发名义"),
        range(len(kinds)),
        index=kinds.index(start),
        format_func=lambda one: issued_by_name(kinds[one]),
        key=key,
    )
    return kinds[at]


def issued_by_name(kind: IssuedBy) -> str:
    """An issuing name in the reader's language."""
    return name_of("issued_by", kind, language())


def show_drill_reports(opened: OpenedVersion, actor: Actor) -> None:
    """For a unit's plan: which drills were reported to the supervisor, and the form for another."""
    if opened.plan.kind is not PlanKind.UNIT:
        return
    st.subheader(_("演练情况报送"))
    with reading() as asked:
        found = drill_reports(asked, opened.plan.id)
    if found:
        rows = [[day_text(one.drilled_on), one.drill or "—", one.to, day_text(deed.on)] for deed, one in found]
        show(table([_("演练日期"), _("演练内容"), _("报送部门"), _("报送日期")], rows))
    else:
        st.caption(_("高危单位的演练情况须报送负有安全生产监督管理职责的部门；尚无记录。"))
    if not (actor.may(Action.EDIT_PLAN) or actor.may(Action.FILE_PLAN)):
        return
    with st.expander(_("登记演练情况报送"), key="drill-report-open"), st.form("drill-report", border=False):
        left, right = st.columns(2)
        drilled = left.date_input(
            _("演练日期"), value=today(), max_value=today(), format="YYYY-MM-DD", key="drill-report-drilled"
        )
        on = right.date_input(
            _("报送日期"), value=today(), max_value=today(), format="YYYY-MM-DD", key="drill-report-on"
        )
        to = left.text_input(_("报送部门"), key="drill-report-to")
        drill = right.text_input(_("演练内容"), key="drill-report-what")
        file = st.file_uploader(_("演练情况报告"), type=SCANS, key="drill-report-paper")
        is_sent = st.form_submit_button(_("登记"), key="drill-report-do")
    if is_sent:
        kind = PaperKind.DRILL_RECORD
        paper = Attachment(kind=kind, name=file.name, data=file.getvalue(), dated_on=on) if file else None
        with answered():
            guard()
            with work() as asked:
                report = DrillReport(drilled_on=drilled, to=to, drill=drill.strip())
                record_drill_report(asked, opened.version.id, report, paper=paper, on=on)
            st.rerun()
