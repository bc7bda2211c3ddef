"""What a procedure says, in words: promises, durations, needs, causes."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.packs.naming import cause_name, name_of
from sim.durations import Duration
from sim.procedure import ALARM, JoinKind, Outcome, Procedure, Target, TargetKind, Task
from ui.components.plan_names import told
from ui.wording import _, duration_text, language, later, share_text

OUTCOMES = {
    Outcome.DONE: "",
    Outcome.SKIPPED: later("未做时"),
    Outcome.FAILED: later("失败时"),
}


def target_title(target: Target) -> str:
    """The title of a target in the reader's language."""
    return told(target.title, target.title_en)


def task_title(procedure: Procedure, task_id: str) -> str:
    """The title of a task in the reader's language."""
    task = procedure.task(task_id)
    return told(task.title, task.title_en)


def pool_title(procedure: Procedure, pool_id: str) -> str:
    """The title of a pool in the reader's language."""
    pool = procedure.pool(pool_id)
    return told(pool.title, pool.title_en)


def promise(target: Target, procedure: Procedure) -> str:
    """What a target asks, without its assurance: from when, within how long, for how many."""
    if target.clock:
        clock = name_of("clock", target.clock, language())
        asked = (
            _("至少在{clock}前 {time}完成", clock=clock, time=duration_text(target.limit_min))
            if target.limit_min
            else _("在{clock}前完成", clock=clock)
        )
    else:
        asked = _("自{start}起 {time}内", start=start_name(target, procedure), time=duration_text(target.limit_min))
    if target.kind is TargetKind.SHARE:
        return _("{asked}，不少于 {share} 的对象", asked=asked, share=share_text(target.share, digits=0))
    return asked


def start_name(target: Target, procedure: Procedure) -> str:
    """From when a limit is counted."""
    if target.start_clock:
        return name_of("clock", target.start_clock, language())
    if target.starts == ALARM:
        return name_of("start", ALARM, language())
    return _("“{task}”结束", task=task_title(procedure, target.starts))


def duration_words(duration: Duration) -> str:
    """How long something takes: a fixed time, or the middle and the slow end of its law."""
    law = duration.law
    if duration.times:
        middle, slow = law.quantile_min(0.5), law.quantile_min(0.9)
        if not law.is_random:
            return _("对象自身时间的 {low:.2f} 倍", low=middle)
        return _("对象自身时间的 {low:.2f}～{high:.2f} 倍", low=middle, high=slow)
    if not law.is_random:
        return duration_text(law.quantile_min(0.5))
    return _(
        "中位 {middle}，九成不超过 {slow}",
        middle=duration_text(law.quantile_min(0.5)),
        slow=duration_text(law.quantile_min(0.9)),
    )


def need_words(task: Task, procedure: Procedure) -> str:
    """The units a task takes."""
    return _("、").join(f"{pool_title(procedure, need.pool)} × {need.units}" for need in task.needs)


def after_words(task: Task, procedure: Procedure) -> str:
    """What a task waits for."""
    names = [
        task_title(procedure, edge.task) + (_("（{when}）", when=_(OUTCOMES[edge.when])) if OUTCOMES[edge.when] else "")
        for edge in task.after
    ]
    joined = _("、").join(names)
    if task.join.kind is JoinKind.ANY and len(names) > 1:
        return _("任一：{names}", names=joined)
    if task.join.kind is JoinKind.K_OF_N:
        return _("其中 {need} 项：{names}", need=task.join.need, names=joined)
    return joined


def cause_words(cause: str, procedure: Procedure) -> str:
    """A cause of lost minutes with the units it names."""
    kind, _colon, name = cause.partition(":")
    words = cause_name(cause, language())
    if kind in ("pool", "decision") and any(pool.id == name for pool in procedure.pools):
        return _("{cause}（{pool}）", cause=words, pool=pool_title(procedure, name))
    return words


def listed(names: Iterable[str], *, most: int = 5) -> str:
    """A few names in one line; the rest is counted.

    >>> listed("甲乙丙", most=2)
    '甲、乙等 3 项'
    """
    every = list(names)
    said = _("、").join(every[:most])
    return said if len(every) <= most else _("{names}等 {count} 项", names=said, count=len(every))
