"""A drill or an incident laid over the band of a study; and what a calibrated study rests on."""

from __future__ import annotations

import streamlit as st

from plans_repo.studies import Study
from plans_repo.timings import keeping, overlay
from plans_repo.timings.overlay import Laid, Overlay
from plans_repo.timings.values import Turnout, said
from ui.components import timing_words as words
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.html import link, show, table
from ui.components.promises import target_title, task_title
from ui.components.refusal import answered
from ui.components.study_charts import CONFIG
from ui.components.timing_charts import overlay_chart
from ui.identity import reading
from ui.wording import _


def show_learnt(study: Study) -> None:
    """Which durations timings have changed, and whether more runs or more drills would help; nothing otherwise."""
    if not study.timings:
        return
    st.subheader(_("时长校准"))
    st.markdown(words.calibrated_words(study))
    rows = [
        [
            task_title(study.procedure, of.task),
            words.law_words(of),
            words.posterior_words(of),
            _("、").join(source.title for source in of.sources),
        ]
        for of in study.timings
    ]
    show(table([_("任务"), _("处置程序"), _("本研究所用"), _("来自")], rows))
    st.markdown(_("**多推演还是多演练**"))
    lines = [
        [target_title(study.procedure_target(one.target)), words.spread_words(one), words.split_words(one)]
        for one in study.splits
    ]
    show(table([_("目标"), _("时长没有把握时的达标概率"), _("怎样更有把握")], lines))
    st.caption(
        _(
            "外层按实测后的把握抽取时长（没有实测的按其依据），每组再推演若干次；"
            "各组之间的差别是时长没有把握造成的，组内的差别是推演次数造成的。上面的结论本身只按每项一个时长推演。"
        )
    )


def show_overlay(study: Study) -> None:
    """The part of the page where one record is chosen and laid over the band."""
    st.subheader(_("与演练、实战对照"))
    with reading() as work:
        found = [one for one in keeping.turnouts(work, study.plan) if one.timings]
    address = f"/calibration?plan={study.plan}&v={study.version}"
    if not found:
        show_empty(_("还没有可以对照的实测"), _("在“用时校准”中录入演练或者实战的起止时间后，可以叠在推演范围上看。"))
        show(link(_("去录入 ›"), address))
        return
    titles = {one.turnout.id: one.turnout for one in found}
    which = st.selectbox(
        _("哪一场"), list(titles), index=None, placeholder=_("请选择"), key="overlay-turnout",
        format_func=lambda one: _called(titles[one]),
    )  # fmt: skip
    if which is None:
        return
    with answered():
        with reading() as work:
            over = overlay.overlay(work, study.id, which)
        _show(over)


def _called(turnout: Turnout) -> str:
    return f"{_(words.KINDS[turnout.kind])} · {turnout.title} · {said(turnout.began_at)}"


def _show(over: Overlay) -> None:
    sentence = words.overlay_sentence(over)
    st.markdown(sentence)
    st.markdown(words.overlay_caution(over))
    if over.laid:
        st.plotly_chart(overlay_chart(over), theme=None, config=CONFIG, key="overlay", alt=sentence)
        heads = [_("事项"), _("时刻"), _("实际"), _("推演 10%"), _("推演中位"), _("推演 90%"), _("对照")]
        show(table(heads, [_row(each, over) for each in over.laid]))
    st.caption(
        _("范围取本研究的前 {runs} 次推演；目标自其起算时刻计。“由任务推得”的目标按其任务的实测算出。", runs=over.runs)
    )
    if over.not_played:
        tasks = words.names(over.not_played, over.study.procedure)
        st.caption(_("本情景没有推演的任务：{tasks}", tasks=tasks))


def _row(laid: Laid, over: Overlay) -> list[object]:
    moment = _(words.MOMENTS[laid.moment])
    return [
        words.laid_title(laid, over.study.procedure),
        _("{moment}（由任务推得）", moment=moment) if laid.is_derived else moment,
        words.minutes_text(laid.observed_min),
        *(words.minutes_text(bound) for bound in (laid.p10_min, laid.p50_min, laid.p90_min)),
        badge(_(words.PLACES[laid.place]), words.TONES[laid.place]),
    ]
