"""What a target counts where a task has several places: the last, the first, or a share of those concerned."""

from __future__ import annotations

from plans_repo.studies import Study
from sim.procedure import JoinKind, Procedure, Target, TargetKind
from ui.components.promises import promise, target_title, task_title
from ui.wording import _, share_text


def counted_words(target: Target, procedure: Procedure) -> str:
    """What one target counts, as a sentence."""
    asked = _("目标“{title}”要求{promise}，", title=target_title(target), promise=promise(target, procedure))
    if target.kind is TargetKind.SHARE and target.share < 1:
        return asked + _("数到 {share} 的对象完成为止，最后的不计。", share=share_text(target.share, digits=0))
    if is_first(target, procedure):
        return asked + _("数到“{task}”为止，有一处先到即算。", task=task_title(procedure, target.task))
    return asked + _("数到“{task}”的最后一处完成为止。", task=task_title(procedure, target.task))


def is_first(target: Target, procedure: Procedure) -> bool:
    """Whether the task a target looks at is done with the first of what it waits for."""
    task = procedure.task(target.task)
    return task.join.kind is JoinKind.ANY and bool(task.after)


def differing_words(study: Study) -> str:
    """Which targets of a study count less than the last place, which the bars show; "" where none does."""
    targets = [result.target for result in study.findings.targets]
    shares = [each for each in targets if each.kind is TargetKind.SHARE and each.share < 1]
    firsts = [each for each in targets if is_first(each, study.procedure)]
    parts = []
    if shares:
        parts.append(_("{titles}只数到规定比例的对象", titles=_quoted(shares)))
    if firsts:
        parts.append(_("{titles}只数到最先的一处", titles=_quoted(firsts)))
    if not parts:
        return ""
    return _("目标与横条数的不全一样：{parts}，故可早于横条；各目标从自己的起点计时。", parts=_("，").join(parts))


def _quoted(targets: list[Target]) -> str:
    return _("、").join(_("“{title}”", title=target_title(each)) for each in targets)
