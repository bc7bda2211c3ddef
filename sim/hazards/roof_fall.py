"""Roof fall: a heading is closed by rock with people behind it, or under it.

The fall is cleared by hand behind fresh timber: a volume worn down by the teams at its face (void balance), each
team giving its full rate until its shift is over and less until it has rested. Beside it a narrow bypass may be driven,
and a pipe or borehole may reach the trapped with air and food first. Nobody works under the fall before
the roof has settled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.figure import above, share
from sim.formulas.travel import walk_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate, Process
from sim.hazards.mine_accident import Drain, Mine, machine, people_and_squads
from sim.scenario import Place, Scenario

CLEARING = (("R5", "clear_m3_h"), ("R5t", "tired_m3_h"), ("R5r", "rested_m3_h"))
"""What a team adds to the clearing when it begins (R5), ends its shift (R5t) and has rested (R5r)."""


def roof_fall(scenario: Scenario) -> Contribution:
    """Crews, the trapped, casualties, squads, clearing teams, the bypass and the pipe; the clearing of the fall."""
    fall = _Fall(Mine(scenario))
    crews = scenario.of_kind("crew")
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(fall.mine.crew_before_water(place) for place in crews)),
            *people_and_squads(fall.mine),
            EntitySet(name="trapped", entities=tuple(e for place in crews for e in fall.mine.trapped(place))),
            *(
                EntitySet(name=kind, entities=tuple(build(place) for place in scenario.of_kind(kind)))
                for kind, build in (("clearing_team", fall.team), ("bypass", fall.bypass), ("pipe", fall.pipe))
            ),
        ),
        clocks=(fall.settles(), fall.mine.air_ends(), fall.fed_ends()),
        gates=(Gate(name="roof", cause="ground", is_open=False, opens="settles"),),
        processes=tuple(fall.clearing()),
    )


@dataclass(frozen=True)
class _Fall:
    """The event's numbers, read once by name."""

    mine: Mine

    def settles(self) -> Clock:
        """When the roof over the fall has come to rest."""
        return self.mine.clock("settles", "settle_min", 1.0, "settle_sigma", ("顶板来压稳定", "The roof has settled"))

    def fed_ends(self) -> Clock:
        """How long the trapped hold out once air and food reach them."""
        return self.mine.clock("fed_ends", "fed_hours", 60.0, "air_sigma", ("供风供食后生存时限", "Held out when fed"))

    def volume_m3(self) -> float:
        """The rock to be moved: length, width and height of the fall, loosened."""
        sizes = [above("fall", name, self.mine.value(name), 0) for name in ("fall_m", "width_m", "height_m")]
        return sizes[0] * sizes[1] * sizes[2] * above("fall", "loosening", self.mine.value("loosening"), 0)

    def clearing(self) -> Iterator[Process]:
        """The fall worn down to nothing by the teams at its face."""
        step = Drain(start_m3=self.volume_m3(), inflow_m3_h=0.0, inflow_stops_min=0.0, residual_m3_h=0.0, entry_m3=0.0)
        yield Process(name="clearing", step=step, efforts=CLEARING)

    def team(self, place: Place) -> Entity:
        """A team that clears and timbers, with its way there and what it moves fresh, tired and rested."""
        rate = place.number("people") * above("clearing", "m3_h_person", self.mine.value("m3_h_person"), 0)
        tired = rate * (1 - share("clearing", "tired_share", self.mine.value("tired_share")))
        return machine(
            place,
            come_min=place.number("come_min"),
            clear_m3_h=rate,
            tired_m3_h=-tired,
            rested_m3_h=tired,
            by_hand=float(place.get("machine", 0.0) <= 0),
        )

    def bypass(self, place: Place) -> Entity:
        """A narrow heading driven past the fall."""
        drive = place.number("length_m") / above("bypass", "advance_m_h", self.mine.value("advance_m_h"), 0) * 60.0
        return machine(place, rig_min=place.number("rig_min"), drive_min=drive)

    def pipe(self, place: Place) -> Entity:
        """A pipe pushed or a hole drilled to the trapped for air, voice and food."""
        push = place.number("length_m") / above("pipe", "push_m_h", self.mine.value("push_m_h"), 0) * 60.0
        approach = walk_min(place.number("walk_m"), self.mine.value("approach_m_s"))
        return machine(place, rig_min=place.number("rig_min") + approach, push_min=push)
