"""``yuyan study list``: the studies there are, newest first, with the number every other command asks for."""

from __future__ import annotations

from typing import Any

from plans_repo import plans, scenarios, studies
from plans_repo.studies import StudySummary
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.plan_names import told
from ui.components.verdict_table import short_conclusion
from ui.components.version_standing import version_stands
from ui.wording import _, instant_text


def list_studies(context: Context) -> Answer:
    """The studies of the plans the actor may see, of one plan if it is named."""
    asked = context.arguments
    with context.reading() as work:
        titles = {plan.id: plan.title for plan in plans.list_plans(work)}
        found = [one for one in studies.studies(work, asked.plan) if one.plan in titles]
        versions = version_stands(work, [one.plan for one in found])
        events = {one.id: told(one.title, one.title_en) for one in scenarios.list_events(work)}
    return Answer(
        fields={"studies": [_fields(one) for one in found]},
        lines=[
            _line(one, titles[one.plan], versions[one.version], events.get(one.scenario, one.scenario)) for one in found
        ]
        or [_("还没有仿真研究")],
    )


def _fields(one: StudySummary) -> dict[str, Any]:
    return {
        "study": one.id,
        "plan": one.plan,
        "version": one.version,
        "scenario": one.scenario,
        "runs": one.runs,
        "hash": one.hash,
        "verdicts": [str(verdict) for verdict in one.verdicts],
        "resources": one.resource_set,
        "calibrated": one.is_calibrated,
        "at": one.created_at.isoformat(),
    }


def _line(one: StudySummary, plan: str, version: str, event: str) -> str:
    runs = _("推演 {runs} 次", runs=one.runs)
    means = _("按实测校准") if one.is_calibrated else ""
    said = [one.id, instant_text(one.created_at), plan, version, event, runs, short_conclusion(one.verdicts), means]
    return "\t".join(word for word in said if word)
