"""Fire underground: smoke follows the air to one crew after another while they walk out.

A crew that sets out before its last clear moment walks in fresh air; one that is told later puts its self-rescuers
on and walks in smoke, or goes to a refuge if its air would not last. The smoke reaches a crew by the length
of airway between, at the speed of the air, early or late for the whole mine together; crews on the intake side
are never reached. Nobody enters before carbon monoxide and gas are below their limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.durations import Lognormal
from sim.formulas.travel import walk_min
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate
from sim.hazards.endurance import bases_needed
from sim.hazards.mine_accident import Mine
from sim.scenario import Place, Scenario


def mine_fire(scenario: Scenario) -> Contribution:
    """Crews with their clear and their smoky ways, casualties, squads; the smoke's clocks and the gate of the gas."""
    fire = _Fire(Mine(scenario))
    crews = scenario.of_kind("crew")
    return Contribution(
        sets=(
            EntitySet(name="crew", entities=tuple(fire.crew(place) for place in crews)),
            EntitySet(name="casualty", entities=tuple(e for place in crews for e in fire.casualties(place))),
            EntitySet(name="squad", entities=tuple(fire.mine.squad(place) for place in scenario.of_kind("squad"))),
        ),
        clocks=(
            fire.mine.gas_clears(),
            fire.mine.refuge_ends(),
            *(clock for place in crews for clock in fire.clocks(place)),
        ),
        gates=(Gate(name="gas", cause="gas", is_open=False, opens="gas_clears"),),
    )


@dataclass(frozen=True)
class _Fire:
    """The event's numbers, read once by name."""

    mine: Mine

    def clear_min(self, place: Place) -> float:
        """Out on foot while the air is clear, uphill where it is."""
        uphill = ("uphill", place.get("uphill", 0.0))
        return self.mine.escape_min(replace(place, numbers=(*_without(place, "smoke", "uphill"), uphill)), "walk_m")

    def crew(self, place: Place) -> Entity:
        """A crew by its smoky way, as after an explosion, with the clear way beside it."""
        in_smoke = replace(place, numbers=(*_without(place, "smoke"), ("smoke", 1.0)))
        crew = self.mine.crew_in_smoke(in_smoke)
        return replace(
            crew,
            attributes=(
                *crew.attributes,
                ("clear_min", self.clear_min(place)),
                ("hurt", float(place.get("injured", 0.0) > 0)),
            ),
        )

    def casualties(self, place: Place) -> Iterator[Entity]:
        """Injured people of a crew, with the bases to be moved in where the breathing sets do not carry so far."""
        for party in self.mine.casualties(place):
            approach = party.attribute("approach_min") or 0.0
            bases = bases_needed(approach, self.mine.value("apparatus_min"), self.mine.value("back_share"))
            more = (("bases", float(bases)), ("bases_min", bases * self.mine.value("base_min")))
            yield replace(party, attributes=(*party.attributes, *more))

    def smoke_min(self, place: Place) -> float:
        """When the smoke is there: the airway between at the speed of the air; the horizon on the intake side."""
        metres = place.get("airway_m", 0.0)
        return walk_min(metres, self.mine.value("air_m_s")) if metres > 0 else self.mine.scenario.horizon_min

    def clocks(self, place: Place) -> Iterator[Clock]:
        """When smoke reaches a crew, and the last moment at which it still gets out ahead of it."""
        is_reached = place.get("airway_m", 0.0) > 0
        titles = {
            "smoke": ("烟气到达", "Smoke arrives", 0.0),
            "last_clear": ("清洁风流中最晚撤离", "Last moment to leave in clear air", 1.0),
        }
        for name, (title, english, ways) in titles.items():
            yield Clock(
                name=name,
                entity=place.id,
                base_min=self.smoke_min(place),
                law=Lognormal(median_min=1.0, sigma=self.mine.value("smoke_sigma")) if is_reached else None,
                draw_key="smoke",
                offset_min=-ways * self.ahead_min(place) if is_reached else 0.0,
                title=f"{place.title}{title}",
                title_en=f"{place.title_en or place.title}: {english}",
            )

    def ahead_min(self, place: Place) -> float:
        """How long before the smoke a crew must go: the stretch of its way that the smoke takes too."""
        share = min(1.0, place.get("shared_m", 0.0) / max(1.0, place.number("walk_m")))
        return share * self.clear_min(place)


def _without(place: Place, *names: str) -> tuple[tuple[str, float], ...]:
    return tuple((name, value) for name, value in place.numbers if name not in names)
