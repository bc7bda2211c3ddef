"""The body that issued an edition: it alone ends it, or says what becomes of its trial."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plans_repo import access
from plans_repo.course import issuing_name
from plans_repo.course.issuing_name import IssuedBy
from plans_repo.course.opening import found
from plans_repo.course.stages import Move
from plans_repo.errors import NotAllowed
from plans_repo.organisations import OrganisationKind, row_of
from plans_repo.standpoint import OWN_ALONE
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work

_K = OrganisationKind
_GOVERNMENT = frozenset({_K.GOVERNMENT, _K.PARTY_COMMITTEE})
OF_PLACE: Mapping[IssuedBy, frozenset[OrganisationKind]] = MappingProxyType(
    {
        IssuedBy.PARTY_AND_GOVERNMENT: _GOVERNMENT,
        IssuedBy.GOVERNMENT: _GOVERNMENT,
        IssuedBy.GOVERNMENT_OFFICE: _GOVERNMENT,
        IssuedBy.HEADQUARTERS: _GOVERNMENT | {_K.HEADQUARTERS},
    }
)
"""The bodies of a place in whose name a plan of that place was issued; in every other name it was its own body's."""
GRASS_ROOTS = OWN_ALONE | {PlanKind.TOWNSHIP, PlanKind.VILLAGE}
"""Plans that their own body issued, whoever passed them on."""


def require_issuer(work: Work, plan: PlanRow, course: CourseRow, move: str) -> None:
    """Refuse what only the body that issued an edition enters."""
    if not is_issuer(work, plan, course):
        raise NotAllowed("decision-of-issuer", thing=plan.title, move=move, value=_body(work))


def is_issuer(work: Work, plan: PlanRow, course: CourseRow) -> bool:
    """Whether the actor belongs to the body that issued an edition, or acts for the whole installation.

    A plan of the government is that of government and Party committee of its place, whoever wrote it; one of a
    headquarters is the headquarters' as well; a village's is also the township's, which writes and signs it with it.
    """
    here = access.standpoint(work)
    if here.organisation is None:
        return True
    kinds = _kinds_of_place(work, plan, course)
    if not kinds:
        return plan.organisation_id == here.organisation or (plan.kind is PlanKind.VILLAGE and here.guides(plan.area))
    return here.area == plan.area and row_of(work, here.organisation).kind in kinds


def is_issuer_of(work: Work, version_id: str) -> bool:
    """As ``is_issuer``, of the edition of a version the actor may read."""
    plan, course, _version = found(work, version_id)
    return is_issuer(work, plan, course)


def is_open_to(work: Work, plan: PlanRow, course: CourseRow, move: Move) -> bool:
    """Whether the actor's body may make a move at all, as far as only the issuer makes it."""
    return move is not Move.ABOLISH or is_issuer(work, plan, course)


def _kinds_of_place(work: Work, plan: PlanRow, course: CourseRow) -> frozenset[OrganisationKind]:
    """The kinds of bodies that issued it for their place; none where its own body did."""
    if plan.kind in GRASS_ROOTS and plan.organisation_id is not None:
        return frozenset()
    said = issuing_name.issuing_name(work, plan.id, course.id)
    name = said.issued_by if said else issuing_name.likely(plan.kind, course.document_number)
    return OF_PLACE.get(name, frozenset() if plan.organisation_id and _is_own(name) else _GOVERNMENT)


def _is_own(name: IssuedBy) -> bool:
    return name in (IssuedBy.DEPARTMENT, IssuedBy.TOWNSHIP, IssuedBy.VILLAGE, IssuedBy.UNIT)


def _body(work: Work) -> str:
    body = work.actor.organisation
    return row_of(work, body).name if body else work.actor.name
