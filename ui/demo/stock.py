"""Teams, vehicles, supplies, shelters, posts and experts of the demo counties in the resource register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plans_repo.resources import Holding, Resource, ResourceClass, add_resource
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies
from ui.demo.sources import CITY, COUNTIES, entries

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
_SOURCE = "演示数据（虚构）"


def make_stock(work: Work, bodies: Bodies) -> int:
    """Enter everything; answers how many entries were made."""
    count = 0
    for name in (CITY, *COUNTIES):
        for resource in _resources(name, bodies):
            add_resource(work, resource)
            count += 1
    return count


def _resources(name: str, bodies: Bodies) -> Iterator[Resource]:
    for team in entries(name, "team"):
        yield _plain(name, bodies, team, ResourceClass.TEAM, team["units"], team["unit_word"][:40])
    for vehicle in entries(name, "vehicle"):
        yield _plain(name, bodies, vehicle, ResourceClass.VEHICLE, vehicle["count"], "台（艘）")
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
        keeper=bodies.of(name, entry.get("keeper", "")),
        place=entry.get("place", entry.get("township", "")),
        pool=entry.get("pool", ""),
        quantity_per_unit=entry.get("per_unit", 1),
        source=_SOURCE,
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
        place=entry["site"],
        pool=entry.get("pool", ""),
        source=_SOURCE,
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
        place=entry["place"],
        pool=entry["pool"],
        source=_SOURCE,
    )


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
            source=_SOURCE,
        )
