"""Separation of duties: who wrote, who examined and who decided on one text are different people."""

from __future__ import annotations

from plans_repo.course import courses, panels
from plans_repo.course.paths import Path
from plans_repo.course.stages import Move, Stage, Step
from plans_repo.course.steps_to_approval import DECIDING, EXAMINING
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import OrganisationKind, row_of
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

BUREAU = frozenset({Move.PASS_DELIBERATION})
GOVERNMENT = frozenset({Move.ENDORSE, Move.APPROVE, Move.APPROVE_PARTY})
"""The signatures of the drafting bureau and those of its government: nobody gives both."""
SENT_BACK = frozenset({Move.REJECT_ENDORSEMENT, Move.REJECT_APPROVAL, Move.REJECT_PARTY})
"""How the government sends a text back."""
OF_PARTY = frozenset({Move.APPROVE_PARTY, Move.REJECT_PARTY})
"""What the Party committee alone decides."""
BELOW = frozenset(OrganisationKind) - {OrganisationKind.GOVERNMENT, OrganisationKind.PARTY_COMMITTEE}
"""Bodies that decide nothing in the name of a government."""


def check(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> None:
    """Refuse a signature of somebody who wrote the text, or who has signed it in the other capacity."""
    _check_government(work, plan, course, step)
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


def barred_kinds(move: Move, path: Path) -> frozenset[OrganisationKind]:
    """The kinds of bodies whose people may not make a move on a path: none, but where government or Party decide."""
    if move in OF_PARTY:
        return frozenset(OrganisationKind) - {OrganisationKind.PARTY_COMMITTEE}
    return BELOW if move in GOVERNMENT | SENT_BACK and Stage.LEADERSHIP in path.stages else frozenset()


def is_open_to(work: Work, move: Move, path: Path) -> bool:
    """Whether people of the actor's body may make a move on a path at all."""
    body = work.actor.organisation
    return body is None or row_of(work, body).kind not in barred_kinds(move, path)


def _check_government(work: Work, plan: PlanRow, course: CourseRow, step: Step) -> None:
    """Where a leader of the government endorses, no department decides in its place; nor anybody in the Party's."""
    if not is_open_to(work, step.move, courses.path_of(work, plan, course)):
        code = "decision-of-party" if step.move in OF_PARTY else "decision-of-government"
        raise NotAllowed(code, thing=plan.title, move=step.move.value, value=work.actor.name)


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
