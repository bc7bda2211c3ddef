"""The resource register: what there is, how it is held, where, who keeps it, which pool it supplies."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlmodel import col, select

from plans_repo.access import Standpoint, standpoint
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import row_of
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.resources import ContactRow, Holding, ResourceClass, ResourceRow
from plans_repo.store.work import Work
from sim.figure import at_least, share, words

__all__ = [
    "STOCK",
    "Contact",
    "Holding",
    "Resource",
    "ResourceClass",
    "add_contact",
    "add_resource",
    "change_resource",
    "contact",
    "pool_units",
    "resources",
]

STOCK = frozenset(
    {
        ResourceClass.LIVING_RELIEF,
        ResourceClass.FIRE_RESCUE,
        ResourceClass.FOREST_FIRE,
        ResourceClass.FLOOD,
        ResourceClass.MINE_RESCUE,
    }
)
"""The five classes of stock; each item says how it is held."""


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A quantity of something useful.

    *ready_share* is the share that can be called on (one in use, one in training, one
    in reserve: 2/3). *quantity_per_unit* is how much of it makes one unit of *pool*:
    thirty firefighters in crews of six are five units.

    >>> crews = Resource(title="县消防救援大队", kind=ResourceClass.TEAM, quantity=30, unit="人", ready_share=0.67,
    ...     keeper="o", pool="fire_crews", quantity_per_unit=6)
    >>> crews.ready_units
    3
    """

    title: str
    kind: ResourceClass
    quantity: int
    unit: str
    keeper: str
    ready_share: float = 1.0
    holding: Holding | None = None
    title_en: str = ""
    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    contact: str | None = None
    pool: str = ""
    quantity_per_unit: int = 1
    source: str = ""
    checked_on: date | None = None
    id: str = ""
    area: str = ""
    revision: int = 0

    def __post_init__(self) -> None:
        thing = self.title or "resource"
        words(thing, "title", self.title)
        words(thing, "unit", self.unit)
        at_least(thing, "quantity", self.quantity, 0)
        at_least(thing, "quantity_per_unit", self.quantity_per_unit, 1)
        share(thing, "ready_share", self.ready_share)
        if (self.kind in STOCK) != (self.holding is not None):
            rule = "stock says how it is held, nothing else does"
            raise PlansRepoError("holding-unfit", thing=thing, field="holding", rule=rule, value=self.holding)

    @property
    def ready_units(self) -> int:
        """Whole units of the pool that can be called on."""
        return int(self.quantity * self.ready_share + 1e-9) // self.quantity_per_unit


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person to be reached. Personal data; kept apart from everything that is hashed."""

    name: str
    post: str = ""
    phone: str = ""
    phone_spare: str = ""
    organisation: str | None = None
    checked_on: date | None = None
    id: str = ""


def add_resource(work: Work, resource: Resource) -> Resource:
    """Enter a resource; it lies in the area of its keeper."""
    work.require(Action.EDIT_RESOURCES)
    keeper = row_of(work, resource.keeper)
    _check_reach(work, keeper.area, resource.title)
    row = ResourceRow(
        id=work.new_id(), area=keeper.area, keeper_id=keeper.id, updated_at=work.now, **_columns(resource)
    )
    work.session.add(row)
    work.session.flush()
    events.record(work, "resources", "resource-added", {"resource": row.id, "quantity": row.quantity})
    return _resource(row)


def change_resource(work: Work, resource: Resource) -> Resource:
    """Store *resource* in place of the one of its id, read at its revision."""
    work.require(Action.EDIT_RESOURCES)
    row = work.session.get(ResourceRow, resource.id, with_for_update=True)
    if row is None or not _is_visible(standpoint(work), row):
        raise NotFound("resource-unknown", thing="resource", value=resource.id)
    _check_reach(work, row.area, row.title)
    if row.revision != resource.revision:
        raise StaleRevision("resource-saved-meanwhile", thing=row.title, value=resource.revision, present=row.revision)
    before = row.quantity
    for name, value in _columns(resource).items():
        setattr(row, name, value)
    row.revision += 1
    row.updated_at = work.now
    work.session.flush()
    payload = {"resource": row.id, "quantity_before": before, "quantity": row.quantity}
    events.record(work, "resources", "resource-changed", payload)
    return _resource(row)


def resources(work: Work, *, area: str = "") -> tuple[Resource, ...]:
    """The resources of an area and below (all the actor may see unless given), by title."""
    work.require(Action.READ_RESOURCES)
    here = standpoint(work)
    query = select(ResourceRow).where(col(ResourceRow.area).startswith(area or "/", autoescape=True))
    rows = work.session.exec(query.order_by(col(ResourceRow.title), col(ResourceRow.id)))
    return tuple(_resource(row) for row in rows if _is_visible(here, row))


def pool_units(work: Work, area: str) -> dict[str, int]:
    """Units ready for each pool from the resources of an area and below, for a simulation.

    Production capacity is not there yet when something happens, so it does not count.
    """
    found: dict[str, int] = {}
    for resource in resources(work, area=area):
        if resource.pool and resource.holding is not Holding.CAPACITY:
            found[resource.pool] = found.get(resource.pool, 0) + resource.ready_units
    return dict(sorted(found.items()))


def add_contact(work: Work, contact: Contact) -> Contact:
    """Keep a person to be reached; no event tells of it, the chains hold no personal data."""
    work.require(Action.EDIT_RESOURCES)
    words("contact", "name", contact.name)
    row = ContactRow(
        id=work.new_id(),
        name=contact.name,
        post=contact.post,
        phone=contact.phone,
        phone_spare=contact.phone_spare,
        organisation_id=contact.organisation,
        checked_on=contact.checked_on,
        updated_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return _contact(row)


def contact(work: Work, contact_id: str) -> Contact:
    """A person to be reached, for those who may look people up."""
    work.require(Action.READ_CONTACTS)
    row = work.session.get(ContactRow, contact_id)
    if row is None:
        raise NotFound("contact-unknown", thing="contact", value=contact_id)
    return _contact(row)


def _check_reach(work: Work, area: str, title: str) -> None:
    here = standpoint(work)
    if not area.startswith(here.area):
        raise NotAllowed("resource-outside-area", thing=title, value=area)


def _is_visible(here: Standpoint, row: ResourceRow) -> bool:
    return row.area.startswith(here.area) or here.area.startswith(row.area)


_SAME = tuple(
    entry.name for entry in fields(Resource) if entry.name not in ("id", "area", "keeper", "contact", "revision")
)


def _columns(resource: Resource) -> dict[str, Any]:
    return {name: getattr(resource, name) for name in _SAME} | {"contact_id": resource.contact}


def _resource(row: ResourceRow) -> Resource:
    same = {name: getattr(row, name) for name in _SAME}
    return Resource(
        id=row.id, area=row.area, keeper=row.keeper_id, contact=row.contact_id, revision=row.revision, **same
    )


def _contact(row: ContactRow) -> Contact:
    return Contact(
        id=row.id,
        name=row.name,
        post=row.post,
        phone=row.phone,
        phone_spare=row.phone_spare,
        organisation=row.organisation_id,
        checked_on=row.checked_on,
    )
