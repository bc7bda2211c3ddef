"""What is wrong, or doubtful, about a procedure before anybody plays it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from graphlib import TopologicalSorter
from itertools import accumulate

from plans_repo.procedures.event_names import known, named
from sim.procedure import ALARM, After, JoinKind, Outcome, PoolKind, Procedure, Target, TargetKind, Task, TaskKind

FASTEST = 0.01
"""The share of luck taken for "as fast as it can be" of durations that have no lower bound."""


class Weight(StrEnum):
    """How grave a finding is."""

    FAULT = "fault"  # it cannot work as it stands
    DOUBT = "doubt"  # somebody has to look
    NOTE = "note"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something found: its code, what it is about (a task, target, pool or level), and what its sentence needs.

    Tasks, targets and pools are named by id; whoever shows the sentence puts in their titles.
    """

    code: str
    weight: Weight
    about: str
    fields: tuple[tuple[str, object], ...] = ()


def checked(procedure: Procedure, clauses: Collection[str]) -> tuple[Fault, ...]:
    """Everything found, the gravest first; *clauses* are the ids of the text the procedure belongs to."""
    found = [fault for check in _CHECKS for fault in check(procedure, clauses)]
    return tuple(sorted(found, key=lambda fault: list(Weight).index(fault.weight)))


def least_minutes(procedure: Procedure) -> dict[str, float]:
    """For each task the fewest minutes from the alarm to its end, were there no waits and all luck good.

    What is not done in every case counts as nothing: tasks from some level on, of one spread, for some entities
    only; so does a duration multiplied by an attribute of its entity, for the entity is not known here.
    """
    tasks = {task.id: task for task in procedure.tasks}
    order = TopologicalSorter({task.id: {edge.task for edge in task.after} for task in procedure.tasks})
    ends: dict[str, float] = {}
    for name in order.static_order():
        task = tasks[name]
        ends[name] = _start(task, [_fires(edge, ends) for edge in task.after]) + _least(task)
    return ends


def _fires(edge: After, ends: Mapping[str, float]) -> float:
    """The earliest a predecessor lets go on; one that is skipped may be so at once."""
    return 0.0 if edge.when is Outcome.SKIPPED else ends[edge.task]


def _start(task: Task, before: list[float]) -> float:
    ordered = sorted(before)
    if not ordered:
        return 0.0
    if task.join.kind is JoinKind.ANY:
        return ordered[0]
    return ordered[task.join.need - 1] if task.join.kind is JoinKind.K_OF_N else ordered[-1]


def _least(task: Task) -> float:
    if task.duration.times or task.from_level or task.spread or task.only:
        return 0.0
    return task.duration.law.quantile_min(FASTEST if task.duration.law.is_random else 0.5)


