"""Who has a text before him: the people who may take the next step of a plan, and which step that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plans_repo.course import courses, panels, papers
from plans_repo.course.courses import Deadline
from plans_repo.course.opening import found
from plans_repo.course.paths import Manner, Path
from plans_repo.course.stages import CLOSED, ClockKind, Move, PaperKind, Stage, Step
from plans_repo.course.steps import steps
from plans_repo.course.takers import roles_for, takers
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

BY_ITSELF = frozenset({Move.SUPERSEDE, Move.ABOLISH, Move.REDRAFT, Move.REGISTER})
"""Moves for which nobody waits."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A step a text waits for, the roles that may take it, and the people who hold one at the plan's place.

    *missing_papers* are those it still lacks, *deadline* is the clock it stops, if one runs.
    """

    move: Move
    roles: tuple[Role, ...]
    people: tuple[str, ...]
    missing_papers: tuple[PaperKind, ...] = ()
    deadline: Deadline | None = None


def holders(work: Work, version_id: str) -> tuple[Holder, ...]:
    """For whom the edition of a version waits: in force only while a clock runs, afterwards for nobody."""
    plan, course, _version = found(work, version_id)
    if course.stage in CLOSED:
        return ()
    path = courses.path_of(work, plan, course)
    clocks = {one.kind: one for one in courses.deadlines_of(work, plan, course) if one.done_on is None}
    return tuple(
        Holder(
            move=step.move,
            roles=roles_for(step.action),
            people=tuple(dict.fromkeys(_people(work, plan, course, path, step))),
            missing_papers=papers.missing(work, course, step, _first_manner(path, step)),
            deadline=_clock(step, clocks),
        )
        for step in steps(path)
        if step.source is course.stage and step.move not in BY_ITSELF and not _goes_back(step)
        if course.stage is not Stage.IN_FORCE or _clock(step, clocks)
    )


def _clock(step: Step, running: Mapping[ClockKind, Deadline]) -> Deadline | None:
    return next((running[kind] for kind in step.stops if kind in running), None)


def _first_manner(path: Path, step: Step) -> Manner | None:
    """How a step is decided unless said otherwise."""
    offered = path.at(step.source).manners if step.signs and step.source in path.stages else ()
    return offered[0] if offered else None


def _goes_back(step: Step) -> bool:
    return step.needs_reason and step.to is Stage.DRAFT


def _people(work: Work, plan: PlanRow, course: CourseRow, path: Path, step: Step) -> Iterator[str]:
    """Accounts with one of the roles, of the bodies that have a place in the course, and the experts who review it.

    Where the government decides, nobody of the department that drafts does.
    """
    yield from takers(work, plan, path, step).values()
    if step.source is Stage.REVIEW:
        yield from (seat.expert.name for seat in panels.members(work, course) if seat.expert.account)
