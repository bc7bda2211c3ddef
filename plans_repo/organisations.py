"""Organisations: governments, bureaus, townships, firms, and the area each is responsible for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import OrganisationKind, OrganisationRow
from plans_repo.store.work import Work

__all__ = [
    "EVERYWHERE",
    "Organisation",
    "OrganisationKind",
    "create_organisation",
    "organisation",
    "organisation_called",
    "organisations",
]

EVERYWHERE = "/"
"""The area that contains all areas."""

_AREA = re.compile(r"/(?:[0-9A-Za-z_-]+/)*")


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """A body with the body above it and its area, a path such as ``/city/county/township/``."""

    id: str
    name: str
    name_en: str
    kind: OrganisationKind
    parent: str | None
    area: str


def create_organisation(
    work: Work, name: str, *, kind: OrganisationKind, area: str, name_en: str = "", parent: str | None = None
) -> Organisation:
    """A new body; its area lies within that of its parent."""
    work.require(Action.MANAGE_ORGANISATIONS)
    return enter_organisation(work, name, kind=kind, area=area, name_en=name_en, parent=parent)


def enter_organisation(
    work: Work, name: str, *, kind: OrganisationKind, area: str, name_en: str = "", parent: str | None = None
) -> Organisation:
    """As ``create_organisation``, for services that have decided themselves whether the actor may."""
    _check(work, name, area, parent)
    row = OrganisationRow(
        id=work.new_id(), name=name, name_en=name_en, kind=kind, parent_id=parent, area=area, created_at=work.now
    )
    work.session.add(row)
    work.session.flush()
    events.record(work, "organisations", "organisation-created", {"organisation": row.id, "area": area})
    return _organisation(row)


def organisation(work: Work, organisation_id: str) -> Organisation:
    """One organisation."""
    return _organisation(row_of(work, organisation_id))


def organisations(work: Work) -> tuple[Organisation, ...]:
    """All organisations, from the largest area to the smallest."""
    rows = work.session.exec(select(OrganisationRow).order_by(col(OrganisationRow.area), col(OrganisationRow.name)))
    return tuple(_organisation(row) for row in rows)


def organisation_called(work: Work, key: str) -> Organisation:
    """The organisation whose id or name *key* is; a refusal names those it may have meant."""
    every, wanted = organisations(work), " ".join(key.split())
    for body in every:
        if wanted and wanted in (body.id, body.name, body.name_en):
            return body
    likely = _likely(every, wanted)
    if not likely:
        raise NotFound("organisation-unknown", thing="organisation", value=key)
    raise NotFound(
        "organisation-name-inexact",
        thing="organisation",
        rule="must be an id or a whole name",
        value=key,
        known=tuple(body.name for body in likely),
    )


MOST_LIKELY = 6
"""How many names a refusal offers."""


def _likely(every: Iterable[Organisation], key: str) -> list[Organisation]:
    """The bodies whose names hold every character of *key* in order, the shortest names first."""
    fitting = [body for body in every if key and (runs_through(key, body.name) or runs_through(key, body.name_en))]
    return sorted(fitting, key=lambda body: len(body.name))[:MOST_LIKELY]


def runs_through(key: str, name: str) -> bool:
    """Whether the characters of *key* stand in *name* in this order, as those of a short name do.

    >>> runs_through("清川县应急局", "清川县应急管理局"), runs_through("双堤镇", "清川县应急管理局")
    (True, False)
    """
    rest = iter(name.casefold())
    return all(letter in rest for letter in key.casefold() if not letter.isspace())


def row_of(work: Work, organisation_id: str) -> OrganisationRow:
    """The row, or a refusal."""
    row = work.session.get(OrganisationRow, organisation_id)
    if row is None:
        raise NotFound("organisation-unknown", thing="organisation", value=organisation_id)
    return row


def _check(work: Work, name: str, area: str, parent: str | None) -> None:
    if not name.strip():
        raise PlansRepoError("organisation-without-name", thing="organisation", field="name", rule="must not be blank")
    if work.session.exec(select(OrganisationRow.id).where(OrganisationRow.name == name)).first():
        raise PlansRepoError("organisation-name-taken", thing=name, field="name", rule="must be new")
    if not _AREA.fullmatch(area):
        raise PlansRepoError("area-malformed", thing=name, field="area", rule="must look like /a/b/", value=area)
    if parent is not None and not area.startswith(row_of(work, parent).area):
        raise PlansRepoError(
            "area-outside-parent",
            thing=name,
            field="area",
            rule="must lie in the parent's",
            value=area,
        )


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        id=row.id, name=row.name, name_en=row.name_en, kind=row.kind, parent=row.parent_id, area=row.area
    )
