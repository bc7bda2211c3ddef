"""系统建议: what the year's work plan ought to take up; taken as proposed or otherwise, or left out with a reason."""

from __future__ import annotations

import streamlit as st

from plans_repo import work_plan_proposals as proposing
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.work_plan_proposals import Changed, Proposal, ProposalAnswer
from ui.components.badges import sourced
from ui.components.cells import unbroken
from ui.components.html import Html, link, show, table
from ui.components.notice import leave_notice
from ui.components.plan_names import TRIGGERS, kind_name, told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import plan_address
from ui.wording import _, day_text, n_


def show_proposals(actor: Actor, year: int) -> None:
    """The proposed lines of a year with reason and rule; nothing where there are none."""
    with reading() as asked:
        found = proposing.proposals(asked, year)
        others = proposing.left_out(asked) if found else 0
    waiting = [one for one in found if one.answer is None]
    declined = [one for one in found if one.answer is ProposalAnswer.DECLINED]
    if not waiting and not declined:
        return
    st.subheader(n_("系统建议列入 {count} 项", len(waiting)))
    st.caption(_("依据预案目录、修订情形、定期评估和试行期限提出。逐项确认后才列入计划，不列入的须说明理由。"))
    if waiting:
        show(_table(waiting))
        if actor.may(Action.EDIT_PLAN):
            _show_taking(year, waiting)
            _show_answer(year, waiting)
    if others:
        words = n_("村（社区）和单位预案另有 {count} 件应编未编，由其自行安排，见预案目录。", others)
        show(link(words, "/catalogue"))
    if declined:
        with st.expander(n_("不列入的 {count} 项", len(declined)), key="declined-open"):
            rows = [[one.title, told(one.reason, one.reason_en), one.words] for one in declined]
            show(table([_("预案"), _("建议缘由"), _("不列入的理由")], rows))


def _table(found: list[Proposal]) -> Html:
    rows = [
        [
            link(one.title, plan_address(one.plan)) if one.plan else one.title,
            kind_name(one.kind),
            told(one.lead, one.lead_en) or "—",
            told(one.reason, one.reason_en),
            _(TRIGGERS[one.trigger]),
            unbroken(day_text(one.due_on)),
            sourced(one.mark, told(one.source, one.source_en)),
        ]
        for one in found
    ]
    heads = [_("预案"), _("类别"), _("牵头单位"), _("建议缘由"), _("缘由类别"), _("建议时限"), _("依据")]
    return table(heads, rows)


def _show_taking(year: int, waiting: list[Proposal]) -> None:
    with st.form("take-proposals", border=True):
        chosen = st.multiselect(
            _("按建议列入（牵头单位和时限照上表）"),
            range(len(waiting)),
            format_func=lambda at: waiting[at].title,
            key="take-which",
        )
        is_sent = st.form_submit_button(_("列入所选"), key="take-do")
    if is_sent and chosen:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                for at in chosen:
                    proposing.accept(asked, year, waiting[at].key)
            leave_notice(n_("已列入 {count} 项。", len(chosen)))


def _show_answer(year: int, waiting: list[Proposal]) -> None:
    with st.expander(_("修改后列入，或者不列入"), key="answer-proposal-open"):
        at = st.selectbox(
            _("建议项目"), range(len(waiting)), format_func=lambda one: waiting[one].title, key="proposal"
        )
        one = waiting[at]
        with st.form(f"proposal-{one.key}", border=False):
            leaves = st.radio(
                _("处理"),
                [False, True],
                format_func=lambda no: _("不列入") if no else _("修改后列入"),
                horizontal=True,
                key="proposal-no",
            )
            title = st.text_input(_("预案名称"), value=one.title, disabled=one.plan is not None, key="proposal-title")
            lead = st.text_input(_("牵头单位"), value=one.lead, key="proposal-lead")
            due_on = st.date_input(_("完成时限"), value=one.due_on, format="YYYY-MM-DD", key="proposal-due")
            words = st.text_input(_("说明；不列入的填写理由"), key="proposal-words")
            is_sent = st.form_submit_button(_("确定"), key="proposal-do")
        if is_sent:
            _answer(year, one, Changed(title=title, lead=lead, due_on=due_on, note=words or None), leaves, words)


def _answer(year: int, one: Proposal, changed: Changed, leaves: bool | None, words: str) -> None:
    with answered():
        guard(Action.EDIT_PLAN)
        with work() as asked:
            if leaves:
                proposing.decline(asked, year, one.key, reason=words)
            else:
                proposing.accept(asked, year, one.key, changed)
        leave_notice(_("已记录，本年度不再建议。") if leaves else _("已列入。"))
