"""``yuyan plan references`` and ``yuyan plan linkage``."""

from __future__ import annotations

from typing import Any

from plans_repo import plans
from plans_repo.linkage import references as plan_references
from plans_repo.linkage.references import Citing, Reference
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.reference_list import OUTCOMES, meaning
from ui.wording import _


def references(context: Context) -> Answer:
    """What the text of a plan refers to, what became of it, and which plans refer to this one."""
    asked = context.arguments
    with context.reading() as work:
        version = plans.version_of(work, asked.plan, asked.version)
        found = plan_references.references(work, asked.plan, version.id)
        citing = plan_references.cited_by(work, asked.plan)
    fields = {
        "plan": asked.plan,
        "version": version.id,
        "references": [_fields(one) for one in found],
        "findings": sum(one.is_finding for one in found),
        "cited_by": [_citing_fields(one) for one in citing],
    }
    lines = [f"{one.cited_at}\t{one.mention.words}\t{_(OUTCOMES[one.outcome][0])}\t{meaning(one)}" for one in found]
    lines += [_("被引用：{title}“{words}”", title=one.title, words=one.words) for one in citing]
    return Answer(fields=fields, lines=lines)


def _fields(one: Reference) -> dict[str, Any]:
    return {
        "clause": one.mention.clause,
        "at": one.cited_at,
        "text": one.mention.words,
        "kind": one.mention.kind,
        "outcome": one.outcome,
        "plan": one.plan or None,
        "title": one.plan_title or (one.law.title if one.law else one.mention.title) or None,
        "target": one.clause or None,
        "number": one.number or None,
        "now": one.law.now if one.law and one.law.now else None,
        "candidates": list(one.candidates),
    }


def _citing_fields(one: Citing) -> dict[str, Any]:
    return {"plan": one.plan, "title": one.title, "clause": one.clause, "text": one.words, "target": one.target or None}
