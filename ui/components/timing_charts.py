"""Pictures of timings: what is held of one duration before and after, and a record over the simulated band."""

from __future__ import annotations

import plotly.graph_objects as go

from plans_repo.timings.calibrating import TaskTimings
from plans_repo.timings.overlay import Overlay, Place
from sim.lesson import curve
from ui.components.study_charts import BLUE, FONT, GREY, LIGHT, LINE_PX, RED, unique_names
from ui.components.timing_words import MOMENTS, PLACES, laid_title, minutes_text
from ui.wording import _

GREEN, ORANGE = "#2f855a", "#c65f0b"
COLOURS = {
    Place.WITHIN: GREEN,
    Place.EARLY: BLUE,
    Place.LATE: RED,
    Place.OPEN: GREY,
    Place.UNSEEN: ORANGE,
}
MOST_TICKS = 400


def lesson_chart(of: TaskTimings) -> go.Figure:
    """The next time before and after the timings, the median after them, and a tick for each timing."""
    lesson = of.lesson
    figure = go.Figure()
    lines = (
        (_("实测前：下一次"), curve(lesson.prior.held), GREY, "dot", None),
        (_("实测后：下一次"), curve(lesson.posterior), BLUE, "solid", "tozeroy"),
    )
    for name, points, colour, dash, fill in lines:
        figure.add_scatter(
            x=[x for x, _y in points], y=[y for _x, y in points], mode="lines", name=name, fill=fill,
            line={"color": colour, "dash": dash, "width": 2}, fillcolor="rgba(169,196,232,0.35)", hoverinfo="skip",
        )  # fmt: skip
    top = max(y for _name, points, *_rest in lines for _x, y in points)
    median = curve(lesson.posterior, of_median=True)
    tallest = max(y for _x, y in median)
    figure.add_scatter(
        x=[x for x, _y in median], y=[y / tallest * top for _x, y in median], mode="lines", hoverinfo="skip",
        name=_("实测后：中位数（高度已缩放）"), line={"color": ORANGE, "dash": "dash", "width": 1.5},
    )  # fmt: skip
    for name, times, symbol in (
        (_("实测"), lesson.ended_min, "line-ns"),
        (_("中止时未完成"), lesson.stopped_min, "triangle-right"),
    ):
        if times:
            some = times[:MOST_TICKS]
            figure.add_scatter(
                x=some, y=[-0.04 * top] * len(some), mode="markers", name=name,
                hovertext=[minutes_text(x) for x in some], hoverinfo="text",
                marker={"symbol": symbol, "size": 12, "color": RED, "line": {"width": 2, "color": RED}},
            )  # fmt: skip
    title = _("每单位分钟数") if of.duration.times else _("分钟")
    return _dressed(figure, title, right=_right(of))


def _right(of: TaskTimings) -> float:
    """Where the axis ends: far tails of a doubtful prior are not worth the width."""
    lesson = of.lesson
    slow = max(lesson.posterior.next_min(0.97), of.duration.law.quantile_min(0.9))
    return 1.15 * max(slow, *lesson.ended_min, *lesson.stopped_min, 0.0)


def _dressed(figure: go.Figure, title: str, *, right: float) -> go.Figure:
    figure.update_layout(
        height=320,
        margin={"l": 8, "r": 16, "t": 64, "b": 48},
        font={"family": FONT, "size": 13, "color": "#1d2733"},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    figure.update_xaxes(
        title={"text": title, "standoff": 6}, range=[0, right], gridcolor="#e5eaf1", fixedrange=True, tickformat="~g"
    )
    figure.update_yaxes(showticklabels=False, fixedrange=True, showgrid=False, zeroline=True, zerolinecolor="#b9c5d6")
    return figure


def overlay_chart(over: Overlay) -> go.Figure:
    """A bar from P10 to P90 and a line at P50 for every recorded moment; a point where it was in fact."""
    procedure, horizon = over.study.procedure, over.study.scenario.horizon_min
    names = unique_names(f"{laid_title(each, procedure)} · {_(MOMENTS[each.moment])}" for each in over.laid)
    lows = [each.p10_min if each.p10_min is not None else horizon for each in over.laid]
    highs = [each.p90_min if each.p90_min is not None else horizon for each in over.laid]
    figure = go.Figure(
        go.Bar(
            y=names,
            base=[low / 60 for low in lows],
            orientation="h",
            width=0.5,
            marker={"color": LIGHT},
            x=[max((high - low) / 60, 0.01) for low, high in zip(lows, highs, strict=True)],
            hoverinfo="skip",
            name=_("推演 10%～90%"),
        )
    )
    middles = [(name, each.p50_min) for name, each in zip(names, over.laid, strict=True) if each.p50_min is not None]
    figure.add_scatter(
        y=[name for name, _at in middles], x=[at / 60 for _name, at in middles], mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ns", "size": 13, "line": {"width": 2, "color": BLUE}}, name=_("推演中位"),
    )  # fmt: skip
    for place in Place:
        here = [(name, each) for name, each in zip(names, over.laid, strict=True) if each.place is place]
        if here:
            figure.add_scatter(
                y=[name for name, _each in here], x=[each.observed_min / 60 for _name, each in here], mode="markers",
                marker={"symbol": "diamond", "size": 10, "color": COLOURS[place]}, name=_(PLACES[place]),
                hovertext=[minutes_text(each.observed_min) for _name, each in here], hoverinfo="text",
            )  # fmt: skip
    return _laid_out(figure, len(names))


def _laid_out(figure: go.Figure, lines: int) -> go.Figure:
    figure = _dressed(figure, _("零时后（小时）"), right=1)
    figure.update_layout(height=150 + (LINE_PX + 8) * lines, hoverlabel={"font": {"family": FONT}})
    figure.update_xaxes(range=None, autorange=True, rangemode="tozero")
    figure.update_yaxes(range=[lines - 0.4, -0.6], showticklabels=True, automargin=True, ticks="")
    return figure
