"""Coal-mine accidents: people walk out against their self-rescuers, teams go in, water is pumped.

Two models share this file's spine. A *gas explosion* fills the roadways with smoke and
gas; crews put on self-rescuers and walk, or wait in a refuge if the way is too long, and
nobody enters before the gas has fallen below its limit and the entry plan is approved. A
*water inrush* cuts ways off; pumps are borrowed, fitted and started one after another
until the level lets the teams in, and a borehole may reach the trapped earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.figure import above, at_least
from sim.formulas.escape import hindered_speed_m_s
from sim.formulas.travel import drive_min, walk_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate, Process
from sim.scenario import Place, Scenario
from sim.steps import DRAIN, StepForm


def gas_explosion(scenario: Scenario) -> Contribution:
    """Crews, casualties and squads; the gas gate and the refuge's clock."""
    mine = Mine(scenario)
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(mine.crew_in_smoke(place) for place in scenario.of_kind("crew"))),
            *people_and_squads(mine),
        ),
        clocks=(mine.gas_clears(), mine.refuge_ends()),
        gates=(Gate(name="gas", cause="gas", is_open=False, opens="gas_clears"),),
    )


def water_inrush(scenario: Scenario) -> Contribution:
    """Crews, the trapped, squads, pumps, boreholes and outlets; the draining of the district."""
    mine = Mine(scenario)
    crews = scenario.of_kind("crew")
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(mine.crew_before_water(place) for place in crews)),
            *people_and_squads(mine),
            EntitySet(name="trapped", entities=tuple(e for p in crews for e in mine.trapped(p))),
            *(
                EntitySet(name=kind, entities=tuple(build(place) for place in scenario.of_kind(kind)))
                for kind, build in (("pump", mine.pump), ("borehole", mine.borehole), ("outlet", mine.outlet))
            ),
        ),
        clocks=(mine.gas_clears(), mine.air_ends(), *(clock for place in crews for clock in mine.ways_lost(place))),
        gates=(Gate(name="gas", cause="gas", is_open=False, opens="gas_clears"),),
        processes=(
            Process(name="drain", step=mine.drain(), efforts=tuple((task, "rate_m3_h") for task in ("W2", "W5", "W7"))),
        ),
    )


