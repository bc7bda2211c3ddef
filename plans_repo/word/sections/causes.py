"""Why promises are missed: the wait that holds each one up, the bottlenecks, where the minutes go."""

from __future__ import annotations

from plans_repo.word import relief
from plans_repo.word.chart import Chart, Kind, Scale, Series
from plans_repo.word.facts import BottleneckFacts, TargetFacts, WaitFacts
from plans_repo.word.numbers import day, lead, limit, minutes, percent, promise
from plans_repo.word.paper import Bold
from plans_repo.word.report import Report
from plans_repo.word.tables import Cell
from sim.pairs import Effect

OUTCOMES = {Effect.GAIN: "saved", Effect.HARM: "harmful", Effect.MIXED: "mixed", Effect.OPEN: "not_saved"}


def causes(report: Report) -> None:
    """A sentence per target not shown to be met, the bottleneck table, the breakdown of minutes."""
    report.heading(1, "section.causes")
    report.heading(2, "subsection.by_target")
    open_targets = [target for target in report.facts.targets if target.verdict != "adequate"]
    if not open_targets:
        report.text("causes.none_missed" if report.facts.targets else "conclusion.none")
    for target in open_targets:
        _explain(report, target)
    report.heading(2, "subsection.bottlenecks")
    _bottlenecks(report)
    report.heading(2, "subsection.waits")
    _waits(report)
    if report.facts.analyses:
        _analyses(report)


def _analyses(report: Report) -> None:
    """What was asked of the study besides, newest of each kind and subject, with its day."""
    report.heading(2, "subsection.analyses")
    for number, each in enumerate(report.facts.analyses, start=1):
        name, on = report.say(f"analysis.of_{each.kind}"), day(report.words, each.made_at)
        report.text("analysis.line", number=number, name=name, day=on, said=each.said)


def _explain(report: Report, target: TargetFacts) -> None:
    """How often it is missed and what holds it up, with what lifting that changed."""
    own = sorted((item for item in report.facts.bottlenecks if item.target == target.id), key=lambda item: item.rank)
    pieces: list[str] = [Bold(_statement(report, target, own))]
    if own and target.verdict == "undecided":
        pieces.append(report.say("causes.losses"))
    pieces += [_effect(report, item) for item in own]
    if is_out_of_reach(target, tuple(own)):
        pieces.append(_out_of_reach(report, target, max(item.runs for item in own)))
    report.paper.text(*pieces)


def is_out_of_reach(target: TargetFacts, found: tuple[BottleneckFacts, ...]) -> bool:
    """Whether a race against the hazard was lost in every run, also where its largest losses were eased."""
    own = [item.counts for item in found if item.target == target.id]
    is_lost = target.verdict == "not_adequate" and bool(own)
    return bool(target.clock) and is_lost and all(counts is not None and counts.met_after == 0 for counts in own)


def _out_of_reach(report: Report, target: TargetFacts, runs: int) -> str:
    words = report.words
    return report.say(
        "causes.out_of_reach",
        clock=target.clock,
        limit=limit(words, target.limit_min),
        runs=runs,
        half=lead(words, target, target.p50_min),
    )


def _statement(report: Report, target: TargetFacts, own: list[BottleneckFacts]) -> str:
    key = "undecided" if target.verdict == "undecided" else _explained(own)
    return report.say(
        f"causes.{key}",
        subject=report.item(target),
        stuck=report.stuck(own[0]) if own else "",
    )


def promised(report: Report, target: TargetFacts) -> str:
    """What was promised, and whether the plan itself says so."""
    return report.say(
        f"promise.{_said_by(target)}",
        clause=report.cite(target),
        words=target.own_words,
        title=target.title,
        promise=promise(report.words, target),
    )


def _said_by(target: TargetFacts) -> str:
    if not target.has_clause:
        return "by_template"
    return "by_words" if target.own_words else "by_clause"


