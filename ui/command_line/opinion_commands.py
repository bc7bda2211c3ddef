"""``yuyan plan opinions | treat``: every opinion on an edition, and what becomes of it."""

from __future__ import annotations

from typing import Any

from plans_repo import plans
from plans_repo.course import consultation, opinion_register
from plans_repo.course.opinions import Opinion
from plans_repo.course.words import Treatment
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.course_names import TREATMENTS
from ui.wording import _


def list_opinions(context: Context) -> Answer:
    """Every opinion on the edition, of units, public and experts, with what became of it."""
    with context.reading() as work:
        version = plans.version_of(work, context.arguments.plan)
        found = opinion_register.opinions(work, version.id)
        asked = consultation.consultation(work, version.id)
    silent = [unit.name for unit in asked.waiting()] if asked else []
    return Answer(
        fields={"opinions": [opinion_fields(one) for one in found], "silent": silent},
        lines=[
            *(
                f"{one.id}\t{one.giver}\t{one.label or _('全文')}\t{one.text}\t"
                f"{_(TREATMENTS[one.treated.treatment][0]) if one.treated else _('待处理')}"
                for one in found
            ),
            *(_("未答复：{unit}", unit=name) for name in silent),
        ],
    )


def treat(context: Context) -> Answer:
    """Say what becomes of an opinion."""
    asked = context.arguments
    with context.work() as work:
        treated = opinion_register.treat(
            work,
            plans.version_of(work, asked.plan).id,
            asked.opinion,
            Treatment(asked.treatment),
            reason=asked.reason,
            is_disputed=asked.disputed,
            resolution=asked.resolution,
        )
    return Answer(
        fields={"opinion": asked.opinion, "treatment": treated.treatment, "reason": treated.reason},
        lines=[_(TREATMENTS[treated.treatment][0])],
    )


def opinion_fields(one: Opinion) -> dict[str, Any]:
    return {
        "id": one.id,
        "giver": one.giver,
        "clause": one.clause,
        "label": one.label,
        "text": one.text,
        "wanted": one.wanted,
        "treatment": one.treated.treatment if one.treated else None,
        "reason": one.treated.reason if one.treated else "",
    }
