"""Pictures of one run: who did what when and what for, lines at the pools, people by state. Hours on the axes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from plans_repo.packs.naming import cause_name
from plans_repo.study_runs import ToldRun
from sim.chain import CLOCK, PREDECESSOR
from sim.telling import Level, PoolStory, Stretch
from sim.ticks import TICKS_PER_MIN
from ui.components.promises import task_title
from ui.components.run_words import cause_title, entity_title, pool_name
from ui.components.study_charts import BLUE, CAUSE_COLOURS, FONT, GREY, LIGHT, RED
from ui.wording import _, duration_text, language, n_

TICKS_PER_HOUR = 60 * TICKS_PER_MIN
MOST_ROWS = 60
"""Entities of one task shown at once, those that ended last first."""
MOST_PIECES = 60
"""Bars in one row; finer ones are drawn together with the longest."""
FRAMES = 48
COLOURS = {**CAUSE_COLOURS, "work": BLUE, "deciding": "#8a6800", "travel": "#3f8f4f", "rest": "#b9c5d6"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the chart: its name and the stretches on it, whether it is on the critical chain."""

    name: str
    clause: str
    pieces: tuple[Stretch, ...]
    is_critical: bool
    lead: str = ""


def task_rows(run: ToldRun) -> list[Row]:
    """A row for every task that came up, in the order of the procedure; many entities are drawn as one."""
    rows = []
    for task in run.study.procedure.tasks:
        nodes = came_about(run, task.id)
        pieces = together(piece for node in nodes for piece in _shown(run.stretches[node]))
        if pieces:
            name = task_title(run.study.procedure, task.id)
            name = _counted(run, name, nodes)
            is_critical = not run.critical.isdisjoint(nodes)
            rows.append(Row(name=name, clause=task.clause, pieces=pieces, is_critical=is_critical, lead=task.lead))
    return rows


def entity_rows(run: ToldRun, task: str) -> list[Row]:
    """A row for every entity of a task, those that ended last first, at most MOST_ROWS."""
    latest = sorted(came_about(run, task), key=lambda node: (-run.stretches[node][-1].end, node))[:MOST_ROWS]
    clause = run.study.procedure.task(task).clause
    return [
        Row(
            name=entity_title(run.network, run.network.nodes[node].entity) or task_title(run.study.procedure, task),
            clause=clause,
            pieces=tuple(_shown(run.stretches[node])),
            is_critical=node in run.critical,
            lead=run.study.procedure.task(task).lead,
        )
        for node in latest
    ]


def came_about(run: ToldRun, task: str) -> list[int]:
    """The nodes of a task that were waited for or worked on in this run; what might have come up is left out."""
    return [node for node in run.network.of_task.get(task, ()) if any(True for _ in _shown(run.stretches[node]))]


def _counted(run: ToldRun, name: str, nodes: list[int]) -> str:
    """The name of a task with how often it came up, and at how many places where one place has several."""
    if len(nodes) < 2:
        return name
    known = {place.id for place in run.study.scenario.places}
    lineages = [run.network.lineage(run.network.nodes[node].entity) for node in nodes]
    places = {next((key for key in lineage if key in known), "") for lineage in lineages} - {""}
    if places and len(places) < len(nodes):
        return _("{name}（{count} 批，{places} 处）", name=name, count=len(nodes), places=len(places))
    return n_("{name}（{count} 处）", len(nodes), name=name)


def _shown(stretches: Iterable[Stretch]) -> Iterable[Stretch]:
    """What is drawn: waits in line and own minutes; the time before a node was ready is left blank."""
    return (each for each in stretches if each.cause not in (PREDECESSOR, CLOCK))


