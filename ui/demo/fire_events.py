"""A fire in the trade city of Qingchuan and one in the forest of Tianzhu, from the two registers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.scenario import Place, Scenario
from ui.demo.places import based_on, place, with_values
from ui.demo.sources import entries

FLOOR_WAY_M = 12.6
"""Way down the stairs for each storey of a hall of five metres."""
STATIONS = (
    ({"id": "M01", "name": "城关消防救援站", "name_en": "Chengguan station"}, 1.8, 4, 1, True),
    ({"id": "M02", "name": "芦港消防救援站", "name_en": "Lugang station"}, 29.0, 2, 0, True),
    ({"id": "YM01", "name": "云陵市特勤消防救援站", "name_en": "City special station"}, 38.0, 4, 1, False),
)
"""Station, road in km to the trade city, engines, ladder trucks, whether the county's own."""
FLOORS = (
    # storey, people, seconds until the smoke gets there, on fire
    (2, 150, 0.0, True),
    (3, 120, 180.0, False),
    (4, 90, 300.0, False),
    (1, 180, 900.0, False),
)
FOREST_VILLAGES = {"LV23": (1500.0, 14.0), "LV24": (2200.0, 38.0)}
"""Distance in metres and bearing in degrees off the wind from where the fire began."""
CREWS = (
    # team, people in each crew, crews, road in km, walk in metres, kind
    ("LM12", 30, 1, 6.0, 700.0, "township"),
    ("LM06", 20, 1, 4.0, 900.0, "township"),
    ("LM05", 24, 2, 26.0, 700.0, "county"),
    ("LM33", 40, 1, 62.0, 1000.0, "neighbour"),
    ("LM34", 40, 3, 92.0, 1000.0, "neighbour"),
)


def trade_city_fire() -> Scenario:
    """Fire on the second floor of the trade city before closing time."""
    event = based_on(
        "office-building-evening",
        id="qingchuan-trade-city-fire",
        title="清川县锦程商贸城营业时段火灾",
        title_en="Fire in the Jincheng trade city",
        summary=(
            "锦程商贸城地上4层，营业结束前2层服装柜组起火，楼内约540人，6人被困。城关站距现场1.8公里，"
            "芦港站29公里，市特勤站38公里。力量取自清川县、云陵市演示台账。"
        ),
        summary_en=(
            "The Jincheng trade city has four storeys; before closing time fire breaks out on the second among about "
            "540 people, six are trapped. Stations at 1.8, 29 and 38 km. Data of the fictional registers."
        ),
        measures=(("people_trapped", 6.0),),
        places=(*map(_floor, FLOORS), *(_station(*station) for station in STATIONS)),
    )
    return with_values(event, stair_width_m=1.8, search_m2_min=60.0)


def _floor(numbers: tuple[int, int, float, bool]) -> Place:
    storey, people, smoke_delay_s, on_fire = numbers
    entry = {"id": f"JC{storey}", "name": f"商贸城{storey}层", "name_en": f"Trade city, floor {storey}"}
    return place(
        entry,
        "floor",
        people=people,
        area_m2=3200.0,
        corridor_m=45.0,
        descent_m=FLOOR_WAY_M * (storey - 1),
        smoke_delay_s=smoke_delay_s,
        on_fire=on_fire,
    )


def _station(entry: dict[str, Any], road_km: float, engines: int, ladders: int, own: bool) -> Place:
    return place(entry, "station", road_km=road_km, engines=engines, ladders=ladders, own_county=own)


def tianzhu_fire() -> Scenario:
    """Fire above two villages of Tianzhu in the spring wind."""
    villages = [village for village in entries("shiling", "village") if village["id"] in FOREST_VILLAGES]
    threatened = sum(village["people"] for village in villages)
    return based_on(
        "forest-fire-spring-wind",
        id="shiling-tianzhu-forest-fire",
        title="石岭县天柱镇森林火灾",
        title_en="Forest fire at Tianzhu",
        summary=(
            f"清明前后午间，天柱镇针叶林起火，发现时过火约2公顷，西南风4级。火头方向柱下、云盘两村{threatened}人"
            f"受威胁。属地队和林场队先到，县综合应急救援队距火场26公里，须请求市、邻县增援。数据取自石岭县演示台账。"
        ),
        summary_en=(
            f"Around noon at Qingming, fire in the conifers of Tianzhu, 2 ha when found, wind force 4; two villages "
            f"with {threatened} people lie downwind. Crews of the township, the county, the neighbours and the city. "
            f"Data of the fictional register."
        ),
        measures=(
            ("burnt_ha", 2.0),
            ("open_flame_hours", 0.0),
            ("dead_or_missing", 0.0),
            ("seriously_injured", 0.0),
            ("evacuated", float(threatened)),
        ),
        places=(*_crews(), *map(_village, villages)),
    )


def _crews() -> Iterator[Place]:
    teams = {team["id"]: team for team in entries("shiling", "team")}
    for name, people, count, road_km, walk_m, kind in CREWS:
        for number in range(1, count + 1):
            mark = f"{number}" if count > 1 else ""
            entry = {
                "id": f"{name}{'-' if mark else ''}{mark}",
                "name": f"{teams[name]['name']}{mark}",
                "name_en": f"{teams[name]['name_en']} {mark}".strip(),
            }
            yield place(entry, "crew", people=people, road_km=road_km, walk_m=walk_m, **{kind: 1.0})


def _village(entry: dict[str, Any]) -> Place:
    distance_m, bearing_deg = FOREST_VILLAGES[entry["id"]]
    return place(
        entry,
        "village",
        people=entry["people"],
        vulnerable=entry["vulnerable"],
        walk_m=entry["walk_m"],
        road_km=entry["road_km"],
        distance_m=distance_m,
        bearing_deg=bearing_deg,
    )
