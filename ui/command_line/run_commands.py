"""``yuyan study show``: one run of a study, event by event, each with its clause."""

from __future__ import annotations

from typing import Any

from plans_repo import study_events
from plans_repo.study_runs import ToldRun, told_run
from sim.measures import Measured
from sim.procedure import Target
from sim.telling import Event
from sim.ticks import NEVER, minutes
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.run_words import entity_title, run_words, searched_words, subject, what_happened


def show_run(context: Context) -> Answer:
    """The median, the worst 5 % or any run of a study, played again."""
    asked = context.arguments
    with context.reading() as work:
        run = told_run(work, asked.study, asked.run, asked.target)
        cited = study_events.cited(work, run.study)
    happened = list(run.events)
    return Answer(
        fields={
            "study": run.study.id,
            "run": run.number,
            "seed": run.study.seed,
            "target": run.target,
            "searched": run.searched,
            "targets": [_measured_fields(aims.target, measured) for aims, measured in run.measured],
            "events": [_event_fields(event, cited) for event in happened],
        },
        lines=[run_words(run) + searched_words(run), *(_line(run, event, cited) for event in happened)],
    )


def _measured_fields(target: Target, measured: Measured) -> dict[str, Any]:
    is_known = abs(measured.ticks) != NEVER
    return {"id": target.id, "minutes": minutes(measured.ticks) if is_known else None, "met": measured.is_met}


def _event_fields(event: Event, cited: dict[str, str]) -> dict[str, Any]:
    return {
        "minute": minutes(event.tick),
        "what": event.what,
        "task": event.name,
        "entity": event.entity,
        "clause": event.clause,
        "clause_number": cited.get(event.clause, ""),
        "value": event.value,
    }


def _line(run: ToldRun, event: Event, cited: dict[str, str]) -> str:
    cells = (
        f"{minutes(event.tick):.1f}",
        what_happened(event.what),
        subject(run, event),
        entity_title(run.network, event.entity),
        cited.get(event.clause) or "—",
    )
    return "  " + "\t".join(cells)
