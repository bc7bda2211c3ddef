"""Which model speaks for which spread of a hazard."""

from __future__ import annotations

from collections.abc import Callable

from sim.errors import SimError
from sim.hazards.building_fire import building_fire
from sim.hazards.contribution import Contribution
from sim.hazards.forest_fire import forest_fire
from sim.hazards.mine_accident import gas_explosion, water_inrush
from sim.hazards.river_flood import river_flood
from sim.scenario import Scenario

MODELS: dict[str, Callable[[Scenario], Contribution]] = {
    "river": river_flood,
    "gas_explosion": gas_explosion,
    "water_inrush": water_inrush,
    "building": building_fire,
    "forest": forest_fire,
}


def contribution_of(scenario: Scenario) -> Contribution:
    """What the hazard of a scenario brings; refused if no model speaks for its spread."""
    if scenario.spread not in MODELS:
        raise SimError(
            "spread-unknown",
            thing=f"scenario {scenario.id}",
            field="spread",
            rule=f"one of {', '.join(MODELS)}",
            value=scenario.spread,
        )
    return MODELS[scenario.spread](scenario)
