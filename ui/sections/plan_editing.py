"""编修: one clause of the draft at a time; nobody is locked out, nobody is overwritten, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st

from plans_repo import drafts, people, plans
from plans_repo.drafts import Draft, DraftClause, PendingConflict
from plans_repo.proposals import procedure_for, unbound_limits
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.difference import Change, ClauseChange, changes
from plans_repo.text.finding.limits import FoundLimit
from plans_repo.text.live_checks import Remark, slips
from ui.components.counters import show_empty
from ui.components.html import join, show
from ui.components.notice import show_notice
from ui.components.plan_names import REVISION_TRIGGERS, TRIGGERS, clause_label
from ui.components.refusal import answered
from ui.components.version_diff import clause_change
from ui.identity import guard, reading, work
from ui.sections.draft_conflict import show_conflict
from ui.sections.draft_form import forget_seen, show_form, show_last_word, show_stored
from ui.sections.draft_notices import show_overtaken, show_presence, show_slips, show_slips_here, show_waiting
from ui.sections.draft_outline import show_outline
from ui.sections.draft_shape import CHOSEN, NEXT, show_numbering, show_shape
from ui.sections.opened import OpenedVersion
from ui.sections.plan_comments import show_draft_comments
from ui.sections.plan_references import show_draft_references
from ui.sections.plan_reread import show_reread_form
from ui.sections.plan_return import show_return_form
from ui.sections.plan_suggestions import has_suggestions, show_suggestions
from ui.wording import _, n_
from ui.wording.stages import draft_word

UNSHOWN = (ClauseKind.HEADER, ClauseKind.FOOTER, ClauseKind.PICTURE)
PRESENT = "yy_present_at"
"""Key of session state: the clause this person was last said to be at, and when."""
RENEWAL = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """What the page shows of a draft."""

    draft: Draft
    base: Sequence[Clause]
    waiting: Sequence[PendingConflict]
    slips: Sequence[Remark]
    untied: Sequence[FoundLimit]
    names: Mapping[str, str]
    now: datetime

    @property
    def clauses(self) -> list[Clause]:
        return [entry.clause for entry in self.draft.clauses]

    @property
    def changes(self) -> list[ClauseChange]:
        return [change for change in changes(self.base, self.clauses) if change.change is not Change.UNCHANGED]


def show_editing(opened: OpenedVersion, actor: Actor, wanted: str = "") -> None:
    """The draft of the plan, begun when somebody asks for it; the clause *wanted* by the address is open first."""
    if not actor.may(Action.EDIT_PLAN):
        show_empty(_("没有可以编修的内容"), _("只有编制人可以编修正文。"))
        return
    show_notice()
    if has_suggestions(opened.plan.id):
        show_suggestions(opened.plan.id)
    desk = _desk(opened)
    if desk is None:
        _show_beginning(opened)
        show_return_form(opened)
        show_reread_form(opened)
        return
    cited = citations(desk.clauses)
    st.caption(
        n_("{draft}中已改动 {count} 条。改动随时保存，形成版本前不影响任何人看到的正文。", len(desk.changes),
           draft=draft_word(desk.draft.stage))
    )  # fmt: skip
    labels = {clause.id: clause_label(clause, cited) for clause in desk.clauses}
    show_presence(opened, labels)
    show_overtaken(opened, desk.draft)
    if wanted in labels and CHOSEN not in st.session_state:
        st.session_state[CHOSEN] = wanted
    _show_clause(opened, desk, labels, cited)
    show_slips(desk.slips, {clause.id: clause for clause in desk.clauses}, cited)
    with st.expander(_("整理序号"), key="numbering-open"):
        show_numbering(opened)
    show_draft_references(opened, desk.draft)
    if desk.changes:
        with st.expander(_("查看已改动的条款"), key="changed-open"):
            show(join(clause_change(change, cited) for change in desk.changes))
    show_draft_comments(opened, desk.clauses)
    show_return_form(opened)
    show_reread_form(opened)
    _show_ending(opened)


def _desk(opened: OpenedVersion) -> _Desk | None:
    with reading() as asked:
        draft = drafts.draft(asked, opened.plan.id)
        if draft is None:
            return None
        waiting = drafts.pending_conflicts(asked, opened.plan.id)
        accounts = {entry.saved_by for entry in draft.clauses}
        accounts |= {account for one in waiting for account in (one.account, one.present_by)}
        clauses = [entry.clause for entry in draft.clauses]
        procedure = plans.procedure_of(asked, opened.plan.id)
        return _Desk(
            draft=draft,
            base=plans.text_of(asked, opened.plan.id, draft.base),
            waiting=waiting,
            slips=slips(clauses, procedure),
            untied=unbound_limits(procedure, clauses) if procedure else (),
            names=people.display_names(asked, accounts),
            now=asked.now,
        )


def _show_beginning(opened: OpenedVersion) -> None:
    show_empty(_("目前没有初稿"), _("开始编修后，从最新版本复制出一份初稿，逐条修改，改完再形成新版本。"))
    if st.button(_("开始编修"), key="begin-draft", type="primary"):
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                drafts.open_draft(asked, opened.plan.id)
            st.rerun()


def _show_clause(opened: OpenedVersion, desk: _Desk, labels: Mapping[str, str], cited: Mapping[str, str]) -> None:
    entries = {entry.clause.id: entry for entry in desk.draft.clauses if entry.clause.kind not in UNSHOWN}
    gone = {one.clause: one for one in desk.waiting if one.clause not in entries}
    options = [*entries, *gone]
    wanted = st.session_state.pop(NEXT, None)
    if wanted in options:
        st.session_state[CHOSEN] = wanted
    elif st.session_state.get(CHOSEN) not in (None, *options):
        st.warning(_("您打开的条款已被移出初稿。"))
        del st.session_state[CHOSEN]
    chosen = st.selectbox(
        _("条款"), options, key=CHOSEN,
        format_func=lambda name: labels.get(name) or _label_of(gone[name], cited),
    )  # fmt: skip
    if st.query_params.get("clause", options[0]) != chosen:
        st.query_params["clause"] = chosen  # the page is loaded anew at the clause one was writing
    show_waiting(desk.waiting, chosen, lambda one: labels.get(one.clause) or _label_of(one, cited))
    show_last_word()
    _be_present(opened, chosen, desk.now)
    show_stored(entries[chosen].clause if chosen in entries else None, chosen)
    waiting = next((one for one in desk.waiting if one.clause == chosen), None)
    left, right = st.columns([1, 3], gap="medium")
    with left:
        changed, clashing = {one.clause for one in desk.changes}, {one.clause for one in desk.waiting}
        show_outline((entry.clause for entry in entries.values()), labels, chosen, changed, clashing)
    with right:
        if waiting is not None:
            show_conflict(opened, waiting, desk.names)
        else:
            _show_entry(opened, desk, entries[chosen], cited)


def _show_entry(opened: OpenedVersion, desk: _Desk, entry: DraftClause, cited: Mapping[str, str]) -> None:
    show_form(opened, entry, desk.names)
    show_slips_here(desk.slips, entry.clause.id, desk.untied, f"{opened.plan_address}&part=procedure#targets")
    with st.expander(_("位置、层级与增删"), key="shape-open"):
        show_shape(opened, desk.draft, entry, cited)


def _label_of(waiting: PendingConflict, cited: Mapping[str, str]) -> str:
    return _("（已删去）{clause}", clause=clause_label(waiting.merged, cited))


def _be_present(opened: OpenedVersion, clause: str, now: datetime) -> None:
    """Say where this person is, now and then: once at every clause and while work goes on there."""
    last, at = st.session_state.get(PRESENT, ("", None))
    if last == clause and at and now - at < RENEWAL:
        return
    with answered(), work() as asked:
        drafts.be_present(asked, opened.plan.id, clause)
    st.session_state[PRESENT] = (clause, now)


def _show_ending(opened: OpenedVersion) -> None:
    st.subheader(_("形成版本"))
    with st.form("make-version", border=False):
        trigger = st.selectbox(
            _("修订缘由"), list(REVISION_TRIGGERS), format_func=lambda one: _(TRIGGERS[one]), key="version-trigger"
        )
        reason = st.text_input(_("修订说明"), key="version-reason", placeholder=_("改了什么、为什么改，必填"))
        is_making = st.form_submit_button(_("形成新版本"), type="primary", key="make-version-now")
    if is_making:
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                made = drafts.make_version(
                    asked, opened.plan.id, reason=reason, trigger=trigger, propose=procedure_for
                ).id
            forget_seen()
            st.query_params["v"] = made
            st.rerun()
    if st.button(_("放弃初稿"), key="discard-draft"):
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                drafts.discard_draft(asked, opened.plan.id)
            forget_seen()
            st.rerun()
