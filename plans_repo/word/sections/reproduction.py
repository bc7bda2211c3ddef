"""How to make the same numbers again, the STRESS-DES checklist, and where people sign."""

from __future__ import annotations

from plans_repo.word.numbers import engine_name, instant, limit, percent
from plans_repo.word.report import Report
from plans_repo.word.sections.method import stopping
from plans_repo.word.tables import Cell, Table

STRESS_ITEMS = (
    "1_1", "1_2", "1_3", "2_1", "2_2", "2_3", "2_4", "2_5", "3_1", "3_2",
    "3_3", "3_4", "4_1", "4_2", "4_3", "5_1", "5_2", "5_3", "5_4", "6_1",
)  # fmt: skip


def reproduction(report: Report) -> None:
    """The record of the study and the twenty STRESS-DES items."""
    report.heading(1, "section.reproduction")
    report.text("reproduction.intro")
    report.heading(2, "subsection.record")
    report.pairs("record", _record_rows(report))
    report.paper.note(report.say("reproduction.command"))
    report.heading(2, "subsection.stress")
    report.text("reproduction.stress")
    fields = _stress_fields(report)
    rows: list[tuple[str | Cell, ...]] = [
        (report.say(f"stress.{item}"), report.say(f"stress_text.{item}", **fields)) for item in STRESS_ITEMS
    ]
    report.table("stress", "stress_item stress_text", rows, widths=(40, 116), aligns="ll")


def software(report: Report) -> str:
    """Programs with their versions."""
    named = (f"{name} {version}" for name, version in report.facts.study.software)
    return report.say("number.list").join(named) or report.say("stress_text.not_recorded")


def _record_rows(report: Report) -> list[tuple[str | Cell, ...]]:
    facts, study, words = report.facts, report.facts.study, report.words
    values: dict[str, str | Cell] = {
        "study": study.id,
        "version": facts.plan.version_label,
        "root_hash": Cell(text=facts.plan.root_hash, code=True),
        "scenario": facts.scenario.id,
        "runs": report.say("number.runs", runs=study.runs),
        "seed": report.say("field.seed_chosen" if study.seed_chosen else "field.seed_own", seed=study.seed),
        "engine": engine_name(words, study.engine),
        "results_hash": Cell(text=study.results_hash, code=True),
        "horizon": limit(words, study.horizon_min),
        "stop_rule": stopping(report).strip(),
        "created_by": study.created_by,
        "created_at": instant(words, study.created_at),
        "software": software(report),
        "system": study.system or report.say("stress_text.not_recorded"),
        "command": Cell(text=study.command, code=True),
    }
    return [(report.say(f"field.{name}"), value) for name, value in values.items()]


def _stress_fields(report: Report) -> dict[str, object]:
    facts, study = report.facts, report.facts.study
    return {
        "plan": facts.plan.title,
        "version": facts.plan.version_label,
        "scenario": facts.scenario.title,
        "targets": len(facts.targets),
        "relaxed": sum(item.runs > 0 for item in facts.bottlenecks),
        "pools": len(facts.resources.pools),
        "parameters": len(facts.scenario.parameters),
        "assumptions": len(facts.assumptions),
        "horizon": limit(report.words, study.horizon_min),
        "runs": study.runs,
        "stop": stopping(report),
        "confidence": percent(study.confidence),
        "software": software(report),
        "seed": study.seed,
        "engine": engine_name(report.words, study.engine),
        "system": study.system or report.say("stress_text.not_recorded"),
    }


def signature(report: Report) -> None:
    """The box in which people, not the machine, give the assessment."""
    report.heading(1, "section.signature")
    signed = report.say("signature.signed")
    rows: list[tuple[str | Cell, ...]] = [
        (report.say("signature.opinion"), report.say("signature.choices")),
        (report.say("signature.reasons"), "\n\n\n"),
        *((report.say(f"signature.{who}"), f"\n{signed}") for who in ("assessor", "checker", "approver")),
    ]
    report.paper.table(Table(rows=tuple(rows), widths=(1, 5)))
