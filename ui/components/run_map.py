"""A map of one run without tiles: places and their roads change state, units move, as time is played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import plotly.graph_objects as go

from plans_repo.study_runs import ToldRun
from sim.joining import own_name
from sim.log import What
from sim.network import Node
from sim.placing import Layout, layout
from sim.procedure import Outcome, TaskKind
from sim.ticks import NEVER, TICKS_PER_MIN
from ui.components.plan_names import told
from ui.components.promises import task_title
from ui.components.run_window import Window
from ui.components.run_words import pool_name
from ui.components.study_charts import BLUE, FONT, GREY, RED
from ui.wording import _, duration_text, later, n_

FRAMES = 40
MOST_UNITS = 60
"""Units drawn at once; of more, those that began last."""
STATES = {
    "waiting": (later("尚未开始"), GREY),
    "under_way": (later("正在进行"), BLUE),
    "done": (later("各项完成"), "#3f8f4f"),
    "left": (later("已结束而有事项没有做成"), "#8a6800"),
    "cut": (later("通道中断"), "#c65f0b"),
    "hit": (later("灾害到达而未完成"), RED),
}
HITS = frozenset({"water", "front", "untenable", "air_ends"})
"""The clocks with which the danger itself is there."""


@dataclass(frozen=True, kw_only=True)
class _Site:
    """A place with the nodes that concerned it in this run and what happens to it, by ticks."""

    title: str
    x: float
    y: float
    nodes: tuple[int, ...]
    is_spared: bool
    cuts: tuple[tuple[int, bool], ...]
    hit_at: int | None


class RunMap:
    """The places of a run and who is at work there at any tick."""

    def __init__(self, run: ToldRun) -> None:
        self.run = run
        self.layout: Layout = layout(run.study.places)

    @cached_property
    def sites(self) -> dict[str, _Site]:
        """Every place with what concerns it."""
        places = {place.id: place for place in self.run.study.places}
        nodes: dict[str, list[int]] = {name: [] for name in places}
        possible = set[str]()
        for node in self.run.network.nodes:
            if home := self.home(node.entity):
                possible.add(home)
                if self.is_concerned(node.index):
                    nodes[home].append(node.index)
        cuts: dict[str, list[tuple[int, bool]]] = {name: [] for name in places}
        hits: dict[str, int] = {}
        for event in self.run.events:
            if event.entity not in places:
                continue
            if event.what in (What.GATE_CLOSED, What.GATE_OPENED):
                cuts[event.entity].append((event.tick, event.what is What.GATE_CLOSED))
            elif event.what is What.CLOCK_STRUCK and own_name(event.name) in HITS:
                hits.setdefault(event.entity, event.tick)
        return {
            spot.place: _Site(
                title=told(places[spot.place].title, places[spot.place].title_en),
                x=spot.x,
                y=spot.y,
                nodes=tuple(nodes[spot.place]),
                is_spared=spot.place in possible and not nodes[spot.place],
                cuts=tuple(cuts[spot.place]),
                hit_at=hits.get(spot.place),
            )
            for spot in self.layout.spots
        }

    @property
    def busy(self) -> list[_Site]:
        """The places something had to be done at in this run."""
        return [site for site in self.sites.values() if site.nodes]

    @property
    def spared(self) -> list[_Site]:
        """The places where something might have had to be done, but had not; shelters and stores are none of them."""
        return [site for site in self.sites.values() if site.is_spared]

    def is_concerned(self, index: int) -> bool:
        """Whether a node came up in this run: it ended in its own way, or was waited for or worked on."""
        passage = self.run.run.passages[index]
        came_up = passage.worked or passage.start < NEVER or any(ticks for _cause, ticks in passage.waits)
        return bool(came_up) or passage.outcome is not Outcome.SKIPPED

    def home(self, entity: str) -> str:
        """The place an entity belongs to, "" for none."""
        known = {spot.place for spot in self.layout.spots}
        return next((key for key in self.run.network.lineage(entity) if key in known), "")

    def is_cut(self, site: _Site, tick: int) -> bool:
        """Whether the last of its gates that moved was shut."""
        moved = [is_shut for at, is_shut in site.cuts if at <= tick]
        return bool(moved and moved[-1])

    def state(self, site: _Site, tick: int) -> str:
        """What is to be said of a place at a tick."""
        passages = [self.run.run.passages[index] for index in site.nodes]
        if passages and all(each.finish <= tick for each in passages):
            return "done" if all(each.is_done for each in passages) else "left"
        if site.hit_at is not None and site.hit_at <= tick and passages:
            return "hit"
        if self.is_cut(site, tick):
            return "cut"
        return "under_way" if any(each.start <= tick for each in passages) else "waiting"

    def at_work(self, tick: int) -> list[tuple[Node, float, float]]:
        """The nodes at work that hold units, with where they are drawn; what travels moves along its road."""
        found = []
        for node in self.run.network.nodes:
            passage = self.run.run.passages[node.index]
            if not node.demands or not passage.start <= tick < passage.finish:
                continue
            site = self.sites.get(self.home(node.entity))
            x, y = (site.x, site.y) if site else (0.0, 0.0)
            if node.kind is TaskKind.TRAVEL and site:
                share = (tick - passage.start) / (passage.finish - passage.start)
                x, y = x * share, y * share
            turn = node.index % 8
            found.append((passage.start, node, x + 0.02 * (turn % 4 - 1.5), y + 0.02 * (turn // 4 - 0.5) + 0.035))
        newest = sorted(found, key=lambda each: (-each[0], each[1].index))[:MOST_UNITS]
        return [(node, x, y) for _start, node, x, y in newest]


def map_words(told_map: RunMap, window: Window) -> str:
    """What the map shows, and how the places stood at the end of what is shown."""
    states = [told_map.state(site, window.end) for site in told_map.busy]
    kind = (
        _("示意图，不按比例：离中心越远，路程越长；中心为指挥部。")
        if told_map.layout.is_schematic
        else _("各处按情景所给坐标标出；中心为各处的中点。")
    )
    said = n_(
        "这次推演有任务的 {count} 处，到零时后 {time}：", len(states), time=duration_text(window.end / TICKS_PER_MIN)
    )
    parts = [
        _("{name} {count} 处", name=_(name), count=states.count(state))
        for state, (name, _colour) in STATES.items()
        if states.count(state)
    ]
    said += _("、").join(parts) + _("。")
    if told_map.spared:
        said += n_("另有 {count} 处本来可能有任务，这次没有发生。", len(told_map.spared))
    return kind + said + _("菱形为出动的力量，在路上的沿线移动。")


def map_chart(told_map: RunMap, cited: dict[str, str], window: Window) -> go.Figure:
    """Roads, roads cut, places by state, units at work: a frame for every moment shown."""
    moments = window.moments(FRAMES)
    figure = go.Figure(data=[*_traces(told_map, moments[0], cited)])
    figure.frames = [
        go.Frame(name=f"{tick}", data=[*_traces(told_map, tick, cited)], layout={"title": {"text": _clock(tick)}})
        for tick in moments
    ]
    _dress(figure, moments[0])
    _play_back(figure, moments, window)
    return figure


def _traces(told_map: RunMap, tick: int, cited: dict[str, str]) -> Iterator[go.Scatter]:
    sites = list(told_map.sites.values())
    yield _roads([site for site in sites if not told_map.is_cut(site, tick)], "#d7dce4", _("道路"))
    yield _roads([site for site in sites if told_map.is_cut(site, tick)], RED, _("中断的道路"))
    idle = [site for site in sites if not site.nodes and not site.is_spared]
    yield _marks(idle, _("设施（本身没有任务）"), "square-open")
    yield _marks(told_map.spared, _("这次没有任务"), "circle-open")
    states = [(site, told_map.state(site, tick)) for site in told_map.busy]
    for state, (name, colour) in STATES.items():
        here = [site for site, found in states if found == state]
        yield go.Scatter(
            x=[site.x for site in here],
            y=[site.y for site in here],
            mode="markers",
            marker={"size": 13, "color": colour, "line": {"width": 1, "color": "#ffffff"}},
            hovertext=[f"{site.title}<br>{_(name)}" for site in here],
            hoverinfo="text",
            name=_(name),
        )
    units = told_map.at_work(tick)
    yield go.Scatter(
        x=[x for _node, x, _y in units],
        y=[y for _node, _x, y in units],
        mode="markers",
        marker={"size": 9, "symbol": "diamond", "color": "#1d2733", "line": {"width": 1, "color": "#ffffff"}},
        hovertext=[_unit_hover(told_map.run, node, cited) for node, _x, _y in units],
        hoverinfo="text",
        name=_("出动的力量"),
    )
    yield go.Scatter(
        x=[0.0], y=[0.0], mode="markers", name=_("指挥部"), hoverinfo="name",
        marker={"size": 14, "symbol": "star", "color": "#12386b"},
    )  # fmt: skip


def _marks(sites: list[_Site], name: str, symbol: str) -> go.Scatter:
    """Places at which nothing had to be done."""
    return go.Scatter(
        x=[site.x for site in sites],
        y=[site.y for site in sites],
        mode="markers",
        marker={"size": 11, "symbol": symbol, "color": GREY},
        hovertext=[f"{site.title}<br>{name}" for site in sites],
        hoverinfo="text",
        name=name,
    )


def _roads(sites: list[_Site], colour: str, name: str) -> go.Scatter:
    return go.Scatter(
        x=[value for site in sites for value in (0.0, site.x, None)],
        y=[value for site in sites for value in (0.0, site.y, None)],
        mode="lines",
        line={"color": colour, "width": 1.5},
        hoverinfo="skip",
        name=name,
    )


def _unit_hover(run: ToldRun, node: Node, cited: dict[str, str]) -> str:
    procedure = run.study.procedure
    pools = _("、").join(dict.fromkeys(pool_name(run, run.network.pools[demand.pool].id) for demand in node.demands))
    known = node.task in {task.id for task in procedure.tasks}
    clause = procedure.task(node.task).clause if known else ""
    return _(
        "{task}<br>力量：{pools}<br>条款：{clause}",
        task=task_title(procedure, node.task) if known else node.task,
        pools=pools,
        clause=cited.get(clause) or "—",
    )


def _clock(tick: int) -> str:
    return _("情景零时后 {time}", time=duration_text(tick / TICKS_PER_MIN))


def _dress(figure: go.Figure, start: int) -> None:
    figure.update_layout(
        height=640,
        margin={"l": 8, "r": 8, "t": 132, "b": 140},
        font={"family": FONT, "size": 13, "color": "#1d2733"},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": 11}},
        title={"text": _clock(start), "font": {"size": 13}, "x": 0, "xref": "paper", "y": 0.985, "yanchor": "top"},
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
    )
    figure.update_xaxes(visible=False, range=[-1.15, 1.15], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-1.15, 1.15], fixedrange=True, scaleanchor="x")


def _play_back(figure: go.Figure, moments: list[int], window: Window) -> None:
    move = {"mode": "immediate", "transition": {"duration": 0}}
    figure.update_layout(
        sliders=[{
            "active": 0, "x": 0, "len": 1, "y": 0, "pad": {"t": 62}, "currentvalue": {"visible": False},
            "steps": [
                {"method": "animate", "args": [[f"{tick}"], {**move, "frame": {"duration": 0, "redraw": True}}],
                 "label": window.label(tick)}
                for tick in moments
            ],
        }],
        updatemenus=[{
            "type": "buttons", "direction": "left", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top",
            "pad": {"t": 14}, "showactive": False,
            "buttons": [
                {"label": _("播放"), "method": "animate",
                 "args": [None, {"frame": {"duration": 300, "redraw": True}, "fromcurrent": True, **move}]},
                {"label": _("暂停"), "method": "animate",
                 "args": [[None], {"frame": {"duration": 0, "redraw": False}, **move}]},
            ],
        }],
    )  # fmt: skip
