"""What timings teach about the durations of one version: a table of all, and one duration in a picture."""

from __future__ import annotations

import streamlit as st

from plans_repo import editions
from plans_repo.store.roles import Action
from plans_repo.timings import calibrating
from plans_repo.timings.calibrating import Calibration, TaskTimings
from plans_repo.timings.keeping import may_record
from ui.components import timing_words as words
from ui.components.badges import badge, mark
from ui.components.counters import show_empty
from ui.components.html import Html, join, show, table, tag
from ui.components.notice import leave_notice
from ui.components.promises import task_title
from ui.components.refusal import answered
from ui.components.study_charts import CONFIG
from ui.components.timing_charts import lesson_chart
from ui.identity import guard, reading, work
from ui.wording import _, figure_text, n_, share_text


def chosen_weight() -> float:
    """How many timings the procedure's own figure is worth, as the person sets it."""
    setting = calibrating.settings()["weight"]
    weight = st.number_input(
        _("处置程序原时长折合几次实测"),
        min_value=0.1,
        max_value=calibrating.MOST_WEIGHT,
        value=setting.value,
        step=0.5,
        key="prior-weight",
    )
    show(tag("small", _("折合次数越大，越相信处置程序原来的时长。"), " ", mark(setting.mark), " ", setting.source))
    return float(weight)


def show_calibration(found: Calibration) -> None:
    """The table, and below it one duration."""
    st.subheader(_("各项时长"))
    if not found.tasks:
        show_empty(_("还没有可用的实测用时"), _("在下面录入演练、拉动或者实战中各任务的起止时间。"))
    else:
        show(_table(found))
        for line in _left_out(found):
            st.caption(line)
        _show_one(found)


def _table(found: Calibration) -> Html:
    heads = [_("任务"), _("处置程序"), _("实测"), _("实测后"), _("中位数九成把握"), _("提示")]
    return table(heads, [_row(found, of) for of in found.tasks])


def _row(found: Calibration, of: TaskTimings) -> list[object]:
    tones = [badge(_(words.SHORT[each]), "warn", _(words.WARIES[each])) for each in of.wary]
    return [
        task_title(found.procedure, of.task),
        words.law_words(of),
        n_("{turnouts} 场 {count} 次", of.lesson.count, turnouts=len(of.sources)),
        words.posterior_words(of),
        words.interval_words(of),
        join(tones, " ") if tones else "—",
    ]


def _left_out(found: Calibration) -> list[str]:
    said = []
    for task, count in found.without_quantity.items():
        title = words.names([task], found.procedure)
        said.append(_("“{task}”按数量计时，有 {count} 条没有写数量，未用于校准。", task=title, count=count))
    for task, count in found.elsewhere.items():
        said.append(_("编号 {task} 的 {count} 条：这一版本没有这项任务，或者它不计时。", task=task, count=count))
    return said


def _show_one(found: Calibration) -> None:
    most_first = sorted(found.tasks, key=lambda of: -of.lesson.count)
    by_task = {of.task: of for of in most_first}
    name = st.selectbox(
        _("看哪一项"), list(by_task), format_func=lambda one: task_title(found.procedure, one), key="lesson-task"
    )
    of = by_task[str(name)]
    sentence = words.lesson_sentence(of, found.procedure)
    st.markdown(sentence)
    for why in words.wary_words(of):
        st.warning(why)
    st.plotly_chart(lesson_chart(of), theme=None, config=CONFIG, key="lesson", alt=sentence)
    st.caption(_("虚线为实测之前对下一次用时的估计，实线为实测之后；橙色虚线为中位数可能的位置，红色短线为每次实测。"))
    if said := words.success_sentence(of):
        st.markdown(said)
    with st.expander(_("依据与算法"), key="lesson-ground"):
        show(table([_("项目"), _("内容")], _grounds(of)))
    _show_handing_over(found, of)


def _grounds(of: TaskTimings) -> list[list[object]]:
    lesson = of.lesson
    surprise = "—" if lesson.surprise_share is None else share_text(lesson.surprise_share)
    times = _("、").join(figure_text(value, digits=1) for value in lesson.ended_min[:60])
    stopped = _("、").join(figure_text(value, digits=1) for value in lesson.stopped_min[:60])
    return [
        [_("先验"), words.form_words(of)],
        [_("折合次数"), f"{of.weight:g}"],
        [_("实测（分钟）"), times or "—"],
        [_("中止时未完成（分钟）"), stopped or "—"],
        [_("原估计下出现这样实测的可能"), surprise],
        [_("推演所用"), words.played_words(lesson.posterior.law)],
        [_("来自"), _("、").join(source.title for source in of.sources)],
    ]


def _show_handing_over(found: Calibration, of: TaskTimings) -> None:
    """To the author the way to take it over, to others the way to tell the author."""
    with reading() as opened:
        may_write = editions.is_written_by(opened, found.plan) and opened.actor.may(Action.EDIT_PLAN)
        may_tell = may_record(opened, found.plan)
    if may_write:
        with st.form("adopting"):
            st.caption(_("处置程序不会自动改动。采用后形成新的版本，原时长仍在旧版本中。"))
            reason = st.text_input(_("采用的理由"), key="adopt-reason", max_chars=300)
            if st.form_submit_button(_("把这一时长写入处置程序"), key="adopt"):
                with answered():
                    guard(Action.EDIT_PLAN)
                    with work() as opened:
                        calibrating.adopt(opened, found, [of.task], reason=reason)
                    leave_notice(_("已写入处置程序，形成新的版本。"))
    elif may_tell and st.button(_("提请编制人修改处置程序"), key="propose"):
        with answered():
            guard(Action.RECORD_TIMING)
            with work() as opened:
                is_new = calibrating.propose(opened, found, of.task)
            leave_notice(
                _("已登记为修订情形，由编制人处理。") if is_new else _("已经登记过，或者预案尚未印发，没有重复登记。")
            )
