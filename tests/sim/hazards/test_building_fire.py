"""Building fire: the way out of one party by hand, the clocks of a floor, and who may use which crews when."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.durations import Duration, Fixed
from sim.hazards.contribution import Contribution, Entity
from sim.hazards.models import contribution_of
from sim.procedure import After, Outcome
from tests.sim.builders import a_network, a_pool, a_task, played, story
from tests.sim.hazards.events import BUILDING, a_place, an_event

FLOOR = {"people": 50, "area_m2": 800, "corridor_m": 42, "descent_m": 64.8, "smoke_delay_s": 0}


def floor(name: str = "F", **numbers: float):
    return a_place("floor", name, **(FLOOR | numbers))


def brings(*places, **values: float) -> Contribution:
    return contribution_of(an_event("building", BUILDING | values, *places))


def set_of(contribution: Contribution, name: str) -> tuple[Entity, ...]:
    return next(group.entities for group in contribution.sets if group.name == name)


def times(attribute: str) -> Duration:
    return Duration(law=Fixed(minutes=1), times=attribute)


def egress(premovement: str = "premovement_min") -> tuple:
    return (
        a_task("wait", times(premovement), per="party"),
        a_task("corridor", times("corridor_min"), "wait", per="party"),
        a_task("stairs", times("stairs_min"), "corridor", per="party", pool="stair", gate="stairs", until="untenable"),
        a_task("down", times("descent_min"), "stairs", per="party"),
    )


def test_one_party_on_its_way_out_by_hand():
    network = a_network(*egress(), pools=(a_pool("stair"),), brings=brings(floor()))
    told = story(network, played(network))
    stairs_s = 50 / (1.08 / (4 * 0.266) * 0.82)  # people over the greatest flow through 0.82 m
    assert told["corridor@F/party1"] == (1, pytest.approx(1.5, abs=1e-4))
    assert told["stairs@F/party1"] == (pytest.approx(1.5), pytest.approx(1.5 + stairs_s / 60, abs=1e-4))
    assert told["down@F/party1"][1] == pytest.approx(1.5 + stairs_s / 60 + 1, abs=1e-3)


def test_v32_two_hundred_people_through_one_stair_take_what_the_hydraulic_model_says():
    network = a_network(*egress(), pools=(a_pool("stair"),), brings=brings(floor(people=200)))
    told = story(network, played(network))
    first = min(span[0] for name, span in told.items() if name.startswith("stairs"))
    last = max(span[1] for name, span in told.items() if name.startswith("stairs"))
    assert (last - first) * 60 == pytest.approx(241.5, rel=0.01)  # the handbook rounds 1.015 to 1.01


def test_a_second_stair_halves_the_queue():
    network = a_network(*egress(), pools=(a_pool("stair", 2),), brings=brings(floor(people=200)))
    told = story(network, played(network))
    last = max(span[1] for name, span in told.items() if name.startswith("stairs"))
    assert (last - 1.5) * 60 == pytest.approx(241.5 / 2, rel=0.01)


def test_v31_a_floor_is_lost_when_the_fire_is_large_and_the_smoke_is_there():
    struck = {clock.name: clock.base_min * 60 for clock in brings(floor(smoke_delay_s=100)).clocks}
    assert struck["untenable"] == pytest.approx(413.1 + 100, abs=0.1)
    assert struck["safe_by"] == pytest.approx(0.8 * (413.1 + 100), abs=0.1)


def test_a_party_too_late_for_the_stairs_is_fetched():
    fetch = a_task("fetch", times("fetch_min"), After(task="stairs", when=Outcome.SKIPPED), "arrive", per="party")
    tasks = (*egress(), a_task("arrive", 12), fetch)
    network = a_network(*tasks, pools=(a_pool("stair"),), brings=brings(floor(), premovement_s=600))
    told = story(network, played(network))
    assert (told["stairs@F/party1"], told["down@F/party1"]) == ("skipped", "skipped")
    climb, led = 64.8 / 0.5 / 60, (42 / 1.4 + 64.8 / 1.08) / 0.5 / 60
    assert told["fetch@F/party1"] == (12, pytest.approx(12 + climb + led, abs=1e-3))


@given(people=st.integers(0, 500), most=st.integers(1, 60))
def test_everybody_of_a_floor_is_in_one_party(people: int, most: int):
    parties = set_of(brings(floor(people=people), party_people=most), "party")
    assert sum(party.people for party in parties) == people
    assert len(parties) == math.ceil(people / most)
    assert all(0 < party.people <= most for party in parties)


def test_the_crews_of_a_neighbouring_station_are_not_there_before_they_are_called():
    stations = (
        a_place("station", "own", road_km=1, engines=1, own_county=1),
        a_place("station", "far", road_km=40, engines=2, own_county=0),
    )
    tasks = (
        a_task("post", 0, per="station", only="reinforcement", process="at_station", pool="crew", priority=-9),
        a_task("U6c", 5, per="station", only="reinforcement"),
        a_task("drive", times("drive_min"), "post", per="station", pool="crew", priority=-5),
        a_task("own work", 20, pool="crew"),
        a_task("more work", 20, pool="crew"),
    )
    network = a_network(*tasks, pools=(a_pool("crew", 2),), brings=brings(floor(), *stations))
    told = story(network, played(network))
    arrived = 5 + 0.8 / 0.6 + 40 / 0.8
    assert told["post@far"] == (0, 5)
    assert told["drive@far"] == (5, pytest.approx(arrived))
    assert (told["own work"], told["more work"]) == ((0, 20), (20, 40))


def test_stations_never_called_stay_where_they_are():
    station = a_place("station", "far", road_km=40, engines=2, own_county=0)
    network = a_network(a_task("post", 0, per="station", process="at_station"), brings=brings(floor(), station))
    assert story(network, played(network)) == {"post@far": "unfinished"}
