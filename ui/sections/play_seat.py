"""The seat of a unit that takes part: what was released to it, received and reported."""

from __future__ import annotations

import streamlit as st

from drills.conduct import playing
from drills.conduct.play import Phase
from drills.conduct.playing import Told
from drills.drill import Drill
from plans_repo.store.roles import Action
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.html import join, show, tag
from ui.components.look_again import look_again
from ui.components.plan_names import told
from ui.components.play_words import PHASES, time_text
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _

EVERY = "2s"


def show_seat(drill: Drill) -> None:
    """Put the seat on the page: the messages look after themselves, what is typed stays."""
    st.fragment(_look, run_every=EVERY)(drill)
    with st.form("report-form", clear_on_submit=True):
        words = st.text_area(_("向导演组报告"), max_chars=2000, key="seat-report")
        is_reporting = st.form_submit_button(_("报告"), key="seat-report-now", width="stretch")
    if is_reporting:
        with answered():
            guard(Action.ANSWER_INJECT)
            with work() as doing:
                playing.report(doing, drill.id, text=words)
            st.success(_("已报告。"))


def _look(drill: Drill) -> None:
    guard(Action.ANSWER_INJECT, active=False)
    with answered():
        with reading() as asked:
            standing, why = playing.phase(asked, drill.id)
            messages = playing.seat(asked, drill.id)
        words, tone = PHASES[standing]
        show(tag("div", badge(_(words), tone), " ", why))
        if not messages:
            show_empty(_("还没有收到导调信息"), _("有信息时会自动出现在这里。"))
        for message in messages:
            _show_message(drill, message, is_open=standing is not Phase.READY)


def _show_message(drill: Drill, message: Told, *, is_open: bool) -> None:
    head = join([tag("strong", time_text(message.at)), f"　{_('【演练】')}{message.sender}"])
    show(tag("div", head, tag("div", told(message.text, message.text_en)), cls="yy-told"))
    if message.received_at is not None:
        st.caption(_("{at}已收到", at=time_text(message.received_at)))
    elif is_open and st.button(_("收到"), key=f"received-{message.id}", type="primary", width="stretch"):
        with answered():
            guard(Action.ANSWER_INJECT)
            with work() as doing:
                playing.receive(doing, drill.id, message.id)
            look_again()
