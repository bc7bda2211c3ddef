"""The people a target looks at, by state over the time of one run."""

from __future__ import annotations

import plotly.graph_objects as go

from plans_repo.study_runs import ToldRun
from ui.components.run_window import Window, dress
from ui.components.study_charts import BLUE, LIGHT, RED
from ui.wording import _


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


def people_chart(run: ToldRun, window: Window) -> go.Figure:
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
            x=[window.at(tick) for tick in ticks],
            y=[getattr(level, state) for level in levels],
            mode="lines",
            line={"shape": "hv", "width": 0.5, "color": colour},
            stackgroup="people",
            name=name,
        )
    dress(figure, window, 300)
    figure.update_yaxes(title={"text": _("人数"), "font": {"size": 12}})
    return figure
