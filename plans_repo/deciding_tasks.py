"""The tasks that decide how long a target takes, among those that can: what ends before its clock starts cannot."""

from __future__ import annotations

from sim.procedure import JoinKind, Procedure, Target
from sim.study import TargetResult, Weight


def deciding_tasks(procedure: Procedure, result: TargetResult) -> tuple[Weight, ...]:
    """The weights of a target, largest first, without those of tasks that are over when its limit begins to run."""
    over = before_start(procedure, result.target)
    return tuple(weight for weight in result.weights if weight.task not in over)


def before_start(procedure: Procedure, target: Target) -> frozenset[str]:
    """The task a limit counts from and all that must have ended before it.

    A limit from the alarm or from a clock, and a margin to the hazard, have none. Of tasks any one of which lets
    another begin, none need be over, so they are kept.
    """
    tasks = {task.id: task for task in procedure.tasks}
    if target.clock or target.starts not in tasks:
        return frozenset()
    found, left = {target.starts}, [target.starts]
    while left:
        task = tasks[left.pop()]
        if task.join.kind is not JoinKind.ALL and len(task.after) > 1:
            continue
        new = {edge.task for edge in task.after} - found
        found |= new
        left += new
    return frozenset(found)
