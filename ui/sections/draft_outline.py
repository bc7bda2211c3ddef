"""The outline of a draft beside the clause that is open: every heading, what was changed, what waits to be settled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import streamlit as st

from plans_repo.text.clause import Clause, ClauseKind
from ui.sections.draft_shape import CHOSEN
from ui.wording import _

OUTLINE = "draft-outline"
"""Key of the outline."""
IN_OUTLINE = frozenset({ClauseKind.HEADING, ClauseKind.ARTICLE})
INDENT = "\u2003"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!$:<>~|-])")


def show_outline(
    clauses: Iterable[Clause],
    labels: Mapping[str, str],
    chosen: str,
    changed: Collection[str],
    clashing: Collection[str],
) -> None:
    """The headings and articles in order; choosing one opens it, what is typed is saved first."""
    listed = {clause.id: clause for clause in clauses if clause.kind in IN_OUTLINE}
    st.session_state[OUTLINE] = chosen if chosen in listed else None
    with st.container(height=560, key="draft-outline-box"):
        st.radio(
            _("目录"),
            list(listed),
            format_func=lambda name: line(listed[name], labels[name], name in changed, name in clashing),
            key=OUTLINE,
            on_change=_open,
        )


def line(clause: Clause, label: str, is_changed: bool, is_clashing: bool) -> str:
    """A line of the outline: set in by its level, with what there is to know of it.

    >>> line(Clause(id="c", kind=ClauseKind.HEADING, level=2), "1.1 编制目的", True, False)
    '\\u20031\\\\.1 编制目的（已改）'
    """
    note = _("（待定夺）") if is_clashing else _("（已改）") if is_changed else ""
    return INDENT * max(0, clause.level - 1) + _MARKDOWN.sub(r"\\\1", label) + note


def _open() -> None:
    chosen = st.session_state[OUTLINE]
    if chosen:
        st.session_state[CHOSEN] = chosen
