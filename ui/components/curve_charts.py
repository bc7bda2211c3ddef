"""Pictures of a scenario's curves: the middle as a line, the band behind it, and the moments that are everybody's."""

from __future__ import annotations

from collections.abc import Iterable

import plotly.graph_objects as go

from plans_repo.curve_words import curve_sentence, curve_title, curve_unit
from sim.curves import Curve, Kind, Strike
from ui.components.html import Html, table
from ui.components.plan_names import told
from ui.components.study_charts import BLUE, FONT, GREY
from ui.wording import _, figure_text, language, later, share_text

BAND = "rgba(47, 107, 178, 0.18)"
HEIGHT = 240
MOST_MARKS = 4
_MIN_PER_H = 60.0
GROUPS = {
    "growth": (later("灾情发展"), (Kind.GROWTH, Kind.LEFT)),
    "reached": (later("到达与影响"), (Kind.REACHED, Kind.PEOPLE)),
    "open": (later("通行与准入"), (Kind.OPEN,)),
    "works": (later("处置对象"), (Kind.UNTOUCHED, Kind.WORKED)),
    "done": (later("预警与出发"), (Kind.DONE,)),
    "units": (later("力量与物资"), (Kind.UNITS,)),
}
"""The curves as they are shown together, in the order a reader asks for them."""


def grouped(curves: Iterable[Curve]) -> dict[str, list[Curve]]:
    """The curves of each group that has any."""
    every = list(curves)
    found = {name: [curve for curve in every if curve.kind in kinds] for name, (_words, kinds) in GROUPS.items()}
    return {name: some for name, some in found.items() if some}


def curve_chart(curve: Curve, strikes: Iterable[Strike] = ()) -> go.Figure:
    """The chart of one curve; *strikes* without a place are marked on it."""
    long = curve.minutes[-1] > 3 * _MIN_PER_H
    scale = _MIN_PER_H if long else 1.0
    hours = [minute / scale for minute in curve.minutes]
    shape = {"shape": "hv"} if curve.is_stepped else {}
    figure = go.Figure()
    if curve.is_random:
        figure.add_scatter(x=hours, y=list(curve.high), mode="lines", line={"width": 0, **shape}, hoverinfo="skip")
        figure.add_scatter(
            x=hours, y=list(curve.low), mode="lines", line={"width": 0, **shape}, fill="tonexty", fillcolor=BAND,
            hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        x=hours, y=list(curve.middle), mode="lines", line={"width": 2, "color": BLUE, **shape},
        name=curve_title(curve, language()),
    )  # fmt: skip
    common = [one for one in strikes if not one.entity and 0 < one.middle_min <= curve.minutes[-1]]
    for one in common[:MOST_MARKS]:
        figure.add_vline(
            x=one.middle_min / scale, line={"dash": "dot", "width": 1, "color": GREY},
            annotation={"text": told(one.title, one.title_en), "font": {"size": 11}, "textangle": 0},
        )  # fmt: skip
    unit = curve_unit(curve, language())
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 16, "t": 20, "b": 44},
        font={"family": FONT, "size": 13, "color": "#1d2733"},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        showlegend=False,
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
    )
    axis = _("情景零时后（小时）") if long else _("情景零时后（分钟）")
    if curve.kind is Kind.DONE:
        axis = _("任务开始后（小时）") if long else _("任务开始后（分钟）")
    figure.update_xaxes(title={"text": axis, "standoff": 6}, gridcolor="#e5eaf1", rangemode="tozero", fixedrange=True)
    figure.update_yaxes(
        title={"text": "" if curve.kind is Kind.DONE else unit}, gridcolor="#e5eaf1", rangemode="tozero",
        fixedrange=True, automargin=True, tickformat=".0%" if curve.kind is Kind.DONE else "~g",
    )  # fmt: skip
    return figure


def sentence(curve: Curve) -> str:
    """What the chart shows, in the reader's language."""
    return curve_sentence(curve, language())


def strike_table(strikes: Iterable[Strike]) -> Html:
    """When every clock of the scenario strikes."""
    rows = [
        [
            told(one.title or one.clock, one.title_en),
            figure_text(one.middle_min, digits=0),
            figure_text(one.low_min, digits=0),
            figure_text(one.high_min, digits=0),
            share_text(one.share, digits=0),
        ]
        for one in strikes
    ]
    return table([_("时刻"), _("居中（分钟）"), _("偏早（分钟）"), _("偏晚（分钟）"), _("推演时长内发生")], rows)
