"""One run of a study on screen: which, what was done and waited for, lines, clocks, people, events."""

from __future__ import annotations

import math

import streamlit as st

from plans_repo.studies import Study
from plans_repo.study_runs import ToldRun, told_run
from sim.log import What
from sim.telling import Event
from sim.ticks import TICKS_PER_MIN
from ui.components import run_gantt, run_people, run_pools, run_rows
from ui.components.counters import show_empty
from ui.components.html import show, table
from ui.components.numbers import whole_number
from ui.components.promises import target_title, task_title
from ui.components.refusal import answered
from ui.components.run_map import RunMap, map_chart, map_words
from ui.components.run_window import Window, narrowed, narrowed_words, window_words, windows
from ui.components.run_words import (
    entity_title,
    jargon_words,
    pool_name,
    run_words,
    searched_words,
    subject,
    what_happened,
)
from ui.components.study_charts import CONFIG
from ui.identity import reading
from ui.wording import _, duration_text

EVENTS_A_PAGE = 50


def show_run(study: Study, cited: dict[str, str]) -> None:
    """The part of the page that plays one run again, when asked to."""
    st.subheader(_("一次推演的经过"))
    if not study.findings.targets or not st.toggle(_("重放一次推演"), key="run-open"):
        return
    which, target = _choice(study)
    with answered():
        if not which:
            return
        with reading() as work:
            run = told_run(work, study.id, which, target)
        st.markdown(run_words(run) + searched_words(run))
        window = _window(run)
        _show_gantt(run, cited, window)
        _show_map(run, cited, window)
        _show_pools(run, window)
        _show_clocks(run)
        _show_people(run, window)
        _show_events(run, cited)


def _choice(study: Study) -> tuple[str, str]:
    names = {"median": _("居中的一次"), "worst": _("最差 5% 的一次"), "number": _("指定一次")}
    titles = {result.target.id: target_title(result.target) for result in study.findings.targets}
    left, right = st.columns(2)
    target = left.selectbox(_("按哪项目标"), list(titles), format_func=lambda one: titles[one], key="run-target")
    which = right.segmented_control(
        _("哪一次"), list(names), format_func=lambda one: names[one], default="median", required=True, key="run-which"
    )
    if which == "number":
        number = whole_number(right, _("第几次推演"), 1, study.findings.runs, value=1, key="run-number")
        return ("" if number is None else str(number)), str(target)
    return str(which), str(target)


def _window(run: ToldRun) -> Window:
    """The part of the run all pictures show."""
    found = windows(run)
    names = {"most": _("响应阶段"), "target": _("到所选目标"), "whole": _("全过程"), "own": _("自选")}
    chosen = st.segmented_control(
        _("时间范围"), [one for one in names if one in found or one == "own"], format_func=lambda one: names[one],
        default="most", required=True, key="run-window",
        help=_("响应阶段画到九成任务结束；全过程画到最后一项结束。"),
    )  # fmt: skip
    window = found.get(str(chosen)) or _own_window(found["whole"])
    st.caption(window_words(window))
    return window


def _own_window(whole: Window) -> Window:
    last = max(2, math.ceil(whole.end / TICKS_PER_MIN))
    low, high = st.slider(
        _("从零时后第几分钟到第几分钟"), min_value=0, max_value=last, value=(0, min(60, last)), key="run-own-window"
    )
    return Window(start=low * TICKS_PER_MIN, end=max(high, low + 1) * TICKS_PER_MIN)


def _show_gantt(run: ToldRun, cited: dict[str, str], window: Window) -> None:
    tasks = [task for task in run.network.of_task if len(run_rows.came_about(run, task)) > 1]
    opened = st.selectbox(
        _("展开到每一处"), ["", *tasks], key="run-task",
        format_func=lambda one: task_title(run.study.procedure, one) if one else _("不展开，每项任务一行"),
    )  # fmt: skip
    every = run_rows.entity_rows(run, opened) if opened else run_rows.task_rows(run)
    rows = run_gantt.in_window(every, window)
    if not rows:
        show_empty(_("没有发生"), _("所选时间范围内没有任务在进行或者等待。"))
        return
    words = run_gantt.gantt_words(run, rows)
    st.markdown(words)
    if jargon := jargon_words(run):
        st.caption(jargon)
    if opened and (cut := run_rows.cut_words(run, opened)):
        st.caption(cut)
    if len(rows) < len(every):
        st.caption(run_gantt.left_out_words(len(every) - len(rows)))
    chart = run_gantt.gantt(run, rows, cited, window)
    st.plotly_chart(chart, theme=None, config=CONFIG, key="run-gantt", alt=words)


