"""Lines at the pools of one run and units in use; units that serve one place alone are told place by place."""

from __future__ import annotations

from collections import Counter
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
_DASHES = ("solid", "dash", "dot")


def several(run: ToldRun) -> list[str]:
    """The pools that stand place by place and were asked for in this run, in the order of the network."""
    touched = Counter(story.pool for story in run.pools if story.entity and _peak(story.held) + _peak(story.line))
    return [pool for pool in dict.fromkeys(story.pool for story in run.pools) if touched[pool]]


def longest_lines(run: ToldRun, pool: str = "") -> list[PoolStory]:
    """Where anybody stood in line, the longest line first, at most six.

    Of every pool the worst place; of one *pool*, if it is named, its places.
    """
    found = [each for each in _of(run, pool) if _peak(each.line)]
    end = run.network.horizon
    ordered = sorted(found, key=lambda each: (-_peak(each.line), -area(each.line, end), each.pool, each.entity))
    return _shown(ordered, pool)


def busiest(run: ToldRun, pool: str = "") -> list[PoolStory]:
    """Where units were ever held, the most fully used first and the longest so, at most six; places as above."""
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
    if not pool:
        ordered = list({each.pool: each for each in reversed(ordered)}.values())[::-1]
    return ordered[:MOST_LINES]


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


def line_words(run: ToldRun, stories: list[PoolStory]) -> str:
    """What the lines count, and which grew longest."""
    worst = stories[0]
    return (
        _("阶梯线是在等这类力量的任务数，一处一批算一项，每类只画排队最长的。")
        + _places_words(stories)
        + n_(
            "排队最长的是“{pool}”，最多时有 {count} 项在等。", _peak(worst.line), pool=story_title(run, worst)
        )
    )  # fmt: skip


def _places_words(stories: list[PoolStory]) -> str:
    """That places are told apart."""
    if not any(story.entity for story in stories):
        return ""
    return _("分设在各处、只供当地使用的力量不相加，画的是括号内那一处；其他各处可在上面选看。")


def line_chart(run: ToldRun, stories: list[PoolStory], window: Window) -> go.Figure:
    """Lengths of lines over time."""
    figure = go.Figure()
    for place, story in enumerate(stories):
        levels = [*story.line, Level(tick=run.network.horizon, count=story.line[-1].count)]
        figure.add_scatter(
            x=[window.at(level.tick) for level in levels],
            y=[level.count for level in levels],
            mode="lines",
            line={"shape": "hv", "width": 2, "dash": _DASHES[place % 3], "color": _LINES[place]},
            name=story_title(run, story),
        )
    dress(figure, window, 320)
    figure.update_yaxes(title={"text": _("在等的任务（项）"), "font": {"size": 12}})
    return figure


def held_words(run: ToldRun, stories: list[PoolStory]) -> str:
    """Which pools were all out at some moment, and for how long the fullest was."""
    end = run.network.horizon
    full = [story for story in stories if full_ticks(story, end)]
    said = _("阶梯线是力量在用的比例（在用数除以当时的总数），每类只画用得最满的。") + _places_words(stories)
    if not full:
        most = stories[0]
        return said + _(
            "没有哪一类全部用完；用得最满的是“{pool}”，最多时 {held} 个在用，共 {units} 个。",
            pool=story_title(run, most),
            held=_peak(most.held),
            units=_peak(most.units),
        )
    longest = max(full, key=lambda story: (full_ticks(story, end), story.pool))
    return said + _(
        "全部用完过的有：{pools}；“{pool}”全部在用的时间最长，合计{time}。",
        pools=_("、").join(story_title(run, story) for story in full),
        pool=story_title(run, longest),
        time=duration_text(full_ticks(longest, end) / TICKS_PER_MIN),
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


def held_chart(run: ToldRun, stories: list[PoolStory], window: Window) -> go.Figure:
    """The share of units held over time, a line for every pool; those who wait meanwhile on hovering."""
    figure = go.Figure()
    for place, story in enumerate(stories):
        levels = held_levels(story, run.network.horizon)
        levels.append((levels[-1][1], levels[-1][1], *levels[-1][2:]))
        title = story_title(run, story)
        figure.add_scatter(
            x=[window.at(tick) for tick, *_rest in levels],
            y=[100 * held / units if units else 0.0 for _tick, _after, held, units in levels],
            mode="lines",
            line={"shape": "hv", "width": 2, "dash": _DASHES[place % 3], "color": _LINES[place]},
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
