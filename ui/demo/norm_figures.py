"""Figures of the demo counties by which norms are counted: people, areas, stations, a mine's own equipment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plans_repo.norms.figures import enter
from plans_repo.store.roles import Role
from sim.figure import Mark
from ui.demo.bodies import area_of
from ui.demo.sources import entries, register
from ui.demo.texts import As

ENTERED = date(2026, 4, 2)
TOWN = "T04"
SHELTER_M2_PER_PLACE = 1.5
"""Invented: what a place of the register is taken to have."""


@dataclass(frozen=True, kw_only=True)
class _Figure:
    key: str
    value: float
    source: str
    place: str
    township: str = ""
    event: str = ""


STATIONS = (
    ("first_class_area_km2", 6.8, "县城专项规划"),
    ("first_class_stations", 1, "县消防救援大队台账：城关站"),
    ("second_class_area_km2", 3.6, "芦港镇总体规划"),
    ("second_class_stations", 1, "县消防救援大队台账：芦港站"),
    ("small_area_km2", 1.8, "县城专项规划：城东新区"),
    ("small_stations", 0, "县消防救援大队台账"),
    ("suburb_area_km2", 14.5, "县城专项规划：近郊区"),
    ("suburb_stations", 0, "县消防救援大队台账"),
)
EQUIPMENT = (
    ("shiling-qinggangping-explosion", "self_rescuers", 96, "青杠坪煤矿矿灯房台账"),
    ("shiling-qinggangping-explosion", "compressed_air_stations", 10, "青杠坪煤矿压风自救系统台账"),
    ("shiling-kuangpingxi-inrush", "self_rescuers", 66, "矿坪西煤矿矿灯房台账"),
)


def make_norm_figures(on: As) -> None:
    """Enter everything, marked as invented."""
    for one in _figures():
        work = on(Role.SIMULATION_EVALUATOR, one.place, ENTERED)
        source = f"{one.source}（演示数据，虚构）"
        area = area_of(one.place, one.township)
        enter(work, one.key, one.value, source=source, mark=Mark.DEMO, area=area, event=one.event)


def _figures() -> Iterator[_Figure]:
    for place in ("qingchuan", "shiling"):
        head = register(place)["register"]
        yield _Figure(
            key="county_population", value=head["population"], source=f"{head['name']}统计公报2025", place=place
        )
        vehicles = sum(one["count"] for one in entries(place, "vehicle") if one["kind"] == "ambulance")
        yield _Figure(key="ambulances", value=vehicles, source="县卫生健康局120急救站台账", place=place)
        yield _shelters(place)
    yield _shelters("qingchuan", TOWN)
    for key, value, source in STATIONS:
        yield _Figure(key=key, value=value, source=source, place="qingchuan")
    for event, key, value, source in EQUIPMENT:
        yield _Figure(key=key, value=value, source=source, place="shiling", event=event)


def _shelters(place: str, township: str = "") -> _Figure:
    places = sum(one["places"] for one in entries(place, "shelter") if township in ("", one["township"]))
    return _Figure(
        key="shelter_area_m2",
        value=places * SHELTER_M2_PER_PLACE,
        source="应急避难场所台账",
        place=place,
        township=township,
    )
