"""What the installation already knows of the answers a template asks for."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.organisations import Organisation, OrganisationKind, organisation, organisations
from plans_repo.places import bare
from plans_repo.store.work import Work
from plans_repo.writing.template import Template
from sim.procedure import Hazard

EVENTS = {Hazard.FLOOD: "防汛抗旱", Hazard.MINE: "煤矿生产安全事故", Hazard.FIRE: "火灾"}
_HEADQUARTERS_WORDS = {
    Hazard.FLOOD: ("防汛",),
    Hazard.MINE: ("矿山", "煤矿", "生产安全"),
    Hazard.FIRE: ("防灭火", "消防", "火灾"),
}
_OWN_NAME = ("body", "enterprise")


def known_answers(work: Work, template: Template, organisation_id: str, hazard: Hazard | None) -> dict[str, str]:
    """Answers by field id, for the body that writes the plan; what a rule fixes is among them."""
    body = organisation(work, organisation_id)
    every = organisations(work)
    found = {field.id: field.fill for field in template.fields if field.fill}
    found |= dict(_places(body, every))
    if hazard is not None:
        found |= _event(body, every, hazard)
    asked = {field.id for field in template.fields}
    return {name: answer for name, answer in found.items() if name in asked and answer}


def _places(body: Organisation, every: tuple[Organisation, ...]) -> Iterator[tuple[str, str]]:
    yield from ((name, body.name) for name in _OWN_NAME)
    government = government_of(every, body.area)
    by_id = {each.id: each for each in every}
    above = by_id.get(body.parent or "")
    yield "place", place_of(body, government)
    if body.kind in (OrganisationKind.TOWNSHIP, OrganisationKind.VILLAGE):
        yield "villages", "、".join(bare(each.name) for each in _villages(every, body.area))
        yield "filing_with", above.name if above else ""
        yield "township", above.name if above and body.kind is OrganisationKind.VILLAGE else ""
    if government is not None:
        yield "government", government.name
        upper = government_of(every, _above(government.area))
        yield "upper_government", upper.name if upper else ""
    bureau = _of_kind(every, OrganisationKind.EMERGENCY_BUREAU, body.area)
    yield "bureau", bureau.name if bureau else ""
    members = [each.name for each in every if each.kind is OrganisationKind.DEPARTMENT and each.area == body.area]
    yield "members", "、".join(members)


def _event(body: Organisation, every: tuple[Organisation, ...], hazard: Hazard) -> dict[str, str]:
    area = _county(body.area)
    quarters = (
        each.name
        for word in _HEADQUARTERS_WORDS[hazard]
        for each in every
        if each.kind is OrganisationKind.HEADQUARTERS and each.area == area and word in each.name
    )
    return {"event": EVENTS[hazard], "headquarters": next(quarters, "")}


def place_of(body: Organisation, government: Organisation | None) -> str:
    """The area a body is of: its own for governments, townships and villages, else that of its government."""
    own = (OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP, OrganisationKind.VILLAGE)
    return bare(body.name if government is None or body.kind in own else government.name)


def government_of(every: tuple[Organisation, ...], area: str) -> Organisation | None:
    """The government an area belongs to, the nearest one."""
    return _of_kind(every, OrganisationKind.GOVERNMENT, area)


def _of_kind(every: tuple[Organisation, ...], kind: OrganisationKind, area: str) -> Organisation | None:
    """The body of that kind responsible for an area: the one of the smallest area around it."""
    around = [each for each in every if each.kind is kind and area.startswith(each.area)]
    return max(around, key=lambda each: len(each.area), default=None)


def _villages(every: tuple[Organisation, ...], area: str) -> list[Organisation]:
    return [each for each in every if each.kind is OrganisationKind.VILLAGE and each.area.startswith(area)]


def _above(area: str) -> str:
    """The area around an area.

    >>> _above("/yunling/qingchuan/")
    '/yunling/'
    """
    return area.rstrip("/").rpartition("/")[0] + "/"


def _county(area: str) -> str:
    return "/".join(area.split("/")[:3]) + "/"
