"""Who has a text before him: the people who may take the next step of a plan, and which step that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from plans_repo.access import AS_DEPARTMENT, OVERSEEING, OWN_ALONE, PLACED
from plans_repo.course import courses, panels, papers
from plans_repo.course.courses import Deadline
from plans_repo.course.opening import found
from plans_repo.course.paths import Manner, Path
from plans_repo.course.separation import barred_kinds
from plans_repo.course.stages import CLOSED, ClockKind, Move, PaperKind, Stage, Step
from plans_repo.course.steps import steps
from plans_repo.organisations import OrganisationKind
from plans_repo.store.roles import MAY, Action, Role
from plans_repo.store.tables.accounts import AccountRoleRow, AccountRow, OrganisationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
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
            roles=_roles(step),
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


def _roles(step: Step) -> tuple[Role, ...]:
    return tuple(role for role in Role if step.action in MAY[role])


def _people(work: Work, plan: PlanRow, course: CourseRow, path: Path, step: Step) -> Iterator[str]:
    """Accounts with one of the roles, of the bodies that have a place in the course, and the experts who review it.

    Where the government decides, nobody of the department that drafts does.
    """
    query = (
        select(AccountRow.display_name)
        .join(AccountRoleRow, col(AccountRoleRow.account_id) == col(AccountRow.id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(AccountRow.organisation_id))
        .where(col(AccountRoleRow.role).in_(_roles(step)), col(AccountRow.disabled).is_(False))
        .where(col(OrganisationRow.kind).not_in(barred_kinds(step.move, path)))
        .where(_has_a_place(plan, step.action))
        .order_by(col(AccountRow.display_name))
    )
    yield from work.session.exec(query)
    if step.source is Stage.REVIEW:
        yield from (seat.expert.name for seat in panels.members(work, course) if seat.expert.account)


def _has_a_place(plan: PlanRow, action: Action) -> ColumnElement[bool]:
    """The condition on ``organisation`` that ``Standpoint.acts_on`` puts for a plan."""
    own = col(OrganisationRow.id) == plan.organisation_id
    if plan.kind is PlanKind.VILLAGE:  # the township that writes and signs it with the village
        around = [plan.area[: at + 1] for at, sign in enumerate(plan.area) if sign == "/"]
        of_place = and_(col(OrganisationRow.kind) == OrganisationKind.TOWNSHIP, col(OrganisationRow.area).in_(around))
        return or_(own, of_place)
    if plan.kind in OWN_ALONE and plan.organisation_id is not None:
        return own
    kinds = PLACED if action in AS_DEPARTMENT else OVERSEEING
    return or_(own, and_(col(OrganisationRow.area) == plan.area, col(OrganisationRow.kind).in_(sorted(kinds))))
