"""A clause that is a list, written as a grid: duties, teams, supplies, contacts, conditions of levels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from plans_repo.text.clause import Clause
from plans_repo.text.list_reading import listed_in, rewritten
from plans_repo.text.listed import OPTIONAL, Column, Listed
from sim.errors import CodedError
from ui.components.list_grid import KINDS, LABEL, columns_of, grid_of, rows_of
from ui.wording import _, sentence

WAYS = ("list", "text")
LONG = 30
"""A column of more signs than this needs two lines."""
TALL_PX = 60
SHOWN_WHOLE = 25
"""So many rows are shown without a scroll bar of their own."""


def writes_as_list(clause: Clause) -> bool:
    """Whether the clause is a list and the author fills it in as one; asked above the field where it is a list."""
    listed = listed_in(clause)
    if listed is None:
        return False
    names = {"list": _("按{kind}清单填写", kind=_(KINDS[listed.kind])), "text": _("按文字书写")}
    chosen = st.segmented_control(
        _("填写方式"), WAYS, default=WAYS[0], required=True, format_func=names.__getitem__,
        key=f"way-{clause.id}", label_visibility="collapsed",
    )  # fmt: skip
    return chosen == WAYS[0]


def show_list(clause: Clause, key: str, save: Callable[[str], None]) -> None:
    """The grid of the clause's list; what is changed there is put back into its words and saved.

    *key* names the grid as it was filled; another one is needed where other words came in.
    """
    state = st.session_state.setdefault(f"{key}-start", listed_in(clause))
    if not isinstance(state, Listed):
        return
    written = st.data_editor(
        grid_of(state), key=key, hide_index=True, width="stretch",
        num_rows="fixed" if clause.line_numbers else "dynamic", column_config=_columns(state),
        row_height=TALL_PX if any(len(word) > LONG for row in state.rows for word in row.cells) else None,
        height="content" if len(state.rows) <= SHOWN_WHOLE else "auto",
    )  # fmt: skip
    try:
        text = rewritten(replace(clause, text=state.text), state, rows_of(state, written))
    except CodedError as error:
        st.error(_("{problem}表中改动尚未保存。", problem=sentence(error)))
        return
    st.caption(_("清单写回本条正文，表外的文字不变；增删行后序号自动重排。"))
    if text != clause.text:
        save(text)


def _columns(listed: Listed) -> dict[str, Any]:
    """How each column is written: a label is chosen, a duty or condition has room."""
    names = columns_of(listed)
    found: dict[str, Any] = {
        code: st.column_config.TextColumn(
            name, required=Column(code) not in OPTIONAL, width=_WIDTHS.get(Column(code), "medium")
        )
        for code, name in names.items()
        if code != LABEL
    }
    if LABEL in names:
        found[LABEL] = st.column_config.SelectboxColumn(
            names[LABEL], options=list(listed.labels), required=True, width="small"
        )
    return found


_WIDTHS: dict[Column, Literal["small", "large"]] = {
    Column.DUTY: "large",
    Column.CONDITION: "large",
    Column.AMOUNT: "small",
    Column.MEASURE: "small",
    Column.CALLED: "small",
}