def _never_started(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    """A task that needs more units than there ever are."""
    for task in procedure.tasks:
        for need in task.needs:
            pool = procedure.pool(need.pool)
            most = pool.units + sum(max(0, change.units) for change in pool.changes)
            if need.units > most and not need.times:
                told = (("task", task.id), ("pool", pool.id), ("need", need.units), ("units", most))
                yield Fault(code="need-above-pool", weight=Weight.FAULT, about=task.id, fields=told)


def _below_nothing(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    """A pool from which more units leave than are there."""
    for pool in procedure.pools:
        ordered = sorted(pool.changes, key=lambda change: change.at_min)
        held = list(accumulate((change.units for change in ordered), initial=pool.units))
        for change, left in zip(ordered, held[1:], strict=True):
            if left < 0:
                told = (("pool", pool.id), ("minute", change.at_min), ("missing", -left))
                yield Fault(code="pool-below-nothing", weight=Weight.FAULT, about=pool.id, fields=told)
                break


def _never_done(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    """A task whose every try fails."""
    for task in procedure.tasks:
        if task.success_share == 0:
            yield Fault(code="task-never-done", weight=Weight.DOUBT, about=task.id, fields=(("task", task.id),))


def _of_no_event(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    """A name no event of the hazard brings; a study of such a procedure is refused."""
    for task in procedure.tasks:
        for field, name in named(task):
            if (field, name) not in known(procedure.hazard):
                told = (("task", task.id), ("field", field), ("name", name))
                yield Fault(code="name-of-no-event", weight=Weight.DOUBT, about=task.id, fields=told)


def _out_of_reach(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    """A limit shorter than the work that leads to it."""
    ends = least_minutes(procedure)
    for target in procedure.targets:
        least = _least_for(target, ends, procedure)
        if least is not None and least > target.limit_min:
            told = (("target", target.id), ("limit_min", target.limit_min), ("least_min", round(least, 1)))
            yield Fault(code="limit-out-of-reach", weight=Weight.FAULT, about=target.id, fields=told)


def _least_for(target: Target, ends: dict[str, float], procedure: Procedure) -> float | None:
    if target.kind is not TargetKind.LIMIT or target.start_clock:
        return None
    if target.starts == ALARM:
        return ends[target.task]
    return _between(target.starts, target.task, procedure)


def _between(start: str, end: str, procedure: Procedure) -> float | None:
    """The fewest minutes from the end of one task to that of another that must follow it; None where it need not."""
    sure = _surely_before(end, procedure) | {end}
    if start not in sure:
        return None
    tasks = {task.id: task for task in procedure.tasks}
    order = TopologicalSorter({task.id: {edge.task for edge in task.after} for task in procedure.tasks})
    since = {start: 0.0}
    for name in order.static_order():
        before = [since[edge.task] for edge in tasks[name].after if edge.task in since]
        if name in sure and name not in since and before:
            since[name] = max(before) + _least(tasks[name])
    return since[end]


def _surely_before(name: str, procedure: Procedure) -> set[str]:
    """The tasks that have ended whenever this one ends: along edges that are all waited for."""
    tasks = {task.id: task for task in procedure.tasks}
    found: set[str] = set()
    stack = [name]
    while stack:
        task = tasks[stack.pop()]
        if task.join.kind is JoinKind.ALL or len(task.after) == 1:
            fresh = {edge.task for edge in task.after if edge.when is not Outcome.SKIPPED} - found
            found |= fresh
            stack.extend(fresh)
    return found


def _without_clause(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    for task in procedure.tasks:
        if task.duration.is_state:
            continue
        if task.clause and task.clause not in clauses:
            yield Fault(code="task-clause-gone", weight=Weight.FAULT, about=task.id, fields=(("task", task.id),))
        elif not task.clause:
            yield Fault(code="task-without-clause", weight=Weight.DOUBT, about=task.id, fields=(("task", task.id),))
    for target in procedure.targets:
        told = (("target", target.id),)
        if target.clause and target.clause not in clauses:
            yield Fault(code="target-clause-gone", weight=Weight.FAULT, about=target.id, fields=told)
        elif not target.clause:
            yield Fault(code="target-without-clause", weight=Weight.DOUBT, about=target.id, fields=told)


def _without_lead(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    for task in procedure.tasks:
        if not task.lead and not task.duration.is_state:
            yield Fault(code="task-without-lead", weight=Weight.DOUBT, about=task.id, fields=(("task", task.id),))


def _nobody_decides(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    deciding = {pool.id for pool in procedure.pools if pool.kind is PoolKind.DECISION}
    for task in procedure.tasks:
        if task.kind is TaskKind.DECISION and not any(need.pool in deciding for need in task.needs):
            yield Fault(
                code="decision-without-decider", weight=Weight.DOUBT, about=task.id, fields=(("task", task.id),)
            )
    for level in procedure.levels:
        if not level.decided_by:
            yield Fault(
                code="level-without-decider", weight=Weight.DOUBT, about=level.id, fields=(("level", level.label),)
            )
        if not level.conditions:
            yield Fault(
                code="level-conditions-missing", weight=Weight.DOUBT, about=level.id, fields=(("level", level.label),)
            )


def _unpromised(procedure: Procedure, clauses: Collection[str]) -> Iterator[Fault]:
    needed = {need.pool for task in procedure.tasks for need in task.needs}
    for pool in procedure.pools:
        if pool.id not in needed:
            yield Fault(code="pool-unused", weight=Weight.NOTE, about=pool.id, fields=(("pool", pool.id),))
    if not procedure.targets:
        yield Fault(code="procedure-without-targets", weight=Weight.DOUBT, about="")


_CHECKS: tuple[Callable[[Procedure, Collection[str]], Iterator[Fault]], ...] = (
    _never_started,
    _below_nothing,
    _never_done,
    _of_no_event,
    _out_of_reach,
    _without_clause,
    _without_lead,
    _nobody_decides,
    _unpromised,
)
