"""Two pictures of a study: when each task was done, and what was waited for. Minutes or hours on the axes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from plans_repo.causes import unfinished
from plans_repo.packs.naming import cause_name
from plans_repo.studies import Study
from plans_repo.word.facts import UnfinishedFacts
from plans_repo.word.numbers import percent
from sim.study import TaskBand
from ui.components.counting_words import differing_words
from ui.components.promises import task_title
from ui.wording import _, duration_text, figure_text, language, n_, share_text

BLUE, LIGHT, RED, GREY = "#12386b", "#a9c4e8", "#c8161d", "#8794a8"
CAUSE_COLOURS = {
    "pool": "#1c5aa6",
    "decision": "#c65f0b",
    "road": "#7a5ea8",
    "water": "#2a8f9d",
    "gas": "#8a6800",
    "smoke": "#5a6880",
    "predecessor": "#a9c4e8",
}
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
LINE_PX = 30
WRAP = 13
"""Characters of a task's title in one line of the axis."""
WRAP_ENGLISH = 26
SHORT_MIN = 180
"""What is over by then is drawn in minutes, the rest in hours."""
MOST_SHARE = 0.9
"""The share of the tasks that is shown whole where the last of them take far longer than the others."""
FAR_FACTOR = 2.0
CONFIG = {"displayModeBar": False, "scrollZoom": False}


@dataclass(frozen=True, kw_only=True)
class Stack:
    """Minutes by bar and cause, bars in order."""

    bars: tuple[str, ...]
    minutes: dict[str, dict[str, float]]

    @property
    def total_min(self) -> float:
        """All minutes together."""
        return sum(sum(row.values()) for row in self.minutes.values())

    @property
    def largest(self) -> tuple[str, str, float]:
        """The bar and cause with the most minutes."""
        return max(
            ((bar, cause, value) for bar, row in self.minutes.items() for cause, value in row.items()),
            key=lambda item: item[2],
        )


def shown_bands(study: Study) -> list[TaskBand]:
    """The tasks that took place, in the order of the procedure."""
    order = {task.id: place for place, task in enumerate(study.procedure.tasks)}
    took_place = [band for band in study.findings.bands if band.p90_min != 0.0]
    return sorted(took_place, key=lambda band: order[band.task])


def band_words(study: Study) -> str:
    """What the picture of the bands says, with the tasks that the report lists as not ended."""
    open_ended = unfinished(study, {}, language())
    said = _("横条为各任务完成时刻的 10%～90% 范围，竖线为中位数，从情景零时起算；有多处的任务数到最后一处。")
    said += differing_words(study) + _beyond_words(study)
    if not open_ended:
        return said + _("全部任务在推演时段内都已完成。")
    return said + n_(
        "有 {count} 项任务在部分推演中未能完成或者最终失败（有一处即计入）：{tasks}。",
        len(open_ended),
        tasks=_("、").join(_not_ended(item) for item in open_ended),
    )


def _shown_min(study: Study) -> float:
    """How far the picture reaches: to the last task, or nine in ten of them where the last is far off."""
    ends = sorted(_or_horizon(band.p90_min, study.scenario.horizon_min) for band in shown_bands(study)) or [0.0]
    most = ends[math.ceil(len(ends) * MOST_SHARE) - 1]
    return most * 1.05 if ends[-1] > FAR_FACTOR * most > 0 else ends[-1] * 1.05


def _beyond_words(study: Study) -> str:
    """The tasks whose bars reach beyond the edge, with their median; "" where there are none."""
    horizon, edge = study.scenario.horizon_min, _shown_min(study)
    beyond = [band for band in shown_bands(study) if _or_horizon(band.p90_min, horizon) > edge]
    if not beyond:
        return ""
    return n_(
        "有 {count} 项结束得晚得多，超出右边界的部分没有画：{tasks}。",
        len(beyond),
        tasks=_("、").join(
            _("{task}（中位 {time}）", task=task_title(study.procedure, band.task), time=_or_unfinished(band.p50_min))
            for band in beyond
        ),
    )


def _or_unfinished(minutes: float | None) -> str:
    return _("未完成") if minutes is None else duration_text(minutes)


def _not_ended(item: UnfinishedFacts) -> str:
    """A task with the share of runs in which it did not end, and in which it failed."""
    late, failed = percent(item.share), percent(item.failed_share)
    if not item.failed_share:
        return _("{task}（未完成 {late}）", task=item.task, late=late)
    if not item.share:
        return _("{task}（最终失败 {failed}）", task=item.task, failed=failed)
    return _("{task}（未完成 {late}，最终失败 {failed}）", task=item.task, late=late, failed=failed)


def band_chart(study: Study) -> go.Figure:
    """A bar from the 10 % to the 90 % finish of every task; a bar without end reaches the horizon in grey."""
    bands, horizon = shown_bands(study), study.scenario.horizon_min
    names = unique_names(task_title(study.procedure, band.task) for band in bands)
    edge = _shown_min(study)
    unit, title = axis_unit(edge)
    starts = [_or_horizon(band.p10_min, horizon) / unit for band in bands]
    ends = [_or_horizon(band.p90_min, horizon) / unit for band in bands]
    figure = go.Figure(
        go.Bar(
            y=names,
            base=starts,
            x=[max(end - start, 0.6 / unit) for start, end in zip(starts, ends, strict=True)],
            orientation="h",
            width=0.55,
            marker={"color": [LIGHT if band.p90_min is not None else "#d7dce4" for band in bands]},
            hovertext=[_band_hover(band) for band in bands],
            hoverinfo="text",
        )
    )
    reached = [(name, band) for name, band in zip(names, bands, strict=True) if band.p50_min is not None]
    figure.add_scatter(
        y=[name for name, _band in reached],
        x=[_or_horizon(band.p50_min, horizon) / unit for _name, band in reached],
        mode="markers",
        marker={"symbol": "line-ns", "size": 15, "line": {"width": 3, "color": BLUE}},
        hoverinfo="skip",
    )
    dressed = _dressed(figure, len(bands), title)
    dressed.update_xaxes(range=[0, edge / unit])
    return dressed


