"""Teams, vehicles, supplies, shelters, posts and experts of the demo counties in the resource register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from plans_repo.resources import Holding, Resource, ResourceClass, add_resource
from plans_repo.store.work import Work
from sim.figure import Mark
from ui.demo.bodies import Bodies
from ui.demo.sources import CITY, COUNTIES, entries, register

_CLASSES = {
    "生活救助": ResourceClass.LIVING_RELIEF,
    "消防与抢险救援": ResourceClass.FIRE_RESCUE,
    "森林防火": ResourceClass.FOREST_FIRE,
    "防汛": ResourceClass.FLOOD,
    "矿山救护": ResourceClass.MINE_RESCUE,
}
_HOLDINGS = {
    "实物储备": Holding.OWN,
    "协议储备": Holding.CONTRACT,
    "企业代储": Holding.KEPT_BY_FIRM,
    "产能储备": Holding.CAPACITY,
}
_VEHICLE_UNITS = {"boat": "艘", "helicopter": "架", "works": "台", "excavator": "台"}
_VEHICLE_UNIT = "辆"
_TEAM_KEEPERS = {
    "fire": "县消防救援大队",
    "micro_station": "县消防救援大队",
    "militia": "县人武部",
    "mine_rescue": "县矿山救护中队",
    "forecast": "县气象局",
    "police": "县公安局",
}
_GOVERNMENT = "人民政府"


def make_stock(work: Work, bodies: Bodies) -> int:
    """Enter everything on the day it is said to have been counted; answers how many entries were made."""
    count = 0
    for name in (CITY, *COUNTIES):
        counted_on = register(name)["register"]["counted_on"]
        at = datetime.combine(counted_on, time(8), tzinfo=UTC)
        for resource in _resources(name, bodies):
            add_resource(replace(work, now=at), _founded(resource, counted_on))
            count += 1
    return count


def _founded(resource: Resource, counted_on: date) -> Resource:
    """The entry saying what it is: invented."""
    return replace(
        resource,
        source="演示数据（虚构）",
        source_en="Demo data (invented)",
        mark=Mark.DEMO,
        checked_on=counted_on,
    )


def _resources(name: str, bodies: Bodies) -> Iterator[Resource]:
    for team in entries(name, "team"):
        yield _plain(name, bodies, team, ResourceClass.TEAM, team["units"], team["unit_word"][:40])
    for vehicle in entries(name, "vehicle"):
        yield _plain(name, bodies, vehicle, ResourceClass.VEHICLE, vehicle["count"], _vehicle_unit(vehicle))
    for bed in entries(name, "bed"):
        yield _plain(name, bodies, bed, ResourceClass.TEAM, bed["count"], "张")
    for shelter in entries(name, "shelter"):
        yield _plain(name, bodies, shelter, ResourceClass.SHELTER, shelter["places"], "人")
    for expert in entries(name, "expert"):
        yield _plain(name, bodies, expert, ResourceClass.EXPERT, 1, "人")
    for supply in entries(name, "supply"):
        yield _supply(name, bodies, supply)
    for pump in entries(name, "pump"):
        yield _pump(name, bodies, pump)
    yield from _posts(name, bodies)


def _plain(name: str, bodies: Bodies, entry: dict[str, Any], kind: ResourceClass, quantity: int, unit: str) -> Resource:
    return Resource(
        title=entry["name"],
        title_en=entry["name_en"],
        kind=kind,
        quantity=quantity,
        unit=unit,
        keeper=bodies.of(name, _keeper(name, entry)),
        place=_place(name, bodies, entry),
        pool=entry.get("pool", ""),
        quantity_per_unit=entry.get("per_unit", 1),
    )


def _supply(name: str, bodies: Bodies, entry: dict[str, Any]) -> Resource:
    return Resource(
        title=entry["name"],
        title_en=entry["name_en"],
        kind=_CLASSES[entry["class"]],
        holding=_HOLDINGS[entry["holding"]],
        quantity=entry["quantity"],
        unit=entry["unit"],
        keeper=bodies.of(name, entry["keeper"]),
        place=_held_at(bodies, name, entry, entry["site"]),
        pool=entry.get("pool", ""),
    )


def _pump(name: str, bodies: Bodies, entry: dict[str, Any]) -> Resource:
    return Resource(
        title=f"{entry['name']}（{entry['flow_m3_h']}立方米/时）" if entry.get("flow_m3_h") else entry["name"],
        title_en=entry["name_en"],
        kind=ResourceClass.MINE_RESCUE,
        holding=_HOLDINGS[entry["holding"]],
        quantity=entry["count"],
        unit="台",
        keeper=bodies.of(name, entry["keeper"]),
        place=_place(name, bodies, entry),
        pool=entry["pool"],
    )


def _vehicle_unit(entry: Mapping[str, Any]) -> str:
    return _VEHICLE_UNITS.get(entry["kind"], _VEHICLE_UNIT)


def _keeper(name: str, entry: Mapping[str, Any]) -> str:
    """Who keeps an entry: the body it names, the one its own name begins with, or the one its kind belongs to."""
    if entry.get("keeper"):
        return str(entry["keeper"])
    if section := _sections(name).get(entry["name"].removesuffix("上堤劳力")):
        return section
    if village := _villages(name).get(entry.get("place", "")):
        return village
    named = [body for body in _beginnings(name) if entry["name"].startswith(body)]
    return _beginnings(name)[max(named, key=len)] if named else _TEAM_KEEPERS.get(entry.get("kind", ""), "")


@cache
def _beginnings(name: str) -> dict[str, str]:
    """What the names of teams may begin with, and the body meant: a township stands for its government."""
    bodies = entries(name, "organisation")
    return {body["name"].removesuffix(_GOVERNMENT): body["name"] for body in bodies}


@cache
def _governments(name: str) -> dict[str, str]:
    return {body["township"]: body["name"] for body in entries(name, "organisation") if body.get("township")}


@cache
def _villages(name: str) -> dict[str, str]:
    return {village["id"]: _governments(name)[village["township"]] for village in entries(name, "village")}


@cache
def _sections(name: str) -> dict[str, str]:
    return {part["name"]: _governments(name)[part["township"]] for part in entries(name, "dike_section")}


@cache
def _place_names(name: str) -> dict[str, str]:
    """The names behind the codes of places."""
    kinds = ("township", "village", "organisation")
    names = {place["id"]: place["name"].removesuffix(_GOVERNMENT) for kind in kinds for place in entries(name, kind)}
    return names | {"city": register(CITY)["register"]["name"], "outside": "辖区外"}


def _place(name: str, bodies: Bodies, entry: Mapping[str, Any]) -> str:
    code = entry.get("place", entry.get("township", ""))
    return _held_at(bodies, name, entry, _place_names(name).get(code, code))


def _held_at(bodies: Bodies, name: str, entry: Mapping[str, Any], place: str) -> str:
    """The place, with the keeper's name where the keeper is no body of the installation and its bureau answers."""
    keeper = entry.get("keeper", "")
    is_known = not keeper or (name, keeper) in bodies.ids
    return place if is_known or place == keeper else "、".join(filter(None, (keeper, place)))


def _posts(name: str, bodies: Bodies) -> Iterator[Resource]:
    """Decision makers: the two commanders of one headquarters supply its pool, the others stand for the record."""
    for post in entries(name, "post"):
        yield Resource(
            title=post["name"],
            title_en=post["name_en"],
            kind=ResourceClass.DECISION_MAKER,
            quantity=1,
            unit="人",
            keeper=bodies.government(name),
            pool=post["pool"],
        )
