"""Villages in the way of water: who rides, walks, goes to relatives or refuses, and which shelter has room.

Shared by every flood from which whole villages move: behind a dike, below a dam.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.durations import Lognormal
from sim.hazards.contribution import Clock, Entity, Gate, LocalPool
from sim.scenario import Place, Scenario


@dataclass(frozen=True)
class Villages:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    def walk_min(self, village: Place) -> float:
        """On foot to the shelter, slower at night and for groups."""
        return village.number("walk_m") / self.value("walk_m_per_min") * self.value("night_factor")

    def ride_min(self, village: Place) -> float:
        """One way by bus."""
        return village.number("road_km") / self.value("bus_km_per_h") * 60.0 * self.value("night_factor")

    def round_trip_min(self, village: Place) -> float:
        """To the village by bus, loading, and back."""
        return 2 * self.ride_min(village) + self.value("bus_loading_min")

    def village(self, place: Place) -> Entity:
        """A village with its people and its ways."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=int(place.number("people")),
            attributes=(("walk_min", self.walk_min(place)), ("ride_min", self.ride_min(place))),
        )

    def groups(self, place: Place) -> Iterator[Entity]:
        """Bus loads, walking groups, those who go to relatives and those who refuse at first.

        From a place too far to walk (``by_vehicle``) everybody who goes to a shelter goes by bus.
        """
        people = int(place.number("people"))
        vulnerable = min(people, int(place.number("vulnerable")))
        able = people - vulnerable
        refusing = round(able * self.value("refusing_share"))
        elsewhere = round((able - refusing) * self.value("to_relatives_share"))
        seats, walkers = int(self.value("bus_seats")), int(self.value("group_people"))
        others = able - refusing - elsewhere
        is_far = place.get("by_vehicle", 0.0) > 0
        yield from self._split(place, "bus", vulnerable + (others if is_far else 0), seats)
        yield from self._split(place, "walk", 0 if is_far else others, walkers)
        yield from self._split(place, "own", elsewhere, walkers)
        yield from self._split(place, "refuse", refusing, seats if is_far else walkers)

    def _split(self, place: Place, way: str, people: int, most: int) -> Iterator[Entity]:
        for number, size in enumerate(parted(people, most), start=1):
            yield self._group(place, way, number, size)

    def _group(self, place: Place, way: str, number: int, people: int) -> Entity:
        is_far = place.get("by_vehicle", 0.0) > 0
        titles = {"bus": "车运", "walk": "步行", "own": "投亲", "refuse": "拒转"}
        english = {"bus": "bus load", "walk": "walking group", "own": "to relatives", "refuse": "refusing"}
        return Entity(
            key=f"{place.id}/{way}{number}",
            title=f"{place.title}{titles[way]}第{number}批",
            title_en=f"{place.title_en or place.title} {english[way]} {number}",
            parent=place.id,
            people=people,
            attributes=(
                ("by_bus", float(way == "bus" or (way == "refuse" and is_far))),
                ("by_foot", float(way == "walk" or (way == "refuse" and not is_far))),
                ("by_own_means", float(way == "own")),
                ("willing", float(way != "refuse")),
                ("refusing", float(way == "refuse")),
                ("to_shelter", float(way != "own")),
                ("walk_min", self.walk_min(place)),
                ("ride_min", self.ride_min(place)),
                ("round_trip_min", self.round_trip_min(place)),
                ("boat_min", place.number("boat_min")),
                ("township", place.get("township", 0.0)),
            ),
        )

    def sheltered(self, groups: list[Entity]) -> list[Entity]:
        """Groups with the extra way to the next shelter where the nearer ones are full.

        Places are given out in the order of the villages, own township first; what finds
        no place is sent on as well, and waits for a place in the run.
        """
        free = [
            [shelter.get("township", 0.0), shelter.number("places")] for shelter in self.scenario.of_kind("shelter")
        ]
        return [self._placed(group, free) for group in groups]

    def _placed(self, group: Entity, free: list[list[float]]) -> Entity:
        if not group.attribute("to_shelter"):
            return _with(group, diverted=0.0, divert_min=0.0)
        township = group.attribute("township")
        for is_own in (True, False):
            for shelter in free:
                if (shelter[0] == township) is is_own and shelter[1] >= group.people:
                    shelter[1] -= group.people
                    return _with(
                        group, diverted=float(not is_own), divert_min=0.0 if is_own else self.value("divert_min")
                    )
        return _with(group, diverted=1.0, divert_min=self.value("divert_min"))

    def lost_ways(self, place: Place, *, base_min: float, offset_min: float, draw_key: str) -> Iterator[Clock]:
        """When water, road and path are lost for a village, with one draw for the whole flood.

        The water comes at ``base_min × draw + offset_min``. The last bus sets out early enough to fetch its
        people and be back by the time the road is lost, the last car and the last walk to be out, each at its
        middling pace: who sets out at the last moment and is slower than that is late by the difference.
        """
        road_lead, path_lead = self.value("road_lead_min"), self.value("path_lead_min")
        offsets = {
            "water": ("进水", "Water arrives", 0.0),
            "road_lost": ("道路中断", "Road lost", -road_lead),
            "last_bus": ("末班车", "Last bus", -road_lead - self.round_trip_min(place)),
            "last_car": ("自驾截止", "Last car", -road_lead - self.ride_min(place)),
            "last_walk": ("步行截止", "Last walk", -path_lead - self.walk_min(place)),
        }
        for name, (title, english, ahead_min) in offsets.items():
            yield Clock(
                name=name,
                entity=place.id,
                base_min=base_min,
                law=Lognormal(median_min=1.0, sigma=self.value("arrival_sigma")),
                draw_key=draw_key,
                offset_min=offset_min + ahead_min,
                title=f"{place.title}{title}",
                title_en=f"{place.title_en or place.title}: {english}",
            )


def ways(place: Place) -> Iterator[Gate]:
    """The road and the path out of a village, and the water a boat needs."""
    yield Gate(name="road", cause="road", entity=place.id, closes="last_bus")
    yield Gate(name="road_by_car", cause="road", entity=place.id, closes="last_car")
    yield Gate(name="path", cause="water", entity=place.id, closes="last_walk")
    yield Gate(name="afloat", cause="clock", entity=place.id, is_open=False, opens="water")


def village_team(place: Place) -> LocalPool:
    """The squads of a village, which serve it alone."""
    return LocalPool(pool="village_team", entity=place.id, units=int(place.number("village_team")))


def parted(people: int, most: int) -> Iterator[int]:
    """The sizes of as few parties as there can be of at most so many people, as equal as they can be.

    >>> list(parted(100, 40))
    [34, 33, 33]
    """
    count = math.ceil(people / most) if people else 0
    for number in range(count):
        yield people // count + (1 if number < people % count else 0)


def _with(entity: Entity, **numbers: float) -> Entity:
    return replace(entity, attributes=entity.attributes + tuple(numbers.items()))
