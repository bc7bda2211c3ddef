"""Pictures of analyses: two curves of a comparison, a tornado, what several failures at once do. A sentence to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import plotly.graph_objects as go

from plans_repo.study_analyses import Curve
from plans_repo.word.numbers import percent
from sim.comparison import Gain
from sim.influences import Measure, Sway, Sways
from sim.procedure import Procedure, Target
from sim.weak_points import Step
from ui.components.analysis_words import figure_name, loss_words
from ui.components.promises import measured_text, target_title
from ui.components.study_charts import BLUE, FONT, GREY, RED
from ui.wording import _, duration_text, later

ORANGE = "#c65f0b"
MOST_BARS = 12
HOUR = 60.0


def gain_words(gains: Sequence[Gain]) -> str:
    """How many targets the change makes faster and slower beyond doubt, and where it gains most."""
    faster = [gain for gain in gains if gain.low_min is not None and gain.low_min > 0]
    slower = [gain for gain in gains if gain.high_min is not None and gain.high_min < 0]
    said = _(
        "{count} 项目标中，可以肯定更快的 {faster} 项、更慢的 {slower} 项，其余没有可以肯定的变化。",
        count=len(gains),
        faster=len(faster),
        slower=len(slower),
    )
    if not faster:
        return said
    best = max(faster, key=lambda gain: gain.mean_min or 0.0)
    return said + _(
        "提前最多的是“{title}”，平均{time}。", title=target_title(best.target), time=duration_text(best.mean_min)
    )


def curve_words(gain: Gain, curve: Curve) -> str:
    """What half the runs of either side reach, and how many are within the limit."""
    said = (
        later(
            "“{title}”：半数推演的提前量由{before}变为{after}，达标的由 {runs} 次中 {met} 次变为 {now} 次；"
            "曲线越靠右余地越大，竖线是目标。"
        )
        if gain.target.is_latest_better
        else later(
            "“{title}”：半数推演的用时由{before}变为{after}，达标的由 {runs} 次中 {met} 次变为 {now} 次；"
            "曲线越靠左越快，竖线是目标。"
        )
    )
    return _(
        said,
        title=target_title(gain.target),
        before=_at_half(gain.target, curve.before),
        after=_at_half(gain.target, curve.after),
        runs=gain.runs,
        met=gain.counts.met_before,
        now=gain.counts.met_after,
    )


def _at_half(target: Target, points: Sequence[float | None]) -> str:
    value = points[len(points) // 2 - 1]
    if value is None:
        return _("“未完成”")
    return measured_text(target, value)


def curve_chart(gain: Gain, curve: Curve) -> go.Figure:
    """The share of runs that got there by a time, on both sides, with the line of the target."""
    figure = go.Figure()
    sides = ((curve.before, _("现在"), GREY, "dash"), (curve.after, _("对比"), BLUE, "solid"))
    for points, name, colour, dash in sides:
        reached = [(share, value) for share, value in enumerate(points, start=1) if value is not None]
        figure.add_scatter(
            x=[value / HOUR for _share, value in reached],
            y=[share for share, _value in reached],
            mode="lines",
            line={"shape": "hv", "width": 2.5, "color": colour, "dash": dash},
            name=name,
            hovertemplate="%{x:.2f} h · %{y}%<extra>" + name + "</extra>",
        )
    figure.add_vline(x=gain.target.limit_min / HOUR, line={"color": RED, "width": 2})
    _dress(figure, 300, _("提前量（小时）") if gain.target.is_latest_better else _("用时（小时）"))
    figure.update_yaxes(title={"text": _("推演次数占比（%）")}, range=[0, 102])
    return figure


def tornado_words(found: Sways, target: Target, procedure: Procedure) -> str:
    """Which figure moves the answer most, and by how much."""
    shown = shown_sways(found)
    if not shown:
        return _("“{title}”：各项时长在给定范围内变动，结果都不变。", title=target_title(target))
    first = shown[0]
    low, high = (_answer(found, value) for value in sorted((first.at_low, first.at_high)))
    said = _(
        "“{title}”现为 {base}；逐项单独变动，影响最大的是“{name}”，结果在 {low} 与 {high} 之间。",
        title=target_title(target),
        base=_answer(found, found.base),
        name=figure_name(first.range, procedure),
        low=low,
        high=high,
    )
    return said + _together_words(shown, procedure)


def _together_words(shown: list[Sway], procedure: Procedure) -> str:
    """Which figure the spread comes from most when all move at once, "" where that was not worked out."""
    weighed = [(sway.influence.in_all, sway) for sway in shown if sway.influence is not None]
    if not weighed:
        return ""
    share, most = max(weighed, key=lambda each: each[0])
    return _(
        "各项一起变动，波动最多来自“{name}”，连同交互占 {share:.0%}。",
        name=figure_name(most.range, procedure),
        share=share,
    )


def shown_sways(found: Sways) -> list[Sway]:
    """The figures that move the answer, the widest first, at most MOST_BARS."""
    moving = [sway for sway in found.sways if sway.width > 0]
    return sorted(moving, key=lambda sway: (-sway.width, sway.range.key))[:MOST_BARS]


def tornado_chart(found: Sways, procedure: Procedure) -> go.Figure:
    """A bar from the answer at the low bound to that at the high one, the widest on top."""
    figure, shown = go.Figure(), shown_sways(found)
    names = [_wrapped(figure_name(sway.range, procedure)) + "\u200b" * place for place, sway in enumerate(shown)]
    ends = (("at_low", _("取下限（较快）"), "#2a8f9d"), ("at_high", _("取上限（较慢）"), ORANGE))
    for field, name, colour in ends:
        values = [getattr(sway, field) for sway in shown]
        figure.add_bar(
            y=names,
            base=[_scaled(found, found.base)] * len(shown),
            x=[_scaled(found, value) - _scaled(found, found.base) for value in values],
            orientation="h",
            width=0.55,
            name=name,
            marker={"color": colour},
            hovertext=[f"{label}<br>{_answer(found, value)}" for label, value in zip(names, values, strict=True)],
            hoverinfo="text",
        )
    figure.add_vline(x=_scaled(found, found.base), line={"color": "#1d2733", "width": 1})
    title = _("达标概率（%）") if found.measure is Measure.P_MET else _("九成推演的用时（分钟）")
    _dress(figure, 130 + 34 * len(shown), title)
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(range=[len(shown) - 0.4, -0.6], automargin=True)
    return figure


def _wrapped(name: str) -> str:
    return "<br>".join(name[at : at + 12] for at in range(0, len(name), 12))


def _scaled(found: Sways, value: float) -> float:
    return 100 * value if found.measure is Measure.P_MET else value


def _answer(found: Sways, value: float) -> str:
    return percent(value) if found.measure is Measure.P_MET else duration_text(value)


def resilience_words(
    steps: Sequence[Step], procedure: Procedure, events: Mapping[str, str] = MappingProxyType({})
) -> str:
    """How fast the promises fall with the number of failures."""
    first, last = steps[0], steps[-1]
    said = _(
        "能兑现的目标全部兑现的把握：一处不失效时 {first}，同时失效 {count} 处时平均 {last}",
        first=percent(first.p_met),
        count=last.failures,
        last=percent(last.p_met),
    )
    if not last.worst:
        return said + _("。")
    worst = _("、").join(loss_words(loss, procedure, events) for loss in last.worst)
    return said + _("，最坏 {share}（{worst}）。", share=percent(last.worst_p_met), worst=worst)


def resilience_chart(steps: Sequence[Step]) -> go.Figure:
    """The average with its interval, and the worst set, against the number of failures."""
    figure = go.Figure()
    x = [step.failures for step in steps]
    figure.add_scatter(
        x=x,
        y=[100 * step.p_met for step in steps],
        mode="lines+markers",
        line={"color": BLUE, "width": 2.5},
        name=_("平均"),
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [100 * (step.high - step.p_met) for step in steps],
            "arrayminus": [100 * (step.p_met - step.low) for step in steps],
        },
    )
    figure.add_scatter(
        x=x, y=[100 * step.worst_p_met for step in steps], mode="lines+markers", name=_("最坏的一组"),
        line={"color": RED, "width": 2, "dash": "dash"},
    )  # fmt: skip
    _dress(figure, 280, _("同时失效的处数"))
    figure.update_xaxes(dtick=1)
    figure.update_yaxes(title={"text": _("全部兑现的推演（%）")}, range=[0, 105])
    return figure


def _dress(figure: go.Figure, height: int, title: str) -> None:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 36, "b": 48},
        font={"family": FONT, "size": 13, "color": "#1d2733"},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
    )
    figure.update_xaxes(title={"text": title, "standoff": 6}, gridcolor="#e5eaf1", fixedrange=True, tickformat="~g")
    figure.update_yaxes(gridcolor="#e5eaf1", fixedrange=True, automargin=True)
