"""The answers of analyses: a sentence, a table that names its clauses, a picture."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from plans_repo.compared_forces import forces_told
from plans_repo.study_analyses import Analysis, Compared, Weak
from plans_repo.study_values import Study
from plans_repo.word.numbers import bounds, percent
from plans_repo.word.relief import shift
from plans_repo.word.wording import Wording
from sim.choice import Choice, Judged
from sim.comparison import Gain
from sim.doubt import Split
from sim.influences import Sways
from sim.procedure import Target
from sim.weak_points import WeakPoint
from ui.components import analysis_charts as charts
from ui.components.analysis_words import (
    GUARANTEES,
    cost_words,
    figure_name,
    loss_words,
    range_words,
    set_words,
    split_words,
    warning,
)
from ui.components.badges import verdict
from ui.components.cells import card_table, unbroken
from ui.components.clause_pages import ClausePages
from ui.components.event_words import event_titles
from ui.components.html import Html, join, link, show, tag
from ui.components.promises import target_title
from ui.components.study_charts import CONFIG
from ui.wording import _, language, n_, share_text

MOST_POINTS = 20
MOST_SETS = 12


class _Place:
    """Where answers lead: the clauses of the version read, and of the draft who may revise it."""

    def __init__(self, study: Study, cited: dict[str, str], pages: ClausePages) -> None:
        self.study, self.cited, self.pages = study, cited, pages
        self.events = event_titles(study.compound)

    def named(self, target: Target) -> Html:
        """A target with its clause, and the way to revise it."""
        lines: list[object] = [tag("b", target_title(target))]
        if target.clause in self.cited:
            where: list[object] = [unbroken(link(self.cited[target.clause], self.pages.of(target.clause)))]
            if draft := self.pages.draft_of(target.clause):
                where += [" ", link(_("据此修改"), draft)]
            lines.append(tag("div", join(where), cls="yy-source"))
        return tag("div", *lines)


def show_answer(one: Analysis, study: Study, cited: dict[str, str], pages: ClausePages) -> None:
    """What an analysis found."""
    _SHOWN[type(one.result)](one, _Place(study, cited, pages))


def _show_compared(one: Analysis, place: _Place) -> None:
    found: Compared = one.result
    for warned in found.anomalies:
        st.warning(warning(warned).strip())
    if found.forces:
        show(tag("ul", *(tag("li", said) for said in forces_told(found.forces, language())), cls="yy-list yy-forces"))
    st.markdown(charts.gain_words(found.comparison.gains))
    heads = [_("目标"), _("平均用时"), _("更好"), _("更差"), _("达标次数"), _("完成次数")]
    show(card_table(heads, [_gain_row(gain, place) for gain in found.comparison.gains], cls="yy-gains"))
    st.caption(_("“更好”“更差”是逐次对比的占比；“平均用时”只算两侧都完成的推演，括号内为 95% 区间。"))
    most_changed_first = sorted(found.comparison.gains, key=lambda gain: -(gain.better_share + gain.worse_share))
    gains = {gain.target.id: gain for gain in most_changed_first}
    chosen = st.selectbox(
        _("看哪项目标的分布"),
        list(gains),
        format_func=lambda name: target_title(gains[name].target),
        key="analysis-curve",
    )
    curve = next(each for each in found.curves if each.target == chosen)
    words = charts.curve_words(gains[chosen], curve)
    st.markdown(words)
    st.plotly_chart(
        charts.curve_chart(gains[chosen], curve), theme=None, config=CONFIG, key="analysis-curves", alt=words
    )


def _gain_row(gain: Gain, place: _Place) -> list[object]:
    if gain.mean_min is None or gain.low_min is None or gain.high_min is None:
        gained: object = _("两侧都完成的不足 2 次")
    else:
        change, interval = shift(Wording(language()), gain.mean_min, gain.low_min, gain.high_min)
        gained = join([tag("b", change), tag("div", interval, cls="yy-source")])
    counts = gain.counts
    return [
        place.named(gain.target),
        gained,
        share_text(gain.better_share, digits=0),
        share_text(gain.worse_share, digits=0),
        unbroken(f"{counts.met_before} → {counts.met_after} / {gain.runs}"),
        unbroken(f"{counts.arrived_before} → {counts.arrived_after}"),
    ]


def _show_choice(one: Analysis, place: _Place) -> None:
    found: Choice = one.result
    procedure, unit = place.study.procedure, one.wanted.offers[0].unit
    st.markdown(
        _(
            "{said}（可信度 {confidence}，共 {sets} 种配置，推演了 {judged} 种）",
            said=_(GUARANTEES[found.guarantee]),
            confidence=percent(round(found.confidence, 6)),
            sets=found.sets,
            judged=found.judged,
        )
    )
    kinds: list[tuple[str, list[Judged]]] = [
        (_("最省"), [found.best] if found.best else []),
        (_("其次"), [found.runner_up] if found.runner_up else []),
        (_("未定"), list(found.undecided[:MOST_SETS])),
        (_("排除"), list(found.ruled_out[:MOST_SETS])),
    ]
    rows = [
        [name, verdict(judged.verdict), set_words(judged, procedure, unit)] for name, every in kinds for judged in every
    ]
    show(card_table([_("次序"), _("结论"), _("配置")], rows))
    st.caption(cost_words(one.wanted.offers, procedure))
    left = len(found.undecided) + len(found.ruled_out) - sum(len(every) for _name, every in kinds[2:])
    if left:
        st.caption(n_("另有 {count} 种未列出。", left))


def _show_weak(one: Analysis, place: _Place) -> None:
    found: Weak = one.result
    points = found.points
    st.markdown(
        _(
            "试过 {count} 处失效，其中 {bad} 处使已能兑现的目标落空。",
            count=len(points.losses),
            bad=len({point.loss for point in points.breaking}),
        )
    )
    listed = [(_("落空"), point) for point in points.breaking] + [(_("削弱"), point) for point in points.weakening]
    if listed:
        heads = [_("后果"), _("失去什么"), _("目标"), _("达标率变化"), _("变化区间（百分点）")]
        rows = [_point_row(name, point, place) for name, point in listed]
        show(card_table(heads, rows[:MOST_POINTS]))
        st.caption(
            _(
                "先列使目标落空的，再列削弱的，各按达标率降幅由大到小排列。写明“不论哪一”的，失去的不是特定的一个："
                "余下的先到先用，轮不到的任务等前面的归还，落空的往往是最后轮到的一处。写明站名的，失去的是该站自己的力量，"
                "其他站不受影响。"
            )
        )
        if rows[MOST_POINTS:]:
            with st.expander(n_("其余 {count} 项", len(rows) - MOST_POINTS), key="analysis-points"):
                show(card_table(heads, rows[MOST_POINTS:]))
    if points.not_kept:
        titles = _("、").join(target_title(target) for target in points.not_kept)
        st.caption(_("没有失效时也未判为充分、因而不作落空检验的目标：{titles}", titles=titles))
    if len(found.steps) > 1:
        words = charts.resilience_words(found.steps, place.study.procedure, place.events)
        st.markdown(words)
        st.plotly_chart(
            charts.resilience_chart(found.steps), theme=None, config=CONFIG, key="analysis-steps", alt=words
        )


def _point_row(name: str, point: WeakPoint, place: _Place) -> list[object]:
    return [
        name,
        loss_words(point.loss, place.study.procedure, place.events),
        place.named(point.target),
        unbroken(f"{percent(point.before)} → {percent(point.after)}"),
        unbroken(f"{point.change_low * 100:+.0f} ~ {point.change_high * 100:+.0f}"),
    ]


def _show_sways(one: Analysis, place: _Place) -> None:
    found: Sways = one.result
    procedure = place.study.procedure
    target = _target(place.study, found.target)
    words = charts.tornado_words(found, target, procedure)
    st.markdown(words)
    shown = charts.shown_sways(found)
    if not shown:
        return
    st.plotly_chart(
        charts.tornado_chart(found, procedure), theme=None, config=CONFIG, key="analysis-tornado", alt=words
    )
    rows = []
    for sway in shown:
        task = None if sway.range.is_parameter else procedure.task(sway.range.name)
        clause = task.clause if task else ""
        where = link(place.cited[clause], place.pages.of(clause)) if clause in place.cited else "—"
        alone, in_all = (
            (
                f"{max(0.0, sway.influence.alone):.0%} ± {sway.influence.alone_half:.0%}",
                f"{max(0.0, sway.influence.in_all):.0%} ± {sway.influence.in_all_half:.0%}",
            )
            if sway.influence
            else ("—", "—")
        )
        rows.append([figure_name(sway.range, procedure), where, range_words(sway.range), alone, in_all])
    show(card_table([_("时长"), _("条款"), _("变动范围（倍数）"), _("单独占波动"), _("连同交互")], rows))
    st.caption(
        _(
            "“单独占波动”为索博尔指数，只对影响最大的几项计算，是估计值，估得小于零的记作 0；"
            "变动范围由各时长的依据决定。"
        )
    )


def _show_split(one: Analysis, place: _Place) -> None:
    found: Split = one.result
    st.markdown(split_words(found, _target(place.study, found.target)) + _("。"))
    low, high = bounds(found.low, found.high)
    rows = [
        [_("推演次数不够"), percent(round(found.runs_share, 3)), _("{low}～{high}", low=low, high=high)],
        [_("时长没有把握"), percent(round(found.inputs_share, 3)), "—"],
    ]
    show(card_table([_("误差来自"), _("占比"), _("95% 区间")], rows))


def _target(study: Study, name: str) -> Target:
    return next(target for target in study.procedure.targets if target.id == name)


_SHOWN: dict[type, Callable[[Analysis, _Place], None]] = {
    Compared: _show_compared,
    Choice: _show_choice,
    Weak: _show_weak,
    Sways: _show_sways,
    Split: _show_split,
}
