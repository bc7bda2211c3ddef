"""What the reader came for: the title, what the report is, and the verdicts."""

from __future__ import annotations

from plans_repo.word.facts import TargetFacts
from plans_repo.word.numbers import day, met_cell, percent, promise
from plans_repo.word.paper import Bold
from plans_repo.word.report import Report
from plans_repo.word.sections.answers import answers
from plans_repo.word.tables import Cell


def opening(report: Report) -> None:
    """Title, date and what kind of paper this is."""
    facts, paper = report.facts, report.paper
    paper.title(report.say("report.plan_title", title=report.plan_titles), report.say("report.title"))
    paper.subtitle(day(report.words, facts.study.created_at))
    paper.blank()
    report.text(
        "report.about",
        plans=report.plan_versions,
        scenario=facts.scenario.title,
        resources=facts.resources.title,
    )
    report.text("report.standing_final" if facts.assessed.is_final else "report.standing")


def conclusion(report: Report) -> None:
    """The overall conclusion with everything that weakens it, then the verdict of each target."""
    report.heading(1, "section.conclusion")
    answers(report)
    report.paper.text(Bold(report.say(f"conclusion.{overall(report)}", **_counts(report))))
    if report.facts.targets:
        report.text("conclusion.counts", **_counts(report))
        _verdicts(report)
    for key, fields in _qualifications(report):
        report.text(f"conclusion.{key}", **fields)


def overall(report: Report) -> str:
    """One word for the whole: adequate only if every single target is, confirmed and on firm footing.

    Of a plan none of whose clauses was tested nothing is said.
    """
    facts = report.facts
    if not facts.targets:
        return "none"
    if len(facts.without_clause) == len(facts.targets):
        return "unbound"
    worst = ("not_adequate", "undecided", "adequate")
    found = next(verdict for verdict in worst if facts.with_verdict(verdict))
    return "adequate_weak" if found == "adequate" and (facts.proposed or facts.is_provisional) else found


def _counts(report: Report) -> dict[str, int]:
    facts = report.facts
    counts = {verdict: len(facts.with_verdict(verdict)) for verdict in ("adequate", "not_adequate", "undecided")}
    return {"total": len(facts.targets), **counts}


def _qualifications(report: Report) -> list[tuple[str, dict[str, object]]]:
    facts, counts = report.facts, _counts(report)
    found: list[tuple[str, dict[str, object]]] = []
    if counts["undecided"] and counts["not_adequate"]:
        found.append(("undecided_too", {**counts}))
    if facts.proposed:
        found.append(("proposed", {"count": len(facts.proposed)}))
    if facts.without_clause:
        count = len(facts.without_clause)
        found.append(("no_clause", {"count": count, "titles": report.names(facts.without_clause)}))
    if facts.is_provisional:
        found.append(("provisional", {"strong": percent(facts.study.strong_share)}))
    if facts.untested:
        found.append(("untested", {"titles": report.say("number.list").join(facts.untested)}))
    if facts.not_made:
        found.append(("not_made", {"titles": report.say("number.list").join(facts.not_made)}))
    return [*found, ("scope", {})]


def _verdicts(report: Report) -> None:
    rows = [_verdict_row(report, number, target) for number, target in enumerate(report.facts.targets, start=1)]
    report.table(
        "verdicts",
        "no target clause promise assurance met verdict",
        rows,
        widths=(11, 25, 17, 37, 15, 31, 20),
        aligns="clclccc",
        confidence=percent(report.facts.study.confidence),
    )
    report.paper.note(report.say("verdict.rule") + report.say("verdict.runs", runs=report.facts.study.runs))


def _verdict_row(report: Report, number: int, target: TargetFacts) -> tuple[str | Cell, ...]:
    return (
        str(number),
        target.title,
        report.cite_cell(target.clause_number, exists=target.has_clause),
        promise(report.words, target),
        percent(target.assurance),
        met_cell(report.words, target, report.facts.study.confidence),
        report.verdict_cell(target),
    )
