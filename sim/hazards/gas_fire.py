"""Fire at a tank or pipeline of gas or chemicals: cool the neighbours, close the valve, gather foam, move people.

Minute 0 is the leak catching fire. Tanks beside it fail one after another unless they are cooled; the cloud drifts
with the wind over one sector of zones and, once the wind shifts, over another, and the attack has to leave
its position until it has moved round. Foam is a stock: an attack begins only when what it needs is there at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.figure import above
from sim.formulas.travel import walk_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate
from sim.hazards.stations import station_processes, station_sets
from sim.scenario import Place, Scenario

_FULL_TURN_DEG = 360.0


def gas_fire(scenario: Scenario) -> Contribution:
    """Tanks, valves, zones and stations; the clocks of tanks, wind and cloud; the gate of the attack's position."""
    fire = _Plant(scenario)
    tanks, zones = scenario.of_kind("tank"), scenario.of_kind("zone")
    return Contribution(
        sets=(
            EntitySet(name="tank", entities=tuple(fire.tank(place) for place in tanks)),
            EntitySet(name="valve", entities=tuple(fire.valve(place) for place in scenario.of_kind("valve"))),
            EntitySet(name="zone", entities=tuple(fire.zone(place) for place in zones)),
            *station_sets(scenario),
        ),
        clocks=(
            *fire.wind_clocks(),
            *(fire.fails(place) for place in tanks),
            *(fire.cloud(place) for place in zones),
        ),
        processes=station_processes(scenario),
        gates=(Gate(name="position", cause="wind", opens="moved_round", closes="wind_shifts"),),
    )


def is_downwind(bearing_deg: float, wind_to_deg: float, half_angle_deg: float) -> bool:
    """Whether a bearing lies in the sector the wind blows to.

    >>> is_downwind(350, 10, 30), is_downwind(60, 10, 30)
    (True, False)
    """
    turn = abs(bearing_deg - wind_to_deg) % _FULL_TURN_DEG
    return min(turn, _FULL_TURN_DEG - turn) <= half_angle_deg


@dataclass(frozen=True)
class _Plant:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    def tank(self, place: Place) -> Entity:
        """A tank: on fire with the foam it asks for, or beside the fire with the monitors that cool it."""
        burning = place.get("on_fire", 0.0) > 0
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=(
                ("on_fire", float(burning)),
                ("beside", float(not burning)),
                ("monitors", place.number("monitors")),
                ("foam_t", self.foam_t(place) if burning else 0.0),
            ),
        )

    def foam_t(self, place: Place) -> float:
        """The concentrate an attack uses: area × application rate × minutes × share of concentrate, in tonnes."""
        litres = place.number("area_m2") * self.value("foam_l_min_m2") * self.value("foam_min")
        return litres * self.value("concentrate_share") / 1000.0

    def valve(self, place: Place) -> Entity:
        """A valve with the walk to it in protective suits and the work on it."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=(
                ("approach_min", walk_min(place.number("walk_m"), self.value("suit_walk_m_s"))),
                ("close_min", place.number("close_min")),
                ("remote", place.get("remote", 0.0)),
                ("by_hand", float(place.get("remote", 0.0) <= 0)),
            ),
        )

    def zone(self, place: Place) -> Entity:
        """A zone round the plant by its radius and bearing, with its people and their way out."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=int(place.number("people")),
            attributes=(
                ("inner", float(place.number("radius_m") <= self.value("inner_radius_m"))),
                ("outer", float(place.number("radius_m") > self.value("inner_radius_m"))),
                ("leave_min", walk_min(place.number("leave_m"), self.value("walk_m_s"))),
                ("downwind", float(self.is_under(place, "wind_to_deg") or self.is_under(place, "shifted_to_deg"))),
            ),
        )

    # -- clocks ----------------------------------------------------------------------

    def fails(self, place: Place) -> Clock:
        """When a tank that nobody cools gives way; the burning one when it boils over."""
        return Clock(
            name="fails",
            entity=place.id,
            base_min=place.number("fails_min"),
            law=Lognormal(median_min=1.0, sigma=self.value("fails_sigma")),
            draw_key="tank",
            title=f"{place.title}失效",
            title_en=f"{place.title_en or place.title} gives way",
        )

    def wind_clocks(self) -> Iterator[Clock]:
        """When the wind shifts, and when the attack has moved round to its new upwind side."""
        titles = {
            "wind_shifts": ("风向转变", "The wind shifts", 0.0),
            "moved_round": ("转移到新的上风侧", "Attack moved round", self.value("move_round_min")),
        }
        for name, (title, english, later) in titles.items():
            yield self._wind_clock(name, "", later, title, english)

    def _wind_clock(self, name: str, entity: str, later: float, title: str, english: str) -> Clock:
        return Clock(
            name=name,
            entity=entity,
            base_min=self.value("wind_shift_min"),
            law=Lognormal(median_min=1.0, sigma=self.value("wind_sigma")),
            draw_key="wind",
            offset_min=later,
            title=title,
            title_en=english,
        )

    def is_under(self, place: Place, wind: str) -> bool:
        """Whether a zone lies under the cloud while the wind blows that way."""
        return is_downwind(place.number("bearing_deg"), self.value(wind), self.value("half_angle_deg"))

    def drift_min(self, place: Place) -> float:
        """Minutes the cloud takes to a zone at the speed of the wind."""
        return place.number("radius_m") / above("wind", "wind_m_s", self.value("wind_m_s"), 0) / 60.0

    def cloud(self, place: Place) -> Clock:
        """When the cloud is over a zone: from the start, after the wind has shifted, or never."""
        title, english = f"有害气体到达{place.title}", f"Cloud over {place.title_en or place.title}"
        if not self.is_under(place, "wind_to_deg") and self.is_under(place, "shifted_to_deg"):
            return self._wind_clock("cloud", place.id, self.drift_min(place), title, english)
        drift = self.value("release_min") + self.drift_min(place)
        base = drift if self.is_under(place, "wind_to_deg") else self.scenario.horizon_min
        return Clock(name="cloud", entity=place.id, base_min=base, title=title, title_en=english)
