"""Which model speaks for which spread of a hazard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.errors import SimError
from sim.figure import above
from sim.hazards.building_fire import building_fire
from sim.hazards.contribution import NIGHT, Contribution
from sim.hazards.dam_break import dam_break
from sim.hazards.flash_flood import flash_flood
from sim.hazards.forest_fire import forest_fire
from sim.hazards.gas_fire import gas_fire
from sim.hazards.mine_accident import gas_explosion, water_inrush
from sim.hazards.mine_fire import mine_fire
from sim.hazards.outburst import outburst
from sim.hazards.river_flood import river_flood
from sim.hazards.roof_fall import roof_fall
from sim.hazards.waterlogging import waterlogging
from sim.scenario import Scenario

MODELS: dict[str, Callable[[Scenario], Contribution]] = {
    "river": river_flood,
    "dam_break": dam_break,
    "flash_flood": flash_flood,
    "waterlogging": waterlogging,
    "gas_explosion": gas_explosion,
    "water_inrush": water_inrush,
    "mine_fire": mine_fire,
    "outburst": outburst,
    "roof_fall": roof_fall,
    "building": building_fire,
    "forest": forest_fire,
    "gas_fire": gas_fire,
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
    found = MODELS[scenario.spread](scenario)
    return replace(found, factors=((NIGHT, above(f"scenario {scenario.id}", NIGHT, scenario.get(NIGHT, 1.0), 0)),))
