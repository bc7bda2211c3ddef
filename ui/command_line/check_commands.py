"""``yuyan plan check`` and ``yuyan plan health``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plans_repo.checks.articles import cited
from plans_repo.checks.checking import CheckReport
from plans_repo.checks.result import GRAVEST_FIRST, CheckResult, Outcome
from plans_repo.health import examination
from plans_repo.health.examination import HealthReport
from plans_repo.word.health_report import health_report
from plans_repo.word.layout import with_layout
from plans_repo.word.measuring import measure
from ui.checking import check_plan, export_of
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file, write_file
from ui.components.check_names import alike, outcome_name
from ui.components.health_table import KINDS, SEVERITIES
from ui.wording import _, language


def check(context: Context) -> Answer:
    """Every rule on a version of a plan, with where, source and what to do."""
    asked = context.arguments
    with context.reading() as work:
        name, data = _file(asked.file) if asked.file else export_of(work, asked.plan, asked.version)
        file = with_layout(measure(data, name), data)
        report = check_plan(work, context.data, asked.plan, asked.version, file=file)
    return Answer(fields=_fields(report), lines=list(_lines(report)))


def _file(path: str) -> tuple[str, bytes]:
    return name_of(path), read_file(path)


def health(context: Context) -> Answer:
    """What a version suffers from; with ``--out`` the report as a Word file."""
    asked = context.arguments
    with context.reading() as work:
        report = examination.health(work, asked.plan, asked.version, language=language())
        data = health_report(report, made_at=work.now, language=language()) if asked.out else b""
    file = write_file(asked.out, data) if asked.out else ""
    return Answer(fields=_health_fields(report, file), lines=list(_health_lines(report, file)))


def _health_fields(report: HealthReport, file: str) -> dict[str, Any]:
    return {
        "plan": report.plan,
        "version": report.version,
        "label": report.label,
        "title": report.title,
        "examined_on": report.examined_on,
        "clauses": report.clauses,
        "file": file,
        "counts": {severity.value: count for severity, count in report.counts.items()},
        "defects": [
            {
                "kind": one.kind,
                "severity": one.severity,
                "clause": one.clause,
                "citation": one.citation,
                "also": [{"clause": clause, "citation": citation} for clause, citation in one.also],
                "quotation": one.quotation,
                "found": one.found,
                "suggestion": one.suggestion,
                "there": vars(one.there) if one.there else None,
            }
            for one in report.complaints
        ],
    }


def _health_lines(report: HealthReport, file: str) -> Iterator[str]:
    yield f"{report.title}　{report.label}"
    yield _("，").join(f"{_(SEVERITIES[severity][0])} {count}" for severity, count in report.counts.items())
    for one in report.complaints:
        place = one.citation or _("全文")
        yield f"{_(SEVERITIES[one.severity][0])}\t{_(KINDS[one.kind])}\t{place}\t{one.found}"
        if one.quotation:
            yield f"\t“{one.quotation}”"
        if one.there:
            yield f"\t《{one.there.title}》{one.there.citation}：“{one.there.quotation}”"
        yield "\t" + _("建议：{words}", words=one.suggestion)
    if file:
        yield _("已写出 {file}", file=file)


def _fields(report: CheckReport) -> dict[str, Any]:
    return {
        "plan": report.plan,
        "version": report.version,
        "label": report.label,
        "title": report.title,
        "checked_on": report.checked_on,
        "packs": list(report.packs),
        "counts": {outcome.value: count for outcome, count in report.counts.items()},
        "checks": [_result(result) for result in report.results],
    }


def _result(result: CheckResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "result": result.outcome,
        "where": [{"kind": place.kind, "id": place.id, "label": place.label} for place in result.where],
        "expected": result.expected,
        "found": result.found,
        "todo": result.todo,
        "source": result.source,
        "article": result.article,
        "mark": result.mark,
        "due_on": result.due_on,
        "pack": result.pack,
        "fictional": result.is_fictional,
        "overrides": result.overrides,
        "beats": [
            {"id": one.rule, "title": one.title, "expected": one.asks, "source": one.source} for one in result.beats
        ],
        "beaten_by": result.beaten_by,
    }


def _lines(report: CheckReport) -> Iterator[str]:
    yield f"{report.title}　{report.label}"
    yield _("，").join(f"{outcome_name(outcome)} {report.counts[outcome]}" for outcome in GRAVEST_FIRST)
    for outcome in GRAVEST_FIRST:
        if outcome is Outcome.NOT_APPLICABLE:
            continue
        for group in alike(result for result in report.results if result.outcome is outcome):
            yield from _told(group[0]) if len(group) == 1 else _told_once(group)


def _told_once(group: tuple[CheckResult, ...]) -> Iterator[str]:
    """Several rules that cannot tell for one reason."""
    names = _("、").join(f"{one.id} {one.title}" for one in group)
    yield f"{outcome_name(group[0].outcome)}\t{names}"
    yield f"\t{group[0].found}"
    if group[0].todo:
        yield "\t" + _("办理：{todo}", todo=group[0].todo)


def _told(result: CheckResult) -> Iterator[str]:
    yield f"{result.id}\t{outcome_name(result.outcome)}\t{result.title}\t{result.found}"
    if result.where:
        yield "\t" + _("位置：{places}", places="、".join(place.label for place in result.where[:8]))
    if result.todo:
        yield "\t" + _("办理：{todo}", todo=result.todo)
    yield "\t" + _("依据：{source}", source=cited(result.source, result.article))
    for one in result.beats:
        yield "\t" + _("严于 {rule}（{asks}）：{source}", rule=one.rule, asks=one.asks, source=one.source)
