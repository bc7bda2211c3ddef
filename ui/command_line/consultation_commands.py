"""``yuyan plan consult | answer``: units asked in writing, and what they answer."""

from __future__ import annotations

from typing import Any

from plans_repo import plans
from plans_repo.course import consultation, consulting
from plans_repo.course.opinions import Remark
from plans_repo.errors import NotFound
from plans_repo.store.work import Work
from plans_repo.versions import VersionSummary
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.command_line.named import clause_called
from ui.command_line.opinion_commands import opinion_fields
from ui.components.course_names import ANSWERS
from ui.wording import _, day_text


def consult(context: Context) -> Answer:
    """Settle whom to ask: the units the text gives duties to, or those named."""
    asked = context.arguments
    with context.work() as work:
        opened = consulting.open_consultation(
            work,
            plans.version_of(work, asked.plan).id,
            names=asked.unit,
            working_days=asked.days,
            letter_number=asked.number,
            contact=asked.contact,
            left_out_why=asked.not_asked,
        )
    return Answer(
        fields={"plan": asked.plan, **_consultation_fields(opened)},
        lines=[
            _("答复期限 {day}", day=day_text(opened.due_on)),
            *(f"{unit.name}\t{len(unit.clauses)}" for unit in opened.units),
        ],
    )


def answer(context: Context) -> Answer:
    """A unit's written answer, with its opinions or none."""
    asked = context.arguments
    paper = (name_of(asked.paper), read_file(asked.paper)) if asked.paper else None
    with context.work() as work:
        version = plans.version_of(work, asked.plan)
        unit = consulting.answer(
            work,
            _unit_named(work, version.id, asked.unit),
            opinions=[_remark(work, version, word) for word in asked.opinion],
            signatory=asked.signatory,
            answered_on=asked.on,
            paper=paper,
        )
    said = _(ANSWERS[unit.answer][0]) if unit.answer else ""
    return Answer(
        fields={"unit": unit.name, "answer": unit.answer, "opinions": [opinion_fields(one) for one in unit.opinions]},
        lines=[f"{unit.name}\t{said}"],
    )


def _consultation_fields(opened: consultation.Consultation) -> dict[str, Any]:
    return {
        "consultation": opened.id,
        "due_on": opened.due_on,
        "units": [{"id": unit.id, "name": unit.name, "clauses": list(unit.clauses)} for unit in opened.units],
    }


def _unit_named(work: Work, version: str, name: str) -> str:
    asked = consultation.consultation(work, version)
    found = [unit.id for unit in asked.units if name in (unit.id, unit.name)] if asked else []
    if not found:
        raise NotFound("unit-unknown", thing="consulted unit", field="unit", value=name)
    return found[0]


def _remark(work: Work, version: VersionSummary, word: str) -> Remark:
    """``CLAUSE=TEXT``, or a text about the whole."""
    clause, separator, text = word.partition("=")
    if not separator:
        return Remark(text=word)
    return Remark(text=text, clause=clause_called(work, version.plan, clause, version.id))
