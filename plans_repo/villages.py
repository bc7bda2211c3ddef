"""Villages: registered by the township that looks after them, so that their plans have a body of their own."""

from __future__ import annotations

from plans_repo import access
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import Organisation, OrganisationKind, enter_organisation, organisation, organisations
from plans_repo.store.roles import Action
from plans_repo.store.work import Work


def village_name(name: str, township: str) -> str:
    """The full name of a village, which is unique: with the township in front.

    >>> village_name("柳渡村", "清川县柳渡镇人民政府"), village_name("清川县柳渡镇柳渡村", "清川县柳渡镇人民政府")
    ('清川县柳渡镇柳渡村', '清川县柳渡镇柳渡村')
    >>> village_name("柳渡镇下湾村", "清川县柳渡镇人民政府")
    '清川县柳渡镇下湾村'
    """
    place = place_name(township)
    bare = " ".join(name.split())
    doubled = next((part for part in _endings(place) if bare.startswith(part)), "")
    return f"{place}{bare.removeprefix(doubled)}"


def _endings(place: str) -> list[str]:
    """How the name of a place may be shortened from the front, the longest first.

    >>> _endings("清川县柳渡镇")[:4]
    ['清川县柳渡镇', '川县柳渡镇', '县柳渡镇', '柳渡镇']
    """
    return [place[at:] for at in range(len(place) - 1)]


def place_name(township: str) -> str:
    """The area a township is of: 柳渡镇人民政府 → 柳渡镇."""
    return township.removesuffix("人民政府").removesuffix("办事处")


def register_village(work: Work, name: str, *, township: str) -> Organisation:
    """The village of that name under a township, entered if it is new.

    For who writes plans in the township, the bureau or the government above it.
    """
    work.require(Action.EDIT_PLAN)
    home = organisation(work, township)
    if home.kind is not OrganisationKind.TOWNSHIP:
        raise PlansRepoError("not-a-township", thing=home.name, field="kind", rule="must be a township")
    if not access.standpoint(work).guides(home.area):
        raise NotAllowed("village-of-another-township", thing=home.name)
    whole = village_name(name, home.name)
    every = organisations(work)
    for body in every:
        if body.name == whole and body.kind is OrganisationKind.VILLAGE:
            return body
    taken = {body.area for body in every}
    area = next(f"{home.area}V{n:02}/" for n in range(1, 10_000) if f"{home.area}V{n:02}/" not in taken)
    return enter_organisation(work, whole, kind=OrganisationKind.VILLAGE, area=area, parent=home.id)
