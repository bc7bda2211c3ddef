"""Who receives a plan: the offices of its route as bodies of this installation, or by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plans_repo.course.duties import aliases, line_of
from plans_repo.course.side import Side
from plans_repo.errors import PlansRepoError
from plans_repo.filing import rules
from plans_repo.filing.rules import Route, Surroundings
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.packs.naming import name_of
from plans_repo.places import bare
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work

GOVERNING = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP})
Kinds = tuple[OrganisationKind, ...]


class Duty(StrEnum):
    """Why somebody gets a plan."""

    FILE = "file"  # 备案
    SEND = "send"  # 径送
    COPY = "copy"  # 抄送


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who gets a plan: why, as which office, under which name; *organisation* when it is known here.

    *side* names the sides of a joint plan for which it does, "" where it does for all.
    """

    duty: Duty
    office: str
    name: str
    organisation: str | None = None
    side: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > 200:
            raise PlansRepoError(
                "recipient-without-name", thing=self.office or "recipient", field="name", rule="1 to 200 characters"
            )

    @property
    def is_outside(self) -> bool:
        """Whether it stands above a side of which nobody here knows more: it has to be delivered outside."""
        return bool(self.side) and self.organisation is None

    @property
    def is_named(self) -> bool:
        """Whether it is a body; an office of the route that nobody has put a name to is none."""
        return self.organisation is not None or self.name != name_of("office", self.office, "zh")


@dataclass(frozen=True, kw_only=True)
class Destination:
    """The route of a plan with its recipients as they are proposed."""

    route: Route
    recipients: tuple[Recipient, ...]


def destination(work: Work, plan: PlanRow, route_id: str = "") -> Destination:
    """Where a plan goes by the route of its kind and maker, or by another that fits its kind."""
    return destination_in(rules.surroundings(work), plan, route_id)


def destination_in(around: Surroundings, plan: PlanRow, route_id: str = "") -> Destination:
    """As ``destination``, for lists of many plans."""
    fitting = rules.routes(plan.kind, around.maker_kind(plan))
    found = [route for route in fitting if not route_id or route.id == route_id]
    if not found:
        raise PlansRepoError(
            "route-unfit",
            thing=plan.title,
            field="route",
            rule=", ".join(route.id for route in fitting) or "none fits",
            value=route_id,
        )
    return Destination(route=found[0], recipients=recipients(around, plan, found[0]))


def recipients(around: Surroundings, plan: PlanRow, route: Route) -> tuple[Recipient, ...]:
    """The recipients of a route; an office that no body here answers to goes by its own name.

    A joint plan goes the way of every side (article 26): once where one authority stands above them all.
    """
    own = _Place(plan, around.bodies)
    elsewhere = [_Place(plan, around.bodies, side) for side in around.sides.get(plan.id, ())]
    if not elsewhere or (own.above and all(one.above == own.above for one in elsewhere)):
        return tuple(_once(own.receive(route)))
    by_area: dict[str, list[_Place]] = {}
    for place in (own, *elsewhere):
        by_area.setdefault(place.above or place.name, []).append(place)
    return tuple(_once(one for places in by_area.values() for one in _of_sides(places, route)))


def _of_sides(places: Sequence[_Place], route: Route) -> Iterator[Recipient]:
    """The recipients above some sides that lie in one area, or above one of which nobody here knows where it lies."""
    named = "、".join(place.name for place in places)
    for one in places[0].receive(route):
        if one.is_named:
            yield replace(one, side=named)
        elif one.duty is Duty.FILE or not one.office.endswith("_departments"):
            yield replace(one, side=named, name=f"{named}的{one.name}")


def _once(found: Iterable[Recipient]) -> Iterator[Recipient]:
    """Each body by the weightiest of its duties, which comes first; other departments are then still to be named."""
    named: set[str] = set()
    for one in found:
        if one.organisation is None or one.organisation not in named:
            yield one
        elif one.office.endswith("_departments"):
            yield replace(one, name=name_of("office", one.office, "zh"), organisation=None)
        named |= {one.organisation} if one.organisation else set()


