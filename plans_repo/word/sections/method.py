"""How the verdicts came about: simulation, random numbers, intervals, rules and footing."""

from __future__ import annotations

from plans_repo.word.numbers import percent
from plans_repo.word.report import Report


def method(report: Report) -> None:
    """Five short subsections an official can read and a statistician can check."""
    study = report.facts.study
    report.heading(1, "section.method")
    report.heading(2, "subsection.simulation")
    report.text("method.simulation")
    report.heading(2, "subsection.random")
    report.text("method.random")
    report.heading(2, "subsection.stopping")
    report.paper.text(stopping(report), report.say("method.interval", confidence=percent(study.confidence)))
    report.heading(2, "subsection.verdicts")
    report.text("method.verdicts")
    report.heading(2, "subsection.footing")
    _footing(report)


def stopping(report: Report) -> str:
    """How many runs were made and why no more."""
    study = report.facts.study
    return report.say(f"method.{study.stop_rule}", runs=study.runs, looks=study.looks)


def _footing(report: Report) -> None:
    study = report.facts.study
    if not study.footing:
        report.text("method.no_footing")
        return
    report.text("method.footing")
    rows = [
        (report.say(f"footing.{item.footing}"), percent(item.share), report.say(f"footing.{item.footing}_meaning"))
        for item in study.footing
    ]
    report.table("footing", "footing share meaning", [*rows], widths=(36, 24, 96), aligns="ccl")
    report.text("method.footing_provisional" if report.facts.is_provisional else "method.footing_firm")