def people_and_squads(mine: Mine) -> tuple[EntitySet, EntitySet]:
    crews, squads = mine.scenario.of_kind("crew"), mine.scenario.of_kind("squad")
    return (
        EntitySet(name="casualty", entities=tuple(entity for place in crews for entity in mine.casualties(place))),
        EntitySet(name="squad", entities=tuple(mine.squad(place) for place in squads)),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Drain:
    """A flooded district under inflow and pumps: m³ over minutes, effort in m³/h.

    Inflow runs at its full rate until ``inflow_stops_min`` and at ``residual_m3_h`` after;
    the process ends when the volume has come down to ``entry_m3``.

    >>> from sim.steps import end_min
    >>> dry = Drain(start_m3=600, inflow_m3_h=0, inflow_stops_min=0, residual_m3_h=0, entry_m3=0)
    >>> end_min(dry.form, dry.begin(), 0, 60)
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

    @property
    def form(self) -> StepForm:
        """The district in numbers."""
        return StepForm(DRAIN, (self.inflow_m3_h, self.inflow_stops_min, self.residual_m3_h, self.entry_m3))

    def begin(self) -> tuple[float, ...]:
        """The water there is at minute 0."""
        return (float(self.start_m3),)


@dataclass(frozen=True)
class Mine:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    # -- those who can leave by themselves -------------------------------------------

    def able(self, place: Place) -> int:
        """People of a crew who are neither injured nor trapped."""
        people = place.number("people") - place.get("injured", 0.0) - place.get("trapped", 0.0)
        return int(at_least(f"crew {place.id}", "people less injured and trapped", people, 0))

    def escape_min(self, place: Place, metres: str) -> float:
        """Minutes on foot, slowed by smoke and slope where they are."""
        factors = []
        if place.get("smoke", 0.0) > 0:
            factors.append(self.value("smoke_factor"))
        if place.get("uphill", 0.0) > 0:
            factors.append(self.value("uphill_factor"))
        return walk_min(place.number(metres), hindered_speed_m_s(place.number("speed_m_s"), *factors))

    def crew_in_smoke(self, place: Place) -> Entity:
        """A crew after an explosion: by the way out, or to a refuge if that way is longer than the air carried."""
        out_min = self.escape_min(place, "walk_m")
        is_too_long = place.get("smoke", 0.0) > 0 and out_min > self.value("self_rescuer_min")
        to_refuge = is_too_long and place.get("refuge_m", 0.0) > 0
        refuge_min = self.escape_min(place, "refuge_m") if to_refuge else 0.0
        return self.crew(place, out_min=out_min, refuge_min=refuge_min, to_refuge=to_refuge)

    def crew_before_water(self, place: Place) -> Entity:
        """A crew after an inrush: everybody able goes up and out."""
        return self.crew(place, out_min=self.escape_min(place, "walk_m"), refuge_min=0.0, to_refuge=False)

    def crew(self, place: Place, *, out_min: float, refuge_min: float, to_refuge: bool) -> Entity:
        people = self.able(place)
        felt, smoke = place.get("felt", 0.0) > 0, place.get("smoke", 0.0) > 0
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=people,
            attributes=(
                ("able", float(people > 0)),
                ("felt", float(people > 0 and felt)),
                ("called", float(people > 0 and not felt)),
                ("breathing", float(people > 0 and smoke)),
                ("by_way_out", float(people > 0 and not to_refuge)),
                ("to_refuge", float(people > 0 and to_refuge)),
                ("searched", float(to_refuge or place.get("injured", 0.0) > 0)),
                ("out_min", out_min),
                ("refuge_min", refuge_min),
                *self.ways_in(place),
            ),
        )

    def ways_lost(self, place: Place) -> Iterator[Clock]:
        """When the water cuts a crew's way, and the last moment to set out; never where no ``cut_min`` is given."""
        titles = {
            "way_lost": ("退路被淹", "Way out flooded", 0.0),
            "last_way": ("最晚撤离时刻", "Last moment to leave", 1.0),
        }
        cut_min = place.get("cut_min", 0.0)
        law = Lognormal(median_min=1.0, sigma=self.value("cut_sigma")) if cut_min else None
        for name, (title, english, ways) in titles.items():
            yield Clock(
                name=name,
                entity=place.id,
                base_min=cut_min or self.scenario.horizon_min,
                law=law,
                draw_key="water",
                offset_min=-ways * self.escape_min(place, "walk_m") if cut_min else 0.0,
                title=f"{place.title}{title}",
                title_en=f"{place.title_en or place.title}: {english}",
            )

    # -- those who must be fetched ---------------------------------------------------

    def ways_in(self, place: Place) -> tuple[tuple[str, float], ...]:
        """A squad's way in from the shaft, and back with stretchers, in minutes."""
        approach = walk_min(place.number("walk_m"), self.value("approach_m_s"))
        back = approach / above("rescue", "carry_factor", self.value("carry_factor"), 0)
        return (("approach_min", approach), ("carry_min", back), ("round_trip_min", 2 * approach))

    def casualties(self, place: Place) -> Iterator[Entity]:
        """Injured people of a crew, in parties that one squad can bring out."""
        yield from self.parties(place, "injured", "hurt", ("伤员", "casualties"))

    def trapped(self, place: Place) -> Iterator[Entity]:
        """People above the water who cannot come out, in parties that one squad can bring out."""
        yield from self.parties(place, "trapped", "trapped", ("被困人员", "trapped"))

    def parties(self, place: Place, number: str, key: str, titles: tuple[str, str]) -> Iterator[Entity]:
        people, most = int(place.get(number, 0.0)), int(above("rescue", "party_people", self.value("party_people"), 0))
        for index, first in enumerate(range(0, people, most), start=1):
            yield Entity(
                key=f"{place.id}/{key}{index}",
                title=f"{place.title}{titles[0]}第{index}组",
                title_en=f"{place.title_en or place.title} {titles[1]} {index}",
                parent=place.id,
                people=min(most, people - first),
                attributes=self.ways_in(place),
            )

    # -- teams and machines ----------------------------------------------------------

    def squad(self, place: Place) -> Entity:
        """A rescue squad at its base: on duty with a vehicle, on duty at the mine on foot, or standby."""
        on_foot, standby = place.get("on_foot", 0.0) > 0, place.get("on_duty", 1.0) <= 0
        return machine(
            place,
            drive_min=drive_min(
                place.number("road_km"), self.value("cruise_km_min"), self.value("acceleration_km_min2")
            ),
            on_foot=float(on_foot),
            on_duty=float(not on_foot and not standby),
            standby=float(standby),
            by_vehicle=float(not on_foot),
        )

    def pump(self, place: Place) -> Entity:
        """A pump with its rate; a borrowed one with the time to get it there and to fit it."""
        rate = above(f"pump {place.id}", "rate_m3_h", place.number("rate_m3_h"), 0)
        fixed = place.get("fixed", 0.0) > 0
        return machine(
            place,
            rate_m3_h=rate,
            fixed=float(fixed),
            borrowed=float(not fixed),
            borrow_min=place.get("borrow_min", 0.0),
            fit_min=place.get("fit_min", 0.0),
        )

    def borehole(self, place: Place) -> Entity:
        """A borehole to the trapped: the rig's journey, its site, and the drilling."""
        drill = place.number("depth_m") / above("drilling", "drill_m_h", self.value("drill_m_h"), 0) * 60.0
        return machine(place, rig_min=place.number("rig_min"), site_min=place.number("site_min"), drill_min=drill)

    def outlet(self, place: Place) -> Entity:
        """Lower or old workings that take water once it is let in."""
        return machine(place, rate_m3_h=above(f"outlet {place.id}", "rate_m3_h", place.number("rate_m3_h"), 0))

    # -- clocks and the water --------------------------------------------------------

    def gas_clears(self) -> Clock:
        """When gas and smoke have fallen below the limit for entry."""
        return self.clock("gas_clears", "gas_clears_min", 1.0, "gas_sigma", ("气体降至限值以下", "Gas below its limit"))

    def refuge_ends(self) -> Clock:
        """When a refuge can no longer keep people alive."""
        return self.clock("refuge_ends", "refuge_hours", 60.0, "", ("避难硐室保障时限", "Refuge exhausted"))

    def air_ends(self) -> Clock:
        """When the trapped can no longer hold out without help."""
        return self.clock("air_ends", "air_hours", 60.0, "air_sigma", ("被困人员生存时限", "Trapped can hold out"))

    def clock(self, name: str, value: str, minutes_each: float, sigma: str, titles: tuple[str, str]) -> Clock:
        return Clock(
            name=name,
            base_min=self.value(value) * minutes_each,
            law=Lognormal(median_min=1.0, sigma=self.value(sigma)) if sigma else None,
            title=titles[0],
            title_en=titles[1],
        )

    def drain(self) -> Drain:
        """The flooded district."""
        names = ("start_m3", "inflow_m3_h", "inflow_stops_min", "residual_m3_h", "entry_m3")
        return Drain(**{name: self.value(name) for name in names})


def machine(place: Place, **attributes: float) -> Entity:
    return Entity(key=place.id, title=place.title, title_en=place.title_en, attributes=tuple(attributes.items()))
