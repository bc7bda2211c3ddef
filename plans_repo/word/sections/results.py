"""What became of each promise: shares met, times, milestones and tasks that did not end."""

from __future__ import annotations

import math

from plans_repo.word.chart import Chart, Kind, Scale, Series
from plans_repo.word.facts import MilestoneFacts, ReportFacts, TargetFacts
from plans_repo.word.numbers import lead, limit_cell, minutes, percent
from plans_repo.word.report import Report
from plans_repo.word.tables import Cell

NAMED_UP_TO = 6  # more categories than this and a chart names targets by their number only


def results(report: Report) -> None:
    """Shares with chart, times with chart, unfinished tasks if there are any."""
    report.heading(1, "section.results")
    if report.facts.targets:
        _shares(report)
    else:
        report.text("results.no_targets")
    _times(report)
    if report.facts.unfinished:
        _unfinished(report)


def _shares(report: Report) -> None:
    report.heading(2, "subsection.shares")
    report.text("results.shares")
    report.chart("met", met_chart(report), height_mm=74)
    report.paper.note(report.say("chart.met_note"))


def met_chart(report: Report) -> Chart:
    """Share met per target with its interval, against the required share."""
    targets = report.facts.targets
    values = (f"{target.title} {percent(target.p_met)}" for target in targets)
    return Chart(
        kind=Kind.COLUMNS,
        categories=short_names(tuple(target.title for target in targets)),
        series=(
            Series(
                name=report.say("chart.met_series"),
                values=tuple(target.p_met for target in targets),
                low=tuple(target.low for target in targets),
                high=tuple(target.high for target in targets),
            ),
        ),
        line=Series(name=report.say("chart.required"), values=tuple(target.assurance for target in targets)),
        value_title=report.say("chart.share_axis"),
        number_format="0%",
        top=1.0,
        alt=report.say("chart.met_alt", values=report.say("number.list").join(values)),
    )


def short_names(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Category names: number and title while they fit, the table's number alone after that.

    >>> short_names(("到场", "转移"))
    ('1 到场', '2 转移')
    """
    with_title = len(titles) <= NAMED_UP_TO
    return tuple(f"{number} {title}" if with_title else str(number) for number, title in enumerate(titles, start=1))


def _times(report: Report) -> None:
    report.heading(2, "subsection.times")
    if report.facts.targets:
        rows = [_time_row(report, number, target) for number, target in enumerate(report.facts.targets, start=1)]
        report.table(
            "targets",
            "no target starts limit p50 p90 verdict",
            rows,
            widths=(11, 31, 24, 26, 22, 22, 20),
            aligns="cllcccc",
        )
        report.paper.note(report.say("table.footnote_times"))
    if not report.facts.milestones:
        report.text("results.no_milestones")
        return
    report.chart("timeline", timeline_chart(report), height_mm=74)
    report.paper.note(report.say("chart.timeline_note"))
    report.table(
        "milestones", "no task p10 m50 m90", _milestone_rows(report), widths=(11, 64, 27, 27, 27), aligns="clccc"
    )


def _time_row(report: Report, number: int, target: TargetFacts) -> tuple[str | Cell, ...]:
    return (
        str(number),
        target.title,
        target.clock or target.starts,
        limit_cell(report.words, target),
        lead(report.words, target, target.p50_min),
        lead(report.words, target, target.p90_min),
        report.verdict_cell(target),
    )


def in_time(facts: ReportFacts) -> tuple[MilestoneFacts, ...]:
    """The milestones in the order in which they are usually reached, those mostly cut off last."""
    return tuple(sorted(facts.milestones, key=lambda item: math.inf if item.p50_min is None else item.p50_min))


def timeline_chart(report: Report) -> Chart:
    """The 10th, 50th and 90th percentile of each milestone, since the alarm."""
    milestones = in_time(report.facts)
    rows = {
        "p10": tuple(item.p10_min for item in milestones),
        "p50": tuple(item.p50_min for item in milestones),
        "p90": tuple(item.p90_min for item in milestones),
    }
    scale = Scale.of(value for row in rows.values() for value in row)
    values = (f"{item.task} {minutes(report.words, item.p50_min)}" for item in milestones)
    return Chart(
        kind=Kind.RANGES,
        categories=short_names(tuple(item.task for item in milestones)),
        series=tuple(
            Series(name=report.say(f"chart.{name}"), values=tuple(scale.shown(value) for value in row))
            for name, row in rows.items()
        ),
        value_title=report.say(f"chart.{scale.unit}"),
        number_format="General",
        alt=report.say("chart.timeline_alt", values=report.say("number.list").join(values)),
    )


def _milestone_rows(report: Report) -> list[tuple[str | Cell, ...]]:
    return [
        (
            str(number),
            item.task,
            *(minutes(report.words, value) for value in (item.p10_min, item.p50_min, item.p90_min)),
        )
        for number, item in enumerate(in_time(report.facts), start=1)
    ]


def _unfinished(report: Report) -> None:
    report.heading(2, "subsection.unfinished")
    report.text("results.unfinished")
    rows: list[tuple[str | Cell, ...]] = [
        (item.task, report.cite_cell(item.clause_number), percent(item.share), percent(item.failed_share))
        for item in report.facts.unfinished
    ]
    report.table("unfinished", "task clause unfinished failed", rows, widths=(66, 28, 31, 31), aligns="lccc")
