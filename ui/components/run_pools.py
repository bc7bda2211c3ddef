"""Lines at the pools of one run and units in use; units that serve one place alone are told place by place."""

from __future__ import annotations

from itertools import pairwise

import plotly.graph_objects as go

from plans_repo.study_runs import ToldRun
from sim.telling import Level, PoolStory, area
from sim.ticks import TICKS_PER_MIN
from ui.components.run_window import Window, dress
from ui.components.run_words import place_title, pool_name
from ui.components.study_charts import BLUE
from ui.wording import _, duration_text, n_

MOST_LINES = 6
_LINES = (BLUE, "#c65f0b", "#2a8f9d", "#7a5ea8", "#8a6800", "#5a6880")
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def asked_for(run: ToldRun) -> list[str]:
    """The pools anybody asked for in this run, in the order of the network."""
    return list(dict.fromkeys(story.pool for story in run.pools if _peak(story.held) + _peak(story.line)))


def several(run: ToldRun) -> list[str]:
    """Those of them that stand place by place."""
    apart = {story.pool for story in run.pools if story.entity}
    return [pool for pool in asked_for(run) if pool in apart]


def longest_lines(run: ToldRun, pool: str = "") -> list[PoolStory]:
    """Where anybody stood in line, the longest line first.

    Of every pool the worst place; of one *pool*, if it is named, its places. Pictures draw the first MOST_LINES.
    """
    found = [each for each in _of(run, pool) if _peak(each.line)]
    end = run.network.horizon
    ordered = sorted(found, key=lambda each: (-_peak(each.line), -area(each.line, end), each.pool, each.entity))
    return _shown(ordered, pool)


def busiest(run: ToldRun, pool: str = "") -> list[PoolStory]:
    """Where units were ever held, the most fully used first; of these the longest line, then the longest in full use.

    Places as above.
    """
    found = [each for each in _of(run, pool) if _peak(each.held) and _peak(each.units)]
    end = run.network.horizon
    ordered = sorted(
        found,
        key=lambda each: (-_most_share(each, end), -_peak(each.line), -full_ticks(each, end), each.pool, each.entity),
    )
    return _shown(ordered, pool)


def _of(run: ToldRun, pool: str) -> list[PoolStory]:
    return [each for each in run.pools if not pool or each.pool == pool]


def _shown(ordered: list[PoolStory], pool: str) -> list[PoolStory]:
    if pool:
        return ordered
    worst: dict[str, PoolStory] = {}
    for each in ordered:
        worst.setdefault(each.pool, each)
    return list(worst.values())


def cut_words(stories: list[PoolStory], pool: str) -> str:
    """How many lines a picture leaves out, and where they are seen; "" where it draws them all."""
    rest = len(stories) - MOST_LINES
    if rest <= 0:
        return ""
    if pool:
        return n_(
            "只画前 {shown} 处，另有 {count} 处没有画；把上面的任务“展开到每一处”，可以看到各处的等待。",
            rest,
            shown=MOST_LINES,
        )
    return n_("只画前 {shown} 类，另有 {count} 类没有画，可在“看哪类力量”中逐类选看。", rest, shown=MOST_LINES)


def story_title(run: ToldRun, story: PoolStory) -> str:
    """A pool by its name, with the place it serves alone."""
    name = pool_name(run, story.pool)
    if not story.entity:
        return name
    return _("{name}（{place}）", name=name, place=place_title(run, story.entity))


def _peak(levels: tuple[Level, ...]) -> int:
    return max((level.count for level in levels), default=0)


def _most_share(story: PoolStory, end: int) -> float:
    return max((held / units for _tick, _after, held, units in held_levels(story, end) if units), default=0.0)


def line_words(run: ToldRun, stories: list[PoolStory], pool: str = "") -> str:
    """What the lines count, and which grew longest."""
    worst = stories[0]
    said = _("阶梯线是在等这类力量的任务数，一处一批算一项。") + _places_words(stories, pool)
    return said + n_("排队最长的是“{pool}”，最多时有 {count} 项在等。", _peak(worst.line), pool=story_title(run, worst))


def _places_words(stories: list[PoolStory], pool: str) -> str:
    """That places are told apart."""
    if pool or not any(story.entity for story in stories):
        return ""
    return _("分设在各处、只供当地使用的力量不相加，每类只画最紧的一处，括号内是地名；其他各处可在“看哪类力量”中选看。")


