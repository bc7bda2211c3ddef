"""River flood: nobody is lost between the groups, and roads and paths are lost before the water comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.durations import Duration, Fixed
from sim.formulas import bus_waves
from sim.hazards.contribution import Contribution
from sim.hazards.models import contribution_of
from sim.procedure import After, Outcome
from tests.sim.builders import a_network, a_pool, a_task, played, story
from tests.sim.hazards.events import RIVER, a_place, an_event

VILLAGE = {
    "people": 100,
    "vulnerable": 40,
    "walk_m": 600,
    "road_km": 5,
    "boat_min": 30,
    "arrival_min": 300,
    "village_team": 1,
}


def village(**numbers: float) -> Contribution:
    return contribution_of(an_event("river", RIVER, a_place("village", "V", **(VILLAGE | numbers))))


def set_of(brings: Contribution, name: str):
    return next(group.entities for group in brings.sets if group.name == name)


@given(people=st.integers(0, 5000), frail=st.integers(0, 5000), refusing=st.floats(0, 1), elsewhere=st.floats(0, 1))
def test_everybody_of_a_village_is_in_one_group(people: int, frail: int, refusing: float, elsewhere: float):
    values = RIVER | {"refusing_share": refusing, "to_relatives_share": elsewhere}
    event = an_event("river", values, a_place("village", "V", **(VILLAGE | {"people": people, "vulnerable": frail})))
    groups = set_of(contribution_of(event), "group")
    assert sum(group.people for group in groups) == people
    ways = ("by_bus", "by_foot", "by_own_means")
    assert all(sum(group.attribute(way) for way in ways) == 1 for group in groups)


def test_a_village_of_a_hundred_is_split_by_hand():
    groups = {group.key: group.people for group in set_of(village(), "group")}
    assert groups == {"V/bus1": 40, "V/walk1": 32, "V/own1": 22, "V/refuse1": 6}


def test_the_last_bus_leaves_in_time_to_be_out_before_the_road_goes():
    struck = {clock.name: clock.base_min + clock.offset_min for clock in village().clocks}
    assert struck == {
        "water_falls": 900,
        "water": 300,
        "road_lost": 270,
        "last_bus": 240,
        "last_car": 260,
        "last_walk": 280,
    }


def test_a_group_too_late_for_the_bus_is_fetched_by_boat_after_the_water():
    ride = a_task("ride", 20, "ready", per="group", only="by_bus", gate="road", until="last_bus")
    boat = a_task("boat", 30, After(task="ride", when=Outcome.SKIPPED), per="group", gate="afloat", pool="boats")
    network = a_network(a_task("ready", 261), ride, boat, pools=(a_pool("boats"),), brings=village())
    assert story(network, played(network)) == {"ready": (0, 261), "ride@V/bus1": "skipped", "boat@V/bus1": (300, 330)}


@given(people=st.integers(1, 900), buses=st.integers(1, 9))
def test_buses_go_in_as_many_waves_as_their_seats_ask_for(people: int, buses: int):
    values = RIVER | {"refusing_share": 0, "to_relatives_share": 0, "bus_loading_min": 10}
    place = a_place("village", "V", **(VILLAGE | {"people": people, "vulnerable": people, "arrival_min": 5000}))
    round_trip = Duration(law=Fixed(minutes=1), times="round_trip_min")  # 5 km each way at 30 km/h, and 10 min: 30 min
    network = a_network(
        a_task("ride", round_trip, per="group", only="by_bus", gate="road", pool="bus"),
        pools=(a_pool("bus", buses),),
        brings=contribution_of(an_event("river", values, place)),
        horizon_min=5000,
    )
    ends = [passage.finish for passage in played(network).passages]
    assert max(ends) == 30 * 60_000 * bus_waves(people, buses, 40)


@pytest.mark.parametrize(("places", "diverted"), [(40, 0), (39, 1)])
def test_a_bus_load_without_a_place_in_its_township_is_sent_on(places: int, diverted: int):
    event = an_event(
        "river",
        RIVER | {"refusing_share": 0, "to_relatives_share": 1},
        a_place("village", "V", **VILLAGE, township=1),
        a_place("shelter", "S1", township=1, places=places),
        a_place("shelter", "S2", township=2, places=500),
    )
    bus = next(group for group in set_of(contribution_of(event), "group") if group.key == "V/bus1")
    assert bus.attribute("diverted") == diverted
