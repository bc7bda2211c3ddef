"""Dam break: the trouble is seen late, told late, and the wave reaches the villages one after another.

Minute 0 is the earliest moment at which the trouble could have been seen; the breach comes a fixed while
after it. LifeSim's spine runs from there: identified (before or after the breach), told to the agency, warning
issued, first alert, protective action, movement. The wave reaches every village its travel time after
the breach, early or late for all together; a road it crosses is lost only where depth and velocity take a
vehicle's stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Triangular
from sim.formulas.traffic import VehicleLimits
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet
from sim.hazards.villages import Villages, village_team, ways
from sim.scenario import Place, Scenario

_FROM_VILLAGE = ("water", "last_walk")
"""Clocks that strike wherever the wave comes; the others only where it takes a vehicle's stand."""


def dam_break(scenario: Scenario) -> Contribution:
    """Villages below the dam and their groups, the dam itself, and the clocks of trouble, breach and wave."""
    dam = _Dam(Villages(scenario))
    villages = scenario.of_kind("village")
    groups = dam.moved.sheltered([group for village in villages for group in dam.moved.groups(village)])
    return Contribution(
        sets=(
            EntitySet(name="village", entities=tuple(dam.moved.village(village) for village in villages)),
            EntitySet(name="group", entities=tuple(groups)),
            EntitySet(name="dam", entities=tuple(_dam(place) for place in scenario.of_kind("dam"))),
        ),
        clocks=(*dam.dam_clocks(), *(clock for village in villages for clock in dam.clocks(village))),
        gates=tuple(gate for village in villages for gate in ways(village)),
        local_pools=tuple(village_team(village) for village in villages),
    )


@dataclass(frozen=True)
class _Dam:
    """The event's numbers, read once by name."""

    moved: Villages

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.moved.value(name)

    @property
    def breach_min(self) -> float:
        """The breach, counted from the earliest moment at which the trouble could be seen."""
        return max(0.0, -self.value("lead_low_min"))

    def dam_clocks(self) -> Iterator[Clock]:
        """When the trouble is identified, and when the dam goes."""
        seen = [self.breach_min + self.value(f"lead_{name}_min") for name in ("low", "mode", "high")]
        yield Clock(
            name="identified",
            base_min=1.0,
            law=Triangular(low_min=seen[0], mode_min=seen[1], high_min=seen[2]),
            title="险情识别",
            title_en="Trouble identified",
        )
        yield Clock(name="breach", base_min=self.breach_min, title="大坝溃决", title_en="The dam breaches")
        yield Clock(
            name="water_falls",
            base_min=self.breach_min + self.value("water_falls_min"),
            title="洪水消退",
            title_en="The flood falls",
        )

    def clocks(self, place: Place) -> Iterator[Clock]:
        """When wave, road and path reach or fail a village; where vehicles keep their stand the road is not lost."""
        lost = self.limits().loss(place.number("depth_m"), place.number("velocity_m_s")) is not None
        for clock in self.moved.lost_ways(
            place, base_min=place.number("wave_min"), offset_min=self.breach_min, draw_key="wave"
        ):
            yield clock if lost or clock.name in _FROM_VILLAGE else self._never(clock)

    def _never(self, clock: Clock) -> Clock:
        horizon = self.moved.scenario.horizon_min
        return Clock(name=clock.name, entity=clock.entity, base_min=horizon, title=clock.title, title_en=clock.title_en)

    def limits(self) -> VehicleLimits:
        """The water in which a vehicle of low clearance keeps its stand."""
        return VehicleLimits(
            depth_m=self.value("vehicle_depth_m"),
            velocity_m_s=self.value("vehicle_velocity_m_s"),
            product_m2_s=self.value("vehicle_product_m2_s"),
        )


def _dam(place: Place) -> Entity:
    return Entity(
        key=place.id,
        title=place.title,
        title_en=place.title_en,
        attributes=(("road_min", place.number("road_min")), ("held", place.get("held", 0.0))),
    )
