"""Coal and gas outburst: coal buries the face, gas runs down the return, and the fans must not be touched.

Crews in the return put on self-rescuers against air without oxygen; those at the face may lie under the coal
and are dug out ton by ton. Squads enter from both sides, one by the return and one by the intake, after the
gas has fallen below its limit; nobody digs before the ground has been quiet for a while, for fear of a second
outburst.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.figure import above
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate
from sim.hazards.mine_accident import Mine, people_and_squads
from sim.scenario import Place, Scenario


def outburst(scenario: Scenario) -> Contribution:
    """Crews, the buried, casualties and squads; the gates of the gas and of the quiet ground."""
    burst = _Outburst(Mine(scenario))
    crews = scenario.of_kind("crew")
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(burst.mine.crew_in_smoke(place) for place in crews)),
            *people_and_squads(burst.mine),
            EntitySet(name="buried", entities=tuple(e for place in crews for e in burst.buried(place))),
        ),
        clocks=(burst.mine.gas_clears(), burst.mine.refuge_ends(), burst.mine.air_ends(), burst.quiet()),
        gates=(
            Gate(name="gas", cause="gas", is_open=False, opens="gas_clears"),
            Gate(name="ground", cause="ground", is_open=False, opens="quiet"),
        ),
    )


@dataclass(frozen=True)
class _Outburst:
    """The event's numbers, read once by name."""

    mine: Mine

    def quiet(self) -> Clock:
        """When the ground has been quiet long enough to dig."""
        return self.mine.clock("quiet", "quiet_min", 1.0, "quiet_sigma", ("地压声响平息", "The ground is quiet"))

    def buried(self, place: Place) -> Iterator[Entity]:
        """Parties under the coal, with the tons over each and the minutes one squad digs for them."""
        parties = tuple(self.mine.parties(place, "trapped", "buried", ("埋压人员", "buried")))
        for party in parties:
            tons = place.number("coal_t") / len(parties)
            dig = tons / above("digging", "dig_t_h", self.mine.value("dig_t_h"), 0) * 60.0
            yield Entity(
                key=party.key,
                title=party.title,
                title_en=party.title_en,
                parent=party.parent,
                people=party.people,
                attributes=(*party.attributes, ("tons", tons), ("dig_min", dig), ("carts", float(math.ceil(tons)))),
            )
