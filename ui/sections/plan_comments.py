"""批注: what is said about the clauses of a version, answered, settled, and opened again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from plans_repo import comments
from plans_repo.comments import Comment
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from ui import downloads
from ui.components.comment_thread import comment_thread
from ui.components.html import link, show, tag
from ui.components.plan_names import clause_label
from ui.components.refusal import answered
from ui.identity import current_actor, guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, later

SHOWN: dict[str, tuple[str, Callable[[Comment], bool]]] = {
    "open": (later("未办结"), lambda one: one.is_open),
    "older": (later("以前版本遗留未办结"), lambda one: one.is_open and one.is_carried),
    "altered": (later("原文已改"), lambda one: one.is_altered),
    "all": (later("全部"), lambda one: True),
}


def show_draft_comments(opened: OpenedVersion, clauses: Sequence[Clause]) -> None:
    """The same beside the draft: what was said about it and about the versions before it."""
    with reading() as asked:
        found = comments.comments(asked, opened.plan.id, draft=True)
    show_comments(opened, clauses, found, "", is_draft=True)


def show_comments(
    opened: OpenedVersion, clauses: Sequence[Clause], found: Sequence[Comment], wanted: str, *, is_draft: bool = False
) -> None:
    """The comments of the version with what may be done about each, and the form for a new one."""
    open_count = sum(one.is_open for one in found)
    older = sum(one.is_open and one.is_carried for one in found)
    label = _("批注（未办结 {count}，其中以前版本遗留 {older}）", count=open_count, older=older)
    with st.expander(label, key="comments-open"):
        if found and not is_draft:
            word = downloads.address("plan-document", opened.plan.id, version=opened.version.id, comments="1")
            show(tag("div", link(_("导出带批注的文稿（Word）"), word), cls="yy-account"))
        _show_list(found, citations(clauses))
        actor = current_actor()
        if actor is not None and actor.may(Action.COMMENT_PLAN):
            _show_form(opened, clauses, wanted, serial=len(found), is_draft=is_draft)


def _show_list(found: Sequence[Comment], cited: dict[str, str]) -> None:
    if not found:
        st.caption(_("目前没有批注。"))
        return
    chosen = st.segmented_control(
        _("显示"),
        list(SHOWN),
        default="open",
        format_func=lambda name: f"{_(SHOWN[name][0])} {sum(map(SHOWN[name][1], found))}",
        key="comments-shown",
    )
    for one in filter(SHOWN[chosen or "all"][1], found):
        show(comment_thread(one, cited.get(one.place.clause, "")))
        show_answer(one)


def show_answer(one: Comment) -> None:
    """The line to answer a comment in, to settle it or to open it again."""
    with st.form(f"answer-{one.id}-{one.revision}", border=False):
        text = st.text_input(
            _("答复"), key=f"answer-text-{one.id}-{one.revision}", label_visibility="collapsed", placeholder=_("答复")
        )
        with st.container(horizontal=True):
            is_replying = st.form_submit_button(_("回复"), key=f"reply-{one.id}")
            turn = _("办结") if one.is_open else _("重新打开")
            is_turning = one.may_settle and st.form_submit_button(turn, key=f"settle-{one.id}")
    if not (is_replying or is_turning):
        return
    with answered():
        guard(Action.COMMENT_PLAN)
        with work() as asked:
            if is_replying:
                comments.reply(asked, one.id, text)
            elif one.is_open:
                comments.resolve(asked, one.id, text, revision=one.revision)
            else:
                comments.reopen(asked, one.id, text, revision=one.revision)
        st.rerun()


def _show_form(opened: OpenedVersion, clauses: Sequence[Clause], wanted: str, *, serial: int, is_draft: bool) -> None:
    """The form is a new one once a comment was made; what was refused stands as it was typed."""
    cited = citations(clauses)
    by_id = {clause.id: clause for clause in clauses if clause.title or clause.text or clause.table}
    ids = list(by_id)
    with st.form(f"new-comment-{serial}", border=True):
        clause = st.selectbox(
            _("条款"),
            ids,
            index=ids.index(wanted) if wanted in by_id else 0,
            format_func=lambda name: clause_label(by_id[name], cited),
            key=f"comment-clause-{serial}",
        )
        quotation = st.text_input(
            _("所引文字"), key=f"comment-quotation-{serial}", placeholder=_("从正文中照原文复制，不填即针对整条")
        )
        text = st.text_area(_("意见"), key=f"comment-text-{serial}", height=90)
        is_saying = st.form_submit_button(_("提出批注"), type="primary", key=f"add-comment-{serial}")
    if is_saying and clause:
        with answered():
            guard(Action.COMMENT_PLAN)
            with work() as asked:
                comments.comment(
                    asked,
                    opened.plan.id,
                    clause,
                    text,
                    quotation=quotation,
                    version=opened.version.id,
                    draft=is_draft,
                )
            st.rerun()
