"""Urban waterlogging: underpasses fill, cars drive in, pumps are sent, underground spaces must be cleared.

Water comes to every low place at its own moment, early or late for the whole town together, and rises from
then on at the place's own rate: depths and volumes both count from that moment. An underpass is lost to traffic
at the depth at which a low car loses its stand; until it is closed cars keep driving in, in batches that each have
their own moment. Pumps that reach a place count against what still runs in (void balance,
``A·dz/dt = Q_in − Q_pump``); it is passable again when the water is down.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.figure import above
from sim.formulas.traffic import VehicleLimits
from sim.formulas.travel import drive_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Process
from sim.hazards.mine_accident import Drain
from sim.scenario import Place, Scenario

_CM_PER_M = 100.0
PUMPING = (("P3", "rate_m3_h"),)
"""The task whose end sets a pump to work at its place."""
COMES = "water_comes"
"""The clock of the moment at which water begins to run into a place."""


def waterlogging(scenario: Scenario) -> Contribution:
    """Underpasses with their cars and pumps, underground spaces, and the clocks of the rising water."""
    town = _Town(scenario)
    underpasses, basements = scenario.of_kind("underpass"), scenario.of_kind("basement")
    return Contribution(
        sets=(
            EntitySet(name="underpass", entities=tuple(town.underpass(place) for place in underpasses)),
            EntitySet(name="car", entities=tuple(town.car(place, n) for place in underpasses for n in town.batches())),
            EntitySet(name="pump", entities=tuple(town.pump(place) for place in scenario.of_kind("pump"))),
            EntitySet(name="basement", entities=tuple(town.basement(place) for place in basements)),
        ),
        clocks=(
            *(clock for place in underpasses for clock in town.underpass_clocks(place)),
            *(clock for place in basements for clock in town.basement_clocks(place)),
        ),
        processes=tuple(
            Process(name="drain", step=town.drain(place), efforts=PUMPING, entity=place.id, after=COMES)
            for place in underpasses
        ),
    )


def stand_depth_m(limits: VehicleLimits, velocity_m_s: float) -> float:
    """The depth at which a vehicle loses its stand in water of that velocity.

    >>> low = VehicleLimits(depth_m=1.2, velocity_m_s=4.5, product_m2_s=0.8)
    >>> stand_depth_m(low, 0.0), stand_depth_m(low, 1.0), stand_depth_m(low, 5.0)
    (1.2, 0.8, 0.0)
    """
    if velocity_m_s > limits.velocity_m_s:
        return 0.0
    return min(limits.depth_m, limits.product_m2_s / velocity_m_s) if velocity_m_s > 0 else limits.depth_m


@dataclass(frozen=True)
class _Town:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    # -- underpasses -----------------------------------------------------------------

    def underpass(self, place: Place) -> Entity:
        """An underpass with the way of the guards who close it."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=(("guarded", place.get("guarded", 0.0)), ("drive_min", self.drive_min(place))),
        )

    def drive_min(self, place: Place) -> float:
        """The guards' way from their post; none where somebody stands guard."""
        kilometres = place.number("road_km")
        return drive_min(kilometres, self.value("cruise_km_min"), self.value("acceleration_km_min2"))

    def depth_min(self, place: Place, depth_m: float) -> float:
        """How long after the water has come it is that deep, at the place's rate of rise."""
        rise = above(f"place {place.id}", "rise_cm_min", place.number("rise_cm_min"), 0)
        return depth_m * _CM_PER_M / rise

    def lost_depth_m(self, place: Place) -> float:
        """The depth at which a low car loses its stand there."""
        limits = VehicleLimits(
            depth_m=self.value("vehicle_depth_m"),
            velocity_m_s=self.value("vehicle_velocity_m_s"),
            product_m2_s=self.value("vehicle_product_m2_s"),
        )
        return stand_depth_m(limits, place.get("velocity_m_s", 0.0))

    def underpass_clocks(self, place: Place) -> Iterator[Clock]:
        """When water comes and stands in it, when it is lost to traffic, and when each batch of cars drives in."""
        yield self._clock(COMES, place, 0.0, ("进水", "Water comes"))
        yield self._clock("ponding", place, self.depth_min(place, self.value("ponding_depth_m")), ("积水", "Ponding"))
        lost = self.depth_min(place, self.lost_depth_m(place))
        yield self._clock("road_lost", place, lost, ("车辆不能通行", "Lost to traffic"))
        for number in self.batches():
            car, later = self.car(place, number), self.value("batch_min") * (number - 1)
            yield self._clock("enters", place, lost, ("车辆驶入", "Cars drive in"), entity=car, later=later)
            under = self.depth_min(place, self.value("roof_depth_m"))
            yield self._clock(
                "under_water", place, under, ("没顶", "Over the roof"), entity=car, later=max(0.0, lost + later - under)
            )

    def batches(self) -> range:
        """The numbers of the batches of cars that would drive in before drivers see it by themselves."""
        return range(
            1, math.ceil(self.value("exposed_min") / above("cars", "batch_min", self.value("batch_min"), 0)) + 1
        )

    def car(self, place: Place, number: int) -> Entity:
        """The cars that drive in during one interval, with the people in them."""
        cars = place.number("cars_per_h") * self.value("drives_in_share") * self.value("batch_min") / 60.0
        return Entity(
            key=f"{place.id}/car{number}",
            title=f"{place.title}第{number}批车辆",
            title_en=f"{place.title_en or place.title} cars {number}",
            parent=place.id,
            people=max(1, round(cars * self.value("people_per_car"))),
            attributes=(("reach_min", place.number("reach_min")),),
        )

    def drain(self, place: Place) -> Drain:
        """The water in an underpass: what runs in from its coming until the rain falls off, against the pumps there."""
        return Drain(
            start_m3=0.0,
            inflow_m3_h=place.number("inflow_m3_h"),
            inflow_stops_min=max(0.0, place.number("inflow_stops_min") - place.number("starts_min")),
            residual_m3_h=place.get("residual_m3_h", 0.0),
            entry_m3=place.number("passable_m3"),
        )

    def pump(self, place: Place) -> Entity:
        """A pump at, or on the way to, the underpass of its number: built in, or brought by a crew."""
        underpasses = self.scenario.of_kind("underpass")
        at = underpasses[int(place.number("at")) - 1]
        built_in = place.get("built_in", 0.0) > 0
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            parent=at.id,
            attributes=(
                ("rate_m3_h", above(f"pump {place.id}", "rate_m3_h", place.number("rate_m3_h"), 0)),
                ("built_in", float(built_in)),
                ("brought", float(not built_in)),
                ("drive_min", 0.0 if built_in else self.drive_min(place)),
            ),
        )

    # -- underground spaces ----------------------------------------------------------

    def basement(self, place: Place) -> Entity:
        """An underground space with its people, its way out and the bags its doors need."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=int(place.number("people")),
            attributes=(("leave_min", place.number("leave_min")), ("bags", place.number("bags"))),
        )

    def basement_clocks(self, place: Place) -> Iterator[Clock]:
        """When the street water comes over the sill."""
        over = self.depth_min(place, place.number("sill_m"))
        yield self._clock("over_sill", place, over, ("水漫过口部", "Over the sill"))

    def _clock(
        self,
        name: str,
        place: Place,
        after_min: float,
        titles: tuple[str, str],
        *,
        entity: Entity | None = None,
        later: float = 0.0,
    ) -> Clock:
        """A moment so long after the water has come to the place."""
        chinese, english = (entity.title, entity.title_en) if entity else (place.title, place.title_en or place.title)
        return Clock(
            name=name,
            entity=entity.key if entity else place.id,
            base_min=place.number("starts_min"),
            law=Lognormal(median_min=1.0, sigma=self.value("rain_sigma")),
            draw_key="rain",
            offset_min=after_min + later,
            title=f"{chinese}{titles[0]}",
            title_en=f"{english}: {titles[1]}",
        )
