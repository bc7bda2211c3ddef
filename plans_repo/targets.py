"""What a person makes of a target, and whether it still says what the plan's sentence words."""

from __future__ import annotations

from dataclasses import replace

from plans_repo.text.finding.limits import FoundLimit
from plans_repo.text.finding.starts import StartKind
from sim.circumstance import Circumstance
from sim.figure import Mark
from sim.procedure import ALARM, Procedure, Target, TargetKind

OWN = "own"
"""What the ids of targets begin with that a person added."""
LATER = (StartKind.ORDER, StartKind.ARRIVAL, StartKind.END, StartKind.DATE, StartKind.OTHER)
"""Starts a sentence names that are never the minute 0 of a run."""


def changed(former: Target, entered: Target, reason: str) -> Target:
    """The target as entered, confirmed; an expert's for the *reason* given where it asks something else."""
    if _asked(entered) == _asked(former):
        return replace(entered, proposed=False)
    return replace(entered, proposed=False, mark=Mark.EXPERT, source=reason.strip())


Cases = tuple[tuple[str, ...], tuple[Circumstance, ...]]
"""The levels and circumstances something holds for, () for all."""


def added(entered: Target, limit: FoundLimit | None, reason: str, cases: Cases = ((), ())) -> Target:
    """The new target: the plan's own where it asks what the *limit* words for its *cases*, else an expert's."""
    if limit is not None and _is_worded(entered, limit, cases):
        return replace(entered, mark=Mark.PLAN, source=limit.text.strip())
    return replace(entered, mark=Mark.EXPERT, source=reason.strip())


def with_changed(procedure: Procedure, name: str, fresh: Target | None) -> Procedure:
    """The procedure with *fresh* in place of the target of that id, or without that target."""
    kept = (fresh if target.id == name else target for target in procedure.targets)
    return procedure.with_targets(target for target in kept if target is not None)


def with_added(procedure: Procedure, fresh: Target) -> Procedure:
    """The procedure with one target more, under an id that none of it has."""
    taken = {target.id for target in procedure.targets}
    name = next(name for number in range(1, len(taken) + 2) if (name := f"{OWN}-{number}") not in taken)
    return procedure.with_targets((*procedure.targets, replace(fresh, id=name)))


def _asked(target: Target) -> tuple[object, ...]:
    """What the sentence of a promise words; the assurance is never in it."""
    return (
        target.kind,
        target.task,
        target.starts,
        target.clock,
        target.limit_min,
        target.share,
        sorted(target.levels),
        sorted(target.circumstances),
        target.clause,
    )


def _is_worded(entered: Target, limit: FoundLimit, cases: Cases) -> bool:
    """Whether the sentence of a limit says all that is entered but the task, which nobody but the author can tell."""
    return (
        (entered.clause, entered.limit_min) == (limit.clause, limit.minutes)
        and entered.kind is TargetKind.LIMIT
        and limit.starts_kind not in (LATER if entered.starts == ALARM else (StartKind.UNSAID,))
        and (set(entered.levels), set(entered.circumstances)) == tuple(map(set, cases))
    )
