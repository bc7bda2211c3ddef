"""The script over the drill clock: injects as marks, limits and simulated bands of expected actions as bars."""

from __future__ import annotations

from textwrap import shorten

import plotly.graph_objects as go

from drills.scripts.checks import due_min
from drills.scripts.script import ExpectedAction, Script
from plans_repo.packs.naming import name_of
from ui.components.plan_names import told
from ui.components.study_charts import BLUE, FONT, GREY, LIGHT, RED
from ui.components.timing_words import minutes_text
from ui.wording import _, language, n_

MOST_ROWS = 24
ROW_PX = 26
TITLE_CHARACTERS = 16


def charted(script: Script) -> list[ExpectedAction]:
    """The actions worth a row, in the order of their minutes: those with a limit, and the first others with a band."""
    due = {one.id: due_min(script, one) for one in script.actions}
    limited = [one for one in script.actions if due[one.id] is not None]
    others = sorted((one for one in script.actions if due[one.id] is None and one.p50_min is not None), key=_middle)
    rows = [*limited, *others][:MOST_ROWS]
    shown = [one for one in rows if (due[one.id] or one.p10_min or 0.0) <= script.duration_min]
    return sorted(shown, key=lambda one: due[one.id] or _middle(one))


def _middle(action: ExpectedAction) -> float:
    return action.p50_min or 0.0


def chart_sentence(script: Script) -> str:
    """What the picture shows, in two sentences."""
    actions = charted(script)
    timed = sum(one.at_min is not None for one in script.injects)
    shown = _("{injects}由时钟下达；", injects=n_("{count} 条注入", timed))
    if not any(one.p50_min is not None for one in actions):
        return shown + _("竖线为各项预期行动的时限，还没有可对照的仿真研究。")
    late = sum(_is_doubtful(one) for one in actions)
    words = (
        _("其中{count}项在半数以上的场次没有达到时限（红色）", count=late)
        if late
        else _("推演中半数以上的场次都达到时限")
    )
    told_bars = _(
        "竖线为时限（自前一步起算的，前一步取推演中位数），横条为推演中完成的时段（P10到P90），{late}。", late=words
    )
    return shown + told_bars


def script_chart(script: Script) -> go.Figure:
    """Injects along the top, one row for each action that has a limit or a band."""
    actions = charted(script)
    figure = go.Figure()
    names = [_row(one) for one in actions]
    timed = [one for one in script.in_order if one.at_min is not None]
    top = name_of("script_page", "injects", language())
    figure.add_scatter(
        x=[one.at_min for one in timed], y=[top] * len(timed), mode="markers", name=top, hoverinfo="text",
        hovertext=[f"{one.number} {told(one.title, one.title_en)}" for one in timed],
        marker={"symbol": "triangle-down", "size": 12, "color": BLUE},
    )  # fmt: skip
    banded = [(name, one) for name, one in zip(names, actions, strict=True) if one.p10_min is not None]
    figure.add_bar(
        y=[name for name, _one in banded], base=[one.p10_min for _name, one in banded], orientation="h", width=0.5,
        x=[_end(script, one) - (one.p10_min or 0.0) for _name, one in banded], name=_("推演完成时段"), hoverinfo="text",
        marker={"color": [RED if _is_doubtful(one) else LIGHT for _name, one in banded], "opacity": 0.7},
        hovertext=[_band_text(one) for _name, one in banded],
    )  # fmt: skip
    due = [(name, due_min(script, one)) for name, one in zip(names, actions, strict=True)]
    limited = [(name, at) for name, at in due if at is not None]
    figure.add_scatter(
        x=[at for _name, at in limited], y=[name for name, _at in limited], mode="markers", name=_("时限"),
        marker={"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": GREY}, "color": GREY}, hoverinfo="text",
        hovertext=[_("第{minute}前", minute=minutes_text(at)) for _name, at in limited],
    )  # fmt: skip
    return _dressed(figure, [top, *names], script.duration_min)


def _row(action: ExpectedAction) -> str:
    title = told(action.title, action.title_en)
    return f"{action.number} {shorten(title, 2 * TITLE_CHARACTERS) if ' ' in title else title[:TITLE_CHARACTERS]}"


def _end(script: Script, action: ExpectedAction) -> float:
    """Where a band ends: at its P90, at the end of the drill where nine in ten were not done by any minute."""
    return action.p90_min if action.p90_min is not None else script.duration_min


def _is_doubtful(action: ExpectedAction) -> bool:
    """Whether most runs missed the limit."""
    return action.met_share is not None and action.met_share < 0.5


def _band_text(action: ExpectedAction) -> str:
    middle = "—" if action.p50_min is None else minutes_text(action.p50_min)
    return _("半数完成于{middle}", middle=middle)


def _dressed(figure: go.Figure, rows: list[str], duration_min: float) -> go.Figure:
    figure.update_layout(
        height=ROW_PX * (len(rows) + 5),
        margin={"l": 8, "r": 16, "t": 40, "b": 44},
        font={"family": FONT, "size": 13, "color": "#1d2733"},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        dragmode=False,
        barmode="overlay",
    )
    figure.update_xaxes(
        title={"text": _("演练时钟（分钟）"), "standoff": 6}, range=[-duration_min * 0.02, duration_min * 1.02],
        gridcolor="#e5eaf1", fixedrange=True, tickformat="~g",
    )  # fmt: skip
    figure.update_yaxes(
        categoryorder="array", categoryarray=rows[::-1], fixedrange=True, automargin=True, gridcolor="#f1f4f8"
    )
    return figure
