"""What a procedure says, in words: promises, durations, needs."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.packs.cases import is_share_assumed, made_for, run_start
from plans_repo.packs.naming import clock_name
from plans_repo.word.numbers import own_time
from plans_repo.word.wording import Wording
from sim.durations import Duration
from sim.procedure import ALARM, JoinKind, Outcome, Procedure, Target, TargetKind, Task
from ui.components.plan_names import told
from ui.wording import _, duration_text, figure_text, language, later, limit_text, share_text

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
    """What a target asks, without its assurance: in which cases, from when, within how long, for how many."""
    if target.clock:
        clock = clock_name(target.clock, language())
        asked = (
            _("至少在{clock}前 {time}完成", clock=clock, time=limit_text(target.limit_min))
            if target.limit_min
            else _("在{clock}前完成", clock=clock)
        )
    else:
        asked = _("自{start}起 {time}内", start=start_name(target, procedure), time=limit_text(target.limit_min))
    if target.kind is TargetKind.SHARE:
        asked = _("{asked}，不少于 {share} 的对象", asked=asked, share=share_text(target.share, digits=0))
        if is_share_assumed(target.share, target.mark, target.source):
            asked = _("{asked}（比例为系统设定，条文未写）", asked=asked)
    cases = made_for(target.levels, target.circumstances, language())
    return _("{cases}：{asked}", cases=cases, asked=asked) if cases else asked


def measured_text(target: Target, minutes: float) -> str:
    """A time measured of a target: elapsed, or by how much it came before or after its clock.

    >>> from sim.procedure import TargetKind
    >>> clear = Target(id="T", title="清空", task="F7", kind=TargetKind.MARGIN, clock="water", limit_min=30)
    >>> measured_text(clear, 12.0), measured_text(clear, -12.0)
    ('比洪水到达早 12 分', '比洪水到达晚 12 分')
    """
    if not target.is_latest_better:
        return duration_text(minutes)
    clock, time = clock_name(target.clock, language()), duration_text(abs(minutes))
    return _("比{clock}早 {time}", clock=clock, time=time) if minutes >= 0 else (
        _("比{clock}晚 {time}", clock=clock, time=time)
    )  # fmt: skip


def start_name(target: Target, procedure: Procedure) -> str:
    """From when a limit is counted."""
    if target.start_clock:
        return clock_name(target.start_clock, language())
    if target.starts == ALARM:
        return run_start(procedure, language())
    return _("“{task}”结束", task=task_title(procedure, target.starts))


def duration_words(duration: Duration) -> str:
    """How long something takes: a fixed time, or the middle and slow end of its law, and whether night adds to it."""
    said = _duration_words(duration)
    return _("{said}；夜间、非工作时间按情景系数加长", said=said) if duration.slows else said


def _duration_words(duration: Duration) -> str:
    law = duration.law
    if duration.times:
        base = own_time(Wording(language()), duration.times)
        middle, slow = (figure_text(law.quantile_min(share), digits=2) for share in (0.5, 0.9))
        if not law.is_random:
            return _("各对象的{base} × {middle}", base=base, middle=middle)
        return _("各对象的{base} × {middle}（中位），九成不超过 × {slow}", base=base, middle=middle, slow=slow)
    if not law.is_random:
        return limit_text(law.quantile_min(0.5))
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


def listed(names: Iterable[str], *, most: int = 5) -> str:
    """A few names in one line; the rest is counted.

    >>> listed("甲乙丙", most=2)
    '甲、乙等 3 项'
    """
    every = list(names)
    said = _("、").join(every[:most])
    return said if len(every) <= most else _("{names}等 {count} 项", names=said, count=len(every))
