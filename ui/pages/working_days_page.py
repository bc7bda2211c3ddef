"""节假日与工作日: what limits in working days rest on, and entering the State Council's notice of a year."""

import streamlit as st

from plans_repo.course import holiday_notice
from plans_repo.course.holiday_notice import MOST_NUMBER, MOST_TEXT
from plans_repo.course.working_days import FIRST_YEAR, LAST_YEAR, calendar
from plans_repo.store.roles import Action
from ui.components.counters import show_empty
from ui.components.holiday_table import recounted_table, special_table
from ui.components.html import show
from ui.components.notice import leave_notice, show_notice
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.calendar_view import today
from ui.wording import _, n_

RECOUNTED = "working-days-recounted"  # key of session state: the clocks the last notice moved

actor = guard(Action.READ_PLAN)
st.header(_("节假日与工作日"))
show_notice()
if moved := st.session_state.pop(RECOUNTED, ()):
    show(recounted_table(moved))
year = int(st.number_input(_("年份"), FIRST_YEAR, LAST_YEAR, today().year, key="year", bind="query-params"))
with reading() as asked:
    is_announced = calendar(asked).is_announced(year)
    found = holiday_notice.special_days(asked, year)
    may_enter = holiday_notice.may_enter(asked)
if not is_announced:
    show_empty(
        _("{year} 年放假安排未公布或者尚未录入", year=year),
        _("期限暂按法定节日和周末推算，调休上班日未计入；国务院办公厅通知印发后在下面录入，进行中的期限随即重新计算。"),
    )
if found:
    show(special_table(found))
if may_enter:
    label = _("录入放假安排通知") if not is_announced else _("更正放假安排")
    with st.expander(label, expanded=not is_announced, key="notice-open"), st.form("notice", border=False):
        number = st.text_input(
            _("文号"), max_chars=MOST_NUMBER, placeholder=_("国办发明电〔2026〕7号"), key="notice-number"
        )
        text = st.text_area(
            _("通知正文"),
            max_chars=MOST_TEXT,
            height=220,
            key="notice-text",
            placeholder=_("一、元旦：1月1日（周五）至3日（周日）放假，共3天。……"),
            help=_("粘贴通知全文。星期、天数与日历不符的，不予录入；再次录入同一年的，以后一次为准。"),
        )
        is_sent = st.form_submit_button(_("核对并录入"), type="primary")
    if is_sent:
        with answered():
            read = holiday_notice.read_notice(text, year, number)
            with work() as opened:
                st.session_state[RECOUNTED] = holiday_notice.enter_notice(opened, read)
            words = _(
                "已录入 {year} 年放假安排：{off}，{made_up}。",
                year=year,
                off=n_("放假 {count} 天", len(read.off)),
                made_up=n_("调休上班 {count} 天", len(read.made_up)),
            )
            leave_notice(words + n_("重新计算后变动的期限 {count} 个。", len(st.session_state[RECOUNTED])))
