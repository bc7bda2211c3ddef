"""Who may take a step of a plan: by role, by body, and by the kind of body where government or Party decide."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from plans_repo.course.paths import Path
from plans_repo.course.stages import Move, Step
from plans_repo.organisations import OrganisationKind
from plans_repo.standpoint import AS_DEPARTMENT, OVERSEEING, OWN_ALONE, PLACED
from plans_repo.store.roles import MAY, Action, Role
from plans_repo.store.tables.accounts import AccountRoleRow, AccountRow, OrganisationRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work

GOVERNMENT = frozenset({Move.ENDORSE, Move.APPROVE, Move.APPROVE_PARTY})
"""The signatures of a government."""
SENT_BACK = frozenset({Move.REJECT_ENDORSEMENT, Move.REJECT_APPROVAL, Move.REJECT_PARTY})
"""How the government sends a text back."""
OF_PARTY = frozenset({Move.APPROVE_PARTY, Move.REJECT_PARTY})
"""What the Party committee alone decides."""
BELOW = frozenset(OrganisationKind) - {OrganisationKind.GOVERNMENT, OrganisationKind.PARTY_COMMITTEE}
"""Bodies that decide nothing in the name of a government."""


def barred_kinds(move: Move, path: Path) -> frozenset[OrganisationKind]:
    """The kinds of bodies whose people may not make a move on a path: none, but where government or Party decide."""
    if move in OF_PARTY:
        return frozenset(OrganisationKind) - {OrganisationKind.PARTY_COMMITTEE}
    return BELOW if move in GOVERNMENT | SENT_BACK and path.by_government else frozenset()


def roles_for(action: Action) -> tuple[Role, ...]:
    """The roles that allow an action."""
    return tuple(role for role in Role if action in MAY[role])


def takers(work: Work, plan: PlanRow, path: Path, step: Step, *, place_of: Action | None = None) -> dict[str, str]:
    """The accounts that may take a step by role and body, with their names, by name; disabled ones are none of them.

    *place_of* asks for a place in the course as another action has it: the departments of a place number and issue as
    well as its government, but do not stand in for it.
    """
    return doers(work, plan, step.action, place_of=place_of, barred=barred_kinds(step.move, path))


def doers(
    work: Work,
    plan: PlanRow,
    action: Action,
    *,
    place_of: Action | None = None,
    barred: frozenset[OrganisationKind] = frozenset(),
) -> dict[str, str]:
    """The accounts whose role and body allow an action on a plan, with their names, by name; of no *barred* kind."""
    query = (
        select(AccountRow.id, AccountRow.display_name)
        .join(AccountRoleRow, col(AccountRoleRow.account_id) == col(AccountRow.id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(AccountRow.organisation_id))
        .where(col(AccountRoleRow.role).in_(roles_for(action)), col(AccountRow.disabled).is_(False))
        .where(col(OrganisationRow.kind).not_in(barred))
        .where(_has_a_place(plan, place_of or action))
        .order_by(col(AccountRow.display_name))
    )
    return dict(work.session.exec(query).all())


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
