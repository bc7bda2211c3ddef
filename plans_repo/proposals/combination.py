"""One procedure of the templates of several spreads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sim.procedure import Procedure, Target, Task


def combined(procedures: Sequence[Procedure]) -> Procedure:
    """One procedure of several spreads: what they share once, the rest marked with its spread."""
    if len(procedures) == 1:
        return procedures[0]
    shared = _shared(procedures)
    tasks: dict[str, Task] = {task.id: task for task in procedures[0].tasks if task.id in shared}
    targets: dict[str, Target] = {}
    for procedure in procedures:
        names = {task.id: _free(task.id, procedure.spread, tasks, shared) for task in procedure.tasks}
        own = (task for task in procedure.tasks if task.id not in shared)
        tasks |= {names[task.id]: _renamed(task, names, procedure.spread) for task in own}
        for target in (_retargeted(target, names) for target in procedure.targets):
            if target not in targets.values():
                name = _free(target.id, procedure.spread, targets, frozenset())
                targets[name] = replace(target, id=name)
    pools = {pool.id: pool for procedure in reversed(procedures) for pool in procedure.pools}
    return replace(
        procedures[0],
        spread="",
        tasks=tuple(tasks.values()),
        pools=tuple(pools.values()),
        targets=tuple(targets.values()),
    )


def plain_id(name: str) -> str:
    """The id a task or target has in its own template.

    >>> plain_id("G9.water_inrush")
    'G9'
    """
    return name.partition(".")[0]


def _shared(procedures: Sequence[Procedure]) -> frozenset[str]:
    """Tasks that are the same in all procedures, together with everything they wait for."""
    same = {task.id for task in procedures[0].tasks if all(task in other.tasks for other in procedures[1:])}
    while True:
        kept = {task.id for task in procedures[0].tasks if task.id in same and all(e.task in same for e in task.after)}
        if kept == same:
            return frozenset(kept)
        same = kept


def _free(name: str, spread: str, taken: Mapping[str, object], shared: frozenset[str]) -> str:
    return f"{name}.{spread}" if name in taken and name not in shared else name


def _renamed(task: Task, names: Mapping[str, str], spread: str) -> Task:
    after = tuple(replace(edge, task=names[edge.task]) for edge in task.after)
    return replace(task, id=names[task.id], spread=spread, after=after)


def _retargeted(target: Target, names: Mapping[str, str]) -> Target:
    return replace(target, task=names[target.task], starts=names.get(target.starts, target.starts))
