"""Forest fire: an ellipse grows from the point of ignition while crews build line round it.

The head rate is Wang Zhengfei's; the free fire is an ellipse on its rear focus; crews add
their line rates as they arrive and the lines meet by Fried & Fried's equation. Where the
line built so far is too slow to keep up, the line held is kept, the rest grows freely and
building goes on when more crews have come. Villages count down to the front.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.durations import Lognormal
from sim.formulas.containment import Attack, Outcome, Tactic, advance, attack, time_to_contain_min
from sim.formulas.travel import walk_min
from sim.formulas.wildland import Fire, base_spread_m_min, slope_factor, spread_m_min, wind_factor
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Process
from sim.scenario import Place, Scenario

_M2_PER_HA = 10_000.0


def forest_fire(scenario: Scenario) -> Contribution:
    """Crews and villages; the front's clocks and the containment of the fire."""
    fire = _Forest(scenario)
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(fire.crew(place) for place in scenario.of_kind("crew"))),
            EntitySet(name="village", entities=tuple(fire.village(place) for place in scenario.of_kind("village"))),
        ),
        clocks=tuple(clock for place in scenario.of_kind("village") for clock in fire.clocks(place)),
        processes=(Process(name="containment", step=fire.containment(), efforts=(("S8a", "line_m_min"),)),),
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
        return _state(attack(self.fire, self.tactic, area_m2=self.area_m2))

    def advance(self, state: tuple[float, ...], from_min: float, to_min: float, effort: float) -> tuple[float, ...]:
        """The attack at *to_min*."""
        return _state(self._onward(self._attack(state), to_min, effort))

    def end_min(self, state: tuple[float, ...], at_min: float, effort: float) -> float | None:
        """When the lines meet at this rate, or None."""
        if effort <= 0:
            return None
        lasting = time_to_contain_min(self._attack(state), effort, self.within_min)
        return None if math.isinf(lasting) else at_min + lasting

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

    def _onward(self, now: Attack, to_min: float, effort: float) -> Attack:
        after = advance(now, max(0.0, to_min - now.minute), effort) if effort > 0 else now
        if after.outcome is Outcome.CONTAINED:
            return replace(after, minute=to_min)
        left_min = max(0.0, to_min - after.minute)
        grown_m = after.head_m + self.fire.head_m_min * left_min
        return replace(after, head_m=grown_m, minute=to_min, outcome=Outcome.GOING)


def _state(now: Attack) -> tuple[float, ...]:
    return (now.head_m, now.angle, now.minute, now.line_m, now.lined_m2)


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
        base = base_spread_m_min(self.value("temperature_c"), self.value("wind_force"), self.value("humidity_percent"))
        rate = spread_m_min(
            base, self.value("fuel_factor"), wind_factor(self.value("wind_m_s")), slope_factor(self.value("slope_deg"))
        )
        return Fire(head_m_min=rate, length_to_width=self.value("length_to_width"))

    def containment(self) -> Containment:
        """The fire to be contained."""
        return Containment(
            fire=self.fire,
            tactic=Tactic.REAR,
            area_m2=self.value("area_found_ha") * _M2_PER_HA,
            within_min=self.scenario.horizon_min,
        )

    def crew(self, place: Place) -> Entity:
        """A crew with its journey, the walk from the road and its line rate."""
        drive = place.number("road_km") / self.value("carrier_km_h") * 60.0
        walk = walk_min(place.number("walk_m"), self.value("crew_walk_m_s"))
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=(
                ("people_of_crew", place.number("people")),
                ("drive_min", drive),
                ("walk_min", walk),
                ("line_m_min", place.number("people") * self.value("line_m_min_person")),
                *((name, place.get(name, 0.0)) for name in ("township", "county", "neighbour")),
            ),
        )

    def village(self, place: Place) -> Entity:
        """A village in the way of the fire."""
        walk = place.number("walk_m") / self.value("walk_m_per_min")
        ride = 2 * place.number("road_km") / self.value("bus_km_per_h") * 60.0 + self.value("bus_loading_min")
        loads = math.ceil(place.number("vulnerable") / self.value("bus_seats"))
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=int(place.number("people")),
            attributes=(("walk_min", walk), ("round_trip_min", ride), ("loads", float(loads))),
        )

    def clocks(self, place: Place) -> Iterator[Clock]:
        """When the free front would reach a village, from its bearing off the head's way."""
        fire = self.fire
        shape = fire.eccentricity
        toward = math.cos(math.radians(place.number("bearing_deg")))
        rate = fire.head_m_min * (1 - shape) / (1 - shape * toward)
        yield Clock(
            name="front",
            entity=place.id,
            base_min=place.number("distance_m") / rate,
            law=Lognormal(median_min=1.0, sigma=self.value("front_sigma")),
            draw_key="front",
            title=f"火头到达{place.title}",
            title_en=f"Front reaches {place.title_en or place.title}",
        )
