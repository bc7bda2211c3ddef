"""正文: outline, text and a rail side by side; every clause shows what the procedure binds to it.

The rail has all that hangs on the clause in question. Where there is no room for it, it stands below that clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from plans_repo import comments, force, importing, suggestions, threads
from plans_repo.importing import OpenedPlan
from plans_repo.linkage import references
from plans_repo.threads import Tried
from sim.procedure import Procedure
from ui import downloads
from ui.components.clause_thread import tried_badge
from ui.components.comment_thread import threads_by_clause
from ui.components.html import link, show, tag
from ui.components.plan_names import told
from ui.components.plan_text import Bound, outline_nav, plan_body
from ui.components.promises import promise, target_title
from ui.components.reference_list import linked_words
from ui.components.suggestion_words import suggestions_by_clause
from ui.components.version_history import short_hash
from ui.identity import reading
from ui.sections.clause_rail import clause_rail, plan_rail
from ui.sections.opened import OpenedVersion, plan_address
from ui.sections.plan_comments import show_comments
from ui.sections.plan_import import show_record
from ui.sections.plan_references import show_references
from ui.wording import _, figure_text, n_


def show_reading(opened: OpenedVersion, wanted: str) -> None:
    """The text of the version; *wanted* is the id of a clause to show first."""
    with reading() as work:
        text = importing.show(work, opened.plan.id, opened.version.id)
        found = comments.comments(work, opened.plan.id, opened.version.id)
        pointing = references.references(work, opened.plan.id, opened.version.id)
        changed = force.changed_clauses(work, opened.plan.id)
        suggested = suggestions.open_on(work, opened.plan.id, opened.version.id)
        tried = threads.trials(work, opened.plan.id, opened.version.id, text.procedure)
    bound = bound_to_clauses(text.procedure, opened.address, tried)
    for clause in changed:
        href = plan_address(opened.plan.id, opened.version.id, part="history", clause=clause)
        bound.setdefault(clause, []).append(Bound(word=_("沿革"), label=_("历次文本"), href=href))
    _show_account(opened, text)
    show_record(text)
    chosen = next((clause for clause in text.clauses if clause.id == wanted), None)
    show_comments(opened, text.clauses, found, wanted)
    show_references(opened, pointing)
    rail = clause_rail(opened, chosen, text) if chosen else plan_rail(opened, text, tried)
    left, middle, right = st.columns([5, 16, 8], gap="medium")
    with left:
        st.subheader(_("目录"))
        show(outline_nav(text.clauses))
    with right:
        show(tag("aside", rail, cls="yy-rail", aria_label=_("本条线索")))
    with middle:
        linked = linked_words(pointing, opened.plan.id)
        beside = suggestions_by_clause(suggested, plan_address(opened.plan.id, part="editing"))
        for clause, threads_there in threads_by_clause(one for one in found if one.is_open).items():
            beside.setdefault(clause, []).extend(threads_there)
        if chosen:
            beside.setdefault(chosen.id, []).insert(0, tag("aside", rail, cls="yy-rail-below"))
        show(plan_body(text.clauses, bound, beside, linked, opened.address, wanted))


def bound_to_clauses(
    procedure: Procedure | None, address: str, tried: Mapping[str, Sequence[Tried]]
) -> dict[str, list[Bound]]:
    """What of a procedure hangs on which clause: its targets with how they fared, then its tasks."""
    found: dict[str, list[Bound]] = {}
    if procedure is None:
        return found
    href = f"{address}&part=procedure"
    for target in procedure.targets:
        label = _("{title}：{promise}", title=target_title(target), promise=promise(target, procedure))
        tone = "warn" if target.proposed else "good"
        found.setdefault(target.clause, []).append(
            Bound(word=_("目标"), label=label, href=href, tone=tone, beside=tried_badge(tried.get(target.id, ())))
        )
    for task in procedure.tasks:
        label = told(task.title, task.title_en)
        found.setdefault(task.clause, []).append(Bound(word=_("任务"), label=label, href=href))
    return found


def _show_account(opened: OpenedVersion, text: OpenedPlan) -> None:
    """What was kept of the source, and the way to a Word file."""
    kept = n_(
        "正文 {count} 条，原文可见字符 {chars_in} 个，保留 {chars_kept} 个",
        len(text.outline),
        chars_in=figure_text(text.chars_in),
        chars_kept=figure_text(text.chars_kept),
    )
    word = link(
        _("导出版式文稿（Word）"), downloads.address("plan-document", opened.plan.id, version=opened.version.id)
    )
    show(tag("div", kept, " · ", _("校验码 "), short_hash(text.root_hash), " · ", word, cls="yy-account"))
