"""台账变更: what changed in the register and stands otherwise in this plan; taken one by one into the draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from plans_repo import replacements
from plans_repo.replacements import ChangedKind, Replacement
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.text.tokens import token_difference
from ui.components.clause_diff import clause_diff
from ui.components.html import Html, join, link, show, tag
from ui.components.notice import leave_notice
from ui.components.refusal import answered
from ui.components.version_diff import OPS
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion, plan_address
from ui.wording import _, day_text, later, n_

KINDS = {
    ChangedKind.PHONE: later("电话"),
    ChangedKind.HOLDER: later("任职人员"),
    ChangedKind.POST: later("职务"),
    ChangedKind.BODY: later("单位名称"),
}
MOST = 30


def show_replacements(opened: OpenedVersion) -> None:
    """The offers to one plan, for its author; nothing where there are none."""
    with reading() as asked:
        offered = replacements.offers_for(asked, opened.plan.id)
    if not offered:
        return
    st.subheader(n_("台账变更，涉及本预案{count}处", len(offered)))
    st.caption(_("采纳后写入初稿，不会直接改动现行文本；不采纳的不再提示。"))
    for one in offered[:MOST]:
        _show(one)


def offer_words(one: Replacement) -> str:
    """What changed, of whom and when."""
    change = one.change
    return _(
        "{kind}变更：{before} → {after}（{about}，{day}）", kind=_(KINDS[change.kind]), before=change.before,
        after=change.after, about=change.about, day=day_text(change.changed_at),
    )  # fmt: skip


def _show(one: Replacement) -> None:
    address = f"{plan_address(one.plan)}&part=text&clause={one.clause}"
    with st.container(border=True):
        words, left, right = st.columns([5, 1, 1.4], vertical_alignment="center")
        with words:
            place = link(one.citation or _("所在条款"), address)
            show(tag("div", join([tag("b", offer_words(one)), " ", place])))
            show(_words(one))
        key = f"{one.change.id}-{one.clause}"
        if left.button(_("采纳"), key=f"take-{key}", type="primary"):
            _answer(_("已写入初稿。"), partial(_accept, one))
        with right.popover(_("不采纳")):
            reason = st.text_input(_("理由"), key=f"why-{key}")
            if st.button(_("确定"), key=f"leave-{key}"):
                _answer(_("已记录，不再提示。"), partial(_decline, one, reason))


def _words(one: Replacement) -> Html:
    """The words around, with what goes and what comes; the rest of the line stays unmarked."""
    return clause_diff((OPS[token.op], token.text) for token in token_difference(one.before, one.after))


def _accept(one: Replacement, asked: Work) -> None:
    replacements.accept(asked, one.change.id, one.plan, one.clause)


def _decline(one: Replacement, reason: str, asked: Work) -> None:
    replacements.decline(asked, one.change.id, one.plan, one.clause, reason=reason)


def _answer(said: str, do: Callable[[Work], object]) -> None:
    with answered():
        guard(Action.EDIT_PLAN)
        with work() as asked:
            do(asked)
        leave_notice(said)
