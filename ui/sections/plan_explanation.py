"""编制说明: six fields, saved one by one, and the Word file made from them."""

from __future__ import annotations

import streamlit as st

from plans_repo.course import explanation
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.html import link, show
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, instant_text


def show_explanation(opened: OpenedVersion, *, may_write: bool) -> None:
    """What stands under each heading; the author fills them."""
    with reading() as asked:
        present = explanation.explanation(asked, opened.version.id)
    if present.saved_at is not None:
        st.caption(_("{when} 保存", when=instant_text(present.saved_at)))
        show(link(_("下载编制说明"), downloads.address("explanation", opened.version.id)))
    if not may_write:
        for heading in explanation.headings():
            st.markdown(f"**{told(heading.title, heading.title_en)}**")
            st.text(present.fields.get(heading.id) or "—")
        return
    with st.form("explanation", border=False):
        fields = {
            heading.id: st.text_area(
                told(heading.title, heading.title_en),
                value=present.fields.get(heading.id, ""),
                placeholder=told(heading.hint, heading.hint_en),
                height=100,
                key=f"explain-{heading.id}",
            )
            for heading in explanation.headings()
        }
        if st.form_submit_button(_("保存编制说明"), key="save-explanation"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    explanation.save_explanation(asked, opened.version.id, fields)
                st.rerun()
