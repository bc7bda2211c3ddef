"""The stop word of a drill: everybody in it may freeze play at once."""

from __future__ import annotations

import streamlit as st

from drills.conduct import playing
from drills.conduct.play import Phase
from drills.drill import Drill, State
from plans_repo.store.roles import Action
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.wording import _


def show_stop_form(drill: Drill) -> None:
    """The form that stops play, while there is play to stop."""
    if drill.state is not State.RUNNING:
        return
    with reading() as asked:
        standing, _why = playing.phase(asked, drill.id)
    if standing not in (Phase.RUNNING, Phase.PAUSED):
        return
    with st.container(key="stop-word"), st.popover(_("安全叫停"), width="stretch"), st.form("stop-form", border=False):
        why = st.text_input(_("发生真实险情或有人受伤，立即叫停；写明原因"), max_chars=300, key="stop-why")
        is_stopping = st.form_submit_button(_("立即叫停"), type="primary", key="stop-now", width="stretch")
    if is_stopping:
        with answered():
            guard(Action.READ_DRILL)
            with work() as doing:
                playing.stop(doing, drill.id, text=why.strip() or _("未说明"))
            st.rerun()
