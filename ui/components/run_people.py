"""The people a target looks at, by state over the time of one run."""

from __future__ import annotations

import plotly.graph_objects as go

from plans_repo.packs.naming import clock_name
from plans_repo.study_runs import ToldRun
from ui.components.promises import promise, target_title
from ui.components.run_window import Window, dress, measured_of
from ui.components.study_charts import BLUE, LIGHT, RED
from ui.wording import _, language

_COLOURS = {"safe": "#3f8f4f", "under_way": BLUE, "waiting": LIGHT, "missed": RED}


def people_words(run: ToldRun) -> str:
    """Where the people of the target were in the end, and how many were there as it asks."""
    last, names = run.people[-1], state_names(run)
    ended = _("、").join(
        _("{state} {count} 人", state=name, count=getattr(last, state))
        for state, name in names.items()
        if getattr(last, state)
    )
    said = _("目标所涉 {total} 人按状态随时间的变化；到推演结束：{ended}。", total=last.total, ended=ended)
    return said + _(
        "目标“{title}”要求{promise}：这次做到的有 {kept} 人，{result}。",
        title=target_title(run.aims.target),
        promise=promise(run.aims.target, run.study.procedure),
        kept=people_kept(run),
        result=_("达标") if measured_of(run).is_met else _("未达标"),
    )


def people_kept(run: ToldRun) -> int:
    """For how many the promise was kept, each taken alone: by its limit, or as long before the clock as it asks."""
    return sum(run.network.nodes[node].people for node in run.aims.kept(run.run))


def state_names(run: ToldRun) -> dict[str, str]:
    """The states of people by name; before the clock is not yet as long before it as the target asks."""
    clock = run.aims.target.clock
    name = clock_name(clock, language())
    return {
        "safe": _("在{clock}前完成", clock=name) if clock else _("已完成"),
        "under_way": _("正在进行"),
        "waiting": _("尚未开始"),
        "missed": _("到{clock}时没有完成", clock=name) if clock else _("没有做成"),
    }


def people_chart(run: ToldRun, window: Window) -> go.Figure:
    """Areas of people by state."""
    figure = go.Figure()
    ticks = [*(level.tick for level in run.people), run.network.horizon]
    levels = [*run.people, run.people[-1]]
    for state, name in state_names(run).items():
        figure.add_scatter(
            x=[window.at(tick) for tick in ticks],
            y=[getattr(level, state) for level in levels],
            mode="lines",
            line={"shape": "hv", "width": 0.5, "color": _COLOURS[state]},
            stackgroup="people",
            name=name,
        )
    dress(figure, window, 300)
    figure.update_yaxes(title={"text": _("人数"), "font": {"size": 12}})
    return figure
