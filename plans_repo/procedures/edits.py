"""Edits of a procedure. Each gives a new procedure or is refused; nothing is changed in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans_repo.errors import PlansRepoError
from sim.durations import Duration, Fixed, Pert, Triangular
from sim.figure import Footing, Mark
from sim.procedure import After, Join, JoinKind, Level, Pool, Procedure, Task

OWN = "own"
"""What the ids of tasks, pools and levels begin with that a person added."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLine:
    """What a table of tasks asks of one; *id* is empty for a new one, *after* names tasks by id.

    *minutes* are the least, the most likely and the most it takes; None leaves its duration as it is.
    """

    id: str
    title: str
    lead: str = ""
    support: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    clause: str = ""
    from_level: str = ""
    minutes: tuple[float, float, float] | None = None


def next_id(taken: Iterable[str]) -> str:
    """An id nobody has.

    >>> next_id(["F1", "own-1"])
    'own-2'
    """
    found = set(taken)
    return next(name for number in range(1, len(found) + 2) if (name := f"{OWN}-{number}") not in found)


def with_task(procedure: Procedure, task: Task) -> Procedure:
    """The procedure with *task* in place of the one of its id, or as one more."""
    ids = [each.id for each in procedure.tasks]
    if task.id in ids:
        return procedure.with_tasks(task if each.id == task.id else each for each in procedure.tasks)
    return procedure.with_tasks((*procedure.tasks, task))


def without_task(procedure: Procedure, task_id: str) -> Procedure:
    """The procedure without a task; what followed it now follows what it followed.

    Refused while a target is promised on it or counted from its end, and where it is the last task.
    """
    gone = procedure.task(task_id)
    bound = [target.id for target in procedure.targets if task_id in (target.task, target.starts)]
    if bound:
        raise PlansRepoError(
            "task-has-targets", thing=gone.title, field="targets", rule="drop them first", value="、".join(bound)
        )
    kept = tuple(_past(task, gone) for task in procedure.tasks if task.id != task_id)
    return procedure.with_tasks(kept)


def _past(task: Task, gone: Task) -> Task:
    """A task that followed *gone*, following now its predecessors."""
    if all(edge.task != gone.id for edge in task.after):
        return task
    after = {edge.task: edge for edge in task.after if edge.task != gone.id}
    for edge in gone.after:
        after.setdefault(edge.task, edge)
    join = task.join
    if join.kind is JoinKind.K_OF_N and join.need > len(after):
        join = Join() if not after else replace(join, need=len(after))
    return replace(task, after=tuple(after.values()), join=join)


def with_lines(procedure: Procedure, lines: Sequence[TaskLine], *, source: str) -> Procedure:
    """The procedure as a table of its tasks says: changed lines, lines taken out, new ones.

    A line that still follows a task taken out follows what that one followed. Predecessors keep the outcome that
    counts. Minutes that are entered are an expert's, resting on *source*; a new
    task without any is refused.
    """
    wanted = {line.id for line in lines if line.id}
    shorter = procedure
    for task in procedure.tasks:
        if task.id not in wanted:
            shorter = without_task(shorter, task.id)
    known = {task.id: task for task in shorter.tasks}
    gone = {task.id: task for task in procedure.tasks if task.id not in known}
    taken = set(known)
    made: list[Task] = []
    for line in lines:
        name = line.id or next_id(taken)
        taken.add(name)
        bridged = replace(line, after=tuple(dict.fromkeys(_round(line.after, gone))))
        made.append(_as_line(known.get(line.id), name, bridged, source))
    return procedure.with_tasks(made)


def _round(names: Iterable[str], gone: Mapping[str, Task]) -> Iterator[str]:
    """The tasks named, those that are gone replaced by what they followed."""
    for name in names:
        if name in gone:
            yield from _round((edge.task for edge in gone[name].after), gone)
        else:
            yield name


