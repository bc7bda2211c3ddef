"""The field form of a drill: taken away before it, brought back into the log afterwards."""

from __future__ import annotations

import streamlit as st

from drills.conduct import field
from drills.drill import Drill
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.html import link, show
from ui.components.play_words import merged_words
from ui.components.refusal import answered
from ui.identity import guard, work
from ui.wording import _, language


def show_field_form(drill: Drill, *, is_begun: bool) -> None:
    """The way to the form and, once play has begun, where its files are brought back."""
    with st.expander(_("离线记录表"), key="field-open"):
        st.caption(
            _("下载后存在手机上，没有网络也能记录；也可以打印。各人导出的文件先后次序不限，重复并入不会重复记录。")
        )
        show(link(_("下载离线记录表（.html）"), downloads.address("field-form", drill.id, lang=language())))
        if is_begun:
            _show_merge(drill)


def _show_merge(drill: Drill) -> None:
    with st.form("field-form", border=False, clear_on_submit=True):
        file = st.file_uploader(_("导出的记录文件（.json）"), type=["json"], key="field-file")
        offset_s = st.number_input(_("该设备各时刻再加几秒"), value=0.0, step=1.0, key="field-offset")
        is_merging = st.form_submit_button(_("并入实录"), key="field-merge")
    if not is_merging or file is None:
        return
    with answered():
        guard(Action.READ_DRILL)
        found = field.read_field_file(file.getvalue())
        with work() as doing:
            merged = field.merge(doing, drill.id, found, offset_s=float(offset_s))
        st.success(merged_words(merged))
