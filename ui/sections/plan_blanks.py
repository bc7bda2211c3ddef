"""What a text still leaves open on its way: clause by clause with links, and what that means for the next move."""

from __future__ import annotations

import streamlit as st

from plans_repo.course.open_blanks import WITH_A_REASON, OpenBlank
from plans_repo.course.stages import Move
from ui.components.html import link, show, tag
from ui.sections.opened import OpenedVersion, plan_address
from ui.wording import _, n_

MOST_SHOWN = 12
"""Clauses shown at once; the others are opened."""


def show_blanks(opened: OpenedVersion, left: tuple[OpenBlank, ...]) -> None:
    """The clauses with blanks, each a link into the text; nothing where the text is complete."""
    if not left:
        return
    st.warning(
        n_(
            "正文还有 {count} 处待填。待填项未补齐前不得送审、签署和印发；征求意见须在办理时说明理由，并记入流转记录。",
            len(left),
        )
    )
    lines = _lines(opened, left)
    show(tag("ul", *lines[:MOST_SHOWN]))
    if len(lines) > MOST_SHOWN:
        with st.expander(n_("其余 {count} 条", len(lines) - MOST_SHOWN), key="blanks-open"):
            show(tag("ul", *lines[MOST_SHOWN:]))


def reason_label(move: Move, left: tuple[OpenBlank, ...], otherwise: str) -> str:
    """How the reason of a move is asked for: one that carries blanks needs it."""
    return _("带待填项发出的理由（必填）") if left and move in WITH_A_REASON else otherwise


def _lines(opened: OpenedVersion, left: tuple[OpenBlank, ...]) -> list[str]:
    by_clause: dict[str, list[OpenBlank]] = {}
    for one in left:
        by_clause.setdefault(one.clause, []).append(one)
    return [
        tag(
            "li",
            link(some[0].citation or _("正文"), plan_address(opened.plan.id, opened.version.id, clause=clause)),
            _("：{labels}", labels=_("、").join(dict.fromkeys(one.label for one in some))),
        )
        for clause, some in by_clause.items()
    ]
