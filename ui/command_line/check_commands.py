"""``yuyan plan check`` and ``yuyan plan health``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plans_repo.checks.checking import CheckReport
from plans_repo.checks.result import GRAVEST_FIRST, CheckResult, Outcome
from plans_repo.word.measuring import measure
from ui.checking import check_plan
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.components.check_names import outcome_name
from ui.wording import _


def check(context: Context) -> Answer:
    """Every rule on a version of a plan, with where, source and what to do."""
    asked = context.arguments
    file = measure(read_file(asked.file), name_of(asked.file)) if asked.file else None
    with context.reading() as work:
        report = check_plan(work, context.data, asked.plan, asked.version, file=file)
    return Answer(fields=_fields(report), lines=list(_lines(report)))


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
        for result in report.results:
            if result.outcome is outcome is not Outcome.NOT_APPLICABLE:
                yield from _told(result)


def _told(result: CheckResult) -> Iterator[str]:
    yield f"{result.id}\t{outcome_name(result.outcome)}\t{result.title}\t{result.found}"
    if result.where:
        yield "\t" + _("位置：{places}", places="、".join(place.label for place in result.where[:8]))
    if result.todo:
        yield "\t" + _("办理：{todo}", todo=result.todo)
    yield "\t" + _("依据：{source}", source=f"{result.source}{result.article}")
    for one in result.beats:
        yield "\t" + _("严于 {rule}（{asks}）：{source}", rule=one.rule, asks=one.asks, source=one.source)
