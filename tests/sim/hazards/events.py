"""Small events with plain numbers, so that a story can be worked out by hand."""

from __future__ import annotations

from typing import Any

from sim.figure import Figure, Mark
from sim.procedure import Hazard
from sim.scenario import Parameter, Place, Scenario

HAZARDS = {
    "river": Hazard.FLOOD,
    "gas_explosion": Hazard.MINE,
    "water_inrush": Hazard.MINE,
    "building": Hazard.FIRE,
    "forest": Hazard.FIRE,
    "dam_break": Hazard.FLOOD,
    "flash_flood": Hazard.FLOOD,
    "waterlogging": Hazard.FLOOD,
    "mine_fire": Hazard.MINE,
    "outburst": Hazard.MINE,
    "roof_fall": Hazard.MINE,
    "gas_fire": Hazard.FIRE,
}
RIVER = {
    "walk_m_per_min": 60, "night_factor": 1, "bus_km_per_h": 30, "bus_loading_min": 10, "bus_seats": 40,
    "group_people": 50, "refusing_share": 0.1, "to_relatives_share": 0.4, "road_lead_min": 30, "path_lead_min": 10,
    "divert_min": 20, "water_falls_min": 900, "arrival_sigma": 0,
}  # fmt: skip
MINE = {
    "smoke_factor": 0.5, "uphill_factor": 0.8, "self_rescuer_min": 29, "refuge_hours": 96, "approach_m_s": 1,
    "carry_factor": 0.5, "party_people": 2, "cruise_km_min": 0.8, "acceleration_km_min2": 0.6,
    "gas_clears_min": 100, "gas_sigma": 0,
}  # fmt: skip
INRUSH = MINE | {
    "cut_sigma": 0, "air_hours": 100, "air_sigma": 0, "drill_m_h": 10, "start_m3": 1000, "inflow_m3_h": 0,
    "inflow_stops_min": 0, "residual_m3_h": 0, "entry_m3": 100,
}  # fmt: skip
BUILDING = {
    "growth_kw_s2": 0.01172, "untenable_kw": 2000, "growth_sigma": 0, "required_share": 0.8, "detect_min": 1,
    "confirm_min": 1, "call_min": 1, "premovement_s": 60, "walk_m_s": 1.4, "stair_speed_m_s": 1.08,
    "stair_width_m": 1.12, "boundary_m": 0.15, "party_people": 50, "climb_m_s": 0.5, "led_factor": 0.5,
    "search_m2_min": 40, "cruise_km_min": 0.8, "acceleration_km_min2": 0.6,
}  # fmt: skip
DAM = RIVER | {
    "lead_low_min": -120, "lead_mode_min": -30, "lead_high_min": 30, "vehicle_depth_m": 1.2,
    "vehicle_velocity_m_s": 4.5, "vehicle_product_m2_s": 0.8,
}  # fmt: skip
TORRENT = {
    "storm_sigma": 0, "walk_m_per_min": 60, "night_factor": 1, "assisted_factor": 2, "group_people": 30,
    "assisted_people": 3, "refusing_share": 0.1, "signs_lead_min": 12, "ebb_min": 90,
}  # fmt: skip
TOWN = {
    "rain_sigma": 0, "vehicle_depth_m": 0.3, "vehicle_velocity_m_s": 4.5, "vehicle_product_m2_s": 0.8,
    "ponding_depth_m": 0.1, "roof_depth_m": 1.4, "batch_min": 5, "exposed_min": 15, "drives_in_share": 0.05,
    "people_per_car": 1.5, "cruise_km_min": 0.8, "acceleration_km_min2": 0.6,
}  # fmt: skip
BELT = MINE | {"air_m_s": 1, "smoke_sigma": 0, "apparatus_min": 240, "back_share": 0.5, "base_min": 45}
BURST = MINE | {"air_hours": 14, "air_sigma": 0, "quiet_min": 150, "quiet_sigma": 0, "dig_t_h": 6}
ROOF = MINE | {
    "air_hours": 30, "air_sigma": 0, "settle_min": 60, "settle_sigma": 0, "fed_hours": 100, "fall_m": 10, "width_m": 4,
    "height_m": 3, "loosening": 1.5, "m3_h_person": 0.5, "tired_share": 0.5, "advance_m_h": 1, "push_m_h": 4,
}  # fmt: skip
PLANT = {
    "cruise_km_min": 0.8, "acceleration_km_min2": 0.6, "suit_walk_m_s": 0.5, "walk_m_s": 1, "inner_radius_m": 300,
    "foam_l_min_m2": 6, "foam_min": 30, "concentrate_share": 0.06, "fails_sigma": 0, "wind_m_s": 2, "wind_to_deg": 90,
    "shifted_to_deg": 180, "half_angle_deg": 40, "wind_shift_min": 100, "wind_sigma": 0, "move_round_min": 25,
    "release_min": 10,
}  # fmt: skip
FOREST = {
    "temperature_c": 25, "wind_force": 3, "humidity_percent": 40, "wind_m_s": 0, "slope_deg": 0, "fuel_factor": 1,
    "length_to_width": 2, "area_found_ha": 0.5, "front_sigma": 0, "carrier_km_h": 30, "crew_walk_m_s": 1,
    "line_m_min_person": 0.2, "tired_share": 0.5, "walk_m_per_min": 60, "bus_km_per_h": 30, "bus_loading_min": 10,
    "bus_seats": 40,
}  # fmt: skip
"""A head rate of 1.2 m/min: Wang's R0 at 25 °C, force 3, 40 %, without wind or slope."""


def a_place(kind: str, name: str, **numbers: float) -> Place:
    """A place of that kind by its numbers."""
    return Place(id=name, title=name, kind=kind, numbers=tuple(numbers.items()))


def an_event(
    spread: str, values: dict[str, float], *places: Place, horizon_min: float = 1000, **fields: Any
) -> Scenario:
    """A scenario of these values and places."""
    return Scenario(
        id="event",
        hazard=HAZARDS[spread],
        spread=spread,
        title="event",
        horizon_min=horizon_min,
        parameters=tuple(
            Parameter(name=name, figure=Figure(value=value, unit="1", source="made up", mark=Mark.EXPERT))
            for name, value in values.items()
        ),
        places=places,
        **fields,
    )
