"""Fire in a building: the way out becomes untenable floor by floor while people leave and engines come.

Minute 0 is the ignition. The fire grows as α·t²; a floor's way out is lost when the fire
has reached the untenable heat release and the smoke has got there. What the brigade does
to the fire is not modelled: the clocks are those of the free fire. Each floor leaves in
parties that share the stairs, each stair letting through one party after another at its
greatest flow (SFPE hydraulic model: people a second per metre of effective width). Whoever
has not entered the stairs by then must be fetched. Engines come by stations, in columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.figure import above
from sim.formulas.building_fire import best_flow_ps_m, effective_width_m, heat_time_s, passage_s
from sim.formulas.travel import walk_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate
from sim.hazards.stations import station_processes, station_sets
from sim.hazards.villages import parted
from sim.scenario import Place, Scenario

_S_PER_MIN = 60.0


def building_fire(scenario: Scenario) -> Contribution:
    """Floors, parties and stations; the clocks of the fire and the gates of the stairs."""
    fire = _Building(scenario)
    floors = scenario.of_kind("floor")
    return Contribution(
        sets=(
            EntitySet(name="building", entities=(fire.building(),)),
            EntitySet(name="floor", entities=tuple(fire.floor(place) for place in floors)),
            EntitySet(name="party", entities=tuple(party for place in floors for party in fire.parties(place))),
            *station_sets(scenario),
        ),
        processes=station_processes(scenario),
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

    def building(self) -> Entity:
        """The building as one, with how soon the fire is noticed, confirmed and called in."""
        names = ("detect_min", "confirm_min", "call_min")
        return Entity(
            key=self.scenario.id,
            title="着火建筑",
            title_en="Building on fire",
            attributes=tuple((name, self.value(name)) for name in names),
        )

    def floor(self, place: Place) -> Entity:
        """A floor with its people, the area to be searched and the climb for crews."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=int(place.number("people")),
            attributes=(
                ("on_fire", place.get("on_fire", 0.0)),
                (
                    "search_min",
                    place.number("area_m2") / above("search", "search_m2_min", self.value("search_m2_min"), 0),
                ),
                ("climb_min", self.climb_min(place)),
            ),
        )

    def climb_min(self, place: Place) -> float:
        """A crew's way up the stairs with its load."""
        return walk_min(place.number("descent_m"), self.value("climb_m_s"))

    def parties(self, place: Place) -> Iterator[Entity]:
        """The people of a floor in parties of equal size, with their ways and their time in the stairs."""
        people, most = int(place.number("people")), int(above("egress", "party_people", self.value("party_people"), 0))
        for number, size in enumerate(parted(people, most), start=1):
            yield self._party(place, number, size)

    def _party(self, place: Place, number: int, people: int) -> Entity:
        corridor = walk_min(place.number("corridor_m"), self.value("walk_m_s"))
        descent = walk_min(place.number("descent_m"), self.value("stair_speed_m_s"))
        return Entity(
            key=f"{place.id}/party{number}",
            title=f"{place.title}第{number}组",
            title_en=f"{place.title_en or place.title} party {number}",
            parent=place.id,
            people=people,
            attributes=(
                ("sees_fire", float(place.get("on_fire", 0.0) > 0)),
                ("told", float(place.get("on_fire", 0.0) <= 0)),
                ("premovement_min", self.value("premovement_s") / _S_PER_MIN),
                ("corridor_min", corridor),
                ("stairs_min", self.stairs_min(people)),
                ("descent_min", descent),
                ("fetch_min", self.climb_min(place) + (corridor + descent) / self.value("led_factor")),
            ),
        )

    def stairs_min(self, people: int) -> float:
        """Minutes for a party to pass into one stair at the stair's greatest flow."""
        width_m = effective_width_m(self.value("stair_width_m"), self.value("boundary_m"))
        return passage_s(people, best_flow_ps_m(self.value("stair_speed_m_s")), width_m) / _S_PER_MIN

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
