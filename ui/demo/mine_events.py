"""Accidents in two mines of Shiling, from its register: an explosion at Qinggangping, an inrush at Kuangping West."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.formulas.escape import design_speed_m_s
from sim.scenario import Place, Scenario
from ui.demo.places import based_on, place, with_values
from ui.demo.sources import entries

_FOOT_M = 0.3048
_STEP_MIN = 30.0
SPEEDS_M_S = {
    name: design_speed_m_s(feet * _FOOT_M, _STEP_MIN)
    for name, feet in (("lt_1_02", 2200), ("1_02_1_27", 3300), ("1_27_1_65", 4400), ("gt_1_65", 5700))
}
"""Walking speed by the height of the roadway in metres (spacing of caches, 30 CFR 75.1714-4)."""
CLEAR_M_S = 1.39
"""Walking speed of crews in clear main roadways, as in the packs."""
FITTING_MIN = 900.0
LOADING_MIN = 60.0
LORRY_KM_MIN = 0.5
LEAST_LARGE_M3_H = 450.0


@dataclass(frozen=True, kw_only=True)
class Hit:
    """What an accident does to a crew: people hurt or cut off, whether it feels it, smoke, when its way is cut."""

    injured: int = 0
    trapped: int = 0
    felt: bool = True
    smoke: bool = False
    cut_min: float = 0.0


EXPLOSION = {
    "LK05-F1": Hit(smoke=True),
    "LK05-F2": Hit(injured=4, smoke=True),
    "LK05-F3": Hit(injured=2, smoke=True),
}
INRUSH = {
    "LK10-F1": Hit(injured=2, felt=False, cut_min=150.0),
    "LK10-F2": Hit(trapped=8),
    "LK10-F3": Hit(cut_min=130.0),
}
_UNHURT = Hit(felt=False)


def explosion() -> Scenario:
    """Gas explodes in a heading at Qinggangping: eighty-four people underground, six hurt, four missing."""
    mine = _mine("LK05")
    return based_on(
        "gas-explosion-face",
        id="shiling-qinggangping-explosion",
        title="石岭县青杠坪煤矿1205运输巷瓦斯爆炸",
        title_en="Gas explosion at Qinggangping mine",
        summary=(
            f"青杠坪煤矿1205运输巷掘进工作面瓦斯爆炸，井下{mine['people_per_shift']}人，6人受伤，4人失联；"
            f"1203、1205三个工作面有烟，出井路线超过自救器可走距离，须先进避难硐室。救护中队距矿"
            f"{mine['rescue_road_km']}公里。数据取自石岭县演示台账。"
        ),
        summary_en=(
            f"Gas explodes in heading 1205 of Qinggangping mine: {mine['people_per_shift']} people underground, six "
            f"hurt, four missing; from three smoky faces the way out is too long for a self-rescuer. "
            f"Data of the fictional register."
        ),
        measures=(("dead_or_missing", 4.0), ("trapped", 0.0), ("seriously_injured", 6.0)),
        places=(*_crews(mine, EXPLOSION), *_squads(mine)),
    )


def inrush() -> Scenario:
    """A heading at Kuangping West breaks into flooded old workings: fifty-eight underground, eight cut off."""
    mine = _mine("LK10")
    event = based_on(
        "water-inrush-old-workings",
        id="shiling-kuangpingxi-inrush",
        title="石岭县矿坪西煤矿老空透水",
        title_en="Inrush from old workings at Kuangping West mine",
        summary=(
            f"矿坪西煤矿（水文地质类型复杂）10103运输巷掘进时老空透水，井下{mine['people_per_shift']}人，"
            f"8人困于独头上山。固定泵{mine['fixed_pump_m3_h']}立方米/时，另从县库和宏岭煤矿调大流量泵4台，"
            f"同时打两个救生钻孔。数据取自石岭县演示台账。"
        ),
        summary_en=(
            f"Heading 10103 of Kuangping West mine breaks into flooded old workings: {mine['people_per_shift']} people "
            f"underground, eight cut off in a rise. Four large pumps are borrowed, two boreholes drilled. "
            f"Data of the fictional register."
        ),
        measures=(("dead_or_missing", 0.0), ("trapped", 8.0), ("seriously_injured", 2.0)),
        places=(*_crews(mine, INRUSH), *_squads(mine), *_fixed(mine), *_borrowed(mine), *_boreholes(mine)),
    )
    return with_values(event, inflow_m3_h=2600.0, residual_m3_h=mine["normal_inflow_m3_h"])


def _mine(name: str) -> dict[str, Any]:
    return next(mine for mine in entries("shiling", "mine") if mine["id"] == name)


def _crews(mine: dict[str, Any], hits: Mapping[str, Hit]) -> Iterator[Place]:
    for face in mine["face"]:
        hit = hits.get(face["id"], _UNHURT)
        is_hindered = hit.smoke or hit.felt
        yield place(
            face,
            "crew",
            people=face["people"],
            injured=hit.injured,
            trapped=hit.trapped,
            felt=hit.felt,
            smoke=hit.smoke,
            uphill=face["slope_deg"] > 0,
            walk_m=face["walk_surface_m"],
            refuge_m=face["walk_refuge_m"],
            speed_m_s=SPEEDS_M_S[face["height_class"]] if is_hindered else CLEAR_M_S,
            cut_min=hit.cut_min,
        )


def _squads(mine: dict[str, Any]) -> Iterator[Place]:
    """The county's duty squad and its standby squad, both at the mine rescue company."""
    for team in entries("shiling", "team"):
        if team["id"] in ("LM01", "LM02"):
            yield place(team, "squad", road_km=mine["rescue_road_km"], on_duty=team["pool"] == "mine_rescue_squad")


def _fixed(mine: dict[str, Any]) -> Iterator[Place]:
    """The mine's own pumps, as two halves of its capacity."""
    for number in (1, 2):
        entry = {"id": f"{mine['id']}-P{number}", "name": f"主排水泵{number}", "name_en": f"Main pump {number}"}
        yield place(entry, "pump", rate_m3_h=mine["fixed_pump_m3_h"] / 2, fixed=1)


def _borrowed(mine: dict[str, Any], most: int = 4) -> Iterator[Place]:
    """Large pumps of the county, the nearest store first."""
    large = [pump for pump in entries("shiling", "pump") if pump["own"] and pump["flow_m3_h"] >= LEAST_LARGE_M3_H]
    single = [(pump, number) for pump in large for number in range(1, pump["count"] + 1)]
    for pump, number in single[:most]:
        entry = {
            "id": f"{pump['id']}-{number}",
            "name": f"{pump['name']}{number}（{pump['keeper']}）",
            "name_en": f"{pump['name_en']} {number}",
        }
        borrow_min = LOADING_MIN + mine["rescue_road_km"] / LORRY_KM_MIN
        yield place(entry, "pump", rate_m3_h=pump["flow_m3_h"], borrow_min=borrow_min, fit_min=FITTING_MIN)


def _boreholes(mine: dict[str, Any]) -> Iterator[Place]:
    for number, rig_min, site_min in ((1, 480.0, 420.0), (2, 720.0, 600.0)):
        entry = {"id": f"{mine['id']}-B{number}", "name": f"{number}号救生钻孔", "name_en": f"Borehole {number}"}
        yield place(entry, "borehole", depth_m=mine["depth_m"], rig_min=rig_min, site_min=site_min)