def _as_line(task: Task | None, name: str, line: TaskLine, source: str) -> Task:
    title = line.title.strip()
    if not title:
        raise PlansRepoError("task-without-title", thing=f"task {name}", field="title", rule="must be given")
    duration = _duration(task, line, source)
    if duration is None:
        raise PlansRepoError("task-without-duration", thing=title, field="minutes", rule="must be given")
    present = task or Task(id=name, title=title, duration=duration)
    edges = {edge.task: edge for edge in present.after}
    is_same = set(line.after) == set(edges)
    after = present.after if is_same else tuple(edges.get(one, After(task=one)) for one in dict.fromkeys(line.after))
    return replace(
        present,
        title=title,
        title_en=present.title_en if title == present.title else "",
        lead=line.lead.strip(),
        support=line.support,
        after=after,
        join=_fitting(present.join, len(after)),
        clause=line.clause,
        from_level=line.from_level,
        duration=duration,
    )


def _duration(task: Task | None, line: TaskLine, source: str) -> Duration | None:
    if line.minutes is None or (task is not None and line.minutes == minutes_of(task)):
        return task.duration if task else None
    return expert_duration(line.minutes, source)


def expert_duration(minutes: tuple[float, float, float], source: str) -> Duration:
    """The least, most likely and most minutes as a person gives them, with what they rest on."""
    if not source.strip():
        raise PlansRepoError("reason-missing", thing="duration", field="source", rule="must be given")
    low, mode, high = minutes
    law = Fixed(minutes=low) if low == mode == high else Triangular(low_min=low, mode_min=mode, high_min=high)
    return Duration(law=law, footing=Footing.EXPERT, source=source.strip(), mark=Mark.EXPERT)


def minutes_of(task: Task) -> tuple[float, float, float] | None:
    """Least, most likely and most minutes of a task; None for laws that are not said so, or times an attribute."""
    law = task.duration.law
    if task.duration.times:
        return None
    if isinstance(law, Fixed):
        return law.minutes, law.minutes, law.minutes
    if isinstance(law, Triangular | Pert):
        return law.low_min, law.mode_min, law.high_min
    return None


def _fitting(join: Join, count: int) -> Join:
    return Join() if join.kind is JoinKind.K_OF_N and join.need > count else join


def line_of(task: Task) -> TaskLine:
    """A task as a line of the table."""
    return TaskLine(
        id=task.id,
        title=task.title,
        lead=task.lead,
        support=task.support,
        after=tuple(edge.task for edge in task.after),
        clause=task.clause,
        from_level=task.from_level,
        minutes=minutes_of(task),
    )


def with_pool(procedure: Procedure, pool: Pool) -> Procedure:
    """The procedure with *pool* in place of the one of its id, or as one more."""
    ids = [each.id for each in procedure.pools]
    pools = tuple(pool if each.id == pool.id else each for each in procedure.pools)
    return replace(procedure, pools=pools if pool.id in ids else (*pools, pool))


def without_pool(procedure: Procedure, pool_id: str) -> Procedure:
    """The procedure without a pool; refused while a task needs it."""
    pool = procedure.pool(pool_id)
    users = [task.title for task in procedure.tasks if any(need.pool == pool_id for need in task.needs)]
    if users:
        raise PlansRepoError(
            "pool-in-use", thing=pool.title, field="needs", rule="must be needed by no task", value="、".join(users)
        )
    return replace(procedure, pools=tuple(each for each in procedure.pools if each.id != pool_id))


def with_levels(procedure: Procedure, levels: Sequence[Level]) -> Procedure:
    """The procedure with these levels in place of its own.

    A level that is gone is taken over, in tasks and targets, by the one of the same id under its new label; where
    there is none the refusal names who still speaks of it.
    """
    labels = {level.id: level.label for level in levels}
    renamed = {old.label: labels.get(old.id, old.label) for old in procedure.levels}
    tasks = tuple(_relabelled(task, renamed) for task in procedure.tasks)
    targets = tuple(
        replace(target, levels=tuple(renamed.get(label, label) for label in target.levels))
        for target in procedure.targets
    )
    return replace(procedure, levels=tuple(levels), tasks=tasks, targets=targets)


def _relabelled(task: Task, renamed: Mapping[str, str]) -> Task:
    return replace(task, from_level=renamed[task.from_level]) if task.from_level in renamed else task
