"""How to make the same numbers again, and the STRESS-DES checklist."""

from __future__ import annotations

from plans_repo.word.numbers import engine_name, instant, limit
from plans_repo.word.report import Report
from plans_repo.word.sections.method import stopping
from plans_repo.word.sections.stress import software, stress
from plans_repo.word.tables import Cell


def reproduction(report: Report) -> None:
    """The record of the study and the twenty STRESS-DES items."""
    report.paper.annex(report.say("annex.third"), report.say("annex.reproduction"))
    report.text("reproduction.intro")
    report.heading(2, "subsection.record")
    report.pairs("record", _record_rows(report))
    report.paper.note(report.say("reproduction.command"))
    stress(report)


def _record_rows(report: Report) -> list[tuple[str | Cell, ...]]:
    facts, study, words = report.facts, report.facts.study, report.words
    values: dict[str, str | Cell] = {
        "study": study.id,
        "version": report.say("number.list").join(plan.version_label for plan in facts.plans),
        "root_hash": Cell(text=" ".join(plan.root_hash for plan in facts.plans), code=True),
        "scenario": facts.scenario.id,
        "runs": report.say("number.runs", runs=study.runs),
        "seed": report.say("field.seed_chosen" if study.seed_chosen else "field.seed_own", seed=study.seed),
        "engine": engine_name(words, study.engine),
        "results_hash": Cell(text=study.results_hash, code=True),
        "result_digest": Cell(text=study.result_digest or report.say("stress_text.not_recorded"), code=True),
        "code": Cell(text=study.code or report.say("stress_text.not_recorded"), code=True),
        "horizon": limit(words, study.horizon_min),
        "stop_rule": stopping(report).strip(),
        "created_by": study.created_by,
        "created_at": instant(words, study.created_at),
        "software": software(report),
        "system": study.system or report.say("stress_text.not_recorded"),
        "command": Cell(text=study.command, code=True),
    }
    return [(report.say(f"field.{name}"), value) for name, value in values.items()]
