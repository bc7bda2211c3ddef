"""Separation of duties: who wrote, who examined and who decided on one text are different people."""

from __future__ import annotations

from plans_repo.course import courses, panels
from plans_repo.course.paths import Path, apart
from plans_repo.course.stages import Move, Step
from plans_repo.course.steps_to_approval import DECIDING, EXAMINING
from plans_repo.course.takers import GOVERNMENT, OF_PARTY, barred_kinds, takers
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import OrganisationKind, row_of
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

BUREAU = frozenset({Move.PASS_DELIBERATION})
"""The signature of the drafting bureau; nobody gives it and one of its government's."""


def check(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> None:
    """Refuse a signature of somebody who wrote the text, or who has signed it in the other capacity."""
    _check_government(work, plan, course, step)
    _check_apart(work, plan, course, step)
    if not step.signs or step.move is Move.ISSUE:
        return
    me = work.actor.account
    if me in courses.authors(work, course):
        raise PlansRepoError("own-text", thing=plan.title, move=step.move.value)
    for mine, others in ((DECIDING, EXAMINING), (EXAMINING, DECIDING), (BUREAU, GOVERNMENT), (GOVERNMENT, BUREAU)):
        if step.move in mine and (signed := _signed(work, course, others)):
            raise PlansRepoError("duties-not-separate", thing=plan.title, move=step.move.value, value=signed.value)
    _check_linkage(work, plan, course, step)


def _signed(work: Work, course: CourseRow, moves: frozenset[Move]) -> Move | None:
    """A move among *moves* that the actor has signed and that still holds."""
    return next(
        (
            sign.move
            for sign in courses.sign_offs(work, course)
            if sign.holds and sign.move in moves and sign.signed_by == work.actor.account
        ),
        None,
    )


def is_open_to(work: Work, move: Move, path: Path) -> bool:
    """Whether people of the actor's body may make a move on a path at all."""
    body = work.actor.organisation
    return body is None or row_of(work, body).kind not in barred_kinds(move, path)


def _check_government(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> None:
    """Where a leader of the government endorses, no department decides in its place; nor anybody in the Party's."""
    if not is_open_to(work, step.move, courses.path_of(work, plan, course)):
        code = "decision-of-party" if step.move in OF_PARTY else "decision-of-government"
        raise NotAllowed(code, thing=plan.title, move=step.move.value, value=work.actor.name)


def same_hand(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> Move | None:
    """The signature of this government that the actor has given and ought not to have with this one, or None."""
    if not courses.path_of(work, plan, course).by_government:
        return None
    return _signed(work, course, apart().get(step.move, frozenset()))


def _check_apart(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> None:
    """In a government the next signature is another account's, unless there is no other that may give it."""
    signed = same_hand(work, plan, course, step)
    if signed is None:
        return
    others = takers(work, plan, courses.path_of(work, plan, course), step, place_of=Action.APPROVE_PLAN)
    others.pop(work.actor.account, None)
    if others:
        raise PlansRepoError(
            "signatures-not-apart", thing=plan.title, move=step.move.value, value=signed.value, was_move=signed.value,
            people=tuple(others.values()),
        )  # fmt: skip


def _check_linkage(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> None:
    """The linkage check is the emergency management department's (article 25), and nobody's who sits on the panel."""
    if step.move is not Move.AGREE_LINKAGE:
        return
    panel = panels.newest(work, course)
    held = panels.panel_of(work, panel).held if panel else ()
    if any(seat.expert.account == work.actor.account for seat in held):
        raise PlansRepoError("linkage-by-panel-member", thing=plan.title, move=step.move.value, value=work.actor.name)
    if work.actor.organisation is None:
        return
    if row_of(work, work.actor.organisation).kind is not OrganisationKind.EMERGENCY_BUREAU:
        raise NotAllowed("linkage-of-emergency-bureau", thing=plan.title, move=step.move.value)