def _show_pools(run: ToldRun, window: Window) -> None:
    """Lines and use; of units that stand place by place the worst place, or those of the pool that is chosen."""
    pool = ""
    st.markdown(_("**排队长度**"))
    if asked := run_pools.asked_for(run):
        pool = st.selectbox(
            _("看哪类力量"), ["", *asked], key="run-pool",
            format_func=lambda one: _pool_choice(run, one),
        )  # fmt: skip
    _show_lines(run, window, pool)
    _show_held(run, window, pool)


def _pool_choice(run: ToldRun, pool: str) -> str:
    if not pool:
        return _("各类都看，每类取最紧的一处")
    name = pool_name(run, pool)
    return _("{name}：逐处", name=name) if pool in run_pools.several(run) else name


def _show_lines(run: ToldRun, window: Window, pool: str) -> None:
    stories = run_pools.longest_lines(run, pool)
    if not stories:
        show_empty(_("没有排队"), _("各项任务都不用等力量。"))
        return
    narrow = narrowed(window, run_pools.last_change(stories))
    words = run_pools.line_words(run, stories, pool) + run_pools.cut_words(stories, pool)
    words += narrowed_words(window, narrow)
    st.markdown(words)
    chart = run_pools.line_chart(run, stories, narrow)
    st.plotly_chart(chart, theme=None, config=CONFIG, key="run-lines", alt=words)


def _show_map(run: ToldRun, cited: dict[str, str], window: Window) -> None:
    if not run.study.places:
        return
    st.markdown(_("**态势图**"))
    told_map = RunMap(run)
    words = map_words(told_map, window)
    st.markdown(words)
    st.plotly_chart(map_chart(told_map, cited, window), theme=None, config=CONFIG, key="run-map", alt=words)


def _show_held(run: ToldRun, window: Window, pool: str) -> None:
    stories = run_pools.busiest(run, pool)
    if not stories:
        return
    st.markdown(_("**力量在用情况**"))
    words = run_pools.held_words(run, stories, pool) + run_pools.cut_words(stories, pool)
    st.markdown(words)
    chart = run_pools.held_chart(run, stories, window)
    st.plotly_chart(chart, theme=None, config=CONFIG, key="run-held", alt=words)


def _show_clocks(run: ToldRun) -> None:
    kinds = (What.CLOCK_STRUCK, What.GATE_CLOSED, What.GATE_OPENED)
    struck = [event for event in run.events if event.what in kinds]
    if not struck:
        return
    with st.expander(_("灾害时钟与关口"), key="run-clocks"):
        rows = [
            [
                duration_text(event.tick / TICKS_PER_MIN),
                subject(run, event),
                what_happened(event.what),
                entity_title(run.network, event.entity) or _("全部"),
            ]
            for event in struck[:EVENTS_A_PAGE]
        ]
        show(table([_("时刻"), _("时钟或者关口"), _("经过"), _("何处")], rows))
        if len(struck) > len(rows):
            st.caption(_("只列前 {count} 项，其余见下面的事件。", count=len(rows)))


def _show_people(run: ToldRun, window: Window) -> None:
    st.markdown(_("**人员状态**"))
    if not run.people:
        show_empty(_("没有人数"), _("所选目标看的任务没有计人数，画不出人员状态。"))
        return
    narrow = narrowed(window, run.people[-1].tick)
    words = run_people.people_words(run) + narrowed_words(window, narrow)
    st.markdown(words)
    st.plotly_chart(run_people.people_chart(run, narrow), theme=None, config=CONFIG, key="run-people", alt=words)


def _show_events(run: ToldRun, cited: dict[str, str]) -> None:
    happened = list(run.events)
    with st.expander(_("全部事件及条款"), key="run-events"):
        pages = max(1, -(-len(happened) // EVENTS_A_PAGE))
        page = st.number_input(
            _("第几页（共 {pages} 页）", pages=pages), min_value=1, max_value=pages, value=1, key="run-page"
        )
        first = (int(page) - 1) * EVENTS_A_PAGE
        rows = [_event_row(run, event, cited) for event in happened[first : first + EVENTS_A_PAGE]]
        show(table([_("时刻"), _("经过"), _("事项"), _("何处"), _("条款")], rows))


def _event_row(run: ToldRun, event: Event, cited: dict[str, str]) -> list[str]:
    return [
        duration_text(event.tick / TICKS_PER_MIN),
        what_happened(event.what),
        subject(run, event),
        entity_title(run.network, event.entity),
        cited.get(event.clause) or "—",
    ]
