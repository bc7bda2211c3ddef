"""``yuyan plan draft``: what the draft changes against its base; making it the next version, or throwing it away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plans_repo import drafts, plans
from plans_repo.drafting.words import terms
from plans_repo.drafts import Draft
from plans_repo.plans import VersionSummary
from plans_repo.proposals import procedure_for
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from plans_repo.text.difference import Change, ClauseChange, changes
from ui.command_line.answer import Answer
from ui.command_line.changed_lines import changed_lines
from ui.command_line.context import Context
from ui.components.plan_names import version_name
from ui.wording import _, n_


def draft(context: Context) -> Answer:
    """What the draft of a plan changes; with a reason it becomes the next version."""
    asked = context.arguments
    if asked.commit:
        return _commit(context, asked)
    if asked.discard:
        with context.work() as work:
            drafts.discard_draft(work, asked.plan)
        return Answer(fields={"plan": asked.plan, "draft": None}, lines=[_("初稿已放弃，已形成的版本不变")])
    with context.reading() as work:
        found = drafts.draft(work, asked.plan)
        changed = _changes(work, found) if found else ()
        waiting = drafts.pending_conflicts(work, asked.plan)
    fields = {
        "plan": asked.plan,
        "draft": found.id if found else None,
        "changes": [{"clause": one.clause, "change": one.change} for one in changed],
        "conflicts": [one.clause for one in waiting],
    }
    return Answer(fields=fields, lines=list(_lines(found, changed, {one.clause for one in waiting})))


def draft_line(count: int) -> str:
    """What is said of a draft with so many changed clauses, and by which command it becomes a version."""
    return n_("初稿有 {count} 处改动尚未形成版本；形成版本：yuyan plan draft PLAN --commit 修订说明", count)


def changed_in_draft(work: Work, plan: str) -> int:
    """How many clauses the draft of a plan changes; 0 without one, and for who does not write the plan."""
    if plan not in drafts.begun(work):
        return 0
    found = drafts.draft(work, plan)
    return len(_changes(work, found)) if found else 0


def _commit(context: Context, asked: Any) -> Answer:
    with context.work() as work:
        made = drafts.make_version(
            work, asked.plan, reason=asked.commit, trigger=Trigger(asked.trigger), propose=procedure_for
        )
        version: VersionSummary = plans.version_of(work, asked.plan, made.id)
    return Answer(
        fields={"plan": asked.plan, "version": version.id, "label": version.label, "root_hash": version.root_hash},
        lines=[_("已形成版本 {label}（正文校验码 {hash}）", label=version_name(version), hash=version.root_hash[:12])],
    )


def _changes(work: Work, found: Draft) -> tuple[ClauseChange, ...]:
    base = plans.text_of(work, found.plan, found.base)
    now = tuple(entry.clause for entry in found.clauses)
    return tuple(one for one in changes(base, now, terms=terms(work)) if one.change is not Change.UNCHANGED)


def _lines(found: Draft | None, changed: tuple[ClauseChange, ...], waiting: set[str]) -> Iterator[str]:
    if found is None:
        yield _("目前没有初稿")
        return
    yield from changed_lines(changed, waiting)
    yield draft_line(len(changed))