def last_change(stories: list[PoolStory]) -> int:
    """The tick at which a line that is drawn changes last."""
    return max((story.line[-1].tick for story in stories[:MOST_LINES] if story.line), default=0)


def line_chart(run: ToldRun, stories: list[PoolStory], window: Window) -> go.Figure:
    """Lengths of lines over time."""
    figure = go.Figure()
    for place, story in enumerate(stories[:MOST_LINES]):
        levels = [*story.line, Level(tick=run.network.horizon, count=story.line[-1].count)]
        figure.add_scatter(
            x=[window.at(level.tick) for level in levels],
            y=[level.count for level in levels],
            mode="lines",
            line={"shape": "hv", "width": 2, "dash": _DASHES[place], "color": _LINES[place]},
            name=story_title(run, story),
        )
    dress(figure, window, 320)
    figure.update_yaxes(title={"text": _("在等的任务（项）"), "font": {"size": 12}})
    return figure


def held_words(run: ToldRun, stories: list[PoolStory], pool: str = "") -> str:
    """Which pools were all out at some moment, and for how long the fullest was."""
    end = run.network.horizon
    full = [story for story in stories if full_ticks(story, end)]
    said = _("阶梯线是力量在用的比例（在用数除以当时的总数）。") + _places_words(stories, pool)
    if not full:
        most = stories[0]
        return said + _(
            "没有哪一类全部用完；用得最满的是“{pool}”，最多时 {held} 个在用，共 {units} 个。",
            pool=story_title(run, most),
            held=_peak(most.held),
            units=_peak(most.units),
        )
    longest = max(full, key=lambda story: (full_ticks(story, end), story.pool))
    names = _("、").join(story_title(run, story) for story in full[:MOST_LINES])
    told = {
        "pools": names if len(full) <= MOST_LINES else _("{names}等", names=names),
        "pool": story_title(run, longest),
    }
    since = full_for_good(longest, end)
    if since is not None:
        since_text = duration_text(since / TICKS_PER_MIN)
        return said + _(
            "全部用完过的有：{pools}；“{pool}”自零时后 {since}起全部在用，直到推演结束。", since=since_text, **told
        )
    time = duration_text(full_ticks(longest, end) / TICKS_PER_MIN)
    return said + _("全部用完过的有：{pools}；“{pool}”全部在用的时间最长，合计 {time}。", time=time, **told)


def full_ticks(story: PoolStory, end: int) -> int:
    """For how many ticks all units there were of a pool were held."""
    return sum(after - tick for tick, after, held, units in held_levels(story, end) if units and held >= units)


def full_for_good(story: PoolStory, end: int) -> int | None:
    """The tick from which all units of a pool are held until the *end*; nothing where some are free by then."""
    since = None
    for tick, _after, held, units in reversed(held_levels(story, end)):
        if not units or held < units:
            break
        since = tick
    return since


def held_levels(story: PoolStory, end: int) -> list[tuple[int, int, int, int]]:
    """From when to when how many units were held of how many there were."""
    ticks = sorted({level.tick for level in (*story.held, *story.units)} | {0, end})
    return [
        (tick, after, _at(story.held, tick), _at(story.units, tick)) for tick, after in pairwise(ticks) if after <= end
    ]


def _at(levels: tuple[Level, ...], tick: int) -> int:
    return next((level.count for level in reversed(levels) if level.tick <= tick), 0)


def held_chart(run: ToldRun, stories: list[PoolStory], window: Window) -> go.Figure:
    """The share of units held over time, a line for every pool; those who wait meanwhile on hovering."""
    figure = go.Figure()
    for place, story in enumerate(stories[:MOST_LINES]):
        levels = held_levels(story, run.network.horizon)
        levels.append((levels[-1][1], levels[-1][1], *levels[-1][2:]))
        title = story_title(run, story)
        figure.add_scatter(
            x=[window.at(tick) for tick, *_rest in levels],
            y=[100 * held / units if units else 0.0 for _tick, _after, held, units in levels],
            mode="lines",
            line={"shape": "hv", "width": 2, "dash": _DASHES[place], "color": _LINES[place]},
            name=title,
            hovertext=[
                _("{pool}：在用 {held} / {units}，在等 {line} 项", pool=title, held=held, units=units,
                  line=_at(story.line, tick))
                for tick, _after, held, units in levels
            ],
            hoverinfo="text",
        )  # fmt: skip
    dress(figure, window, 320)
    figure.update_yaxes(title={"text": _("在用（%）"), "font": {"size": 12}}, range=[0, 105])
    return figure
