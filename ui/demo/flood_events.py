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
            *map(_village, chosen),
            *map(_shelter, entries("qingchuan", "shelter")),
            *map(_section, entries("qingchuan", "dike_section")),
        ),
    )


def _village(entry: dict[str, Any]) -> Place:
    return place(
        entry,
        "village",
        people=entry["people"],
        vulnerable=entry["vulnerable"],
        walk_m=entry["walk_m"],
        road_km=entry["road_km"],
        boat_min=BOAT_MIN,
        arrival_min=FIRST_ARRIVAL_MIN + ARRIVAL_STEP_MIN * (entry["arrival_order"] - 1),
        village_team=max(1, entry["shock_team"] // _PEOPLE_PER_SQUAD),
        township=number_in(entry["township"]),
        by_vehicle=entry["mode"] == "vehicle",
    )


def _shelter(entry: dict[str, Any]) -> Place:
    return place(entry, "shelter", places=entry["places"], township=number_in(entry["township"]))


def _section(entry: dict[str, Any]) -> Place:
    """A dike section; the longest have a weak place."""
    return place(entry, "dike_section", length_km=entry["length_km"], weak=entry["length_km"] >= WEAK_FROM_KM)