def wait_stack(study: Study, *, by_task: bool) -> Stack:
    """Mean minutes of waiting in one run by task or by pool, and by cause."""
    rows: dict[str, dict[str, float]] = {}
    for wait in study.findings.waits:
        cause = wait.cause.partition(":")[0]
        bar = task_title(study.procedure, wait.task) if by_task else cause_name(cause, language())
        row = rows.setdefault(bar, {})
        row[cause] = row.get(cause, 0.0) + wait.mean_min
    ordered = sorted(rows, key=lambda bar: -sum(rows[bar].values()))
    return Stack(bars=tuple(ordered), minutes={bar: rows[bar] for bar in ordered})


def wait_words(stack: Stack) -> str:
    """What the picture of the waits says."""
    bar, cause, value = stack.largest
    words = cause_name(cause, language())
    return _(
        "把各处、各批次的等待全部相加，每次推演平均 {total} 小时（同一时间往往多处在等，故可以远大于推演时长）；"
        "其中最多的是“{bar}”，{time} 小时，占 {share}。",
        total=figure_text(stack.total_min / 60),
        bar=bar if bar == words else _("{bar}：{words}", bar=bar, words=words),
        time=figure_text(value / 60),
        share=share_text(value / stack.total_min),
    )


def wait_chart(stack: Stack) -> go.Figure:
    """Stacked bars, a colour for every cause."""
    figure = go.Figure()
    names = unique_names(stack.bars)
    hover = _("{bar}：{words}", bar="%{y}", words="%{x:.1f}")
    for cause in dict.fromkeys(cause for bar in stack.bars for cause in stack.minutes[bar]):
        figure.add_bar(
            y=names,
            x=[stack.minutes[bar].get(cause, 0.0) / 60.0 for bar in stack.bars],
            orientation="h",
            width=0.55,
            name=cause_name(cause, language()),
            marker={"color": CAUSE_COLOURS.get(cause, GREY)},
            hovertemplate=f"{hover}<extra>{cause_name(cause, language())}</extra>",
        )
    dressed = _dressed(figure, len(names), _("每次推演平均等待（小时，各处、各批次相加）"), legend=True)
    dressed.update_layout(barmode="stack")
    return dressed


def _band_hover(band: TaskBand) -> str:
    ends = [_or_unfinished(value) for value in (band.p10_min, band.p50_min, band.p90_min)]
    return _("10%：{low}　中位：{middle}　90%：{high}", low=ends[0], middle=ends[1], high=ends[2])


def _or_horizon(minutes: float | None, horizon_min: float) -> float:
    return horizon_min if minutes is None else minutes


def axis_unit(last_min: float) -> tuple[float, str]:
    """The minutes of one unit of an axis that reaches to *last_min*, and what the axis counts.

    >>> axis_unit(95.0), axis_unit(600.0)
    ((1.0, '零时后（分）'), (60.0, '零时后（小时）'))
    """
    return (1.0, _("零时后（分）")) if last_min <= SHORT_MIN else (60.0, _("零时后（小时）"))


def broken(name: str) -> str:
    """A name in lines as short as the axis of a narrow screen allows; what stands in brackets at its end stays whole.

    >>> broken("车辆转移老弱病残幼（89 批，16 处）")
    '车辆转移老弱病残幼<br>（89 批，16 处）'
    """
    if language() != "zh":
        return "<br>".join(wrap(name, WRAP_ENGLISH))
    head, bracket, tail = name.rpartition("（")
    if len(name) <= WRAP or not head or not tail.endswith("）") or len(tail) > WRAP:
        head, bracket, tail = name, "", ""
    lines = [head[at : at + WRAP] for at in range(0, len(head), WRAP)]
    return "<br>".join([*lines, bracket + tail] if bracket else lines)


def unique_names(names: Iterable[str]) -> list[str]:
    """The names broken into lines; one that comes twice gets a mark, or the bars would fall together."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        lines = broken(name)
        seen[lines] = seen.get(lines, 0) + 1
        made.append(lines + "\u200b" * (seen[lines] - 1))
    return made


def _dressed(figure: go.Figure, lines: int, title: str, *, legend: bool = False) -> go.Figure:
    figure.update_layout(
        height=90 + LINE_PX * lines + (40 if legend else 0),
        margin={"l": 8, "r": 16, "t": 36 if legend else 8, "b": 48},
        font={"family": FONT, "size": 13, "color": "#1d2733"},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        showlegend=legend,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
    )
    figure.update_xaxes(
        title={"text": title, "standoff": 6}, gridcolor="#e5eaf1", zeroline=True, zerolinecolor="#b9c5d6",
        rangemode="tozero", fixedrange=True, tickformat="~g",
    )  # fmt: skip
    figure.update_yaxes(range=[lines - 0.4, -0.6], automargin=True, fixedrange=True, ticks="")
    return figure
