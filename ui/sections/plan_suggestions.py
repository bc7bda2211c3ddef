"""修改建议: tracked changes that came in with a file, accepted into the draft or declined, one by one or all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from plans_repo import plans, suggestions
from plans_repo.store.roles import Action
from plans_repo.suggestions import Decision, TakenSuggestion
from plans_repo.text.citation import citations
from ui import downloads
from ui.components.html import Html, join, link, show, tag
from ui.components.refusal import answered
from ui.components.suggestion_words import DECISIONS, KINDS
from ui.identity import guard, reading, work
from ui.sections.import_preview import changed_words
from ui.wording import _, n_

SHOWN = 20
GAP = "\u2003"
SAID = "yy_suggestions_said"
"""Key of session state: ids of suggestions that met other words in the last decision."""


def has_suggestions(plan: str) -> bool:
    """Whether suggestions came in with a file and some are open."""
    with reading() as asked:
        return any(one.decision is Decision.OPEN for one in suggestions.suggestions(asked, plan))


def show_suggestions(plan: str) -> None:
    """The open suggestions, each with its two buttons; what was decided is counted."""
    with reading() as asked:
        found = suggestions.suggestions(asked, plan)
        cited = citations(plans.text_of(asked, plan))
    waiting = [one for one in found if one.decision is Decision.OPEN]
    with st.container(border=True, key="suggestions"):
        st.subheader(_("修改建议"))
        told = [n_("未定 {count} 条", len(waiting))]
        told += [
            f"{_(DECISIONS[each])} {sum(one.decision is each for one in found)}"
            for each in (Decision.ACCEPTED, Decision.DECLINED)
        ]
        st.caption(_("，").join(told))
        _show_conflicts()
        if waiting:
            word = downloads.address("plan-document", plan, suggestions="1")
            show(tag("p", link(_("导出带修改建议的文稿（Word 修订痕迹）"), word)))
            _show_all(plan, waiting)
        for one in waiting[:SHOWN]:
            _show_one(plan, one, cited)
        if len(waiting) > SHOWN:
            st.caption(n_("先决定以上各条，其余 {count} 条随后列出。", len(waiting) - SHOWN))


def _show_all(plan: str, waiting: Sequence[TakenSuggestion]) -> None:
    ids = [one.suggestion.id for one in waiting]
    left, right, _rest = st.columns([1, 1, 3])
    if left.button(_("全部采纳"), key="suggestions-accept-all"):
        _decide(plan, ids, Decision.ACCEPTED)
    if right.button(_("全部不采纳"), key="suggestions-decline-all"):
        _decide(plan, ids, Decision.DECLINED)


def _show_one(plan: str, one: TakenSuggestion, cited: Mapping[str, str]) -> None:
    told = one.suggestion
    words, accept, decline = st.columns([8, 1, 1], vertical_alignment="center")
    with words:
        show(_line(one, cited))
    if accept.button(_("采纳"), key=f"suggestion-accept-{told.id}"):
        _decide(plan, [told.id], Decision.ACCEPTED)
    if decline.button(_("不采纳"), key=f"suggestion-decline-{told.id}"):
        _decide(plan, [told.id], Decision.DECLINED)


def _line(one: TakenSuggestion, cited: Mapping[str, str]) -> Html:
    told = one.suggestion
    who = join([part for part in (told.author, told.at[:16].replace("T", " ")) if part], GAP)
    head = join([cited.get(told.clause, _("位置待定")), _(KINDS[told.kind])], GAP)
    parts = [tag("b", head), GAP, changed_words(told.before, told.after), tag("div", who, cls="yy-dim")]
    if told.near:
        parts.append(tag("div", _("所在文字：{words}", words=told.near), cls="yy-dim"))
    return tag("div", *parts)


def _decide(plan: str, ids: Collection[str], decision: Decision) -> None:
    guard(Action.EDIT_PLAN)
    with answered():
        with work() as asked:
            done = suggestions.decide(asked, plan, ids, decision)
        st.session_state[SAID] = done.in_conflict
        st.rerun()


def _show_conflicts() -> None:
    said = st.session_state.pop(SAID, ())
    if said:
        st.warning(
            n_("有 {count} 条建议所在的文字已有别的改动，没有写入初稿，仍为未定；请在编修中改写后再决定。", len(said))
        )
