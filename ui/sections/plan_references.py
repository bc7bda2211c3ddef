"""References of a plan: what needs a look above its text, and the old numbers of a draft set right by an edit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from plans_repo import drafts
from plans_repo.drafts import Draft
from plans_repo.linkage import references
from plans_repo.linkage.references import Reference
from plans_repo.store.roles import Action
from ui.components.html import show
from ui.components.reference_list import reference_table, to_look_at
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import n_


def show_references(opened: OpenedVersion, found: Sequence[Reference]) -> None:
    """All references of a version, folded away; what needs a look is said at once."""
    if not found:
        return
    doubtful = to_look_at(found)
    if doubtful:
        st.warning(n_("引用 {count} 处需要核对", len(doubtful)))
        show(reference_table(doubtful, opened.plan.id, opened.address))
    with st.expander(n_("全部引用 {count} 处", len(found)), key="references-open"):
        show(reference_table(found, opened.plan.id, opened.address))


def show_draft_references(opened: OpenedVersion, draft: Draft) -> None:
    """What the references of a draft have come to; old numbers are set right by an edit the comparison shows."""
    clauses = [entry.clause for entry in draft.clauses]
    with reading() as asked:
        found = references.references_in(asked, opened.plan.id, clauses)
    doubtful = to_look_at(found)
    if not doubtful:
        return
    st.warning(n_("初稿中引用 {count} 处需要核对", len(doubtful)))
    show(reference_table(doubtful, opened.plan.id, opened.address))
    outdated = sum(bool(one.number) and one.outcome is references.Outcome.RENUMBERED for one in doubtful)
    if outdated and st.button(n_("把 {count} 处旧编号改为现编号", outdated), key="relabel"):
        with answered():
            guard(Action.EDIT_PLAN)
            _relabel(opened.plan.id)
            st.rerun()


def _relabel(plan_id: str) -> None:
    """Save the clauses with the present numbers, each at the revision just read."""
    with work() as asked:
        draft = drafts.draft(asked, plan_id)
        entries = {entry.clause.id: entry for entry in draft.clauses} if draft else {}
        for clause in references.rewritten(asked, plan_id, [entry.clause for entry in entries.values()]):
            drafts.save_clause(asked, plan_id, clause, revision=entries[clause.id].revision)
