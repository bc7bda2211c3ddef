"""Which plan, version and place a person means who writes a title, a label, a year or a name instead of an id."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlmodel import col, select

from plans_repo import access, force, versions
from plans_repo.errors import NotFound
from plans_repo.organisations import Organisation, OrganisationKind, organisations
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

MOST_TOLD = 12
"""How many candidates a refusal lists."""
_QUOTES = "《》“”\"' \t"
_YEAR = re.compile(r"[（(]?(\d{4})\s*年?(?:版|修订版?|编制|印发)?[）)]?")
_SEATS = (OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP)


def plan_called(work: Work, key: str) -> str:
    """The id of the plan *key* means: an id, a whole title, or a part that only one title has.

    Only plans the actor may see count, so that a refusal tells of no other. Several fitting plans are listed.
    """
    work.require(Action.READ_PLAN)
    if work.session.get(PlanRow, key) is not None:
        return key  # whether the actor may see it, the service that opens it decides
    words = key.strip(_QUOTES)
    found = _titled(work, words) if words else []
    whole = [row for row in found if row.title == words]
    fitting = whole or found
    if len(fitting) == 1:
        return fitting[0].id
    if not fitting:
        raise NotFound("plan-key-unknown", thing="plan", field="plan", value=key)
    told = tuple(f"{row.title}（{row.id}）" for row in fitting[:MOST_TOLD])
    raise NotFound("plan-key-ambiguous", thing="plan", field="plan", value=key, count=len(fitting), plans=told)


def _titled(work: Work, words: str) -> Sequence[PlanRow]:
    here = access.standpoint(work)
    query = (
        select(PlanRow)
        .where(here.plans_seen(), col(PlanRow.title).contains(words, autoescape=True))
        .order_by(col(PlanRow.title), col(PlanRow.id))
    )
    return work.session.exec(query).all()


def version_called(work: Work, plan_id: str, key: str) -> str:
    """The version *key* means: as it is where ``version_of`` takes it, else by document number or year of issue."""
    try:
        versions.version_row(work, plan_id, key)
    except NotFound:
        found = _issued_as(work, plan_id, key.strip())
        if not found:
            raise
    else:
        return key
    if len(found) == 1:
        return found[0].version.id
    told = tuple(f"{one.version.label}（{one.version.ordinal}）" for one in found)
    title = access.visible_plan(work, plan_id).title
    raise NotFound("version-key-ambiguous", thing=title, field="version", value=key, count=len(found), versions=told)


def _issued_as(work: Work, plan_id: str, key: str) -> list[force.InForce]:
    year = _YEAR.fullmatch(key)
    return [
        one
        for one in force.editions_of(work, plan_id)
        if one.document_number == key or (year and one.issued_on.year == int(year[1]))
    ]


def area_called(work: Work, key: str) -> str:
    """The area *key* means: one as it is written in the register, or that of a body or place by its name.

    A place goes by the name of its government, whole or its end: 清川县 for 清川县人民政府, 双堤镇 for 清川县双堤镇.
    """
    words = key.strip()
    if not words or "/" in words:
        return words
    every = organisations(work)
    whole = [body for body in every if words in (body.id, body.name, body.name_en)]
    areas = {body.area: body for body in whole or _governing(every, words)}
    if len(areas) == 1:
        return next(iter(areas))
    if not areas:
        raise NotFound("area-unknown", thing="area", field="area", value=key)
    told = tuple(f"{body.name}（{area}）" for area, body in sorted(areas.items()))[:MOST_TOLD]
    raise NotFound("area-ambiguous", thing="area", field="area", value=key, count=len(areas), areas=told)


def _governing(every: Sequence[Organisation], words: str) -> list[Organisation]:
    """The governments of the place of that name, else of the places whose names end so."""
    seats = [(_place(body.name), body) for body in every if body.kind in _SEATS]
    whole = [body for place, body in seats if place == words]
    english = words.casefold()
    return whole or [
        body
        for place, body in seats
        if place.endswith(words) or english in body.name_en.casefold().split(" government")[0]
    ]


def _place(name: str) -> str:
    """The place a government is named after.

    >>> _place("清川县人民政府"), _place("城东街道办事处")
    ('清川县', '城东街道')
    """
    return name.removesuffix("人民政府").removesuffix("办事处")
