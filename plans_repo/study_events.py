"""The event of a study: which version of it was asked, and which plans answer its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from plans_repo import plans, scenario_versions, scenarios
from plans_repo.errors import NotFound
from plans_repo.packs.naming import name_of
from plans_repo.store.work import Work
from plans_repo.study_values import Answered, Answering, Request, Study
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from sim.compound import Compound, CompoundQuestion, CountsApart, Part
from sim.errors import SimError
from sim.joining import renamed
from sim.procedure import Procedure
from sim.scenario import Scenario

Text: TypeAlias = tuple[str, str]
"""A text by its plan and version."""


def named_version(work: Work, event: Scenario | Compound) -> str:
    """The name under which an event is found again as it is: its id, and the number of a version that is kept."""
    number = scenario_versions.number_of(work, event)
    return f"{event.id}@{number}" if number else event.id


def answering(work: Work, request: Request, compound: Compound) -> tuple[Answered, ...]:
    """Who answers each part: the plan named for it, else the plan of the study where its procedure speaks of it.

    Refused: an answer for a part there is not, and a part nobody answers.
    """
    named = {one.part: one for one in request.answers}
    for part in named:
        if part not in {one.id for one in compound.parts}:
            raise NotFound("part-unknown", thing=f"compound event {compound.id}", field="part", value=part)
    return tuple(_answered(work, request, part, named.get(part.id), compound) for part in compound.parts)


def _answered(work: Work, request: Request, part: Part, named: Answering | None, compound: Compound) -> Answered:
    asked = named or Answering(part=part.id, plan=request.plan, version=request.version)
    version = plans.version_of(work, asked.plan, asked.version)
    procedure = plans.procedure_to_play(work, asked.plan, version.id)
    if not answers(procedure, part):
        raise SimError(
            "part-without-procedure", thing=f"compound event {compound.id}", field="part",
            value=part.id or part.scenario.title,
        )  # fmt: skip
    title = plans.plan(work, asked.plan).title
    return Answered(part=part.id, plan=asked.plan, version=version.id, title=title, procedure=procedure)


def same_tasks(answered: Sequence[Answered]) -> dict[str, str]:
    """For the tasks of a version that answers more than one part, by their joined names, those of the first such part.

    They have one duration, and what nobody knows of it is one doubt.
    """
    first: dict[tuple[str, str], str] = {}
    for one in answered:
        first.setdefault((one.plan, one.version), one.part)
    return {
        renamed(one.part, task.id): renamed(first[one.plan, one.version], task.id)
        for one in answered
        if first[one.plan, one.version] != one.part
        for task in one.procedure.tasks
    }


def compounds_for(work: Work, procedure: Procedure) -> tuple[Compound, ...]:
    """The compound events of which a procedure answers the leading part."""
    return tuple(item for item in scenarios.list_compounds(work) if answers(procedure, item.parts[0]))


def able(work: Work, part: Part) -> dict[str, str]:
    """The plans whose newest procedure answers a part, their titles by id."""
    found = {}
    for plan in plans.list_plans(work):
        procedure = plans.procedure_of(work, plan.id) if plan.hazard and plan.version else None
        if procedure is not None and answers(procedure, part):
            found[plan.id] = plan.title
    return found


def answers(procedure: Procedure, part: Part) -> bool:
    """Whether a procedure speaks of what happens in a part."""
    alone = replace(part.scenario, failures=())
    return procedure.hazard is alone.hazard and scenarios.is_answered(alone.spread, procedure)


def counts_told(study: Study, language: str) -> list[str]:
    """A line for every pool of which the plans of a study of several events say different numbers; [] for one event."""
    question = study.question
    if not isinstance(question, CompoundQuestion):
        return []
    titles = {one.part: one.title for one in study.answered}
    return [_count_told(apart, titles, language) for apart in question.counts_apart]


def _count_told(apart: CountsApart, titles: Mapping[str, str], language: str) -> str:
    pool = apart.pool
    counts = (
        name_of("shared_pool", "count", language).format(plan=titles[part], units=units) for part, units in apart.units
    )
    return name_of("shared_pool", "larger", language).format(
        pool=pool.title if language == "zh" or not pool.title_en else pool.title_en,
        counts=("、" if language == "zh" else "; ").join(counts),
        units=pool.units,
    )


def cited(work: Work, study: Study) -> dict[str, str]:
    """The numbers of the clauses a study speaks of; those of another plan than the study's own with its title."""
    return numbers_of(work, (study.plan, study.version), study.answered)


def numbers_of(work: Work, own: Text, answered: Iterable[Answered]) -> dict[str, str]:
    """The numbers of the clauses of an *own* text, and with their titles those of the other plans that answer."""
    found = dict(citations(plans.text_of(work, *own)))
    for one, others in _others(work, own, answered):
        found |= {clause: f"《{one.title}》{number}" for clause, number in others.items() if clause not in found}
    return found


def clauses_of(work: Work, study: Study) -> dict[str, Clause]:
    """The clauses of every text a study played, by id, those of its own plan first."""
    played = dict.fromkeys([(study.plan, study.version), *((one.plan, one.version) for one in study.answered)])
    return {clause.id: clause for text in played for clause in plans.text_of(work, *text)}


def elsewhere(work: Work, study: Study) -> dict[str, Answered]:
    """The clauses of other plans than the study's own, each with who answers by it."""
    found = _others(work, (study.plan, study.version), study.answered)
    return {clause: one for one, others in found for clause in others}


def _others(work: Work, own: Text, answered: Iterable[Answered]) -> Iterator[tuple[Answered, Mapping[str, str]]]:
    """The other plans that answer parts, with the numbers of their clauses."""
    for one in answered:
        if (one.plan, one.version) != own:
            yield one, citations(plans.text_of(work, one.plan, one.version))
