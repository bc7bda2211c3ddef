"""``yuyan work-plan``: what an area writes and revises in a year, and what is proposed to be taken up."""

from __future__ import annotations

from typing import Any

from plans_repo import work_plan_proposals as proposing
from plans_repo.course import work_plans
from plans_repo.course.work_plans import WorkPlan
from plans_repo.work_plan_proposals import Changed, Proposal
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.plan_names import told
from ui.errors import UiError
from ui.wording import day_text, n_


def work_plan(context: Context) -> Answer:
    """The work plan of a year with its proposals; with ``--accept`` or ``--decline`` proposals are answered first."""
    asked = context.arguments
    if asked.accept and len(asked.accept) > 1 and (asked.due or asked.lead or asked.note):
        raise UiError("changes-of-several", thing="--accept", rule="one at a time", value=len(asked.accept))
    if asked.accept or asked.decline:
        changed = Changed(due_on=asked.due, lead=asked.lead or None, note=asked.note or None)
        with context.work() as work:
            for key in asked.accept:
                proposing.accept(work, asked.year, key, changed)
            for key in asked.decline:
                proposing.decline(work, asked.year, key, reason=asked.reason)
    with context.reading() as work:
        found = work_plans.work_plan(work, asked.year)
        proposed = proposing.proposals(work, asked.year)
    waiting = [one for one in proposed if one.answer is None]
    return Answer(
        fields={
            "year": asked.year,
            "entries": _entry_fields(found),
            "approved_on": found.approved_on if found else None,
            "proposals": [_proposal_fields(one) for one in proposed],
        },
        lines=[
            n_("计划项目 {count} 项", len(found.entries) if found else 0),
            *(f"{one.title}\t{one.lead}\t{day_text(one.due_on)}" for one in (found.entries if found else ())),
            n_("系统建议列入 {count} 项", len(waiting)),
            *(f"{one.key}\t{one.title}\t{day_text(one.due_on)}\t{told(one.reason, one.reason_en)}" for one in waiting),
        ],
    )


def _entry_fields(found: WorkPlan | None) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "plan": one.plan,
            "title": one.title,
            "kind": one.kind,
            "lead": one.lead,
            "due_on": one.due_on,
            "trigger": one.trigger,
            "note": one.note,
            "state": one.stage,
        }
        for one in (found.entries if found else ())
    ]


def _proposal_fields(one: Proposal) -> dict[str, Any]:
    return {
        "key": one.key,
        "plan": one.plan,
        "title": one.title,
        "kind": one.kind,
        "lead": one.lead,
        "due_on": one.due_on,
        "trigger": one.trigger,
        "reason": told(one.reason, one.reason_en),
        "source": told(one.source, one.source_en),
        "mark": one.mark,
        "answer": one.answer,
        "words": one.words,
    }
