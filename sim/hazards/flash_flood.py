"""Flash flood in hill country: rain crosses its thresholds, the torrent follows within the hour.

Grids (a hamlet or gully mouth with one person responsible) move on foot to higher ground near by. Three
signals start a grid, whichever comes first: heavy rain at a point of hidden danger, a warning that was called
through and answered, or signs seen on the spot (三个紧急撤离). All clocks of one storm share one draw. What is
not out when the torrent comes is cut off until rescuers can get in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.durations import Lognormal
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate, LocalPool
from sim.hazards.villages import parted
from sim.scenario import Place, Scenario

_TITLES = {
    "heavy_rain": ("强降雨", "Heavy rain"),
    "prepare": ("达到准备转移指标", "Prepare-to-move threshold"),
    "move": ("达到立即转移指标", "Move-at-once threshold"),
    "signs": ("出现征兆", "Signs of the torrent"),
    "torrent": ("山洪到达", "Torrent arrives"),
    "last_walk": ("步行截止", "Last walk"),
    "ebb": ("可进入搜救", "Rescuers can get in"),
}
_WAYS = {
    "walk": ("步行", "walking group"),
    "assisted": ("帮扶", "assisted group"),
    "refuse": ("劝导", "refusing group"),
}


def flash_flood(scenario: Scenario) -> Contribution:
    """Grids and their groups, the clocks of rain and torrent, each grid's own team and leader."""
    flood = _Torrent(scenario)
    grids = scenario.of_kind("grid")
    return Contribution(
        sets=(
            EntitySet(name="grid", entities=tuple(flood.grid(place) for place in grids)),
            EntitySet(name="group", entities=tuple(group for place in grids for group in flood.groups(place))),
        ),
        clocks=tuple(clock for place in grids for clock in flood.clocks(place)),
        gates=tuple(gate for place in grids for gate in _gates(place)),
        local_pools=tuple(pool for place in grids for pool in _own_people(place)),
    )


@dataclass(frozen=True)
class _Torrent:
    """The event's numbers, read once by name."""

    scenario: Scenario

    def value(self, name: str) -> float:
        """A parameter of the event."""
        return self.scenario.value(name)

    def walk_min(self, place: Place) -> float:
        """On foot to high ground, slower at night and in rain."""
        return place.number("walk_m") / self.value("walk_m_per_min") * self.value("night_factor")

    def grid(self, place: Place) -> Entity:
        """A grid with its people, how far rescuers have to come, and whether it has a point of hidden danger."""
        return Entity(
            key=place.id,
            title=place.title,
            title_en=place.title_en,
            people=int(place.number("people")),
            attributes=(
                ("hidden_danger", place.get("hidden_danger", 0.0)),
                ("reach_min", place.number("reach_min")),
                ("messenger_min", place.number("messenger_min")),
                ("road_cut", place.get("road_cut", 0.0)),
            ),
        )

    def groups(self, place: Place) -> Iterator[Entity]:
        """Those who need help on the way, those who walk, and those who refuse at first."""
        people = int(place.number("people"))
        assisted = min(people, int(place.number("vulnerable")))
        refusing = round((people - assisted) * self.value("refusing_share"))
        counts = {"assisted": assisted, "walk": people - assisted - refusing, "refuse": refusing}
        for way, count in counts.items():
            most = int(self.value("assisted_people" if way == "assisted" else "group_people"))
            for number, size in enumerate(parted(count, most), start=1):
                yield self._group(place, way, number, size)

    def _group(self, place: Place, way: str, number: int, people: int) -> Entity:
        slower = self.value("assisted_factor") if way == "assisted" else 1.0
        return Entity(
            key=f"{place.id}/{way}{number}",
            title=f"{place.title}{_WAYS[way][0]}第{number}组",
            title_en=f"{place.title_en or place.title} {_WAYS[way][1]} {number}",
            parent=place.id,
            people=people,
            attributes=(
                ("by_themselves", float(way == "walk")),
                ("assisted", float(way == "assisted")),
                ("willing", float(way != "refuse")),
                ("refusing", float(way == "refuse")),
                ("walk_min", self.walk_min(place) * slower),
                ("reach_min", place.number("reach_min")),
            ),
        )

    def clocks(self, place: Place) -> Iterator[Clock]:
        """Thresholds, signs, torrent and the last moment to leave; one draw for the whole storm."""
        torrent = place.number("torrent_min")
        moments = {
            "heavy_rain": (place.number("heavy_rain_min"), 0.0),
            "prepare": (place.number("prepare_min"), 0.0),
            "move": (place.number("move_min"), 0.0),
            "signs": (torrent, -self.value("signs_lead_min")),
            "torrent": (torrent, 0.0),
            "last_walk": (torrent, -self.walk_min(place)),
            "ebb": (torrent, self.value("ebb_min")),
        }
        for name, (base_min, offset_min) in moments.items():
            yield Clock(
                name=name,
                entity=place.id,
                base_min=base_min,
                law=Lognormal(median_min=1.0, sigma=self.value("storm_sigma")),
                draw_key="storm",
                offset_min=offset_min,
                title=f"{place.title}{_TITLES[name][0]}",
                title_en=f"{place.title_en or place.title}: {_TITLES[name][1]}",
            )


def _gates(place: Place) -> Iterator[Gate]:
    yield Gate(name="path", cause="water", entity=place.id, closes="last_walk")
    yield Gate(name="access", cause="road", entity=place.id, is_open=False, opens="ebb")


def _own_people(place: Place) -> Iterator[LocalPool]:
    yield LocalPool(pool="village_team", entity=place.id, units=int(place.number("village_team")))
    yield LocalPool(pool="grid_leader", entity=place.id, units=int(place.get("grid_leader", 1.0)))
