"""The life cycle of a plan as one table of allowed moves."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.course.stages import Move, Process, Stage, Step
from plans_repo.course.steps_after_issue import STEPS_AFTER_ISSUE
from plans_repo.course.steps_to_approval import STEPS_TO_APPROVAL
from plans_repo.store.roles import Role, may

STEPS: tuple[Step, ...] = (*STEPS_TO_APPROVAL, *STEPS_AFTER_ISSUE)
"""Every move there is."""

SIGNATURES: dict[Process, tuple[Move, ...]] = {
    Process.FULL: (Move.PASS_REVIEW, Move.PASS_LEGALITY, Move.APPROVE),
    Process.SIMPLIFIED: (Move.APPROVE,),
}
"""What must have been signed, on the very same root hash, before a plan is issued."""


def required_signatures(process: Process, *, linked: bool) -> tuple[Move, ...]:
    """The signatures without which nothing is issued; a *linked* plan needs the linkage check as well."""
    moves = SIGNATURES[process]
    return (Move.AGREE_LINKAGE, *moves) if linked and process is Process.FULL else moves


def first_signing_stage(process: Process, *, linked: bool) -> Stage:
    """Where a text goes back to when it changes while being signed."""
    first = required_signatures(process, linked=linked)[0]
    return next(step.source for step in STEPS if step.move is first)


def step_of(move: Move, stage: Stage) -> Step | None:
    """The row for *move* out of *stage*, or none.

    >>> step_of(Move.PUBLISH, Stage.FILED).to
    <Stage.IN_FORCE: 'in_force'>
    >>> step_of(Move.ISSUE, Stage.DRAFT) is None
    True
    """
    return next((step for step in STEPS if step.move is move and step.source is stage), None)


def allowed_moves(stage: Stage, roles: Iterable[Role], *, process: Process, linked: bool) -> tuple[Step, ...]:
    """The rows that somebody with *roles* may take from *stage*; superseding happens by itself."""
    held = tuple(roles)
    return tuple(
        step
        for step in STEPS
        if step.source is stage and fits(step, process=process, linked=linked) and may(held, step.action)
        if step.move is not Move.SUPERSEDE
    )


def fits(step: Step, *, process: Process, linked: bool) -> bool:
    """Whether the row is meant for such a revision of such a plan."""
    return step.process in (None, process) and step.linked in (None, linked)
