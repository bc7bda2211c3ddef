"""编修: one clause of the draft at a time; nobody is locked out, nobody is overwritten."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plans_repo import drafts, plans
from plans_repo.drafts import Draft, DraftClause
from plans_repo.errors import StaleRevision
from plans_repo.proposals import procedure_for
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.difference import Change, changes
from plans_repo.text.tokens import token_difference
from ui.components.clause_diff import side_by_side
from ui.components.counters import show_empty
from ui.components.html import join, show
from ui.components.plan_names import REVISION_TRIGGERS, TRIGGERS
from ui.components.plan_text import table_markup
from ui.components.refusal import answered
from ui.components.version_diff import OPS, clause_change
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, n_, sentence

SEEN = "yy_seen_revisions"
"""Key of session state: the revision at which this person last read each clause of a draft."""
CONFLICT = "yy_conflict"
"""Key of session state: the refusal of a save that came too late, until it is answered."""
UNSHOWN = (ClauseKind.HEADER, ClauseKind.FOOTER, ClauseKind.PICTURE)


def show_editing(opened: OpenedVersion, actor: Actor) -> None:
    """The draft of the plan, begun when somebody asks for it."""
    if not actor.may(Action.EDIT_PLAN):
        show_empty(_("没有可以编修的内容"), _("只有编制人可以编修正文。"))
        return
    with reading() as asked:
        draft = drafts.draft(asked, opened.plan.id)
        base = plans.text_of(asked, opened.plan.id, draft.base if draft else "")
    if draft is None:
        _show_beginning(opened)
        return
    found = [change for change in changes(base, [entry.clause for entry in draft.clauses]) if _is_change(change.change)]
    st.caption(n_("初稿中已改动 {count} 条。改动随时保存，形成版本前不影响任何人看到的正文。", len(found)))
    _show_clause_form(opened, draft)
    if found:
        cited = citations([entry.clause for entry in draft.clauses])
        with st.expander(_("查看已改动的条款"), key="changed-open"):
            show(join(clause_change(change, cited) for change in found))
    _show_ending(opened)


def _is_change(change: Change) -> bool:
    return change is not Change.UNCHANGED


def _show_beginning(opened: OpenedVersion) -> None:
    show_empty(_("目前没有初稿"), _("开始编修后，从最新版本复制出一份初稿，逐条修改，改完再形成新版本。"))
    if st.button(_("开始编修"), key="begin-draft", type="primary"):
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                drafts.open_draft(asked, opened.plan.id)
            st.rerun()


def _show_clause_form(opened: OpenedVersion, draft: Draft) -> None:
    entries = {entry.clause.id: entry for entry in draft.clauses if entry.clause.kind not in UNSHOWN}
    cited = citations([entry.clause for entry in draft.clauses])
    chosen = st.selectbox(
        _("条款"), list(entries), format_func=lambda name: _label(entries[name].clause, cited), key="draft-clause"
    )
    entry = entries[chosen]
    conflict: StaleRevision | None = st.session_state.get(CONFLICT)
    if conflict is not None and st.session_state.get(f"{CONFLICT}_clause") == chosen:
        _show_conflict(opened, entry, conflict)
        return
    seen = _seen(chosen, entry.revision)
    if entry.clause.table:
        show(table_markup(entry.clause.table))
        st.caption(_("表格暂不能在这里修改，请在 Word 中改好后作为新版本导入。"))
    with st.form(f"clause-{chosen}-{seen}", border=False):
        title = st.text_input(_("标题"), value=entry.clause.title, key=f"title-{chosen}-{seen}")
        text = st.text_area(_("内容"), value=entry.clause.text, height=260, key=f"text-{chosen}-{seen}")
        is_saving = st.form_submit_button(_("保存本条"), type="primary", key="save-clause")
    if is_saving:
        _save(opened, replace(entry.clause, title=title, text=text), seen)


def _seen(clause: str, present: int) -> int:
    """The revision of the text that stands in the form: the present one when the form is just being opened."""
    known: dict[str, int] = st.session_state.setdefault(SEEN, {})
    if f"text-{clause}-{known.get(clause)}" not in st.session_state:
        known[clause] = present
    return known[clause]


def _label(clause: Clause, cited: dict[str, str]) -> str:
    words = clause.title or clause.text[:24] or _("（表格）")
    number = cited.get(clause.id, "")
    return words if number in ("", clause.title[:20]) else f"{number}　{words}"


def _save(opened: OpenedVersion, clause: Clause, revision: int) -> None:
    with answered():
        guard(Action.EDIT_PLAN)
        try:
            with work() as asked:
                saved = drafts.save_clause(asked, opened.plan.id, clause, revision=revision)
        except StaleRevision as error:
            st.session_state[CONFLICT], st.session_state[f"{CONFLICT}_clause"] = error, clause.id
            st.session_state[f"{CONFLICT}_mine"] = clause
            st.rerun()
        st.session_state[SEEN][clause.id] = saved.revision
        st.toast(_("已保存。"))
        st.rerun()


def _show_conflict(opened: OpenedVersion, entry: DraftClause, conflict: StaleRevision) -> None:
    """Both texts side by side; the person decides, word by word if need be."""
    mine: Clause = st.session_state[f"{CONFLICT}_mine"]
    st.error(sentence(conflict))
    st.caption(_("左边是他人已保存的文本，右边是您的文本；不同之处已标出。"))
    tokens = token_difference(entry.clause.text, mine.text)
    show(side_by_side((OPS[token.op], token.text) for token in tokens))
    merged = st.text_area(_("定稿"), value=mine.text, height=220, key=f"merged-{entry.clause.id}-{entry.revision}")
    left, right = st.columns(2)
    if left.button(_("以定稿保存"), key="save-merged", type="primary"):
        _forget_conflict(entry)
        _save(opened, replace(entry.clause, title=mine.title, text=merged), entry.revision)
    if right.button(_("采用他人文本"), key="take-theirs"):
        _forget_conflict(entry)
        st.rerun()


def _forget_conflict(entry: DraftClause) -> None:
    for key in (CONFLICT, f"{CONFLICT}_clause"):
        st.session_state.pop(key, None)
    st.session_state[SEEN][entry.clause.id] = entry.revision


def _show_ending(opened: OpenedVersion) -> None:
    st.subheader(_("形成版本"))
    with st.form("make-version", border=False):
        trigger = st.selectbox(
            _("修订缘由"), list(REVISION_TRIGGERS), format_func=lambda one: _(TRIGGERS[one]), key="version-trigger"
        )
        reason = st.text_input(_("修订说明"), key="version-reason", placeholder=_("改了什么、为什么改，必填"))
        is_making = st.form_submit_button(_("形成新版本"), type="primary", key="make-version-now")
    if is_making:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                made = drafts.make_version(
                    asked, opened.plan.id, reason=reason, trigger=trigger, propose=procedure_for
                ).id
            st.session_state.pop(SEEN, None)
            st.query_params["v"] = made
            st.rerun()
    if st.button(_("放弃初稿"), key="discard-draft"):
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                drafts.discard_draft(asked, opened.plan.id)
            st.session_state.pop(SEEN, None)
            st.rerun()
