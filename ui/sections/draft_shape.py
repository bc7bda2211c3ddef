"""Where a clause stands: added, taken out, moved, lifted, lowered; and all typed numbers put in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from plans_repo import drafts
from plans_repo.drafts import Draft, DraftClause
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, ClauseKind
from ui.components.fields import fields, start_anew
from ui.components.html import show, table
from ui.components.plan_names import clause_label
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.draft_form import forget_seen
from ui.sections.opened import OpenedVersion
from ui.wording import _, later, n_

KINDS = {
    ClauseKind.HEADING: later("标题及其下文字"),
    ClauseKind.ARTICLE: later("条（第几条）"),
    ClauseKind.BODY: later("不带标题的段落"),
}
CHOSEN = "draft-clause"
"""Key of the box in which a clause is chosen."""
NEXT = "yy_next_clause"
"""Key of session state: the clause to open on the next run; a box that is drawn cannot be set any more."""


def show_shape(opened: OpenedVersion, draft: Draft, entry: DraftClause, cited: Mapping[str, str]) -> None:
    """Buttons for the place and the depth of the clause shown."""
    name, plan = entry.clause.id, opened.plan.id
    up, down, lift, lower, remove = st.columns(5)
    if up.button(_("上移"), key="move-up", width="stretch"):
        _do(lambda asked: _step(asked, plan, name, up=True))
    if down.button(_("下移"), key="move-down", width="stretch"):
        _do(lambda asked: _step(asked, plan, name, up=False))
    if lift.button(_("升一级"), key="lift", width="stretch"):
        _do(lambda asked: drafts.shift_level(asked, plan, name, by=-1))
    if lower.button(_("降一级"), key="lower", width="stretch"):
        _do(lambda asked: drafts.shift_level(asked, plan, name, by=1))
    if remove.button(_("删去本条"), key="remove-clause", width="stretch"):
        revision = st.session_state.get("yy_seen_revisions", {}).get(name, entry.revision)
        _do(
            lambda asked: drafts.remove_clause(asked, plan, name, revision=revision),
            _("已删去；已形成的版本中仍保留。"),
        )
    st.caption(_("移动和升降级连同其下各条一起；不改写已输入的序号，序号在“整理序号”中一并整理。"))
    _show_moving(opened, draft, entry, cited)
    _show_adding(opened, entry)


def _show_moving(opened: OpenedVersion, draft: Draft, entry: DraftClause, cited: Mapping[str, str]) -> None:
    others = {one.clause.id: one.clause for one in draft.clauses if one.clause.id != entry.clause.id}
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    anchor = left.selectbox(
        _("移到哪一条之后"), list(others), index=None, placeholder=_("选择条款"), key="move-anchor",
        format_func=lambda name: clause_label(others[name], cited),
    )  # fmt: skip
    if right.button(_("移动"), key="move-there", width="stretch", disabled=anchor is None) and anchor:
        _do(lambda asked: drafts.move_clause(asked, opened.plan.id, entry.clause.id, after=anchor))


def _show_adding(opened: OpenedVersion, entry: DraftClause) -> None:
    field = fields("add-clause")
    with st.form("add-clause", border=False):
        left, middle, right = st.columns([1, 2, 2])
        number = left.text_input(_("序号"), key=field("new-number"), placeholder=_("可空"))
        title = middle.text_input(_("新条款的标题"), key=field("new-title"), placeholder=_("可空"))
        kind = right.selectbox(_("形式"), list(KINDS), format_func=lambda one: _(KINDS[one]), key=field("new-kind"))
        text = st.text_area(_("新条款的内容"), key=field("new-text"), height=100)
        below = st.checkbox(_("作为本条的下一级"), key=field("new-below"))
        is_adding = st.form_submit_button(_("在本条之后新增"), key="add-now")
    if not is_adding:
        return
    if not (title.strip() or text.strip()):
        st.warning(_("新条款没有标题也没有内容，请至少写一样。"))
        return
    guard(Action.EDIT_PLAN)
    with answered(), work() as asked:
        fresh = Clause(
            id=asked.new_id(), kind=kind, level=entry.clause.level + below, number=number.strip(), number_raw=number,
            title=title.strip(), text=text, semantic=entry.clause.semantic,
        )  # fmt: skip
        added = drafts.add_clause(asked, opened.plan.id, fresh, after=entry.clause.id)
        st.session_state[NEXT] = added.clause.id
    if st.session_state.get(NEXT):
        start_anew("add-clause")
        st.rerun()


def show_numbering(opened: OpenedVersion) -> None:
    """The typed numbers that are out of order, and one button that puts all of them right."""
    with reading() as asked:
        found = drafts.renumbering(asked, opened.plan.id)
    if not found:
        st.caption(_("各级序号连续，无须整理。"))
        return
    st.markdown(n_("按现在的顺序，有 {count} 处序号需要改：", len(found)))
    show(table([_("现为"), _("改为")], [[change.before, change.after] for change in found]))
    st.caption(_("只改键入的序号；正文中“见3.2”一类的引用请另行核对。Word 自动编号不在此列。"))
    if st.button(_("按上表整理序号"), key="renumber-now"):
        _do(lambda asked: drafts.renumber(asked, opened.plan.id), _("序号已整理。"))


def _step(asked: Work, plan: str, name: str, *, up: bool) -> None:
    if not drafts.move_one_step(asked, plan, name, up=up):
        st.toast(_("已在本级的最前或最后，不能再移。"))


def _do(call: Callable[[Work], object], word: str = "") -> None:
    with answered():
        guard(Action.EDIT_PLAN)
        with work() as asked:
            call(asked)
        forget_seen()
        if word:
            st.toast(word)
        st.rerun()
