"""Which entries of the register fit what was asked for, and what they add up to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.resources import Holding, Resource, ResourceClass
from sim.figure import Mark, weakest

_GOVERNING = (OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP)


@dataclass(frozen=True, kw_only=True)
class Total:
    """Entries of one class in one unit, added up; the mark is that of the weakest."""

    kind: ResourceClass
    unit: str
    entries: int
    quantity: int
    mark: Mark


def matching(
    every: Iterable[Resource],
    *,
    text: str = "",
    area: str = "",
    kind: ResourceClass | None = None,
    holding: Holding | None = None,
    keeper: str = "",
    with_retired: bool = False,
) -> list[Resource]:
    """The entries of that area and below, class, form of holding and keeper, with every word of *text*, in
    the order of classes, areas and keepers.
    """
    words = _key(text).split()
    found = [
        entry
        for entry in every
        if entry.area.startswith(area)
        and kind in (None, entry.kind)
        and holding in (None, entry.holding)
        and keeper in ("", entry.keeper)
        and (with_retired or entry.retired_at is None)
        and all(word in _key(f"{entry.title} {entry.title_en} {entry.place}") for word in words)
    ]
    order = list(ResourceClass)
    return sorted(found, key=lambda entry: (order.index(entry.kind), entry.area, entry.keeper))


def totals(entries: Iterable[Resource]) -> list[Total]:
    """The entries that count, added up by class and unit in the order of the classes."""
    together: dict[tuple[ResourceClass, str], list[Resource]] = {}
    for entry in entries:
        if entry.retired_at is None:
            together.setdefault((entry.kind, entry.unit), []).append(entry)
    order = list(ResourceClass)
    return [
        Total(
            kind=kind,
            unit=unit,
            entries=len(found),
            quantity=sum(entry.quantity for entry in found),
            mark=weakest(entry.mark for entry in found),
        )
        for (kind, unit), found in sorted(together.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]


def areas_with(entries: Iterable[Resource], bodies: Iterable[Organisation]) -> Mapping[str, Organisation]:
    """The areas in which entries lie, each with the government of it, the largest first."""
    lying = {entry.area for entry in entries}
    found = [body for body in bodies if body.kind in _GOVERNING and any(a.startswith(body.area) for a in lying)]
    return {body.area: body for body in sorted(found, key=lambda body: (body.area.count("/"), body.area))}


def _key(text: str) -> str:
    """Text as it is searched: width and case do not matter."""
    return unicodedata.normalize("NFKC", text or "").casefold()
