"""The resource register: what there is, how it is held, where, who keeps it, which pool it supplies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import col, or_, select

from plans_repo.access import standpoint
from plans_repo.corrections import Reason, changes, check_lengths, keep_reason, reasons_of
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import Organisation, OrganisationKind, organisations, row_of
from plans_repo.register_occasions import ResourceBefore, note_resource
from plans_repo.standpoint import Standpoint
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.resources import (
    MOST_REASON,
    Holding,
    ResourceClass,
    ResourceReasonRow,
    ResourceRow,
)
from plans_repo.store.work import Work
from sim.figure import Mark, at_least, share, words

__all__ = [
    "MARKS",
    "MOST_REASON",
    "STAND_IN",
    "STOCK",
    "Holding",
    "Resource",
    "ResourceClass",
    "add_resource",
    "change_resource",
    "changeable",
    "keepers",
    "pool_entries",
    "pool_units",
    "reasons",
    "resources",
    "retire_resource",
    "supplying",
    "visible_entries",
]

MARKS = (Mark.READ, Mark.TO_BE_CONFIRMED, Mark.EXPERT, Mark.DEMO)
"""How an entry of the register may be known: by its paper, not yet, by an estimate, or invented."""

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

STAND_IN = {ResourceClass.EXPERT: ("专家", "expert")}
"""Classes whose titles name a person, and what stands there for who may not look people up."""


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A quantity of something useful, as counted on a day (*checked_on*), with its source and mark.

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
    source_en: str = ""
    mark: Mark = Mark.TO_BE_CONFIRMED
    checked_on: date | None = None
    id: str = ""
    area: str = ""
    revision: int = 0
    retired_at: datetime | None = None
    retired_why: str = ""

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
        if self.mark not in MARKS:
            raise PlansRepoError("resource-mark-unfit", thing=thing, field="mark", value=self.mark)

    @property
    def is_supplying(self) -> bool:
        """Whether it stands ready for a pool; production capacity is not there yet when something happens."""
        return bool(self.pool) and self.holding is not Holding.CAPACITY and self.retired_at is None

    @property
    def ready_units(self) -> int:
        """Whole units of the pool that can be called on."""
        return int(self.quantity * self.ready_share + 1e-9) // self.quantity_per_unit


def add_resource(work: Work, resource: Resource) -> Resource:
    """Enter a resource with its source and the day it was counted; it lies in the area of its keeper."""
    work.require(Action.EDIT_RESOURCES)
    keeper = row_of(work, resource.keeper)
    _check_reach(work, keeper.id, keeper.area, resource.title)
    _check_ground(work, resource)
    row = ResourceRow(
        id=work.new_id(), area=keeper.area, keeper_id=keeper.id, updated_at=work.now, **_columns(resource)
    )
    work.session.add(row)
    work.session.flush()
    events.record(work, "resources", "resource-added", {"resource": row.id, "quantity": row.quantity})
    return _resource(work, row)


def change_resource(work: Work, resource: Resource, *, reason: str) -> Resource:
    """Store *resource* in place of the one of its id, read at its revision; its keeper stays.

    The event tells the changed fields before and after; of an entry that names a person, the words as digests.
    """
    row = _changeable(work, resource, reason)
    _check_ground(work, resource)
    before = {name: getattr(row, name) for name in _columns(resource)}
    for name, value in _columns(_with_name(work, resource, row)).items():
        setattr(row, name, value)
    why = _next_revision(work, row, reason)
    private = _FREE if STAND_IN.keys() & {row.kind, before["kind"]} else ()
    after = {name: getattr(row, name) for name in before}
    told = {"changes": changes(before, after, salt=why.id, private=private)}
    events.record(work, "resources", "resource-changed", _payload(row, why) | told)
    _tell_plans(work, row, Resource(**_as_it_was(row, before)))
    return _resource(work, row)


def _with_name(work: Work, resource: Resource, row: ResourceRow) -> Resource:
    """An entry with its name put back, where the actor was shown what stands in for it."""
    shown = _shown(work, row)
    if shown == (row.title, row.title_en) or resource.title != shown[0]:
        return resource
    return replace(resource, title=row.title, title_en=row.title_en)


def retire_resource(work: Work, resource: Resource, *, reason: str) -> Resource:
    """Take an entry, read at its revision, out of every count; it stays in the register with the reason."""
    row = _changeable(work, resource, reason)
    was = _resource(work, row)
    row.retired_at = work.now
    why = _next_revision(work, row, reason)
    events.record(work, "resources", "resource-retired", _payload(row, why) | {"quantity": row.quantity})
    _tell_plans(work, row, was)
    return _resource(work, row, why.text)


def _tell_plans(work: Work, row: ResourceRow, was: Resource) -> None:
    """Note an occasion to revise for the plans that name what has changed, or draw on less than before."""
    now = _resource(work, row)
    is_private = bool(STAND_IN.keys() & {row.kind, was.kind})
    before = ResourceBefore(
        id=row.id,
        revision=row.revision,
        title=was.title,
        shown=STAND_IN.get(was.kind, STAND_IN[ResourceClass.EXPERT])[0] if is_private else was.title,
        area=row.area,
        pool=was.pool,
        unit=was.unit,
        place=was.place,
        quantity=was.quantity,
        ready_units=was.ready_units if was.is_supplying else 0,
        after_title=now.title,
        after_place=now.place,
        after_quantity=now.quantity,
        after_ready_units=now.ready_units if now.pool == was.pool and now.is_supplying else 0,
        pool_now=sum(
            entry.ready_units for entry in _for_pools(work, row.area) if entry.pool == was.pool and entry.is_supplying
        ),
        is_retired=row.retired_at is not None,
    )
    note_resource(work, before)


def _as_it_was(row: ResourceRow, before: Mapping[str, Any]) -> dict[str, Any]:
    return {name: before[name] for name in _SAME} | {"keeper": row.keeper_id}


def _next_revision(work: Work, row: ResourceRow, reason: str) -> Reason:
    row.revision += 1
    row.updated_at = work.now
    work.session.flush()
    return keep_reason(work, row.id, row.revision, reason)


def _payload(row: ResourceRow, why: Reason) -> dict[str, Any]:
    """What an event tells of a new revision; the words of the reason stay outside."""
    return {"resource": row.id, "revision": row.revision, "reason_digest": why.digest}


def _changeable(work: Work, resource: Resource, reason: str) -> ResourceRow:
    """The row behind an entry that the actor may change, still as it was read."""
    work.require(Action.EDIT_RESOURCES)
    row = work.session.get(ResourceRow, resource.id, with_for_update=True)
    if row is None or not _is_visible(standpoint(work), row):
        raise NotFound("resource-unknown", thing="resource", value=resource.id)
    title = _shown(work, row)[0]
    _check_reach(work, row.keeper_id, row.area, title)
    if row.revision != resource.revision:
        raise StaleRevision("resource-saved-meanwhile", thing=title, value=resource.revision, present=row.revision)
    if row.retired_at is not None:
        raise PlansRepoError("resource-retired", thing=title, field="retired_at", rule="is out of the register")
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing=title, field="reason", rule="must be given")
    check_lengths(ResourceReasonRow, {"reason": reason.strip()}, title)
    return row


def resources(work: Work, *, area: str = "", with_retired: bool = False) -> tuple[Resource, ...]:
    """The resources of an area and below (all the actor may see unless given), by title."""
    work.require(Action.READ_RESOURCES)
    here = standpoint(work)
    query = select(ResourceRow).where(col(ResourceRow.area).startswith(area or "/", autoescape=True))
    if not with_retired:
        query = query.where(col(ResourceRow.retired_at).is_(None))
    rows = work.session.exec(query.order_by(col(ResourceRow.title), col(ResourceRow.id)))
    found = [row for row in rows if _is_visible(here, row)]
    why = reasons_of(work, {row.id for row in found if row.retired_at is not None})
    return tuple(_resource(work, row, _why(row, why)) for row in found)


def _why(row: ResourceRow, given: dict[tuple[str, int], Reason]) -> str:
    """Why an entry was retired, which is its last revision; "" where the reason was erased."""
    reason = given.get((row.id, row.revision)) if row.retired_at is not None else None
    return reason.text if reason else ""


def visible_entries(work: Work, entries: Collection[str]) -> frozenset[str]:
    """Those of the entries that the actor may see in the register."""
    if not work.actor.may(Action.READ_RESOURCES):
        return frozenset()
    here = standpoint(work)
    rows = work.session.exec(select(ResourceRow).where(col(ResourceRow.id).in_(entries)))
    return frozenset(row.id for row in rows if _is_visible(here, row))


def supplying(work: Work, area: str) -> tuple[Resource, ...]:
    """The resources that stand ready for some pool of a plan of an area, the same for everybody who asks.

    They are those of the area and below; in a place below its county also those of the county itself, which come to
    every place of it: its fire brigade, its boats. Those of other places of the county are not.
    """
    return tuple(entry for entry in _for_pools(work, area, _up_to_county(work, area)) if entry.is_supplying)


def pool_units(work: Work, area: str) -> dict[str, int]:
    """Units ready for each pool from the resources that supply an area, for a simulation.

    A pool for which the register holds entries, but none ready, has 0 units; the count is the same for
    everybody who asks.
    """
    found: dict[str, int] = {}
    for entry in pool_entries(work, area):
        found[entry.pool] = found.get(entry.pool, 0) + (entry.ready_units if entry.is_supplying else 0)
    return dict(sorted(found.items()))


def pool_entries(work: Work, area: str) -> Iterable[Resource]:
    """Every entry that may supply a pool of an area: of the area and below, and of those above it up to its county."""
    return _for_pools(work, area, _up_to_county(work, area))


def _for_pools(work: Work, area: str, above: Collection[str] = ()) -> Iterable[Resource]:
    """Every entry of an area and below and of those *above* that names a pool, also what nobody shows the actor."""
    work.require(Action.READ_RESOURCES)
    place = col(ResourceRow.area)
    query = select(ResourceRow).where(or_(place.startswith(area, autoescape=True), place.in_(above)))
    ordered = query.where(ResourceRow.pool != "").order_by(col(ResourceRow.title), col(ResourceRow.id))
    return (_resource(work, row) for row in work.session.exec(ordered))


def _up_to_county(work: Work, area: str) -> list[str]:
    """The areas above a place up to that of the nearest government; none where it has a government of its own."""
    governed = {body.area for body in organisations(work) if body.kind is OrganisationKind.GOVERNMENT}
    found: list[str] = []
    here = area
    while here not in governed:
        here = here.rstrip("/").rpartition("/")[0] + "/"
        if len(here) < 2:
            return []
        found.append(here)
    return found


def keepers(work: Work) -> tuple[Organisation, ...]:
    """The bodies whose resources the actor may enter, from the largest area to the smallest."""
    if not work.actor.may(Action.EDIT_RESOURCES):
        return ()
    here = standpoint(work)
    return tuple(body for body in organisations(work) if _reaches(here, body.id, body.area))


def changeable(work: Work, entries: Iterable[Resource]) -> tuple[Resource, ...]:
    """Those of the entries that the actor may correct or retire."""
    if not work.actor.may(Action.EDIT_RESOURCES):
        return ()
    here = standpoint(work)
    return tuple(entry for entry in entries if entry.retired_at is None and _reaches(here, entry.keeper, entry.area))


def reasons(work: Work, resource: Resource) -> tuple[Reason, ...]:
    """Why an entry was corrected, the latest first, for those who may correct it."""
    if not changeable(work, [resource]):
        return ()
    return tuple(reversed(reasons_of(work, {resource.id}).values()))


def _check_reach(work: Work, keeper: str, area: str, title: str) -> None:
    here = standpoint(work)
    if not area.startswith(here.area):
        raise NotAllowed("resource-outside-area", thing=title, value=area)
    if not _reaches(here, keeper, area):
        raise NotAllowed("resource-of-another-body", thing=title, value=row_of(work, keeper).name)


def _reaches(here: Standpoint, keeper: str, area: str) -> bool:
    """A body answers for what it keeps; one that oversees an area, for everything in it."""
    return keeper == here.organisation or (here.oversees and area.startswith(here.area))


def _check_ground(work: Work, resource: Resource) -> None:
    """A figure without a source, or without the day it was counted, does not enter; neither do words too long."""
    check_lengths(ResourceRow, {name: getattr(resource, name) for name in _WORDS}, resource.title[:_MOST_THING])
    if not resource.source.strip():
        raise PlansRepoError("resource-without-source", thing=resource.title, field="source", rule="must be given")
    if resource.checked_on is None:
        raise PlansRepoError("resource-without-day", thing=resource.title, field="checked_on", rule="must be given")
    if resource.checked_on > local_day(work.now):
        raise PlansRepoError(
            "resource-day-ahead", thing=resource.title, field="checked_on", rule="must not be later than today",
            value=resource.checked_on,
        )  # fmt: skip


def _is_visible(here: Standpoint, row: ResourceRow) -> bool:
    return row.area.startswith(here.area) or here.area.startswith(row.area)


_KEPT_APART = ("id", "area", "keeper", "contact", "revision", "retired_at", "retired_why")
_SAME = tuple(entry.name for entry in fields(Resource) if entry.name not in _KEPT_APART)
_FREE = ("title", "title_en", "place", "source", "source_en")
_WORDS = (*_FREE, "unit", "pool")
_MOST_THING = 20


def _columns(resource: Resource) -> dict[str, Any]:
    return {name: getattr(resource, name) for name in _SAME} | {"contact_id": resource.contact}


def _shown(work: Work, row: ResourceRow) -> tuple[str, str]:
    """The title of an entry, Chinese and English, as the actor may see it."""
    if row.kind in STAND_IN and not work.actor.may(Action.READ_CONTACTS):
        return STAND_IN[row.kind]
    return row.title, row.title_en


def _resource(work: Work, row: ResourceRow, retired_why: str = "") -> Resource:
    title, title_en = _shown(work, row)
    same = {name: getattr(row, name) for name in _SAME} | {"title": title, "title_en": title_en}
    return Resource(
        id=row.id,
        area=row.area,
        keeper=row.keeper_id,
        contact=row.contact_id,
        revision=row.revision,
        retired_at=row.retired_at,
        retired_why=retired_why,
        **same,
    )
