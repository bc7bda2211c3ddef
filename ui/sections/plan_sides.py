"""联合各方会签: how each other side of a joint plan stands to the text, and the form of its word."""

from __future__ import annotations

from datetime import date

import streamlit as st

from plans_repo import people
from plans_repo.course import countersigning
from plans_repo.course.countersigning import SideStanding
from ui import downloads
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.fields import fields, start_anew
from ui.components.html import Html, join, link, show, table
from ui.components.refusal import answered
from ui.components.side_words import awaited_words, countersigned_words
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _

SCANS = ["pdf", "docx", "doc", "jpg", "jpeg", "png", "ofd"]


def show_sides(opened: OpenedVersion, *, today: date) -> None:
    """Every other side with its word; the form for who may give one, or enter it from the paper of a side not here."""
    with reading() as asked:
        every = countersigning.side_standings(asked, opened.version.id)
        mine = countersigning.open_sides(asked, opened.version.id)
        given = [one.countersignature.account for one in every if one.countersignature]
        names = people.display_names(asked, given)
    if not every:
        show_empty(_("没有认出联合的其他方"), _("预案名称或正文写明对方县（市、区）后，这里列出各方。"))
        return
    rows = [[one.side.name, _state(one), _told(opened, one, names)] for one in every]
    show(table([_("联合方"), _("会签"), _("办理情况")], rows))
    if mine:
        _show_form(opened, mine, today)


def _state(one: SideStanding) -> Html:
    if one.countersignature is None:
        return badge(_("待会签"), "warn") if one.is_open else badge("—" if one.is_past else _("未到会签环节"), "plain")
    return badge(_("已会签"), "good") if one.agrees else badge(_("不同意"), "bad")


def _told(opened: OpenedVersion, one: SideStanding, names: dict[str, str]) -> Html:
    given = one.countersignature
    if given is None:
        return join([awaited_words(one)])
    paper = link(_("会签件"), downloads.address("paper", opened.version.id, digest=given.said.paper))
    return join([countersigned_words(given, names), paper], " ")


def _show_form(opened: OpenedVersion, mine: tuple[SideStanding, ...], today: date) -> None:
    field = fields("countersign")
    with st.form("countersign", border=True):
        at = st.selectbox(_("联合方"), range(len(mine)), format_func=lambda one: mine[one].side.name, key=field("side"))
        if mine[at].is_entered_here:
            st.caption(_("该方在本系统没有审批账户：按其会签件录入，记录写明录入人。"))
        word = st.radio(
            _("意见"), (True, False), format_func=lambda one: _("同意") if one else _("不同意"), horizontal=True,
            key=field("agrees"),
        )  # fmt: skip
        post = st.text_input(_("签署人职务"), key=field("post"), placeholder=_("县长"))
        opinion = st.text_area(_("意见内容（不同意必填）"), key=field("opinion"), height=70)
        on = st.date_input(_("签署日期"), value=today, max_value=today, format="YYYY-MM-DD", key=field("on"))
        file = st.file_uploader(_("会签件"), type=SCANS, key=field("file"))
        is_signing = st.form_submit_button(_("登记会签"), type="primary", key="countersign-do")
    if is_signing and file is None:
        st.error(_("请先选择会签件。"))
    elif is_signing and file is not None:
        with answered():
            guard()
            with work() as asked:
                countersigning.countersign(
                    asked,
                    opened.version.id,
                    (file.name, file.getvalue()),
                    side=mine[at].side.name,
                    agrees=bool(word),
                    signed_by=post,
                    opinion=opinion,
                    on=on,
                )
            start_anew("countersign")
            st.rerun()
