"""Which drills and blackouts a person may see and change, by organisation and area."""

from __future__ import annotations

from plans_repo.access import standpoint
from plans_repo.store.work import Work


def sees(work: Work, *, organisation: str | None, area: str, units: tuple[str, ...] = ()) -> bool:
    """Whether something of that body and area is there for the actor: areas lie in one another, or it takes part."""
    here = standpoint(work)
    if here.organisation is None:
        return True
    return here.organisation in (organisation, *units) or area.startswith(here.area) or here.area.startswith(area)


def changes(work: Work, *, organisation: str | None, area: str) -> bool:
    """Whether the actor's body arranges it: it lies in its area, and is its own or below one that oversees."""
    here = standpoint(work)
    if here.organisation is None:
        return True
    return area.startswith(here.area) and (organisation == here.organisation or here.oversees)
