"""The curves of a scenario as it is being written: every one with a sentence, and a table of its moments."""

from __future__ import annotations

import streamlit as st

from plans_repo.packs import reading as packs
from sim.curves import Curve, Preview, done_curve, pool_curves, preview, told_tasks
from sim.scenario import Scenario
from ui.components.curve_charts import GROUPS, curve_chart, grouped, sentence, strike_table
from ui.components.html import show
from ui.components.study_charts import CONFIG
from ui.wording import _, n_

MOST_TASKS = 6


def show_curves(scenario: Scenario, *, key: str) -> None:
    """Charts by group; drawn anew whenever the scenario is another."""
    shown, response = _drawn(scenario)
    groups = grouped([*shown.curves, *response])
    st.caption(
        _("曲线由情景模型算出，随机量固定抽取 200 次：实线为居中的情形，色带为十次里有八次所在的范围。修改后随即重画。")
    )
    chosen = st.segmented_control(
        _("曲线类别"),
        list(groups),
        format_func=lambda name: f"{_(GROUPS[name][0])}（{len(groups[name])}）",
        default=next(iter(groups), None),
        required=True,
        key=f"{key}-group",
    )
    for curve in groups.get(str(chosen), ()):
        words = sentence(curve)
        st.markdown(words)
        st.plotly_chart(
            curve_chart(curve, shown.strikes), theme=None, config=CONFIG, key=f"{key}-curve-{curve.name}", alt=words
        )
    with st.expander(n_("各个时刻（{count} 个）", len(shown.strikes)), key=f"{key}-strikes"):
        show(strike_table(shown.strikes))


@st.cache_data(max_entries=40, show_spinner=False)
def _drawn(scenario: Scenario) -> tuple[Preview, tuple[Curve, ...]]:
    """The curves of the model, and those of a response by the template for the way the event spreads."""
    procedure = packs.template(scenario.spread).procedure
    tasks = told_tasks(procedure, scenario)[:MOST_TASKS]
    return preview(scenario), (
        *(done_curve(task, scenario) for task in tasks),
        *pool_curves(procedure, scenario),
    )
