"""The stretch of a run that is drawn: from when to when, in minutes or hours, as wide as what happens in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from plans_repo.study_runs import ToldRun
from sim.measures import Measured
from sim.ticks import NEVER, TICKS_PER_MIN
from ui.components.run_rows import ends
from ui.components.study_charts import FONT, axis_unit
from ui.wording import _, duration_text

MOST_SHARE = 0.9
"""The share of the tasks that came up by whose end the response is as good as over."""
ROOM = 1.05
"""How far a window reaches beyond what it is made for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Ticks from *start* to *end*.

    >>> Window(start=0, end=90 * TICKS_PER_MIN).at(30 * TICKS_PER_MIN)
    30.0
    >>> Window(start=0, end=600 * TICKS_PER_MIN).at(30 * TICKS_PER_MIN)
    0.5
    """

    start: int
    end: int

    @property
    def unit(self) -> int:
        """The ticks of one unit of the axis."""
        return round(self._axis[0] * TICKS_PER_MIN)

    @property
    def unit_title(self) -> str:
        """What the axis counts."""
        return self._axis[1]

    @property
    def _axis(self) -> tuple[float, str]:
        return axis_unit((self.end - self.start) / TICKS_PER_MIN)

    def at(self, tick: int) -> float:
        """Where a tick lies on the axis."""
        return tick / self.unit

    def holds(self, start: int, end: int) -> bool:
        """Whether something that lasts from *start* to *end* shows in the window."""
        return start < self.end and end > self.start

    def moments(self, frames: int) -> list[int]:
        """Ticks at equal distances, both ends among them."""
        return [self.start + round((self.end - self.start) * place / frames) for place in range(frames + 1)]

    def label(self, tick: int) -> str:
        """A tick in units of the axis, as fine as the window asks for."""
        digits = 1 if (self.end - self.start) / self.unit < 100 else 0
        return f"{self.at(tick):.{digits}f}"


def windows(run: ToldRun) -> dict[str, Window]:
    """The windows with a name: most of the response, up to the chosen target, the whole run."""
    every = sorted(ends(run)) or [run.network.horizon]
    most = every[math.ceil(len(every) * MOST_SHARE) - 1]
    found = {"most": _until(run, most)}
    if decided := decided_at(run):
        found["target"] = _until(run, decided)
    found["whole"] = _until(run, max(every[-1], decided))
    return found


def decided_at(run: ToldRun) -> int:
    """The tick by which the chosen target was decided: its task done or its clock struck; 0 where neither came."""
    measured = measured_of(run)
    if measured.node < 0:
        return 0
    finish = run.run.passages[measured.node].finish_done
    return max((tick for tick in (finish, strike(run, measured)) if 0 < tick < run.network.horizon), default=0)


def measured_of(run: ToldRun) -> Measured:
    """What the run says about the chosen target."""
    return next(measured for aims, measured in run.measured if aims.target.id == run.target)


def strike(run: ToldRun, measured: Measured) -> int:
    """When the clock struck that the deciding node of a margin is held against; NEVER for a limit."""
    moment = next((aim.moment for aim in run.aims.aims if aim.node == measured.node), -1)
    return run.run.moments[moment] if moment >= 0 else NEVER


def window_words(window: Window) -> str:
    """Which part of the run the pictures show."""
    return _(
        "图中画的是情景零时后 {start} 至 {end}。",
        start=duration_text(window.start / TICKS_PER_MIN),
        end=duration_text(window.end / TICKS_PER_MIN),
    )


def narrowed(window: Window, last: int) -> Window:
    """The window up to where a picture changes last, where more than half of it would stand still.

    >>> narrowed(Window(start=0, end=1000), last=200), narrowed(Window(start=0, end=1000), last=600)
    (Window(start=0, end=210), Window(start=0, end=1000))
    """
    if not window.start < last < (window.start + window.end) / 2:
        return window
    return Window(start=window.start, end=window.start + round((last - window.start) * ROOM))


def narrowed_words(window: Window, narrow: Window) -> str:
    """Up to where a picture is drawn that stops before the others; "" where it does not."""
    if narrow == window:
        return ""
    return _(
        "零时后 {end}以后直到时间范围结束都不再变化，图只画到这里。", end=duration_text(narrow.end / TICKS_PER_MIN)
    )


def dress(figure: go.Figure, window: Window, height: int) -> None:
    """The manner of every picture of a run, with the window on its axis."""
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
        title={"text": window.unit_title, "standoff": 6, "font": {"size": 12}}, gridcolor="#e5eaf1",
        range=[window.at(window.start), window.at(window.end)], fixedrange=True, tickformat="~g",
    )  # fmt: skip
    figure.update_yaxes(gridcolor="#e5eaf1", rangemode="tozero", fixedrange=True, automargin=True)


def _until(run: ToldRun, tick: int) -> Window:
    return Window(start=0, end=min(run.network.horizon, max(TICKS_PER_MIN, round(tick * ROOM))))
