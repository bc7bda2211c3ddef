"""The free fire of a forest scenario by the spread model it names.

``spread_model`` is the number of the model; a scenario that does not say is Wang Zhengfei's. Each model
reads the parameters of its own system and answers with the ellipse that both the front's clocks and the
containment take.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.errors import SimError
from sim.formulas.wildland import Fire, base_spread_m_min, slope_factor, spread_m_min, wind_factor
from sim.scenario import Scenario

WANG_ZHENGFEI = 1


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


MODELS: dict[int, Callable[[Scenario], Fire]] = {WANG_ZHENGFEI: _wang_zhengfei}
"""The spread models by their number."""
