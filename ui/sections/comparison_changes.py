"""The changes between two versions, each with what was said about it beside it, and the form to say more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from plans_repo import comments
from plans_repo.comments import Comment, Hold
from plans_repo.store.roles import Action
from plans_repo.text.difference import Change, ClauseChange
from ui.components.address_choice import choose_several
from ui.components.comment_thread import comment_thread
from ui.components.counters import show_empty
from ui.components.fields import fields, start_anew
from ui.components.html import show, tag
from ui.components.plan_names import CHANGES
from ui.components.refusal import answered
from ui.components.turning import part_shown
from ui.components.version_diff import clause_change, ways_between
from ui.identity import current_actor, guard, reading, work
from ui.sections.plan_comments import show_answer
from ui.wording import _, n_

COMMENTED = "commented"
"""In the place of a kind of change: only what somebody has said something about."""


def show_changes(plan: str, before: str, after: str, found: Sequence[ClauseChange], cited: Mapping[str, str]) -> None:
    """The changed clauses one below the other, the comments of the newer version beside them."""
    with reading() as asked:
        said = comments.comments(asked, plan, after)
    beside = _by_clause(said)
    shown = _chosen(found, beside)
    if not shown:
        show_empty(_("没有这类改动"), _("换一种改动类型，或选择另外两个版本。"))
        return
    elsewhere = len(said) - sum(len(beside.get(change.clause, ())) for change in found)
    if elsewhere:
        st.caption(n_("另有 {count} 条批注针对没有改动的条款，见“正文”。", elsewhere))
    part = part_shown(shown)
    if len(part) > 1:
        show(tag("div", *_keys(), cls="yy-keys"))
    for change, (place, ways) in zip(part, ways_between(part), strict=True):
        left, right = st.columns([3, 2], gap="small")
        with left:
            show(clause_change(change, cited, place=place, ways=ways))
        with right:
            _show_said(beside.get(change.clause, ()))
            _show_saying(plan, before if change.new is None else after, change.clause)


def _keys() -> list[object]:
    """The keys that go from change to change; `ui/static/places.js` listens to them."""
    return [tag("kbd", "N"), " ", tag("kbd", "J"), " ", _("下一处"), " · ", tag("kbd", "P"), " ", tag("kbd", "K"), " ",
            _("上一处"), tag("span", _("（不在输入框中时按键即可）"))]  # fmt: skip


def _by_clause(said: Sequence[Comment]) -> Mapping[str, list[Comment]]:
    """Comments by the clause they are about; of a clause that is gone by that one, not by what stands in its place."""
    found: dict[str, list[Comment]] = {}
    for one in said:
        clause = one.anchor.clause if one.place.hold is Hold.REMOVED else one.place.clause
        found.setdefault(clause, []).append(one)
    return found


def _chosen(found: Sequence[ClauseChange], beside: Mapping[str, list[Comment]]) -> list[ClauseChange]:
    """The changes of the kinds that were chosen, all when none was."""
    count: dict[str, int] = {kind.value: sum(one.change is kind for one in found) for kind in list(Change)[:-1]}
    count[COMMENTED] = sum(one.clause in beside for one in found)
    present = [kind for kind in count if count[kind]]

    def name(kind: str) -> str:
        words = _("有批注") if kind == COMMENTED else _(CHANGES[Change(kind)][0])
        return f"{words} {count[kind]}"

    wanted = choose_several(_("改动类型"), present, name, key="changes")
    kinds = set(wanted) - {COMMENTED}
    return [
        one
        for one in found
        if (not kinds or one.change.value in kinds) and (COMMENTED not in wanted or one.clause in beside)
    ]


def _show_said(said: Sequence[Comment]) -> None:
    for one in said:
        show(tag("div", comment_thread(one), cls="yy-beside"))
        actor = current_actor()
        if actor is not None and actor.may(Action.COMMENT_PLAN):
            show_answer(one)


def _show_saying(plan: str, version: str, clause: str) -> None:
    """A form for a new comment, opened by who wants to say something."""
    actor = current_actor()
    if actor is None or not actor.may(Action.COMMENT_PLAN):
        return
    name = f"say-{clause}"
    key = fields(name)(f"{name}-open")  # another one once a comment was made, so that it is closed again
    with st.popover(_("批注"), type="tertiary", icon=":material/add_comment:", key=key, on_change="rerun") as place:
        if place.open:
            _show_form(plan, version, clause, name)


def _show_form(plan: str, version: str, clause: str, name: str) -> None:
    field = fields(name)
    with st.form(name, border=False):
        quotation = st.text_input(
            _("所引文字"), key=field(f"{name}-quotation"), placeholder=_("从正文中照原文复制，不填即针对整条")
        )
        text = st.text_area(_("意见"), key=field(f"{name}-text"), height=90)
        is_saying = st.form_submit_button(_("提出批注"), type="primary", key=f"{name}-now")
    if is_saying:
        with answered():
            guard(Action.COMMENT_PLAN)
            with work() as asked:
                comments.comment(asked, plan, clause, text, quotation=quotation, version=version)
            start_anew(name)
            st.rerun()
