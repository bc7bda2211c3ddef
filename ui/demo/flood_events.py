"""A night flood of the river in Qingchuan, from its register: villages in the order the water comes."""

from __future__ import annotations

from typing import Any

from sim.scenario import Place, Scenario
from ui.demo.places import based_on, number_in, place
from ui.demo.sources import entries

FIRST_ARRIVAL_MIN = 540.0
"""Water reaches the first village so long after the alarm."""
ARRIVAL_STEP_MIN = 9.0
"""Each further village in the order of arrival."""
BOAT_MIN = 40.0
STAGE_M, WARNING_M = 34.70, 33.00
WEAK_FROM_KM = 7.0
TOWN = "T04"
TOWN_STAGE_M = 34.55
TOWN_FIRST_ARRIVAL_MIN, TOWN_STEP_MIN = 1260.0, 20.0
"""A slow rise in daylight: the water reaches the town's first village 21 hours after the forecast."""
_PEOPLE_PER_SQUAD = 6


def night_flood(name: str, title: str, title_en: str, most: int = 0) -> Scenario:
    """The river at 34.70 m and rising, for the first *most* villages the water reaches; 0 for all."""
    villages = sorted(entries("qingchuan", "village"), key=lambda village: village["arrival_order"])
    chosen = villages[:most] if most else villages
    return based_on(
        "river-plain-night",
        id=name,
        title=title,
        title_en=title_en,
        summary=(
            f"沄江清川站水位22时达34.70米，超警戒1.7米，预报12小时内接近保证水位。"
            f"按进水先后，沿江{len(chosen)}个村须转移，道路先于村庄中断。数据取自清川县演示资源台账。"
        ),
        summary_en=(
            f"At 22:00 the Yunjiang stands at 34.70 m, 1.7 m above warning. In the order of arrival "
            f"{len(chosen)} villages have to move; their roads go under first. Data of the fictional register."
        ),
        measures=(
            ("stage_above_warning_m", round(STAGE_M - WARNING_M, 2)),
            ("water_level_m", STAGE_M),
            ("evacuated", float(sum(village["people"] for village in chosen))),
        ),
        places=(
            *map(_river_village, chosen),
            *map(_shelter, entries("qingchuan", "shelter")),
            *map(_section, entries("qingchuan", "dike_section")),
        ),
    )


def town_flood() -> Scenario:
    """The river rising slowly by day towards 34.55 m, for the nine villages of Shuangdi behind the dike."""
    villages = sorted(
        (village for village in entries("qingchuan", "village") if village["township"] == TOWN),
        key=lambda village: village["arrival_order"],
    )
    people = sum(village["people"] for village in villages)
    return based_on(
        "river-plain-day",
        id="shuangdi-flood-day",
        title="双堤镇沄江白天缓涨洪水（堤后9村）",
        title_en="Shuangdi: a slow rise by day, nine villages behind the dike",
        summary=(
            f"上午8时预报：沄江清川站水位缓慢上涨，约21小时后达34.55米，双堤镇堤后{len(villages)}个村、{people:,}人须在"
            f"白天转移。数据取自清川县演示资源台账。"
        ),
        summary_en=(
            f"At 08:00 the Yunjiang is forecast to rise slowly to 34.55 m in some 21 hours; {len(villages)} "
            f"villages of Shuangdi with {people:,} people have to move by day. Data of the fictional register."
        ),
        measures=(
            ("stage_above_warning_m", round(TOWN_STAGE_M - WARNING_M, 2)),
            ("water_level_m", TOWN_STAGE_M),
            ("evacuated", float(people)),
        ),
        places=(
            *(
                _village(village, TOWN_FIRST_ARRIVAL_MIN + TOWN_STEP_MIN * position)
                for position, village in enumerate(villages)
            ),
            *map(_shelter, _shelters_of(villages)),
            *(_section(one) for one in entries("qingchuan", "dike_section") if one["township"] == TOWN),
        ),
    )


def _shelters_of(villages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The shelters these villages are sent to."""
    wanted = {village["shelter"] for village in villages}
    return [shelter for shelter in entries("qingchuan", "shelter") if shelter["id"] in wanted]


def _river_village(entry: dict[str, Any]) -> Place:
    return _village(entry, FIRST_ARRIVAL_MIN + ARRIVAL_STEP_MIN * (entry["arrival_order"] - 1))


def _village(entry: dict[str, Any], arrival_min: float) -> Place:
    return place(
        entry,
        "village",
        people=entry["people"],
        vulnerable=entry["vulnerable"],
        walk_m=entry["walk_m"],
        road_km=entry["road_km"],
        boat_min=BOAT_MIN,
        arrival_min=arrival_min,
        village_team=max(1, entry["shock_team"] // _PEOPLE_PER_SQUAD),
        township=number_in(entry["township"]),
        by_vehicle=entry["mode"] == "vehicle",
    )


def _shelter(entry: dict[str, Any]) -> Place:
    return place(entry, "shelter", places=entry["places"], township=number_in(entry["township"]))


def _section(entry: dict[str, Any]) -> Place:
    """A dike section; the longest have a weak place."""
    return place(entry, "dike_section", length_km=entry["length_km"], weak=entry["length_km"] >= WEAK_FROM_KM)
