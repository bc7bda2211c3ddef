"""What timings, calibrated durations and overlays say, in words."""

from __future__ import annotations

from collections.abc import Sequence

from plans_repo.studies import Study
from plans_repo.timings.calibrating import TaskTimings
from plans_repo.timings.overlay import Laid, Moment, Overlay, Place
from plans_repo.timings.values import TimingEnd, TimingSubject, TurnoutKind
from plans_repo.word.numbers import bounds, percent
from sim.doubt import Advice, Split
from sim.durations import Exponential, Lognormal
from sim.lesson import Wary
from sim.priors import Form
from sim.procedure import Procedure
from ui.components.promises import target_title, task_title
from ui.wording import _, duration_text, figure_text, later, n_, share_text

KINDS = {
    TurnoutKind.DRILL: later("演练"),
    TurnoutKind.CALL_OUT: later("拉动"),
    TurnoutKind.INCIDENT: later("实战"),
}
ENDS = {
    TimingEnd.DONE: later("完成"),
    TimingEnd.FAILED: later("未成功"),
    TimingEnd.STOPPED: later("中止时未完成"),
}
SUBJECTS = {TimingSubject.TASK: later("任务"), TimingSubject.TARGET: later("目标")}
MOMENTS = {Moment.START: later("开始"), Moment.FINISH: later("结束"), Moment.TARGET: later("目标达到")}
PLACES = {
    Place.WITHIN: later("在范围内"),
    Place.EARLY: later("偏早"),
    Place.LATE: later("偏晚"),
    Place.OPEN: later("未完成，不能判断"),
    Place.UNSEEN: later("推演中很少做到"),
}
TONES = {Place.WITHIN: "good", Place.EARLY: "info", Place.LATE: "bad", Place.OPEN: "plain", Place.UNSEEN: "warn"}
WARIES = {
    Wary.CONFLICT: later("实测与处置程序原来的时长明显不符，先核对计时口径和任务内容"),
    Wary.FEW: later("实测次数少，快慢差别主要还是原来的估计"),
    Wary.ONE_TURNOUT: later("实测都来自同一场，当天的天气、人员相同，实际差别会更大"),
    Wary.ANNOUNCED: later("实测只来自事先通知的演练，真实情况下一般更慢"),
    Wary.MANY_STOPPED: later("中止的不少于完成的，偏慢的一端主要靠分布形式推算"),
}
SHORT = {
    Wary.CONFLICT: later("与原估计不符"),
    Wary.FEW: later("次数少"),
    Wary.ONE_TURNOUT: later("只有一场"),
    Wary.ANNOUNCED: later("都事先通知"),
    Wary.MANY_STOPPED: later("中止的多"),
}
FORMS = {
    Form.OWN: later("按处置程序的分布形式"),
    Form.MATCHED: later("原分布没有共轭形式，按均值和方差相同的对数正态分布看待"),
    Form.SPREAD: later("原为固定时长，按对数标准差 {sigma} 的对数正态分布看待"),
}
ADVICES = {
    Advice.RUNS: later("多推演：误差主要来自推演次数不够"),
    Advice.DRILLS: later("多演练：误差主要来自时长本身没有把握，再多推演也消除不了"),
    Advice.BOTH: later("两者都要：推演次数和时长把握对误差的影响分不出大小"),
    Advice.NEITHER: later("都不需要：结果没有波动"),
}


def minutes_text(minutes: float | None) -> str:
    """Minutes to the tenth below an hour, to the minute above."""
    if minutes is None or minutes >= 60:
        return duration_text(minutes)
    return _("{minutes} 分钟", minutes=figure_text(minutes, digits=1))


def per_unit(of: TaskTimings, minutes: float) -> str:
    """Minutes, or minutes per unit where the duration is multiplied by something."""
    if of.duration.times:
        return _("每单位 {minutes} 分钟", minutes=figure_text(minutes, digits=3))
    return minutes_text(minutes)


def law_words(of: TaskTimings) -> str:
    """Median and slow end of the procedure's duration."""
    law = of.duration.law
    return _middle_and_slow(of, law.quantile_min(0.5), law.quantile_min(0.9))


def posterior_words(of: TaskTimings) -> str:
    """Median and slow end of the next time after the timings."""
    held = of.lesson.posterior
    return _middle_and_slow(of, held.median_min, held.next_min(0.9))


def _middle_and_slow(of: TaskTimings, middle: float, slow: float) -> str:
    return _("中位 {middle}，九成不超过 {slow}", middle=per_unit(of, middle), slow=per_unit(of, slow))


def interval_words(of: TaskTimings) -> str:
    """Between what the median lies, nine times in ten."""
    held = of.lesson.posterior
    return _("{low} 至 {high}", low=per_unit(of, held.median_at(0.05)), high=per_unit(of, held.median_at(0.95)))


def lesson_sentence(of: TaskTimings, procedure: Procedure) -> str:
    """The one plain sentence about a calibrated duration."""
    law, held = of.duration.law, of.lesson.posterior
    stopped = len(of.lesson.stopped_min)
    broken = n_("（其中 {count} 次中止时未完成）", stopped) if stopped else ""
    return _(
        "“{task}”：处置程序按中位 {before}，{turnouts} 场 {count} 次实测{broken}之后为 {after}"
        "（九成把握在 {interval}），下一次九成不超过 {slow}。",
        task=task_title(procedure, of.task),
        before=per_unit(of, law.quantile_min(0.5)),
        turnouts=len(of.sources),
        count=of.lesson.count,
        broken=broken,
        after=per_unit(of, held.median_min),
        interval=interval_words(of),
        slow=per_unit(of, held.next_min(0.9)),
    )


