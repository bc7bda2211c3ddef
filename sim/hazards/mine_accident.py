"""Coal-mine accidents: people walk out against their self-rescuers, teams go in, water is pumped.

Two models share this file's spine. A *gas explosion* fills the roadways with smoke and
gas; crews put on self-rescuers and walk, or wait in a refuge if the way is too long, and
nobody enters before the gas has fallen below its limit and the entry plan is approved. A
*water inrush* cuts off those below; pumps are borrowed, fitted and started one after
another until the level lets the teams in, and a borehole may reach the trapped earlier.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.figure import above, at_least
from sim.formulas.escape import hindered_speed_m_s
from sim.formulas.travel import drive_min, walk_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate, Process
from sim.scenario import Place, Scenario


def gas_explosion(scenario: Scenario) -> Contribution:
    """Crews, casualties and squads; the gas gate and the self-rescuer's clock."""
    mine = _Mine(scenario)
    crews = [mine.crew(place) for place in scenario.of_kind("crew")]
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(crews)),
            EntitySet(name="casualty", entities=tuple(c for p in scenario.of_kind("crew") for c in mine.casualties(p))),
            EntitySet(name="squad", entities=tuple(mine.squad(place) for place in scenario.of_kind("squad"))),
        ),
        clocks=(mine.gas_clears(), mine.refuge_ends()),
        gates=(Gate(name="gas", cause="gas", is_open=False, opens="gas_clears"),),
    )


def water_inrush(scenario: Scenario) -> Contribution:
    """Crews above and below the water, trapped groups, pumps and the draining of the district."""
    mine = _Mine(scenario)
    places = scenario.of_kind("crew")
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(mine.crew(place) for place in places)),
            EntitySet(
                name="trapped", entities=tuple(mine.trapped(place) for place in places if place.get("trapped", 0) > 0)
            ),
            EntitySet(name="squad", entities=tuple(mine.squad(place) for place in scenario.of_kind("squad"))),
            EntitySet(name="pump", entities=tuple(mine.pump(place) for place in scenario.of_kind("pump"))),
        ),
        clocks=(mine.gas_clears(), mine.air_ends()),
        gates=(Gate(name="gas", cause="gas", is_open=False, opens="gas_clears"),),
        processes=(Process(name="drain", step=mine.drain(), efforts=(("W5", "rate_m3_h"),)),),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Drain:
    """A flooded district under inflow and pumps: m³ over minutes, effort in m³/h.

    Inflow runs at its full rate until ``inflow_stops_min`` and at ``residual_m3_h`` after;
    the process ends when the volume has come down to ``entry_m3``.

    >>> Drain(start_m3=600, inflow_m3_h=0, inflow_stops_min=0, residual_m3_h=0, entry_m3=0).end_min((600.0,), 0, 60)
    600.0
    """

    start_m3: float
    inflow_m3_h: float
    inflow_stops_min: float
    residual_m3_h: float
    entry_m3: float

    def __post_init__(self) -> None:
        for name in ("start_m3", "inflow_m3_h", "inflow_stops_min", "residual_m3_h", "entry_m3"):
            at_least("drain", name, getattr(self, name), 0)

    def begin(self) -> tuple[float, ...]:
        """The water there is at minute 0."""
        return (self.start_m3,)

    def advance(self, state: tuple[float, ...], from_min: float, to_min: float, effort: float) -> tuple[float, ...]:
        """The water there is at *to_min*, never below nothing."""
        volume = state[0]
        for begin, end, inflow in self._stretches(from_min, to_min):
            volume = max(0.0, volume + (inflow - effort) * (end - begin) / 60.0)
        return (volume,)

    def end_min(self, state: tuple[float, ...], at_min: float, effort: float) -> float | None:
        """When the entry volume is reached at this pumping rate, or None."""
        volume = state[0]
        for begin, end, inflow in self._stretches(at_min, math.inf):
            if volume <= self.entry_m3 and effort >= inflow:
                return begin
            if effort > inflow:
                reached = begin + max(0.0, volume - self.entry_m3) / (effort - inflow) * 60.0
                if reached <= end:
                    return reached
            if end < math.inf:
                volume = max(0.0, volume + (inflow - effort) * (end - begin) / 60.0)
        return None

    def _stretches(self, from_min: float, to_min: float) -> Iterator[tuple[float, float, float]]:
        if from_min < self.inflow_stops_min:
            yield from_min, min(to_min, self.inflow_stops_min), self.inflow_m3_h
        if to_min > self.inflow_stops_min:
            yield max(from_min, self.inflow_stops_min), to_min, self.residual_m3_h


