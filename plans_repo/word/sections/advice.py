"""What the data allow to recommend, and not a word more."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.word.facts import BottleneckFacts, TargetFacts
from plans_repo.word.numbers import minutes, percent
from plans_repo.word.relief import effect, relief
from plans_repo.word.report import Report
from plans_repo.word.sections.causes import is_out_of_reach


def advice(report: Report) -> None:
    """Numbered recommendations, each resting on a proven saving or on a stated weakness."""
    report.heading(1, "section.advice")
    report.text("advice.intro")
    found = list(recommendations(report))
    for number, sentence in enumerate(found, start=1):
        report.paper.text(f"{number}．{sentence}" if report.words.language == "zh" else f"{number}. {sentence}")
    if not found:
        report.text("advice.nothing")


def recommendations(report: Report) -> Iterator[str]:
    """The recommendations in order: constraints, unexplained shortfalls, undecided, weak numbers."""
    facts = report.facts
    yield from (_on_constraint(report, item) for item in facts.bottlenecks if item.proven)
    unexplained = tuple(target for target in facts.targets if _is_unexplained(report, target))
    for key, targets in {"unexplained": unexplained, "undecided": facts.with_verdict("undecided")}.items():
        if targets:
            yield report.say(f"advice.{key}", titles=report.titles(targets))
    if facts.without_clause:
        yield report.say("advice.write", titles=report.names(facts.without_clause))
    if facts.proposed:
        yield report.say("advice.confirm", count=len(facts.proposed))
    if facts.study.weak_share:
        yield report.say("advice.calibrate", weak=percent(facts.study.weak_share))
    if open_ := facts.assessed.unconfirmed:
        yield report.say("advice.check", count=len(open_))


def _is_unexplained(report: Report, target: TargetFacts) -> bool:
    """Missed, and nothing whose lifting was shown to help is tied to it or to the study as a whole."""
    helped = {item.target for item in report.facts.bottlenecks if item.proven}
    return target.verdict == "not_adequate" and not helped & {target.id, ""}


def _on_constraint(report: Report, item: BottleneckFacts) -> str:
    """The clause, what takes the time, what would have to change, and whether that alone is enough."""
    target = next((each for each in report.facts.targets if each.id == item.target), None)
    gap = "" if report.words.language == "zh" else " "
    head = [report.say("advice.of", number=_number(report, target))] if target else []
    return gap.join([*head, _change(report, item), _reach(report, item, target)])


def _change(report: Report, item: BottleneckFacts) -> str:
    key = f"advice.{item.kind}"
    return report.say(
        key if report.words.has(key) else "advice.own" if item.is_own else "advice.other",
        where=report.where(item),
        pool=item.pool or report.cause(item.cause),
        cause=report.cause(item.cause),
        wait=minutes(report.words, item.wait_min),
    )


def _reach(report: Report, item: BottleneckFacts, target: TargetFacts | None) -> str:
    counts, said = item.counts, relief(report.words, item)
    if target is None or counts is None or not item.runs:
        return report.say("advice.effect", relief=said, effect=effect(report.words, item))
    if is_out_of_reach(target, report.facts.bottlenecks):
        return report.say("advice.out_of_reach", clause=report.cite(target), number=_number(report, target))
    is_enough = counts.met_after >= target.assurance * item.runs
    return report.say(
        "advice.enough" if is_enough else "advice.not_enough",
        relief=said,
        runs=item.runs,
        before=counts.met_before,
        after=counts.met_after,
        assurance=percent(target.assurance),
        clause=report.cite(target),
    )


def _number(report: Report, target: TargetFacts) -> int:
    return report.facts.targets.index(target) + 1