def success_sentence(of: TaskTimings) -> str:
    """What the tries say about success; "" where nothing is foreseen and none failed."""
    if of.fails_unforeseen:
        return _("实测有 {count} 次未成功，处置程序没有写会失败；推演仍按不失败。", count=of.missed)
    held = of.success
    if held is None:
        return ""
    return _(
        "成功率：处置程序为 {before}，{met} 次成功、{missed} 次未成功之后为 {after}（{low} 至 {high}）。",
        before=share_text(of.success_share, digits=0),
        met=of.met,
        missed=of.missed,
        after=share_text(held.mean, digits=0),
        low=share_text(held.quantile(0.05), digits=0),
        high=share_text(held.quantile(0.95), digits=0),
    )


def wary_words(of: TaskTimings) -> list[str]:
    """Why to be careful with it."""
    return [_(WARIES[each]) for each in of.wary]


def form_words(of: TaskTimings) -> str:
    """By which rule the procedure's law became the prior."""
    return _(FORMS[of.lesson.prior.form], sigma=figure_text(of.fixed_sigma))


def played_words(law: Lognormal | Exponential) -> str:
    """The law a calibrated study plays."""
    if isinstance(law, Exponential):
        return _("指数分布，平均 {mean}", mean=minutes_text(law.mean_min))
    return _(
        "对数正态分布，中位 {median}，对数标准差 {sigma}",
        median=minutes_text(law.median_min),
        sigma=figure_text(law.sigma, digits=2),
    )


# ---- runs or drills --------------------------------------------------------------------------------------------------


def split_words(split: Split) -> str:
    """Whether more runs or more drills, with the share."""
    low, high = bounds(split.low, split.high)
    return _(
        "{advice}。推演 {runs} 次时，误差的 {share} [{low}, {high}] 可由增加推演次数消除，其余只能靠演练消除",
        advice=_(ADVICES[split.advice]),
        runs=split.study_runs,
        share=percent(round(split.runs_share, 3)),
        low=low,
        high=high,
    )


def spread_words(split: Split) -> str:
    """Where P(met) lies for the durations that may be true, two standard deviations either side."""
    half = 1.96 * split.of_inputs**0.5
    low, high = bounds(max(0.0, split.p_met - half), min(1.0, split.p_met + half))
    return _("{middle} [{low}, {high}]", middle=percent(round(split.p_met, 3)), low=low, high=high)


def calibrated_words(study: Study) -> str:
    """What a calibrated study played in place of the procedure's durations."""
    return n_(
        "本研究按实测校准后的时长推演：{count} 项任务的时长由实测改动，其余仍按处置程序。",
        len(study.timings),
    )


# ---- overlays --------------------------------------------------------------------------------------------------------


def laid_title(laid: Laid, procedure: Procedure) -> str:
    """What was recorded: the task or target, the place."""
    if laid.moment is Moment.TARGET:
        titles = {target.id: target_title(target) for target in procedure.targets}
        return titles.get(laid.name, laid.name)
    title = task_title(procedure, laid.name)
    return _("{task}（{where}）", task=title, where=laid.entity) if laid.entity else title


def overlay_sentence(over: Overlay) -> str:
    """How the record lies to the band, in one sentence, and the moment furthest from it."""
    counts = {place: over.count(place) for place in Place}
    said = _(
        "{count} 个有记录的时刻中，{within} 个落在推演的 10%～90% 范围内，{late} 个偏晚，{early} 个偏早。",
        count=over.judged,
        within=counts[Place.WITHIN],
        late=counts[Place.LATE],
        early=counts[Place.EARLY],
    )
    if worst := over.worst:
        said += _furthest(over, worst)
    return said


def _furthest(over: Overlay, worst: Laid) -> str:
    title, moment = laid_title(worst, over.study.procedure), _(MOMENTS[worst.moment])
    by = minutes_text(worst.beyond_min)
    if worst.place is Place.LATE:
        return _("差得最多的是“{title}”{moment}，比九成推演还晚 {by}。", title=title, moment=moment, by=by)
    return _("差得最多的是“{title}”{moment}，比九成推演还早 {by}。", title=title, moment=moment, by=by)


def overlay_caution(over: Overlay) -> str:
    """How far the record speaks against the simulation, and what to look at first."""
    if not over.judged:
        return _("没有一个时刻可以对照。")
    if over.is_own:
        return _("本研究的时长就是用这一场校准的，落在范围内不能算作检验；要检验，请用没有参与校准的一场。")
    if over.surprise_share < 0.05:
        return _(
            "推演若与实际一致，约八成应落在范围内；现在落在范围内的明显偏少，"
            "先核对情景、零时和人员是否可比，再校准时长。"
        )
    return _("推演若与实际一致，约八成应落在范围内；这次的多少与此没有明显矛盾。各时刻互有影响，只作参考。")


def names(tasks: Sequence[str], procedure: Procedure) -> str:
    """Several tasks in one line; a code the procedure does not have stays as it is."""
    known = {task.id for task in procedure.tasks}
    return _("、").join(task_title(procedure, task) if task in known else task for task in tasks)
