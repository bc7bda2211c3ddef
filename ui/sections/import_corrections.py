"""更正: what was read is set right before it is kept, many clauses in a table or one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from plans_repo.text.clause import Clause, ClauseKind, SemanticType
from plans_repo.text.reading.corrections import LAST_LEVEL, WORDED, Correction, CorrectionKind
from ui.components.import_record import CORRECTIONS
from ui.components.plan_names import SEMANTICS
from ui.components.refusal import answered
from ui.sections.import_state import Pending, correct, undo
from ui.wording import _, later, n_

KINDS = {
    ClauseKind.HEADING: later("标题"),
    ClauseKind.ARTICLE: later("条文"),
    ClauseKind.BODY: later("正文"),
    ClauseKind.FRONT: later("前置部分"),
}
STAY = ""
TREATMENTS = {
    STAY: later("保留"),
    CorrectionKind.BODY: later("改为正文"),
    CorrectionKind.MERGE: later("并入上一条"),
    CorrectionKind.FRONT: later("列入前置部分"),
}
SINGLE = {kind: words for kind, words in CORRECTIONS.items() if kind is not CorrectionKind.SEMANTIC}
"""What can be done to one clause; what it is about is changed in the table."""
SHOWN_CHARS = 60
INDENT = "\u2003"


def show_corrections(found: Pending) -> None:
    """The table of clauses, the form for one clause, and the way back."""
    st.caption(_("可在表中改层级、内容类型和处理方式，或缩短标题；点“更正”后生效。更正不增删任何文字。"))
    clauses = [clause for clause in found.reading.clauses if clause.kind in WORDED]
    rows = rows_of(clauses)
    written = st.data_editor(
        rows, key=f"import-outline-{found.revision}", hide_index=True, width="stretch", height=420,
        column_order=["level", "kind", "number", "title", "text", "treatment", "semantic"],
        column_config=_columns(),
    )  # fmt: skip
    left, middle, _right = st.columns([1, 1, 4])
    if left.button(_("更正"), key="import-correct", type="primary"):
        with answered():
            correct(found, corrections_of(clauses, rows, written))
            st.rerun()
    if middle.button(_("撤销上一次"), key="import-undo", disabled=len(found.readings) < 2):
        undo(found)
        st.rerun()
    if len(found.readings) > 1:
        st.caption(n_("已更正 {count} 次，文字一字未少。", len(found.readings) - 1))
    _show_single(found, clauses)


def rows_of(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """A row for each clause, in words a person edits."""
    return [
        {
            "level": clause.level,
            "kind": _(KINDS[clause.kind]),
            "number": clause.number,
            "title": clause.plain_title,
            "text": clause.text.replace("\n", " ")[:SHOWN_CHARS],
            "treatment": _(TREATMENTS[STAY]),
            "semantic": _(SEMANTICS[clause.semantic]),
        }
        for clause in clauses
    ]


def corrections_of(
    clauses: Sequence[Clause], before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Correction]:
    """What was changed in the table; what merges clauses comes last, from the end on."""
    semantics = {_(words): kind for kind, words in SEMANTICS.items()}
    treatments = {_(words): kind for kind, words in TREATMENTS.items()}
    own: list[Correction] = []
    merging: list[Correction] = []
    for clause, old, new in zip(clauses, before, after, strict=True):
        if new["level"] != old["level"] and new["level"] is not None:
            own.append(Correction(clause=clause.id, kind=CorrectionKind.LEVEL, value=str(new["level"])))
        if (new["title"] or "") != old["title"]:
            own.append(Correction(clause=clause.id, kind=CorrectionKind.TITLE, value=new["title"] or ""))
        if new["semantic"] != old["semantic"]:
            kind = semantics.get(new["semantic"] or "", SemanticType.UNKNOWN)
            own.append(Correction(clause=clause.id, kind=CorrectionKind.SEMANTIC, value=kind))
        treatment = treatments.get(new["treatment"] or "", STAY)
        if treatment:
            merging.insert(0, Correction(clause=clause.id, kind=CorrectionKind(treatment)))
    return [*own, *merging]


def _columns() -> dict[str, Any]:
    columns = st.column_config
    return {
        "level": columns.NumberColumn(_("层级"), min_value=1, max_value=LAST_LEVEL, step=1, width=56),
        "kind": columns.TextColumn(_("种类"), disabled=True, width=72),
        "number": columns.TextColumn(_("编号"), disabled=True, width=88),
        "title": columns.TextColumn(_("标题"), width=170, help=_("只可缩短或延长到同一行的文字")),
        "text": columns.TextColumn(_("文字"), disabled=True, width=210),
        "treatment": columns.SelectboxColumn(
            _("处理"), options=[_(one) for one in TREATMENTS.values()], required=True, width=104
        ),
        "semantic": columns.SelectboxColumn(
            _("内容类型"), options=[_(one) for one in SEMANTICS.values()], required=True, width=112
        ),
    }


def _show_single(found: Pending, clauses: Sequence[Clause]) -> None:
    """One clause at a time: also what a table cannot do, making a heading out of a line of text."""
    if not clauses:
        return
    with st.expander(_("更正一条"), key="import-single"):
        left, right = st.columns([2, 1])
        chosen = left.selectbox(
            _("条款"),
            range(len(clauses)),
            format_func=lambda at: _label(clauses[at]),
            key=f"import-one-{found.revision}",
        )
        kind = right.selectbox(_("更正"), list(SINGLE), format_func=lambda one: _(SINGLE[one]), key="import-kind-of")
        clause = clauses[chosen]
        value = _value(found, clause, kind)
        if st.button(_("更正这一条"), key="import-correct-one"):
            with answered():
                correct(found, [Correction(clause=clause.id, kind=kind, value=value)])
                st.rerun()


def _value(found: Pending, clause: Clause, kind: CorrectionKind) -> str:
    """What the correction needs to know beside the clause."""
    key = f"import-value-{kind.value}-{found.revision}-{clause.id}"
    if kind is CorrectionKind.HEADING:
        lines = clause.text.split("\n") if clause.text else []
        line = st.selectbox(_("哪一行"), range(len(lines)), format_func=lambda at: lines[at][:SHOWN_CHARS], key=key)
        return "" if line is None else str(line)
    if kind is CorrectionKind.TITLE:
        return str(st.text_input(_("标题止于"), value=clause.plain_title, key=key))
    if kind is CorrectionKind.LEVEL:
        return str(st.number_input(_("层级"), 1, LAST_LEVEL, value=min(clause.level, LAST_LEVEL), key=key))
    return ""


def _label(clause: Clause) -> str:
    words = clause.heading or clause.text.replace("\n", " ")[:SHOWN_CHARS]
    return f"{INDENT * (clause.level - 1)}{words}"