def _explained(own: list[BottleneckFacts]) -> str:
    """“Held up by” is said only of a loss without which more runs keep the promise; those stand first."""
    if not own:
        return "missed_unexplained"
    if own[0].mixed:
        return "missed_mixed"
    if own[0].freeing:
        return "missed"
    return "missed_earlier" if own[0].proven else "missed_unproven"


def _effect(report: Report, item: BottleneckFacts) -> str:
    words = report.words
    head = report.say(
        "causes.own" if item.is_own else "causes.wait",
        task=item.task,
        cause=report.cause(item.cause),
        what=report.stuck(item),
        wait=minutes(words, item.wait_min),
    )
    tail = report.say(
        f"causes.{outcome(item)}",
        relief=relief.relief(words, item),
        runs=item.runs or report.facts.study.runs,
        effect=relief.effect(words, item),
        remark=relief.remark(words, item),
    )
    return head + tail


def outcome(item: BottleneckFacts) -> str:
    """What playing the same runs again showed, in one word of the pack."""
    if item.saving_min is None and item.counts is None:
        return "not_simulated"
    if item.counts is None and (item.low is None or item.high is None):
        return "point"
    return OUTCOMES[item.effect]


def _bottlenecks(report: Report) -> None:
    found = report.facts.bottlenecks
    if not found:
        report.text("causes.no_bottlenecks")
        return
    runs = max(item.runs for item in found) or report.facts.study.runs
    report.table(
        "bottlenecks",
        "no target task cause wait relief met_runs gain",
        [_bottleneck_row(report, number, item) for number, item in enumerate(found, start=1)],
        widths=(8, 23, 24, 20, 17, 19, 17, 28),
        aligns="clllclcc",
        confidence=percent(found[0].confidence),
        runs=runs,
    )
    report.paper.note(report.say("causes.bottlenecks_note", runs=runs, all=report.facts.study.runs))
    report.paper.note(report.say("causes.gain_note"))


def _bottleneck_row(report: Report, number: int, item: BottleneckFacts) -> tuple[str | Cell, ...]:
    words = report.words
    return (
        str(number),
        report.title_of(item.target) or report.say("field.none"),
        f"{item.task}\n{report.cite_cell(item.clause_number)}",
        relief.cause_cell(words, item),
        minutes(words, item.wait_min),
        relief.relief_cell(words, item),
        relief.met_cell(words, item),
        relief.gain_cell(words, item),
    )


def _waits(report: Report) -> None:
    if not report.facts.waits:
        report.text("causes.no_waits")
        return
    report.chart("waits", waits_chart(report), height_mm=30 + 7 * len(report.facts.waits))
    rows: list[tuple[str | Cell, ...]] = [
        (wait_name(report, item), minutes(report.words, item.mean_min), percent(item.share))
        for item in report.facts.waits
    ]
    whole = minutes(report.words, sum(item.mean_min for item in report.facts.waits))
    share = percent(round(sum(item.share for item in report.facts.waits), 9))
    rows.append((Cell(text=report.say("causes.waits_total"), bold=True), Cell(text=whole, bold=True), share))
    report.table("waits", "label mean share", rows, widths=(76, 40, 40), aligns="lcc")
    report.paper.note(report.say("causes.waits_note"))


def wait_name(report: Report, item: WaitFacts) -> str:
    """The label, with the pool if it is one pool's."""
    cause = report.cause(item.cause)
    return report.say("cause.of_pool", cause=cause, pool=item.pool) if item.pool else cause


def waits_chart(report: Report) -> Chart:
    """Mean time per run under each label, in the order of the facts."""
    waits = report.facts.waits
    values = (f"{wait_name(report, item)} {minutes(report.words, item.mean_min)}" for item in waits)
    scale = Scale.of(item.mean_min for item in waits)
    return Chart(
        kind=Kind.BARS,
        categories=tuple(wait_name(report, item) for item in waits),
        series=(Series(name=report.say("chart.mean"), values=tuple(scale.shown(item.mean_min) for item in waits)),),
        value_title=report.say(f"chart.{scale.unit}"),
        number_format="0.0",
        labels=True,
        alt=report.say("chart.waits_alt", values=report.say("number.list").join(values)),
    )
