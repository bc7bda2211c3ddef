"""How long the targets take, how surely that is known, and which tasks have most to do with it."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo import cautions
from plans_repo.deciding_tasks import deciding_tasks
from plans_repo.studies import Study
from sim.procedure import Target
from sim.study import Mean, Quantile, TargetResult
from ui.components.cells import card_table
from ui.components.html import Html, join, tag
from ui.components.promises import measured_text, target_title, task_title
from ui.wording import _, language, share_text

MOST_TASKS = 3


def has_times(study: Study) -> bool:
    """Whether the record holds intervals of times; those of earlier releases do not."""
    return any(result.quantiles for result in study.findings.targets)


def time_table(study: Study) -> Html:
    """A row for every target: quantiles and mean with their intervals, what did not get there, the deciding tasks."""
    heads = [_("目标"), _("半数推演"), _("九成推演"), _("平均"), _("未完成"), _("关键任务")]
    return card_table(heads, [_row(study, result) for result in study.findings.targets], cls="yy-times")


def time_notes(study: Study) -> Iterator[str]:
    """What must be said with these times."""
    yield _(
        "方括号内为置信区间，置信水平与达标概率相同；平均用时只计完成了的推演。"
        "“关键任务”后面的第一个数，是目标用时经由该任务形成的推演所占比例；第二个数，是该任务自身用时与目标用时的相关程度（0～1），“—”表示该任务用时没有波动，算不出相关程度。"
        "起算前就已结束的任务不列，其余按第一个数从大到小最多列 3 项。"
    )
    yield from cautions.of_means(study, language())


def _row(study: Study, result: TargetResult) -> list[object]:
    half, most = result.quantiles or (None, None)
    return [
        target_title(result.target),
        _quantile(result.target, half),
        _quantile(result.target, most),
        _mean(result.target, result.mean),
        share_text(result.censored_share),
        join([tag("div", words) for words in _tasks(study, result)]),
    ]


def _quantile(target: Target, told: Quantile | None) -> Html:
    if told is None or told.value_min is None:
        return tag("span", _("未完成"), cls="yy-dim")
    return _with_interval(target, told.value_min, told.low_min, told.high_min)


def _mean(target: Target, mean: Mean | None) -> Html:
    if mean is None:
        return tag("span", _("未完成"), cls="yy-dim")
    return _with_interval(target, mean.mean_min, mean.low_min, mean.high_min)


def _with_interval(target: Target, minutes: float, low: float | None, high: float | None) -> Html:
    """A time and its interval; an end the runs cannot bound is left open."""
    ends = ("…" if end is None else measured_text(target, end) for end in (low, high))
    interval = _("[{low}，{high}]", **dict(zip(("low", "high"), ends, strict=True)))
    return join([measured_text(target, minutes), tag("div", interval, cls="yy-dim")])


def _tasks(study: Study, result: TargetResult) -> Iterator[str]:
    for weight in deciding_tasks(study.procedure, result)[:MOST_TASKS]:
        title = task_title(study.procedure, weight.task)
        related = "—" if weight.cruciality is None else f"{weight.cruciality:.2f}"
        yield _(
            "{task}：{share}，{related}", task=title, share=share_text(weight.critical_share, digits=0), related=related
        )
