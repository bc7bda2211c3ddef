"""River flood behind a dike: water reaches villages, roads go under first, people move.

Villages are moved in *groups*: those who need a bus, those who walk, and those who
refuse at first. Water arrives early or late for all villages together; the road to a
village is lost a while before the village, and the last bus leaves early enough to be
out by then. The spine is LifeSim's (warning, first alert, protective action, movement)
with shelters, boats and refusals added.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet
from sim.hazards.villages import Villages, village_team, ways
from sim.scenario import Place, Scenario


def river_flood(scenario: Scenario) -> Contribution:
    """Villages, groups, dike sections, the clocks of the water and the gates of the roads."""
    flood = Villages(scenario)
    villages = scenario.of_kind("village")
    groups = flood.sheltered([group for village in villages for group in flood.groups(village)])
    return Contribution(
        sets=(
            EntitySet(name="village", entities=tuple(flood.village(village) for village in villages)),
            EntitySet(name="group", entities=tuple(groups)),
            EntitySet(
                name="dike_section", entities=tuple(_dike_section(place) for place in scenario.of_kind("dike_section"))
            ),
        ),
        clocks=(*_river_clocks(scenario), *(clock for village in villages for clock in _clocks(flood, village))),
        gates=tuple(gate for village in villages for gate in ways(village)),
        local_pools=tuple(village_team(village) for village in villages),
    )


def _river_clocks(scenario: Scenario) -> Iterator[Clock]:
    """When the river falls again."""
    yield Clock(
        name="water_falls", base_min=scenario.value("water_falls_min"), title="水位回落", title_en="River falls"
    )


def _clocks(flood: Villages, village: Place) -> Iterator[Clock]:
    return flood.lost_ways(village, base_min=village.number("arrival_min"), offset_min=0.0, draw_key="flood")


def _dike_section(place: Place) -> Entity:
    return Entity(
        key=place.id,
        title=place.title,
        title_en=place.title_en,
        attributes=(("length_km", place.number("length_km")), ("weak", place.get("weak", 0.0))),
    )
