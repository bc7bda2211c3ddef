"""The question the report answers, and for every target its answer in one sentence an official would say."""

from __future__ import annotations

from plans_repo.word.facts import BottleneckFacts, TargetFacts
from plans_repo.word.numbers import bounds, misses, percent
from plans_repo.word.paper import Bold
from plans_repo.word.report import Report
from plans_repo.word.sections.causes import promised


def answers(report: Report) -> None:
    """The question on top, then an answer per target."""
    facts = report.facts
    report.paper.text(
        Bold(
            report.say(
                "answer.question" if facts.targets else "answer.question_none",
                plans=report.plans_quoted,
                scenario=facts.scenario.title,
                resources=facts.resources.title,
                count=len(facts.targets),
            )
        )
    )
    for number, target in enumerate(facts.targets, start=1):
        said = report.say("answer.numbered", number=number, answer=answer(report, target))
        gap = "" if report.words.language == "zh" else " "
        report.paper.text(gap.join([said, *target.cautions]))


def answer(report: Report, target: TargetFacts) -> str:
    """Whether the promise is kept, how often it is not, and at what it is stuck where that was proved."""
    held = _proved(report, target)
    key = "stuck" if held and target.verdict == "not_adequate" else target.verdict
    low, high = bounds(target.low, target.high)
    return report.say(
        f"answer.{key}",
        promised=promised(report, target),
        runs=report.facts.study.runs,
        misses=misses(report.words, target.p_met),
        met=percent(target.p_met),
        low=low,
        high=high,
        assurance=percent(target.assurance),
        stuck=report.stuck(held) if held else "",
    )


def _proved(report: Report, target: TargetFacts) -> BottleneckFacts | None:
    own = [item for item in report.facts.bottlenecks if item.target == target.id and item.freeing]
    return min(own, key=lambda item: item.rank, default=None)