def unnamed(found: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Offices of the route to which nobody has put a name: nothing can be sent to them."""
    return tuple(one for one in found if not one.is_named)


def is_same_body(one: str, other: str) -> bool:
    """Whether two names are those of one body, written in full or as officials shorten it.

    >>> is_same_body("云陵市应急局", "云陵市应急管理局"), is_same_body("云陵市应急局", "清溪市应急局")
    (True, False)
    """
    if one.strip() == other.strip():
        return True
    return one[:2] == other[:2] and not set(aliases(one)).isdisjoint(aliases(other))


def body_named(bodies: Sequence[Organisation], name: str) -> Organisation | None:
    """The body a name means, written in full or shortened; the one that bears it exactly first."""
    exact = [body for body in bodies if body.name == name.strip()]
    return next(iter(exact or [body for body in bodies if is_same_body(body.name, name)]), None)


class _Place:
    """The bodies around the maker of a plan."""

    def __init__(self, plan: PlanRow, bodies: Sequence[Organisation], side: Side | None = None) -> None:
        self.plan = plan
        self.bodies = bodies
        maker = next((body for body in bodies if body.id == plan.organisation_id), None)
        self.maker = maker
        self.here = side.area if side else plan.area
        self.name = bare(side.name) if side else self._place_name()
        self.above = self._above(self.here)
        is_seat = maker is not None and maker.kind in GOVERNING | {OrganisationKind.EMERGENCY_BUREAU}
        self.county = plan.area if is_seat else self._seat(plan.area)

    def receive(self, route: Route) -> Iterator[Recipient]:
        """Everybody the route names, those it is filed with first."""
        for duty, offices in ((Duty.FILE, route.file), (Duty.SEND, route.send), (Duty.COPY, route.copy)):
            yield from (self.recipient(duty, office) for office in offices)

    def _place_name(self) -> str:
        """What the place of the plan is called: that of its government, else of its maker."""
        government = self.body(self.here, OrganisationKind.GOVERNMENT)
        return bare(government.name) if government else self.maker.name if self.maker else self.plan.title

    def recipient(self, duty: Duty, office: str) -> Recipient:
        find = _OFFICES.get(office)
        body = find(self) if find else None
        name = body.name if body else name_of("office", office, "zh")
        return Recipient(duty=duty, office=office, name=name, organisation=body.id if body else None)

    def body(self, area: str, *kinds: OrganisationKind) -> Organisation | None:
        """The body of that kind whose area this is."""
        return next((body for kind in kinds for body in self.bodies if body.kind is kind and body.area == area), None)

    def lead(self, area: str) -> Organisation | None:
        """The department of an area that leads in what the plan is about, by its name."""
        here = [body for body in self.bodies if body.area == area and body.kind in _LEADING]
        near = [body for body in here if _OFFICE.search(body.name)]
        for word in rules.lead_words(self.plan.title, self.plan.hazard):
            for body in sorted(near, key=lambda body: _LEADING.index(body.kind)):
                if word in body.name:
                    return body
        return None

    def concerned(self, area: str) -> Organisation | None:
        """The department concerned of an area: the counterpart of the maker there, else the one that leads."""
        return self.counterpart(area) or next((body for body in [self.lead(area)] if body != self.maker), None)

    def counterpart(self, area: str) -> Organisation | None:
        """The department of an area that stands in the same line as the department that wrote the plan."""
        if self.maker is None or self.maker.kind is not OrganisationKind.DEPARTMENT or area == self.maker.area:
            return None
        line = line_of(self.maker.name)
        here = (body for body in self.bodies if body.area == area and body.kind is OrganisationKind.DEPARTMENT)
        return next((body for body in here if line and line_of(body.name) == line), None)

    def _above(self, area: str) -> str:
        """The nearest larger area with a government of its own; '' where none is known."""
        return self._seat(area.rstrip("/").rpartition("/")[0] + "/") if area.strip("/") else ""

    def _seat(self, area: str) -> str:
        seats = {body.area for body in self.bodies if body.kind is OrganisationKind.GOVERNMENT}
        while area.strip("/"):
            if area in seats:
                return area
            area = area.rstrip("/").rpartition("/")[0] + "/"
        return ""


_OFFICE = re.compile(r"(?:[局委厅部办署]|委员会|办公室|[支大总]队)$")
"""How a body that leads in something is called; its centres, stations and companies lead in nothing."""
_LEADING: Kinds = (OrganisationKind.DEPARTMENT, OrganisationKind.EMERGENCY_BUREAU)
"""Bodies that may be a lead department 牵头部门; a headquarters is none."""
_BUREAU, _GOVERNMENT = OrganisationKind.EMERGENCY_BUREAU, OrganisationKind.GOVERNMENT
_OFFICES: dict[str, Callable[[_Place], Organisation | None]] = {
    "upper_government": lambda place: place.body(place.above, _GOVERNMENT),
    "upper_emergency_bureau": lambda place: place.body(place.above, _BUREAU),
    "upper_departments": lambda place: place.concerned(place.above),
    "upper_lead_department": lambda place: place.counterpart(place.above) or place.lead(place.above),
    "same_government": lambda place: place.body(place.here, *GOVERNING),
    "same_departments": lambda place: place.concerned(place.here),
    "same_emergency_bureau": lambda place: place.body(place.here, _BUREAU),
    "county_government": lambda place: place.body(place.county, _GOVERNMENT),
    "county_emergency_bureau": lambda place: place.body(place.county, _BUREAU),
    "county_lead_department": lambda place: place.lead(place.county),
    "county_departments": lambda place: place.concerned(place.county),
    "township": lambda place: place.body(place.here.rstrip("/").rpartition("/")[0] + "/", OrganisationKind.TOWNSHIP),
}
