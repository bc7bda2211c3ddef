"""Forest fire: an ellipse grows from the point of ignition while crews build line round it.

The head rate is that of the spread model the scenario names; the free fire is an ellipse on its rear focus; crews add
their line rates as they arrive and the lines meet by Fried & Fried's equation. Where the
line built so far is too slow to keep up, the line held is kept, the rest grows freely and
building goes on when more crews have come. A crew that has worked its shift slows down
until it has rested. Villages count down to the front of the *free* fire, as a plan must;
the attack does not put their clocks back. The head rate is that of the scenario's weather
throughout: no calmer night, no change of wind.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.figure import above, at_least, share
from sim.formulas.containment import Attack, Tactic, attack, shape_of
from sim.formulas.travel import walk_min
from sim.formulas.wildland import Fire
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Process
from sim.hazards.free_fires import free_fire
from sim.scenario import Place, Scenario
from sim.steps import CONTAIN, StepForm

_M2_PER_HA = 10_000.0
EFFORTS = (("S8a", "line_m_min"), ("S10w", "tired_m_min"), ("S10r", "rested_m_min"))
"""What a crew adds to the line when it begins (S8a), ends its shift (S10w) and has rested (S10r)."""


def forest_fire(scenario: Scenario) -> Contribution:
    """Crews and villages; the front's clocks and the containment of the fire."""
    fire = _Forest(scenario)
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(fire.crew(place) for place in scenario.of_kind("crew"))),
            EntitySet(name="village", entities=tuple(fire.village(place) for place in scenario.of_kind("village"))),
        ),
        clocks=tuple(clock for place in scenario.of_kind("village") for clock in fire.clocks(place)),
        processes=(Process(name="containment", step=fire.containment(), efforts=EFFORTS),),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Containment:
    """The attack on a fire: effort is line in metres a minute, both flanks together."""

    fire: Fire
    tactic: Tactic
    area_m2: float
    within_min: float

    def begin(self) -> tuple[float, ...]:
        """The fire as it is found at minute 0."""
        return attack(self.fire, self.tactic, area_m2=self.area_m2).state

    @property
    def form(self) -> StepForm:
        """The attack in numbers."""
        return StepForm(CONTAIN, (*shape_of(self.fire, self.tactic), self.within_min))

    def burned_ha(self, state: tuple[float, ...]) -> float:
        """The area burned so far, in hectares."""
        return self._attack(state).burned_m2 / _M2_PER_HA

    def _attack(self, state: tuple[float, ...]) -> Attack:
        head_m, angle, minute, line_m, lined_m2 = state
        return Attack(
            fire=self.fire,
            tactic=self.tactic,
            head_m=head_m,
            angle=angle,
            minute=minute,
            line_m=line_m,
            lined_m2=lined_m2,
        )


@dataclass(frozen=True)
class _Forest:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    @property
    def fire(self) -> Fire:
        """The shape of the free fire."""
        return free_fire(self.scenario)

    def containment(self) -> Containment:
        """The fire to be contained."""
        return Containment(
            fire=self.fire,
            tactic=Tactic.REAR,
            area_m2=self.value("area_found_ha") * _M2_PER_HA,
            within_min=self.scenario.horizon_min,
        )

    def crew(self, place: Place) -> Entity:
        """A crew with its journey, the walk from the road and the line it builds, fresh, tired and rested."""
        people = place.number("people")
        line = people * self.value("line_m_min_person") * math.cos(math.radians(self.value("slope_deg")))
        tired = line * (1 - share("crew", "tired_share", self.value("tired_share")))
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=(
                ("people_of_crew", people),
                (
                    "drive_min",
                    place.number("road_km") / above("crew", "carrier_km_h", self.value("carrier_km_h"), 0) * 60.0,
                ),
                ("walk_min", walk_min(place.number("walk_m"), self.value("crew_walk_m_s"))),
                ("line_m_min", line),
                ("tired_m_min", -tired),
                ("rested_m_min", tired),
                *((name, place.get(name, 0.0)) for name in ("township", "county", "neighbour")),
            ),
        )

    def village(self, place: Place) -> Entity:
        """A village in the way of the fire: those who ride, and those who walk."""
        people, riding = int(place.number("people")), int(place.number("vulnerable"))
        walk = place.number("walk_m") / self.value("walk_m_per_min")
        ride = 2 * place.number("road_km") / self.value("bus_km_per_h") * 60.0 + self.value("bus_loading_min")
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=people,
            attributes=(
                ("walk_min", walk),
                ("round_trip_min", ride),
                ("loads", float(math.ceil(riding / above("bus", "bus_seats", self.value("bus_seats"), 0)))),
                ("walking", float(at_least(f"village {place.id}", "people less vulnerable", people - riding, 0))),
            ),
        )

    def clocks(self, place: Place) -> Iterator[Clock]:
        """When the free front would reach a village, by its distance and bearing from the point of origin.

        On the ellipse's rear focus the front moves along a bearing θ off the head's way at
        head rate × (1 − ε) / (1 − ε·cos θ); at minute 0 it has come as far as the area found tells.
        """
        fire = self.fire
        shape, bearing = fire.eccentricity, math.radians(place.number("bearing_deg"))
        rate = fire.head_m_min * (1 - shape) / (1 - shape * math.cos(bearing))
        burned_min = fire.head_m(self.value("area_found_ha") * _M2_PER_HA) / fire.head_m_min
        yield Clock(
            name="front",
            entity=place.id,
            base_min=max(0.0, place.number("distance_m") / rate - burned_min),
            law=Lognormal(median_min=1.0, sigma=self.value("front_sigma")),
            draw_key="front",
            title=f"火线到达{place.title}",
            title_en=f"Front reaches {place.title_en or place.title}",
        )
