"""The life cycle of a plan as one table of allowed moves, for the path it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plans_repo.course.paths import Path, all_paths
from plans_repo.course.stages import Move, PaperKind, Stage, Step
from plans_repo.course.steps_after_issue import STEPS_AFTER_ISSUE
from plans_repo.course.steps_to_approval import GATES, steps_to_approval
from plans_repo.store.roles import Action, Role, may


def steps(path: Path) -> tuple[Step, ...]:
    """Every move there is on a path, from first draft to abolition."""
    return (*steps_to_approval(path), *(_issued_with(step, path) for step in STEPS_AFTER_ISSUE))


def _issued_with(step: Step, path: Path) -> Step:
    """The issue with the papers its path asks for, where it names them."""
    papers = path.at(Stage.NUMBERING).papers if step.move is Move.ISSUE else ()
    return replace(step, papers=papers) if papers else step


def required_signatures(path: Path) -> tuple[Move, ...]:
    """What must have been signed, on the very same root hash, before a plan on this path is issued."""
    return tuple(GATES[stage].on for stage in path.stages if stage in GATES)


def first_signing_stage(path: Path) -> Stage:
    """Where a text goes back to when it changes while being signed."""
    return next(stage for stage in path.stages if stage in GATES)


def step_of(move: Move, stage: Stage, path: Path | None = None) -> Step | None:
    """The row for *move* out of *stage*, or none; without a path, of the moves from issue on.

    >>> step_of(Move.PUBLISH, Stage.FILED).to
    <Stage.IN_FORCE: 'in_force'>
    >>> step_of(Move.ISSUE, Stage.DRAFT) is None
    True
    """
    table = steps(path) if path else STEPS_AFTER_ISSUE
    return next((step for step in table if step.move is move and step.source is stage), None)


def allowed_moves(stage: Stage, roles: Iterable[Role], path: Path) -> tuple[Step, ...]:
    """The rows that somebody with *roles* may take from *stage*; superseding happens by itself."""
    held = tuple(roles)
    return tuple(
        step
        for step in steps(path)
        if step.source is stage and may(held, step.action) and step.move is not Move.SUPERSEDE
    )


def actions_asking(kind: PaperKind) -> frozenset[Action]:
    """What those may do who make a move that asks for such a paper, on any path."""
    found = {step.action for path in all_paths() for step in steps(path) if kind in step.papers}
    found |= {
        GATES[station.stage].action
        for path in all_paths()
        for station in path.stations
        for manner in station.manners
        if manner.paper is kind
    }
    return frozenset(found)
