"""Fire in a building: the way out becomes untenable floor by floor while people leave and engines come.

Minute 0 is the ignition. The fire grows as α·t²; a floor's way out is lost when the fire
has reached the untenable heat release and the smoke has got there. Each floor leaves in
parties that share the stairs (SFPE hydraulic model: people a second per metre of
effective width). Whoever has not entered the stairs by then must be fetched.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.formulas.building_fire import best_flow_ps_m, effective_width_m, heat_time_s, passage_s
from sim.formulas.travel import drive_min, walk_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate
from sim.scenario import Place, Scenario

_S_PER_MIN = 60.0


def building_fire(scenario: Scenario) -> Contribution:
    """Floors, parties and engines; the clocks of the fire and the gates of the stairs."""
    fire = _Building(scenario)
    floors = scenario.of_kind("floor")
    return Contribution(
        sets=(
            EntitySet(name="floor", entities=tuple(fire.floor(place) for place in floors)),
            EntitySet(name="party", entities=tuple(party for place in floors for party in fire.parties(place))),
            EntitySet(name="engine", entities=tuple(fire.engine(place) for place in scenario.of_kind("engine"))),
        ),
        clocks=tuple(clock for place in floors for clock in fire.clocks(place)),
        gates=tuple(Gate(name="stairs", cause="smoke", entity=place.id, closes="untenable") for place in floors),
    )


@dataclass(frozen=True)
class _Building:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    def floor(self, place: Place) -> Entity:
        """A floor with its people and the area to be searched."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=int(place.number("people")),
            attributes=(("search_min", place.number("area_m2") / self.value("search_m2_min")),),
        )

    def parties(self, place: Place) -> Iterator[Entity]:
        """The people of a floor in parties of equal size, with their ways and their time in the stairs."""
        people, most = int(place.number("people")), int(self.value("party_people"))
        count = math.ceil(people / most) if people else 0
        for number in range(count):
            size = people // count + (1 if number < people % count else 0)
            yield self._party(place, number + 1, size)

    def _party(self, place: Place, number: int, people: int) -> Entity:
        width_m = effective_width_m(self.value("stair_width_m"), self.value("boundary_m"))
        flow_s = passage_s(people, best_flow_ps_m(self.value("stair_speed_m_s")), width_m)
        descent_m = place.number("descent_m")
        return Entity(
            key=f"{place.id}/party{number}",
            title=f"{place.title}第{number}组",
            title_en=f"{place.title_en or place.title} party {number}",
            parent=place.id,
            people=people,
            attributes=(
                ("corridor_min", walk_min(place.number("corridor_m"), self.value("walk_m_s"))),
                ("stairs_min", flow_s / _S_PER_MIN),
                ("descent_min", walk_min(descent_m, self.value("stair_speed_m_s")) if descent_m else 0.0),
            ),
        )

    def engine(self, place: Place) -> Entity:
        """A fire engine with its drive."""
        minutes = drive_min(place.number("road_km"), self.value("cruise_km_min"), self.value("acceleration_km_min2"))
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=(
                ("drive_min", minutes),
                ("own_county", place.get("own_county", 1.0)),
                ("reinforcement", 1.0 - place.get("own_county", 1.0)),
            ),
        )

    def clocks(self, place: Place) -> Iterator[Clock]:
        """When a floor's way out is lost, and the earlier moment that leaves the safety share."""
        available_s = heat_time_s(self.value("untenable_kw"), self.value("growth_kw_s2")) + place.number(
            "smoke_delay_s"
        )
        titles = {"untenable": ("疏散通道失效", "Way out lost"), "safe_by": ("安全疏散时限", "Safe egress limit")}
        shares = {"untenable": 1.0, "safe_by": self.value("required_share")}
        for name, (title, english) in titles.items():
            yield Clock(
                name=name,
                entity=place.id,
                base_min=shares[name] * available_s / _S_PER_MIN,
                law=Lognormal(median_min=1.0, sigma=self.value("growth_sigma")),
                draw_key="fire",
                title=f"{place.title}{title}",
                title_en=f"{place.title_en or place.title}: {english}",
            )
