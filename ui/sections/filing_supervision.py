"""督办: notices to bodies below that are late, and those this body has got."""

from __future__ import annotations

from datetime import date

import streamlit as st

from plans_repo.overdue import Due
from plans_repo.store.roles import Action
from plans_repo.supervision import Supervised, issue_notice, notices, proposed_finish, to_supervise
from ui import downloads
from ui.components.badges import badge
from ui.components.filing_names import DUE_KINDS
from ui.components.html import Html, link, show, table
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _, day_text, n_


def show_supervision() -> None:
    """The notices given and got, and the form for a new one where something below is late."""
    with reading() as asked:
        found, late = notices(asked), to_supervise(asked)
        finish = proposed_finish(asked)
    if not found and not late:
        return
    st.subheader(_("督办"))
    if found:
        show(_table(found))
    else:
        st.caption(_("还没有发出督办通知。"))
    if late:
        _show_form(late, finish)


def _table(found: tuple[Supervised, ...]) -> Html:
    rows = [
        [
            day_text(one.on),
            one.said.number or "—",
            one.said.by,
            one.said.to,
            "；".join(f"《{item.title}》{_(DUE_KINDS[item.kind])}" for item in one.late),
            day_text(one.said.finish_on),
            badge(n_("{count} 项未办", one.open), "warn") if one.open else badge(_("已办结"), "good"),
            link(_("督办通知"), downloads.address("supervision-notice", one.said.notice)),
        ]
        for one in found
    ]
    heads = [_("发出日期"), _("文号"), _("督办单位"), _("承办单位"), _("督办事项"), _("办结期限"), _("状态"), _("文书")]
    return table(heads, rows)


def _show_form(late: tuple[Due, ...], finish: date) -> None:
    bodies = sorted({one.body for one in late})
    with st.expander(_("发督办通知"), key="supervise-open"):
        body = st.selectbox(_("承办单位"), bodies, key="supervise-body")
        mine = {(one.plan, one.kind): one for one in late if one.body == body}
        chosen = st.multiselect(
            _("督办事项"),
            list(mine),
            default=list(mine),
            format_func=lambda key: f"{mine[key].title} · {_(DUE_KINDS[mine[key].kind])}",
            key=f"supervise-items-{body}",
        )
        left, right = st.columns(2)
        number = left.text_input(_("文号"), key="supervise-number")
        on = right.date_input(_("办结期限"), value=finish, format="YYYY-MM-DD", key="supervise-finish")
        contact = left.text_input(_("联系人及电话"), key="supervise-contact")
        is_sent = st.button(_("登记并生成督办通知"), key="supervise")
    if is_sent:
        with answered():
            guard(Action.SUPERVISE_FILING)
            with work() as asked:
                issue_notice(asked, chosen, number=number, finish_on=on, contact=contact)
            st.rerun()
