"""The free fire of a forest scenario by the spread model it names.

``spread_model`` is the number of the model; a scenario that does not say is Wang Zhengfei's. Each model
reads the parameters of its own system and answers with the ellipse that both the front's clocks and the
containment take. Each has a wind of its own: Wang Zhengfei's is felt at the fire (``wind_m_s``), the Canadian
one blows 10 m above open ground (``wind_10m_m_s``), Rothermel's 20 ft above the fuel (``wind_20ft_m_s``) and is
brought down to the flames by the sheltering of his source. None stands in for another.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.errors import SimError
from sim.formulas.fbp import FireDay, Fuel, Stand, fbp_spread
from sim.formulas.rothermel import GS4, Canopy, Moisture, surface_fire
from sim.formulas.wildland import Fire, base_spread_m_min, slope_factor, spread_m_min, wind_factor
from sim.scenario import Scenario

WANG_ZHENGFEI, FBP, ROTHERMEL = 1, 2, 3
_KM_H_PER_M_S = 3.6
_FUELS = tuple(Fuel)
"""The fuel types of the Canadian system by their number, from 1, in the order of :class:`Fuel`."""


def free_fire(scenario: Scenario) -> Fire:
    """The fire while nobody fights it; refused if no model has the number the scenario names."""
    number = scenario.get("spread_model", WANG_ZHENGFEI)
    if number not in MODELS:
        raise SimError(
            "spread-model-unknown",
            thing=f"scenario {scenario.id}",
            field="spread_model",
            rule=f"one of {', '.join(str(known) for known in MODELS)}",
            value=number,
        )
    return MODELS[int(number)](scenario)


def _wang_zhengfei(scenario: Scenario) -> Fire:
    """R0·Ks·Kw·Kφ, with the length-to-width ratio the scenario gives."""
    value = scenario.value
    base = base_spread_m_min(value("temperature_c"), value("wind_force"), value("humidity_percent"))
    wind, slope = wind_factor(value("wind_m_s")), slope_factor(value("slope_deg"))
    rate = spread_m_min(base, value("fuel_factor"), wind, slope)
    return Fire(head_m_min=rate, length_to_width=value("length_to_width"))


def _fbp(scenario: Scenario) -> Fire:
    """The Canadian system: fuel type by number, fine fuel moisture code, buildup index, wind and slope up the hill.

    The wind is that at 10 m above open ground (Forestry Canada 1992, Information Report ST-X-3).
    Its own length-to-breadth ratio holds. The point-source build-up of the first minutes is left out: a fire
    that is found has passed it.
    """
    value = scenario.value
    number = int(value("fbp_fuel"))
    if not 1 <= number <= len(_FUELS):
        raise SimError(
            "number-out-of-table",
            thing=f"scenario {scenario.id}",
            field="fbp_fuel",
            rule=f"1-{len(_FUELS)}",
            value=number,
        )
    day = FireDay(
        ffmc=value("ffmc"),
        bui=value("bui"),
        wind_km_h=value("wind_10m_m_s") * _KM_H_PER_M_S,
        slope_percent=_rise_over_run(scenario) * 100.0,
    )
    fire = fbp_spread(Stand(fuel=_FUELS[number - 1]), day)
    return Fire(head_m_min=fire.head_m_min, length_to_width=fire.length_to_breadth)


def _rothermel(scenario: Scenario) -> Fire:
    """Rothermel's surface fire in grass and shrub (GS4) by the moisture of dead and living fuel.

    The wind is that at 20 ft; what of it reaches the flames follows from bed and canopy (Albini & Baughman 1979).
    """
    value = scenario.value
    moisture = Moisture(
        one_hour=value("one_hour_share"),
        ten_hour=value("ten_hour_share"),
        hundred_hour=value("hundred_hour_share"),
        herb=value("herb_share"),
        woody=value("woody_share"),
    )
    cover = scenario.get("canopy_share", 0.0)
    canopy = None
    if cover > 0:
        canopy = Canopy(cover_share=cover, height_m=value("canopy_m"), crown_ratio=value("crown_ratio"))
    wind_m_s = value("wind_20ft_m_s")
    fire = surface_fire(GS4, moisture, wind_m_s=wind_m_s, slope_share=_rise_over_run(scenario), canopy=canopy)
    return Fire(head_m_min=fire.head_m_min, length_to_width=fire.length_to_width)


def _rise_over_run(scenario: Scenario) -> float:
    return math.tan(math.radians(scenario.value("slope_deg")))


MODELS: dict[int, Callable[[Scenario], Fire]] = {
    WANG_ZHENGFEI: _wang_zhengfei,
    FBP: _fbp,
    ROTHERMEL: _rothermel,
}
"""The spread models by their number."""
