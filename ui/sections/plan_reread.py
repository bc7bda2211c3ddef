"""重读原件: the kept original read with the rules of today, shown as changes, and taken into the draft when wanted."""

from __future__ import annotations

import streamlit as st

from plans_repo import plans, rereading
from plans_repo.rereading import Reread
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from ui.components.html import join, show
from ui.components.notice import leave_notice
from ui.components.refusal import answered
from ui.components.version_diff import clause_change
from ui.identity import guard, reading, work
from ui.installation import here
from ui.sections.opened import OpenedVersion
from ui.wording import _, n_

REREAD = "yy_reread"
"""Key of session state: what the last reading again found."""


def show_reread_form(opened: OpenedVersion) -> None:
    """Read the original again and show what would change; nothing where no file is kept."""
    with reading() as asked:
        if not rereading.has_original(asked, opened.plan.id):
            return
    with st.expander(_("按现行规则重读原件"), key="reread-open"):
        st.caption(
            _("导入时保存的原件按现在的识别规则重新读一遍，与当时形成的版本对照。已有版本不变，改动只进入初稿。")
        )
        if st.button(_("重读并对照"), key="reread-now"):
            with answered():
                guard(Action.EDIT_PLAN)
                with reading() as asked:
                    found = rereading.original(asked, opened.plan.id)
                    st.session_state[REREAD] = rereading.read_again(asked, found, new_id=here().store.new_id)
        read: Reread | None = st.session_state.get(REREAD)
        if read is not None and read.original.plan == opened.plan.id:
            _show_found(opened, read)


def _show_found(opened: OpenedVersion, read: Reread) -> None:
    if not read.changes:
        st.success(_("“{name}”按现行规则读出的正文与{label}相同。", name=read.original.name, label=read.original.label))
        return
    st.info(n_("与{label}有 {count} 处不同。", len(read.changes), label=read.original.label))
    with reading() as asked:
        cited = citations(plans.text_of(asked, opened.plan.id, read.original.version))
    show(join(clause_change(change, cited) for change in read.changes))
    if st.button(_("并入初稿"), type="primary", key="reread-take"):
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                taken = rereading.take_again(asked, read)
            del st.session_state[REREAD]
            words = n_("重读原件的 {count} 处改动已并入初稿。", len(taken.changes))
            if taken.waiting:
                words += n_("{count} 条两边都改了同一处，初稿未动，请逐处定夺。", len(taken.waiting))
            leave_notice(words)
            st.rerun()
