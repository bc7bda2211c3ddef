"""带回: a Word file that was exported from a plan and edited elsewhere; its changes go into the draft."""

from __future__ import annotations

import streamlit as st

from plans_repo import plans, returning
from plans_repo.returning import Returned
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from ui.components.fields import fields, start_anew
from ui.components.html import join, link, show, tag
from ui.components.refusal import answered
from ui.components.returned_words import left_behind_sentence
from ui.components.version_diff import clause_change
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.opened import OpenedVersion, plan_address
from ui.wording import _, n_

RETURNED = "yy_returned"
"""Key of session state: what the last file brought back, until another one comes."""


def show_return_form(opened: OpenedVersion) -> None:
    """Take a file back into the draft of this plan."""
    with st.expander(_("从 Word 带回修订"), key="return-open"):
        st.caption(
            _("把从本预案导出、在 Word 或 WPS 中改好的文件交回来：改动与初稿合并，两边都改了的地方留待逐处定夺。")
        )
        field = fields("return")
        with st.form("return", border=False):
            file = st.file_uploader(_("改好的 Word 文件"), type=["docx"], key=field("return-file"))
            by_likeness = st.checkbox(
                _("文件没有注明底稿版本时，按相似程度与最新版本对照"), key=field("return-likeness")
            )
            is_returning = st.form_submit_button(_("带回"), type="primary", key="return-now")
        if is_returning and file is None:
            st.error(_("请先选择文件。"))
        elif is_returning and file is not None:
            with answered():
                take_back(opened.plan.id, file.getvalue(), file.name, by_likeness=by_likeness)
                start_anew("return")
                st.rerun()
        show_returned(opened.plan.id)


def take_back(plan_id: str, data: bytes, name: str, *, by_likeness: bool = False) -> None:
    """Read the file outside the transaction, then put its changes into the draft."""
    guard(Action.EDIT_PLAN)
    file = returning.read_returned(data, name, new_id=here().store.new_id)
    with work() as asked:
        st.session_state[RETURNED] = returning.take_back(asked, plan_id, file, by_likeness=by_likeness)


def show_returned(plan_id: str = "") -> None:
    """What the last file brought back, to this plan or to any."""
    back: Returned | None = st.session_state.get(RETURNED)
    if back is None or (plan_id and back.plan != plan_id):
        return
    if back.draft is None:
        st.success(_("文件与“{title}”{version}没有差异，初稿未动。", title=back.title, version=back.base_label))
        _show_left_behind(back)
        return
    st.success(
        n_(
            "以“{title}”{version}为底稿带回 {count} 处改动，已并入初稿。",
            len(back.changes),
            title=back.title,
            version=back.base_label,
        )
    )
    if back.waiting:
        st.warning(n_("{count} 条两边都改了同一处，初稿未动，请逐处定夺。", len(back.waiting)))
    if back.comments:
        st.info(n_("文件中的批注 {count} 条已转为预案批注。", back.comments))
    _show_left_behind(back)
    if not plan_id:
        show(tag("div", link(_("打开初稿"), plan_address(back.plan, part="editing")), cls="yy-account"))
    with reading() as asked:
        cited = citations(plans.text_of(asked, back.plan, back.base))
    with st.expander(_("查看带回的改动"), key="returned-open"):
        show(join(clause_change(change, cited) for change in back.changes))


def _show_left_behind(back: Returned) -> None:
    """What the file shows and the text cannot hold, one sentence each."""
    if back.left_behind:
        lines = "\n".join(f"- {left_behind_sentence(one)}" for one in back.left_behind)
        st.warning(_("文件中有 {count} 处没有带回：", count=len(back.left_behind)) + "\n" + lines)
