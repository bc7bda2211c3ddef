"""Begin a plan from a template: answers in, a plan with its first version out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plans_repo import access, plans, versions
from plans_repo.errors import PlansRepoError
from plans_repo.importing import Propose, proposed
from plans_repo.organisations import Organisation, organisations
from plans_repo.store.roles import Action
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from plans_repo.text.reading import Reading, read_plan
from plans_repo.writing.blanks import Blank, blank, blanks, blanks_of
from plans_repo.writing.known import known_answers
from plans_repo.writing.register_tables import register_table
from plans_repo.writing.template import Template, filled, template
from sim.plain import plain
from sim.procedure import Hazard

MOST_CHARACTERS = 2000
"""The longest answer: a paragraph or two; more belongs into the text itself."""


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A plan begun from a template, and what its text still leaves open."""

    plan: str
    version: str
    title: str
    blanks: tuple[Blank, ...]


def begin_plan(
    work: Work,
    template_id: str,
    answers: Mapping[str, str],
    *,
    organisation: str,
    hazard: Hazard | None = None,
    title: str = "",
    propose: Propose | None = None,
) -> Begun:
    """A new plan of *organisation* with the text of the template.

    What *answers* leave out is taken from what the installation knows; what nobody knows stands in the text as a
    blank that is found again. The title is the template's unless given.
    """
    made_from = template(template_id)
    given = checked_answers(made_from, answers)
    known = known_answers(work, made_from, organisation, hazard) | given
    reading = _read(work, made_from, known, organisation, title)
    plan = plans.create_plan(work, reading.title, kind=made_from.kind, hazard=hazard, organisation=organisation)
    row = access.changeable_plan(work, plan.id)
    version = versions.make(
        work,
        row,
        reading.clauses,
        proposed(row, reading.title, reading.clauses, propose),
        reason=f"由模板“{made_from.title}”起草",
        trigger=Trigger.FIRST,
        title=reading.title,
        reading={
            "chars_in": reading.chars_in,
            "chars_kept": reading.chars_kept,
            "warnings": plain(reading.warnings),
            "unplaced": plain(reading.unplaced),
        },
    )
    return Begun(plan=plan.id, version=version.id, title=reading.title, blanks=blanks(reading.clauses))


def makers(work: Work, made_from: Template) -> tuple[Organisation, ...]:
    """The bodies for which the actor may begin such a plan, its own first."""
    work.require(Action.EDIT_PLAN)
    here = access.standpoint(work)
    found = [
        body
        for body in organisations(work)
        if body.kind in made_from.makers and here.writes_for(made_from.kind, body.id, body.area)
    ]
    return tuple(sorted(found, key=lambda body: body.id != work.actor.organisation))


def checked_answers(made_from: Template, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers without the empty ones; each on one line, none too long, each to a field of the template."""
    found = {}
    for name, answer in answers.items():
        label = made_from.field(name).label
        line = " ".join(answer.split())
        if len(line) > MOST_CHARACTERS:
            rule = f"must have at most {MOST_CHARACTERS} characters"
            raise PlansRepoError("answer-too-long", thing=label, field=name, rule=rule, value=len(line))
        if line:
            found[name] = line
    return found


def _read(work: Work, made_from: Template, known: Mapping[str, str], organisation: str, title: str) -> Reading:
    """The text as the importer reads any text, so that a plan begun here is as one brought in."""
    answers = {field.id: known.get(field.id) or blank(field.label) for field in made_from.fields}
    tables = {name: register_table(work, name, organisation) for name in made_from.tables}
    whole_title = " ".join(title.split()) or filled(made_from.plan_title, answers, {})
    if opened := blanks_of(whole_title):
        raise PlansRepoError(
            "plan-title-open", thing=made_from.title, field="title", rule="must be complete", value=opened[0]
        )
    text = f"{whole_title}\n\n{filled(made_from.body, answers, tables)}"
    reading = read_plan(text.encode(), f"{made_from.id}.md", new_id=work.new_id)
    return replace(reading, title=whole_title)