def together(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Several nodes on one row: what most of those at work do, or while none works what most wait for."""
    changes: dict[int, Counter[tuple[bool, str]]] = {}
    for each in stretches:
        changes.setdefault(each.start, Counter())[each.is_work, each.cause] += 1
        changes.setdefault(each.end, Counter())[each.is_work, each.cause] -= 1
    now, pieces, ticks = Counter[tuple[bool, str]](), list[Stretch](), sorted(changes)
    for tick, after in pairwise(ticks):
        for key, change in changes[tick].items():
            now[key] += change
        present = [(is_work, count, cause) for (is_work, cause), count in now.items() if count]
        if not present:
            continue
        is_work, _count, cause = max(present)
        if pieces and pieces[-1].end == tick and pieces[-1].cause == cause:
            tick = pieces.pop().start
        pieces.append(Stretch(node=-1, start=tick, end=after, cause=cause, is_work=is_work))
    return _fewer(pieces)


def _fewer(pieces: list[Stretch]) -> tuple[Stretch, ...]:
    """At most MOST_PIECES: neighbours are joined under the cause of the longer one."""
    while len(pieces) > MOST_PIECES:
        joined = []
        for one, two in zip(pieces[::2], [*pieces[1::2], None], strict=False):
            if two is None:
                joined.append(one)
                continue
            long = max(one, two, key=lambda each: each.ticks)
            joined.append(
                Stretch(node=-1, start=one.start, end=two.end, cause=long.cause, is_work=long.is_work)
            )  # fmt: skip
        pieces = joined
    return tuple(pieces)


def gantt_words(rows: list[Row]) -> str:
    """What the chart shows, and what stands on the critical chain."""
    said = _(
        "每行是一项任务：斜纹为等待（颜色分原因），实色为作业、路途、决策，空白处是前序未完或者未到时机；名称前有“◆”的在关键链上。"
    )
    marked = [row.name for row in rows if row.is_critical]
    if marked:
        said += _("关键链：{tasks}。", tasks=_("、").join(marked))
    return said


def gantt(run: ToldRun, rows: list[Row], cited: dict[str, str]) -> go.Figure:
    """Bars by row, a colour for every cause, played back by a line that moves over them."""
    figure = go.Figure()
    names = _names(rows)
    by_cause: dict[str, list[tuple[str, Row, Stretch]]] = {}
    for name, row in zip(names, rows, strict=True):
        for piece in row.pieces:
            by_cause.setdefault(piece.cause.partition(":")[0], []).append((name, row, piece))
    for cause, found in by_cause.items():
        figure.add_bar(
            y=[name for name, _row, _piece in found],
            base=[piece.start / TICKS_PER_HOUR for _name, _row, piece in found],
            x=[piece.ticks / TICKS_PER_HOUR for _name, _row, piece in found],
            orientation="h",
            width=0.6,
            name=cause_name(cause, language()),
            marker={"color": COLOURS.get(cause, GREY), "pattern": {"shape": "" if found[0][2].is_work else "/"}},
            hovertext=[_hover(run, row, piece, cited) for _name, row, piece in found],
            hoverinfo="text",
        )
    _dress(figure, 120 + 26 * len(rows))
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(range=[len(rows) - 0.4, -0.6], automargin=True, fixedrange=True)
    _play_back(figure, run, max((piece.end for row in rows for piece in row.pieces), default=0))
    return figure


def _hover(run: ToldRun, row: Row, piece: Stretch, cited: dict[str, str]) -> str:
    return _(
        "{name}<br>{cause}：{start} 起，历时 {time}<br>牵头：{lead}<br>条款：{clause}",
        name=row.name,
        cause=cause_title(run, piece.cause),
        start=duration_text(piece.start / TICKS_PER_MIN),
        time=duration_text(piece.ticks / TICKS_PER_MIN),
        lead=row.lead or "—",
        clause=cited.get(row.clause) or "—",
    )


def _names(rows: list[Row]) -> list[str]:
    """Names of rows; one that comes twice gets an invisible mark, or the bars would fall together."""
    seen = Counter[str]()
    names = []
    for row in rows:
        name = ("◆ " if row.is_critical else "") + row.name
        names.append(name + "\u200b" * seen[name])
        seen[name] += 1
    return names


def _play_back(figure: go.Figure, run: ToldRun, end: int) -> None:
    """Frames that move a line through the time, without asking the page again."""
    hours = end / TICKS_PER_HOUR
    frames = [hours * place / FRAMES for place in range(FRAMES + 1)]
    figure.frames = [go.Frame(name=f"{at:.3f}", layout={"shapes": _curtain(at, hours)}) for at in frames]
    move = {"mode": "immediate", "transition": {"duration": 0}}
    figure.update_layout(
        sliders=[{
            "active": FRAMES, "x": 0.16, "len": 0.84, "y": -0.02, "pad": {"t": 44}, "currentvalue": {"visible": False},
            "steps": [
                {"method": "animate", "args": [[f"{at:.3f}"], move], "label": f"{at:.1f}"} for at in frames
            ],
        }],
        updatemenus=[{
            "type": "buttons", "direction": "left", "x": 0, "y": -0.02, "xanchor": "left", "yanchor": "top",
            "pad": {"t": 44}, "showactive": False,
            "buttons": [
                {"label": _("播放"), "method": "animate",
                 "args": [None, {"frame": {"duration": 250, "redraw": False}, "fromcurrent": False, **move}]},
                {"label": _("暂停"), "method": "animate",
                 "args": [[None], {"frame": {"duration": 0, "redraw": False}, **move}]},
            ],
        }],
        margin={"l": 8, "r": 16, "t": 36, "b": 130},
    )  # fmt: skip


def _curtain(at: float, end: float) -> list[dict[str, object]]:
    """What is still to come is veiled."""
    return [
        {"type": "rect", "xref": "x", "yref": "paper", "x0": at, "x1": end * 1.02, "y0": 0, "y1": 1,
         "fillcolor": "#ffffff", "opacity": 0.8, "line": {"width": 0}, "layer": "above"},
        {"type": "line", "xref": "x", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
         "line": {"color": RED, "width": 2}},
    ]  # fmt: skip


def longest_lines(run: ToldRun) -> list[PoolStory]:
    """The pools anybody stood in line for, the longest line first, at most six."""
    found = [each for each in run.pools if _longest(each.line)]
    return sorted(found, key=lambda each: (-_longest(each.line), each.pool))[:6]


def _longest(levels: tuple[Level, ...]) -> int:
    return max((level.count for level in levels), default=0)


def line_words(run: ToldRun, stories: list[PoolStory]) -> str:
    """Which line grew longest."""
    worst = stories[0]
    return n_(
        "阶梯线是各类力量前排队等候的任务数（只列排队最长的几类）。最长的是“{pool}”，最多时有 {count} 项在等。",
        _longest(worst.line),
        pool=pool_name(run, worst.pool),
    )


def line_chart(run: ToldRun, stories: list[PoolStory]) -> go.Figure:
    """Lengths of lines over time."""
    figure = go.Figure()
    for place, story in enumerate(stories):
        figure.add_scatter(
            x=[level.tick / TICKS_PER_HOUR for level in story.line],
            y=[level.count for level in story.line],
            mode="lines",
            line={"shape": "hv", "width": 2, "dash": ("solid", "dash", "dot")[place % 3], "color": _LINES[place]},
            name=pool_name(run, story.pool),
        )
    _dress(figure, 300)
    return figure


_LINES = (BLUE, "#c65f0b", "#2a8f9d", "#7a5ea8", "#8a6800", "#5a6880")


def busiest(run: ToldRun) -> list[PoolStory]:
    """The pools with units that were ever held, the most fully used first, at most six."""
    found = [each for each in run.pools if _longest(each.held) and _longest(each.units)]
    return sorted(found, key=lambda each: (-_longest(each.held) / _longest(each.units), each.pool))[:6]


def held_words(run: ToldRun, stories: list[PoolStory]) -> str:
    """Which pools were all out at some moment, and for how long the fullest was."""
    full = [story for story in stories if full_ticks(story, run.network.horizon)]
    said = _("阶梯线是各类力量在用的比例（在用数除以当时的总数）。")
    if not full:
        most = stories[0]
        return said + _(
            "没有哪一类全部用完；用得最满的是“{pool}”，最多时 {held} 个在用，共 {units} 个。",
            pool=pool_name(run, most.pool),
            held=_longest(most.held),
            units=_longest(most.units),
        )
    longest = max(full, key=lambda story: (full_ticks(story, run.network.horizon), story.pool))
    return said + _(
        "全部用完过的有：{pools}；“{pool}”全部在用的时间最长，合计{time}。",
        pools=_("、").join(pool_name(run, story.pool) for story in full),
        pool=pool_name(run, longest.pool),
        time=duration_text(full_ticks(longest, run.network.horizon) / TICKS_PER_MIN),
    )


def full_ticks(story: PoolStory, end: int) -> int:
    """For how many ticks all units there were of a pool were held."""
    return sum(after - tick for tick, after, held, units in held_levels(story, end) if units and held >= units)


def held_levels(story: PoolStory, end: int) -> list[tuple[int, int, int, int]]:
    """From when to when how many units were held of how many there were."""
    ticks = sorted({level.tick for level in (*story.held, *story.units)} | {0, end})
    return [
        (tick, after, _at(story.held, tick), _at(story.units, tick)) for tick, after in pairwise(ticks) if after <= end
    ]


def _at(levels: tuple[Level, ...], tick: int) -> int:
    return next((level.count for level in reversed(levels) if level.tick <= tick), 0)


def held_chart(run: ToldRun, stories: list[PoolStory]) -> go.Figure:
    """The share of units held over time, a line for every pool."""
    figure = go.Figure()
    for place, story in enumerate(stories):
        levels = held_levels(story, run.network.horizon)
        figure.add_scatter(
            x=[tick / TICKS_PER_HOUR for tick, *_rest in levels],
            y=[100 * held / units if units else 0.0 for _tick, _after, held, units in levels],
            mode="lines",
            line={"shape": "hv", "width": 2, "dash": ("solid", "dash", "dot")[place % 3], "color": _LINES[place]},
            name=pool_name(run, story.pool),
            hovertext=[f"{pool_name(run, story.pool)}：{held} / {units}" for _tick, _after, held, units in levels],
            hoverinfo="text",
        )
    _dress(figure, 300)
    figure.update_yaxes(title={"text": _("在用（%）")}, range=[0, 105])
    return figure


def people_words(run: ToldRun) -> str:
    """Where the people of the target were in the end."""
    last = run.people[-1]
    return _(
        "目标所涉 {total} 人按状态随时间的变化；到推演结束：按时完成 {safe} 人，逾时 {missed} 人，正在转移或者作业 "
        "{under_way} 人，尚未开始 {waiting} 人。",
        total=last.total,
        safe=last.safe,
        missed=last.missed,
        under_way=last.under_way,
        waiting=last.waiting,
    )


def people_chart(run: ToldRun) -> go.Figure:
    """Areas of people by state."""
    figure = go.Figure()
    states = (
        ("safe", _("按时完成"), "#3f8f4f"),
        ("under_way", _("正在进行"), BLUE),
        ("waiting", _("尚未开始"), LIGHT),
        ("missed", _("逾时"), RED),
    )
    ticks = [*(level.tick for level in run.people), run.network.horizon]
    levels = [*run.people, run.people[-1]]
    for state, name, colour in states:
        figure.add_scatter(
            x=[tick / TICKS_PER_HOUR for tick in ticks],
            y=[getattr(level, state) for level in levels],
            mode="lines",
            line={"shape": "hv", "width": 0.5, "color": colour},
            stackgroup="people",
            name=name,
        )
    _dress(figure, 300)
    return figure


def _dress(figure: go.Figure, height: int) -> None:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 36, "b": 48},
        font={"family": FONT, "size": 13, "color": "#1d2733"},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
    )
    figure.update_xaxes(
        title={"text": _("情景零时后（小时）"), "standoff": 6}, gridcolor="#e5eaf1", rangemode="tozero",
        fixedrange=True, tickformat="~g",
    )  # fmt: skip
    figure.update_yaxes(gridcolor="#e5eaf1", rangemode="tozero", fixedrange=True, automargin=True)