@dataclass(frozen=True)
class _Mine:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    def escape_min(self, place: Place, metres: str) -> float:
        """Minutes on foot under a self-rescuer, slowed by smoke and slope where they are."""
        factors = []
        if place.get("smoke", 0.0) > 0:
            factors.append(self.value("smoke_factor"))
        if place.get("uphill", 0.0) > 0:
            factors.append(self.value("uphill_factor"))
        return walk_min(place.number(metres), hindered_speed_m_s(place.number("speed_m_s"), *factors))

    def crew(self, place: Place) -> Entity:
        """A working crew: those able to leave by themselves, by the way out or to a refuge."""
        people = int(place.number("people")) - int(place.get("injured", 0.0)) - int(place.get("trapped", 0.0))
        out_min = self.escape_min(place, "walk_m")
        to_refuge = out_min > self.value("self_rescuer_min") and place.get("refuge_m", 0.0) > 0
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=people,
            attributes=(
                ("able", float(people > 0)),
                ("by_way_out", float(people > 0 and not to_refuge)),
                ("to_refuge", float(people > 0 and to_refuge)),
                ("out_min", out_min),
                ("refuge_min", self.escape_min(place, "refuge_m") if to_refuge else 0.0),
                ("approach_min", self.approach_min(place)),
                ("round_trip_min", 2 * self.approach_min(place)),
            ),
        )

    def approach_min(self, place: Place) -> float:
        """A rescue team's way in from the shaft."""
        return walk_min(place.number("walk_m"), self.value("approach_m_s"))

    def casualties(self, place: Place) -> Iterator[Entity]:
        """Injured people of a crew, in parties that one squad can bring out."""
        left, most, number = int(place.get("injured", 0.0)), int(self.value("party_people")), 0
        while left > 0:
            number += 1
            people = min(left, most)
            left -= people
            yield Entity(
                key=f"{place.id}/hurt{number}",
                title=f"{place.title}伤员第{number}组",
                title_en=f"{place.title_en or place.title} casualties {number}",
                parent=place.id,
                people=people,
                attributes=(
                    ("approach_min", self.approach_min(place)),
                    ("round_trip_min", 2 * self.approach_min(place)),
                ),
            )

    def trapped(self, place: Place) -> Entity:
        """People above the water who cannot come out."""
        return Entity(
            key=f"{place.id}/trapped",
            title=f"{place.title}被困人员",
            title_en=f"{place.title_en or place.title}, trapped",
            parent=place.id,
            people=int(place.number("trapped")),
            attributes=(("round_trip_min", 2 * self.approach_min(place)),),
        )

    def squad(self, place: Place) -> Entity:
        """A rescue squad at its base, with its drive to the mine."""
        minutes = drive_min(place.number("road_km"), self.value("cruise_km_min"), self.value("acceleration_km_min2"))
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=(("drive_min", minutes), ("on_duty", place.get("on_duty", 1.0))),
        )

    def pump(self, place: Place) -> Entity:
        """A pump with its rate, the time to get it there and the time to fit it."""
        above(f"pump {place.id}", "rate_m3_h", place.number("rate_m3_h"), 0)
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            attributes=tuple((name, place.number(name)) for name in ("rate_m3_h", "borrow_min", "fit_min")),
        )

    def gas_clears(self) -> Clock:
        """When gas and smoke have fallen below the limit for entry."""
        law = Lognormal(median_min=1.0, sigma=self.value("gas_sigma"))
        return Clock(
            name="gas_clears",
            base_min=self.value("gas_clears_min"),
            law=law,
            title="气体降至限值以下",
            title_en="Gas below its limit",
        )

    def refuge_ends(self) -> Clock:
        """When a refuge can no longer keep people alive."""
        return Clock(
            name="refuge_ends",
            base_min=self.value("refuge_hours") * 60.0,
            title="避难硐室保障时限",
            title_en="Refuge exhausted",
        )

    def air_ends(self) -> Clock:
        """When the trapped can no longer hold out without help."""
        law = Lognormal(median_min=1.0, sigma=self.value("air_sigma"))
        return Clock(
            name="air_ends",
            base_min=self.value("air_hours") * 60.0,
            law=law,
            title="被困人员生存时限",
            title_en="Trapped can hold out",
        )

    def drain(self) -> Drain:
        """The flooded district."""
        names = ("start_m3", "inflow_m3_h", "inflow_stops_min", "residual_m3_h", "entry_m3")
        return Drain(**{name: self.value(name) for name in names})
