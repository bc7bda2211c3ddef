"""Fire stations and their engines: each station goes in one column, and each engine has come or has not.

A column drives together, so that its first engine is no quicker for having others behind it. What the station's own
pool lacks stays behind: the rest of the column goes without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.formulas.travel import drive_min
from sim.hazards.contribution import NIGHT, Entity, EntitySet, Process
from sim.scenario import Place, Scenario
from sim.steps import CALLED, StepForm

CALLED_BY = "U6c"
"""The task whose end lets a neighbouring station go, where a procedure keeps its units at their post until then."""
ARRIVED_BY = ("U4v", "V5v")
"""The tasks whose end tells that an engine has come: in a building, at a plant."""


@dataclass(frozen=True, slots=True)
class UntilCalled:
    """Units that stay where they are until they are called; any effort is the call.

    >>> from sim.steps import end_min
    >>> end_min(UntilCalled().form, (), 12.0, 0.0), end_min(UntilCalled().form, (), 12.0, 1.0)
    (None, 12.0)
    """

    @property
    def form(self) -> StepForm:
        """A call, which has no numbers."""
        return StepForm(CALLED)

    def begin(self) -> tuple[float, ...]:
        """Nothing is worn down."""
        return ()


def station_sets(scenario: Scenario) -> tuple[EntitySet, EntitySet]:
    """The stations of an event, and their engines and ladder trucks."""
    places = scenario.of_kind("station")
    return (
        EntitySet(name="station", entities=tuple(station(place, scenario) for place in places)),
        EntitySet(name="appliance", entities=tuple(each for place in places for each in appliances(place))),
    )


def station_processes(scenario: Scenario) -> tuple[Process, ...]:
    """Stations at their posts until they are called, engines under way until they have come."""
    places = scenario.of_kind("station")
    at_station = (_until("at_station", (CALLED_BY,), place.id) for place in places)
    under_way = (_until("under_way", ARRIVED_BY, each.key) for place in places for each in appliances(place))
    return (*at_station, *under_way)


def _until(name: str, tasks: tuple[str, ...], entity: str) -> Process:
    return Process(name=name, step=UntilCalled(), efforts=tuple((task, "") for task in tasks), entity=entity)


def station(place: Place, scenario: Scenario) -> Entity:
    """A fire station whose engines and crews come in one column.

    *turnout_factor* is the place's own: how much longer it takes to turn out than the procedure says of stations,
    by day and by night.
    """
    own = place.get("own_county", 1.0) > 0
    minutes = drive_min(
        place.number("road_km"), scenario.value("cruise_km_min"), scenario.value("acceleration_km_min2")
    )
    return Entity(
        key=place.id,
        title=place.title,
        title_en=place.title_en,
        attributes=(
            ("drive_min", minutes),
            (NIGHT, scenario.get(NIGHT, 1.0) * place.get("turnout_factor", 1.0)),
            ("engines", place.number("engines")),
            ("ladders", place.get("ladders", 0.0)),
            ("own_county", float(own)),
            ("reinforcement", float(not own)),
        ),
    )


def appliances(place: Place) -> Iterator[Entity]:
    """The engines and ladder trucks of a station, one by one."""
    engines, ladders = place.number("engines"), place.get("ladders", 0.0)
    for kind, count, title in (("engine", engines, "消防车"), ("ladder", ladders, "举高车")):
        for number in range(1, int(count) + 1):
            yield Entity(
                key=f"{place.id}/{kind}{number}",
                title=f"{place.title}{title}{number}",
                title_en=f"{place.title_en or place.title}, {kind} {number}",
                parent=place.id,
                attributes=(("engine", float(kind == "engine")), ("ladder", float(kind == "ladder"))),
            )
