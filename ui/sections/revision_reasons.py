"""修订对照表: the lines of the table with their reasons, to be read and put right before it is exported."""

from __future__ import annotations

import streamlit as st

from plans_repo import clerk_tables, editions
from plans_repo.clerk_tables import RevisionLine
from plans_repo.plans import VersionSummary
from plans_repo.store.roles import Action
from ui import downloads
from ui.components.html import link, show, tag
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, n_

ROW_PX = 84
"""Three lines of text in a row of the table."""


def show_revision_table(opened: OpenedVersion, before: VersionSummary, after: VersionSummary) -> None:
    """The table of revisions between two versions, its reasons and grounds to be changed by who writes the plan."""
    with reading() as asked:
        lines = clerk_tables.revision_lines(asked, opened.plan.id, before.id, after.id)
        may_write = editions.is_written_by(asked, opened.plan.id)
    if not lines:
        return
    with st.expander(n_("修订对照表（{count} 行）", len(lines)), key="revision-table-open"):
        address = downloads.address("revision-table", opened.plan.id, version=after.id, against=before.id)
        show(tag("div", link(_("导出修订对照表（Word）"), address), cls="yy-account"))
        edited = st.data_editor(
            [_shown(line) for line in lines],
            key=f"revision-table-{before.id}-{after.id}",
            hide_index=True,
            row_height=ROW_PX,
            disabled=["cited", "before", "after"] if may_write else True,
            column_config={
                "cited": st.column_config.TextColumn(_("条款"), width=70),
                "before": st.column_config.TextColumn(_("修订前"), width=180),
                "after": st.column_config.TextColumn(_("修订后"), width=180),
                "reason": st.column_config.TextColumn(_("修订理由"), width=190),
                "basis": st.column_config.TextColumn(_("修订依据"), width=150),
            },
        )
        if may_write and st.button(_("保存理由和依据"), key="save-revision-table"):
            _save(opened, before, after, lines, edited)


def _shown(line: RevisionLine) -> dict[str, str]:
    return {name: getattr(line, name) for name in ("cited", "before", "after", "reason", "basis")}


def _save(
    opened: OpenedVersion,
    before: VersionSummary,
    after: VersionSummary,
    lines: tuple[RevisionLine, ...],
    edited: list[dict[str, str]],
) -> None:
    changed = [
        (line, row)
        for line, row in zip(lines, edited, strict=True)
        if (row["reason"] or "", row["basis"] or "") != (line.reason, line.basis)
    ]
    with answered():
        guard(Action.EDIT_PLAN)
        with work() as asked:
            for line, row in changed:
                clerk_tables.note(
                    asked,
                    opened.plan.id,
                    before.id,
                    after.id,
                    line.clause,
                    reason=row["reason"] or "",
                    basis=row["basis"] or "",
                )
        st.toast(_("已保存。"))
        st.rerun()
