"""数值台账: the figures of a version by kind, and where related plans say something else."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from plans_repo import ledger
from plans_repo.text.quantity import QuantityKind
from ui.components.counters import show_empty
from ui.components.html import show
from ui.components.ledger_words import KINDS, contradiction_table, ledger_table
from ui.identity import reading
from ui.sections.opened import OpenedVersion
from ui.wording import _, n_

FIRST_KINDS = (QuantityKind.LIMIT, QuantityKind.THRESHOLD, QuantityKind.PHONE)
"""What is shown before somebody chooses."""


def show_ledger(opened: OpenedVersion) -> None:
    """The ledger of the version shown, and the contradictions of the newest one."""
    with reading() as asked:
        book = ledger.ledger(asked, opened.plan.id, opened.version.id)
        found = ledger.contradictions(asked, opened.plan.id)
    st.caption(_("从正文逐句读出的时限、阈值、级别、职务、电话和数量，均附原文。未写明的不补，读错的以正文为准。"))
    st.subheader(n_("与相关预案不一致（{count}）", len(found)))
    if found:
        show(contradiction_table(found))
    else:
        st.caption(_("与已建立关系的预案之间没有发现不一致。"))
    counts = Counter(one.kind for one in book.entries)
    st.subheader(n_("台账（{count}）", len(book.entries)))
    if not book.entries:
        show_empty(_("正文中没有读出数量"), _("导入或编修正文后再看。"))
        return
    present = [kind for kind in QuantityKind if counts[kind]]
    chosen = st.pills(
        _("类别"), present, selection_mode="multi", key="ledger-kinds",
        default=[kind for kind in FIRST_KINDS if kind in present] or present[:1],
        format_func=lambda kind: f"{_(KINDS[kind])} {counts[kind]}",
    )  # fmt: skip
    shown = [one for one in book.entries if one.kind in chosen]
    if shown:
        show(ledger_table(shown, book.cited, f"{opened.address}&part=text"))
    else:
        st.caption(_("请选择要看的类别。"))
