"""The papers of a drill, made anew from what is kept each time they are asked for."""

from __future__ import annotations

from drills import register
from drills.designs import keeping as designs
from drills.drill import Drill
from drills.errors import DrillError
from drills.papers.design_papers import DesignFacts, DesignPaperKind, design_paper
from drills.papers.script_papers import Facts, PaperKind, script_paper
from drills.scripts import keeping
from plans_repo import organisations, plans, scenarios
from plans_repo.errors import NotFound
from plans_repo.store.work import Work
from plans_repo.text.citation import citations


def paper_of(work: Work, drill_id: str, kind: PaperKind, *, language: str = "zh") -> bytes:
    """A paper of a drill in Word; refused to whom the script is not for, and while there is none."""
    return script_paper(facts_of(work, drill_id, language=language), kind, made_at=work.now, language=language)


def design_paper_of(work: Work, drill_id: str, kind: DesignPaperKind, *, language: str = "zh") -> bytes:
    """A paper of the design of a drill in Word; refused to whom the design is not for, and while there is none.

    The steps of the script stand in it only for whom may read the script.
    """
    kept = designs.design(work, drill_id)
    drill = register.drill(work, drill_id)
    if kept is None:
        raise DrillError("design-not-there", thing=drill.title, field="design")
    script = keeping.script(work, drill_id) if keeping.may_read(work, drill_id) else None
    facts = DesignFacts(
        drill=drill,
        kept=kept,
        units=unit_names(work, drill, language),
        event=_event(work, script.script.scenario if script else drill.scenario, language),
        script=script.script if script else None,
    )
    return design_paper(facts, kind, made_at=work.now, language=language)


def _event(work: Work, name: str, language: str) -> str:
    """The summary of an event; "" where there is none or it is gone."""
    if not name:
        return ""
    try:
        event = scenarios.event(work, name)
    except NotFound:
        return ""
    chinese, english = event.summary or event.title, event.summary_en or event.title_en
    return english if language == "en" and english else chinese


def facts_of(work: Work, drill_id: str, *, language: str = "zh") -> Facts:
    """Everything the papers tell; a plan or an event that is gone is left out."""
    kept = keeping.script(work, drill_id)
    drill = register.drill(work, drill_id)
    if kept is None:
        raise DrillError("script-not-there", thing=drill.title, field="script")
    made_from, event, cited = "", "", {}
    try:
        if kept.script.plan:
            version = plans.version_of(work, kept.script.plan, kept.script.version)
            label = version.label_en if language == "en" and version.label_en else version.label
            made_from = f"《{plans.plan(work, kept.script.plan).title}》{label}"
            cited = citations(plans.text_of(work, kept.script.plan, version.id))
        if kept.script.scenario:
            found = scenarios.event(work, kept.script.scenario)
            event = found.title_en if language == "en" and found.title_en else found.title
    except NotFound:
        pass
    units = unit_names(work, drill, language)
    return Facts(drill=drill, kept=kept, units=units, plan=made_from, event=event, cited=cited)


def unit_names(work: Work, drill: Drill, language: str) -> tuple[str, ...]:
    """The units that take part by name; teams that are no organisation stand there as they were written."""
    bodies = {body.id: body for body in organisations.organisations(work)}
    found = []
    for unit in drill.units:
        body = bodies.get(unit)
        found.append(unit if body is None else body.name_en if language == "en" and body.name_en else body.name)
    return tuple(found)
