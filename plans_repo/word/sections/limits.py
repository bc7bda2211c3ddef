"""What the reader must not overlook: weak footing, proposals, cut-off runs, anomalies, open figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plans_repo.word.assessed import OBJECTED
from plans_repo.word.numbers import limit, percent
from plans_repo.word.relief import effect, relief, remark
from plans_repo.word.report import Report


def limits(report: Report) -> None:
    """Numbered limits, then how many figures are still to be confirmed; annex 1 lists them."""
    report.heading(1, "section.limits")
    for number, sentence in enumerate(sentences(report), start=1):
        report.paper.text(f"{number}．{sentence}" if report.words.language == "zh" else f"{number}. {sentence}")
    open_ = report.facts.assessed.unconfirmed
    if not open_:
        report.text("limits.no_assumptions")
        return
    counts = Counter(item.mark for item in open_)
    said = (report.say("limits.of_mark", mark=report.mark(mark), count=counts[mark]) for mark in sorted(counts))
    report.text("limits.assumptions", count=len(open_), marks=report.say("number.list").join(said))


def sentences(report: Report) -> Iterator[str]:
    """Each limit that applies to this study."""
    yield report.say("limits.model")
    if not any(each.kind == "weak" for each in report.facts.analyses):
        yield report.say("limits.weak_points")
    yield from _objected(report)
    yield from _weak_footing(report)
    yield from _on_targets(report)
    yield from _anomalies(report)
    for text in report.facts.warnings:
        yield report.say("limits.warning", text=text)


def _objected(report: Report) -> Iterator[str]:
    for item in report.facts.assessed.items_that(OBJECTED):
        said = {"title": item.title, "value": item.value, "note": item.note.rstrip("。."), "name": item.name}
        if item.answer:
            yield report.say("limits.answered", answer=item.answer, by=item.answered_by, **said)
        else:
            yield report.say("limits.objected", **said)


def _weak_footing(report: Report) -> Iterator[str]:
    weak, provisional = report.facts.study.weak_share, report.facts.is_provisional
    if weak or provisional:
        yield report.say("limits.provisional" if provisional else "limits.sampling", weak=percent(weak))


def _on_targets(report: Report) -> Iterator[str]:
    facts = report.facts
    censored = tuple(target for target in facts.targets if target.p50_min is None or target.p90_min is None)
    groups = {
        "undecided": facts.with_verdict("undecided"),
        "proposed": facts.proposed,
        "censored": censored,
    }
    if facts.without_clause:
        yield report.say("limits.no_clause", titles=report.names(facts.without_clause))
    horizon = limit(report.words, facts.study.horizon_min)
    for key, targets in groups.items():
        if targets:
            yield report.say(f"limits.{key}", titles=report.titles(targets), horizon=horizon)


def _anomalies(report: Report) -> Iterator[str]:
    for item in report.facts.bottlenecks:
        if item.harmful or item.mixed:
            yield report.say(
                "limits.mixed" if item.mixed else "limits.anomaly",
                task=item.task,
                relief=relief(report.words, item),
                effect=effect(report.words, item),
                remark=remark(report.words, item),
            )
