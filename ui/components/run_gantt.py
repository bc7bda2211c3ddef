"""The chart of one run: who did what when, who waited for what, what the target counts; played back by a line."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from plans_repo.packs.naming import cause_name
from plans_repo.study_runs import ToldRun
from sim.ticks import NEVER, TICKS_PER_MIN, ticks
from ui.components.counting_words import counted_words
from ui.components.promises import target_title
from ui.components.run_rows import Piece, Row
from ui.components.run_window import Window, dress, measured_of, strike
from ui.components.run_words import cause_title
from ui.components.study_charts import BLUE, CAUSE_COLOURS, GREY, RED, broken
from ui.wording import _, duration_text, language, n_

FRAMES = 48
ROW_PX = 32
LABEL_LINE_PX = 15
"""A line of a name on the axis; names of three lines need more than a row."""
COLOURS = {**CAUSE_COLOURS, "work": BLUE, "deciding": "#8a6800", "travel": "#3f8f4f", "rest": "#b9c5d6"}
WHOLE, UPPER, LOWER = (0.0, 0.6), (-0.14, 0.36), (0.22, 0.2)
"""Where a bar stands in its row and how high: alone; work above waits of the same row."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """What the chosen target counts in a run, in ticks: from when to when, and by when it had to be.

    Of a margin the end is the clock and *due* the latest end that keeps the promise.
    """

    start: int
    end: int
    due: int


def span(run: ToldRun) -> Span | None:
    """The time the chosen target counts; None where nothing was measured."""
    measured, target = measured_of(run), run.aims.target
    if measured.node < 0 or abs(measured.ticks) == NEVER:
        return None
    finish, limit = run.run.passages[measured.node].finish_done, ticks(target.limit_min)
    if target.is_latest_better:
        clock = strike(run, measured)
        return Span(start=finish, end=clock, due=clock - limit)
    return Span(start=measured.begin, end=finish, due=measured.begin + limit)


def in_window(rows: list[Row], window: Window) -> list[Row]:
    """The rows on which anything is to be seen."""
    return [row for row in rows if any(window.holds(each.start, each.end) for each in row.every)]


def gantt_words(run: ToldRun, rows: list[Row]) -> str:
    """What the chart shows, what the target counts of it, and what stands on the critical chain."""
    said = _(
        "每行是一项任务，画到最后一处结束：实色为作业、路途、决策，斜纹为等待（颜色分原因），空白处是前序未完或者未到时机；"
        "一行有多处的，上半行画多数在做什么，下半行画其余在等什么，停在条上可看有几处在等。名称前有“◆”的在关键链上。"
    )
    marked = [row.name for row in rows if row.is_critical]
    if marked:
        said += _("关键链：{tasks}。", tasks=_("、").join(marked))
    return said + target_words(run)


def target_words(run: ToldRun) -> str:
    """What the chosen target counts, and from when to when it did in this run."""
    said = _("第一行“★”是所选目标数的那段时间，红竖线是期限。") + counted_words(run.aims.target, run.study.procedure)
    counted = span(run)
    if counted is None:
        return said + _("这次推演没有计出时间，不画这一行。")
    ordered = sorted((counted.start, counted.end))
    start, end = (duration_text(tick / TICKS_PER_MIN) for tick in ordered)
    return said + _("这次从零时后 {start} 数到 {end}。", start=start, end=end)


def left_out_words(count: int) -> str:
    """How many rows the window does not show, and where they are seen."""
    return n_("另有 {count} 行不在所选时间范围内，没有列出；时间范围选“全过程”即可看到。", count)


def gantt(run: ToldRun, rows: list[Row], cited: dict[str, str], window: Window) -> go.Figure:
    """Bars by row, a colour for every cause, played back by a line that moves over them."""
    figure = go.Figure()
    counted = span(run)
    names = [("◆ " if row.is_critical else "") + row.name for row in rows]
    first = 0
    if counted is not None:
        names.insert(0, "★ " + target_title(run.aims.target))
        first = 1
    for (cause, is_work), found in _by_cause(rows, window).items():
        _bars(figure, run, cause, is_work, [(first + place, row, piece) for place, row, piece in found], window, cited)
    if counted is not None:
        _target_bar(figure, counted, window)
    _lay_out(figure, names, window)
    _play_back(figure, window)
    return figure


def _by_cause(rows: list[Row], window: Window) -> dict[tuple[str, bool], list[tuple[int, Row, Piece]]]:
    found: dict[tuple[str, bool], list[tuple[int, Row, Piece]]] = {}
    for place, row in enumerate(rows):
        for piece in row.every:
            if window.holds(piece.start, piece.end):
                key = (piece.cause.partition(":")[0], piece.is_work)
                found.setdefault(key, []).append((place, row, piece))
    return found


def _bars(
    figure: go.Figure,
    run: ToldRun,
    cause: str,
    is_work: bool,
    found: list[tuple[int, Row, Piece]],
    window: Window,
    cited: dict[str, str],
) -> None:
    lanes = [_lane(row, is_work) for _place, row, _piece in found]
    figure.add_bar(
        y=[place + shift for (place, _row, _piece), (shift, _width) in zip(found, lanes, strict=True)],
        base=[window.at(piece.start) for _place, _row, piece in found],
        x=[window.at(piece.ticks) for _place, _row, piece in found],
        orientation="h",
        width=[width for _shift, width in lanes],
        name=cause_name(cause, language()),
        marker={"color": COLOURS.get(cause, GREY), "pattern": {"shape": "" if is_work else "/", "size": 6}},
        hovertext=[_hover(run, row, piece, cited) for _place, row, piece in found],
        hoverinfo="text",
    )


def _lane(row: Row, is_work: bool) -> tuple[float, float]:
    """Where the bar stands in its row; one node does not work and wait at once."""
    if row.count == 1:
        return WHOLE
    return UPPER if is_work else LOWER


def _target_bar(figure: go.Figure, counted: Span, window: Window) -> None:
    low, high = sorted((counted.start, counted.end))
    words = _("目标数的时间：{time}", time=duration_text((high - low) / TICKS_PER_MIN))
    figure.add_bar(
        y=[0], base=[window.at(low)], x=[window.at(high - low)], orientation="h", width=0.36, name=_("目标数的时间"),
        marker={"color": "#ffffff", "line": {"color": RED, "width": 2}}, hovertext=[words], hoverinfo="text",
    )  # fmt: skip
    if window.start <= counted.due <= window.end:
        figure.add_scatter(
            y=[0], x=[window.at(counted.due)], mode="markers", name=_("期限"), hoverinfo="text",
            hovertext=[_("期限：零时后 {time}", time=duration_text(counted.due / TICKS_PER_MIN))],
            marker={"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": RED}},
        )  # fmt: skip


def _lay_out(figure: go.Figure, names: list[str], window: Window) -> None:
    lines = [broken(name) for name in names]
    deepest = max((name.count("<br>") + 1 for name in lines), default=1)
    dress(figure, window, 210 + max(ROW_PX, LABEL_LINE_PX * deepest) * len(names))
    figure.update_layout(barmode="overlay", margin={"l": 8, "r": 16, "t": 36, "b": 150})
    figure.update_yaxes(
        range=[len(names) - 0.4, -0.6], tickmode="array", tickvals=list(range(len(names))), ticktext=lines,
        tickfont={"size": 12}, zeroline=False,
    )  # fmt: skip


def _hover(run: ToldRun, row: Row, piece: Piece, cited: dict[str, str]) -> str:
    said = _(
        "{name}<br>{cause}：{start} 起，历时 {time}<br>牵头：{lead}<br>条款：{clause}",
        name=row.name,
        cause=cause_title(run, piece.cause),
        start=duration_text(piece.start / TICKS_PER_MIN),
        time=duration_text(piece.ticks / TICKS_PER_MIN),
        lead=row.lead or "—",
        clause=cited.get(row.clause) or "—",
    )
    if row.count == 1:
        return said
    many = n_("同时最多 {count} 处在做", piece.count) if piece.is_work else n_("同时最多 {count} 处在等", piece.count)
    return f"{said}<br>{many}"


def _play_back(figure: go.Figure, window: Window) -> None:
    """Frames that move a line through the window, without asking the page again."""
    moments = window.moments(FRAMES)
    end = window.at(window.end)
    figure.frames = [
        go.Frame(name=f"{place}", layout={"shapes": _curtain(window.at(tick), end)})
        for place, tick in enumerate(moments)
    ]
    move = {"mode": "immediate", "transition": {"duration": 0}}
    figure.update_layout(
        sliders=[{
            "active": FRAMES, "x": 0, "len": 1, "y": 0, "pad": {"t": 92}, "currentvalue": {"visible": False},
            "steps": [
                {"method": "animate", "args": [[f"{place}"], move], "label": window.label(tick)}
                for place, tick in enumerate(moments)
            ],
        }],
        updatemenus=[{
            "type": "buttons", "direction": "left", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top",
            "pad": {"t": 48}, "showactive": False,
            "buttons": [
                {"label": _("播放"), "method": "animate",
                 "args": [None, {"frame": {"duration": 250, "redraw": False}, "fromcurrent": False, **move}]},
                {"label": _("暂停"), "method": "animate",
                 "args": [[None], {"frame": {"duration": 0, "redraw": False}, **move}]},
            ],
        }],
    )  # fmt: skip


def _curtain(at: float, end: float) -> list[dict[str, object]]:
    """What is still to come is veiled."""
    return [
        {"type": "rect", "xref": "x", "yref": "paper", "x0": at, "x1": end, "y0": 0, "y1": 1,
         "fillcolor": "#ffffff", "opacity": 0.8, "line": {"width": 0}, "layer": "above"},
        {"type": "line", "xref": "x", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
         "line": {"color": RED, "width": 2}},
    ]  # fmt: skip
