"""Published formulas as pure functions: no chance, no clock, units in the names, the source in each docstring.

Default values are not here but in data packs, each with its source and mark.
"""

from sim.formulas.bottleneck import Queue, point_queue
from sim.formulas.building_fire import (
    best_density_people_m2,
    best_flow_ps_m,
    crowd_speed_m_s,
    effective_width_m,
    heat_release_kw,
    heat_time_s,
    passage_s,
    required_s,
    safety_margin_s,
    specific_flow_ps_m,
)
from sim.formulas.containment import Attack, Outcome, Tactic, advance, attack, contain, time_to_contain_min
from sim.formulas.escape import (
    caches_needed,
    design_speed_m_s,
    hindered_speed_m_s,
    oxygen_litres,
    reach_m,
    refuge_hours,
    turn_back_min,
)
from sim.formulas.life_loss import dam_failure_deaths
from sim.formulas.traffic import KM_PER_MILE, Loss, Road, VehicleLimits, loaded_min
from sim.formulas.travel import CallTree, bus_waves, drive_min, joint_km, reach_km, walk_min
from sim.formulas.warning import mean_warned_min, rayleigh_a, told_people, warned_after_min, warned_share
from sim.formulas.water import (
    Flow,
    Void,
    crossing_min,
    effective_area_m2,
    hours_to_move,
    level_rate_m_h,
    pump,
    trapped_air_share,
    volume_after_m3,
)
from sim.formulas.wildland import Fire, base_spread_m_min, slope_factor, spread_m_min, wind_factor

__all__ = [
    "KM_PER_MILE",
    "Attack",
    "CallTree",
    "Fire",
    "Flow",
    "Loss",
    "Outcome",
    "Queue",
    "Road",
    "Tactic",
    "VehicleLimits",
    "Void",
    "advance",
    "attack",
    "base_spread_m_min",
    "best_density_people_m2",
    "best_flow_ps_m",
    "bus_waves",
    "caches_needed",
    "contain",
    "crossing_min",
    "crowd_speed_m_s",
    "dam_failure_deaths",
    "design_speed_m_s",
    "drive_min",
    "effective_area_m2",
    "effective_width_m",
    "heat_release_kw",
    "heat_time_s",
    "hindered_speed_m_s",
    "hours_to_move",
    "joint_km",
    "level_rate_m_h",
    "loaded_min",
    "mean_warned_min",
    "oxygen_litres",
    "passage_s",
    "point_queue",
    "pump",
    "rayleigh_a",
    "reach_km",
    "reach_m",
    "refuge_hours",
    "required_s",
    "safety_margin_s",
    "slope_factor",
    "specific_flow_ps_m",
    "spread_m_min",
    "time_to_contain_min",
    "told_people",
    "trapped_air_share",
    "turn_back_min",
    "volume_after_m3",
    "walk_min",
    "warned_after_min",
    "warned_share",
    "wind_factor",
]
