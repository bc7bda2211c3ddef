"""Fire, outburst and roof fall underground: clear air or smoke, digging, and a fall worn down by teams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.durations import Duration, Fixed
from sim.hazards.contribution import Contribution, Entity
from sim.hazards.endurance import bases_needed, reach_min
from sim.hazards.models import contribution_of
from sim.procedure import After, Outcome
from tests.sim.builders import a_network, a_pool, a_task, played, story
from tests.sim.hazards.events import BELT, BURST, ROOF, a_place, an_event

CREW = {"people": 10, "walk_m": 900, "speed_m_s": 1}


def set_of(brings: Contribution, name: str) -> tuple[Entity, ...]:
    return next(group.entities for group in brings.sets if group.name == name)


def times(attribute: str) -> Duration:
    return Duration(law=Fixed(minutes=1), times=attribute)


# ---- Fire ------------------------------------------------------------------------------------------------------------


def belt(**numbers: float) -> Contribution:
    return contribution_of(an_event("mine_fire", BELT, a_place("crew", "C", **(CREW | numbers))))


def struck(brings: Contribution, entity: str = "C") -> dict[str, float]:
    return {clock.name: clock.base_min + clock.offset_min for clock in brings.clocks if clock.entity == entity}


def test_smoke_comes_by_the_airway_and_leaves_the_shared_way_to_be_walked_ahead_of_it():
    # 1,800 m of air at 1 m/s; of 15 min walking a third lies in the smoke's way too
    assert struck(belt(airway_m=1800, shared_m=300)) == {"smoke": 30, "last_clear": 25}


def test_smoke_never_comes_against_the_air():
    assert struck(belt()) == {"smoke": 1000, "last_clear": 1000}


@pytest.mark.parametrize(
    ("told_min", "how"), [(24, {"clear@C": (24, 39), "in smoke@C": "skipped"}), (26, {"in smoke@C": (26, 56)})]
)
def test_who_is_told_in_time_walks_in_clear_air_and_who_is_not_in_smoke(told_min: float, how: dict):
    tasks = (
        a_task("told", told_min, per="crew"),
        a_task("clear", times("clear_min"), "told", per="crew", until="last_clear"),
        a_task(
            "in smoke",
            times("out_min"),
            "told",
            After(task="clear", when=Outcome.SKIPPED),
            per="crew",
            only="by_way_out",
        ),
    )
    network = a_network(*tasks, brings=belt(airway_m=1800, shared_m=300, walk_m=900, refuge_m=0))
    found = story(network, played(network))
    assert {name: found[name] for name in how} == how  # 900 m: 15 min, at half the speed in smoke 30 min


@pytest.mark.parametrize(("walk_m", "bases"), [(7200, 0), (7260, 1), (14400, 1), (14460, 2)])
def test_a_base_is_moved_in_for_every_half_set_of_way(walk_m: float, bases: int):
    (party,) = set_of(belt(injured=1, walk_m=walk_m), "casualty")  # 7,200 m at 1 m/s is 120 min: half of 4 h
    assert party.attribute("bases") == bases
    assert party.attribute("bases_min") == 45 * bases


@given(way=st.floats(0, 3000), set_min=st.floats(1, 400), back=st.floats(0.01, 1))
def test_no_stretch_between_bases_is_longer_than_a_team_may_go(way: float, set_min: float, back: float):
    stretches = bases_needed(way, set_min, back) + 1
    assert way / stretches <= reach_min(set_min, back) * (1 + 1e-9)
    assert stretches == 1 or way / (stretches - 1) > reach_min(set_min, back) * (1 - 1e-9)


def test_a_squad_that_has_been_in_rests_before_it_goes_again():
    """Three trips of 60 min for two squads, each rest 120 min: the third begins when a squad has rested."""
    crews = tuple(a_place("crew", name, **CREW) for name in "ABC")
    brings = contribution_of(an_event("mine_fire", BELT, *crews))
    tasks = (
        a_task("trip", 60, per="crew", pool="squad"),
        a_task("rest", 120, "trip", per="crew", pool="squad", priority=-1),
    )
    network = a_network(*tasks, pools=(a_pool("squad", 2),), brings=brings)
    told = story(network, played(network))
    assert [told[f"trip@{name}"] for name in "ABC"] == [(0, 60), (0, 60), (180, 240)]


# ---- Outburst --------------------------------------------------------------------------------------------------------


def test_the_buried_are_dug_out_ton_by_ton_when_the_ground_is_quiet():
    crew = a_place("crew", "C", **CREW, trapped=3, coal_t=60)
    brings = contribution_of(an_event("outburst", BURST, crew))
    first, second = set_of(brings, "buried")
    assert (first.people, second.people) == (2, 1)
    assert first.attribute("dig_min") == 300  # 30 t at 6 t/h
    dig = a_task("dig", times("dig_min"), per="buried", gate="ground", pool="place")
    network = a_network(dig, pools=(a_pool("place"),), brings=brings)
    assert story(network, played(network)) == {"dig@C/buried1": (150, 450), "dig@C/buried2": (450, 750)}


def test_nobody_enters_before_the_gas_though_the_ground_is_quiet():
    brings = contribution_of(an_event("outburst", BURST | {"gas_clears_min": 400}, a_place("crew", "C", **CREW)))
    network = a_network(a_task("enter", 10, gate="gas"), a_task("dig", 10, gate="ground"), brings=brings)
    assert story(network, played(network)) == {"enter": (400, 410), "dig": (150, 160)}


# ---- Roof fall -------------------------------------------------------------------------------------------------------


def cleared(*teams, shift_min: float = 0) -> dict:
    """When 10 m × 4 m × 3 m of rock, loosened by half, are moved: 180 m³."""
    brings = contribution_of(an_event("roof_fall", ROOF, *teams, horizon_min=5000))
    tasks = [a_task("R5", times("come_min"), per="clearing_team"), a_task("through", 0, process="clearing")]
    if shift_min:
        tasks += [
            a_task("R5t", shift_min, "R5", per="clearing_team"),
            a_task("R5r", shift_min, "R5t", per="clearing_team"),
        ]
    network = a_network(*tasks, brings=brings, horizon_min=5000)
    return story(network, played(network))


def team(name: str, people: float, come_min: float):
    return a_place("clearing_team", name, people=people, come_min=come_min)


def test_one_team_clears_the_fall_by_hand():
    # 12 people move 6 m³/h: 180 m³ in 30 h after the first hour
    assert cleared(team("A", 12, 60))["through"] == (0, pytest.approx(60 + 1800))


def test_a_second_team_halves_what_is_left():
    # 10 h alone move 60 m³; the other 120 m³ at 12 m³/h take 10 h
    assert cleared(team("A", 12, 0), team("B", 12, 600))["through"] == (0, pytest.approx(1200))


def test_a_team_past_its_shift_gives_half_until_it_has_rested():
    # 5 h at 6, 5 h at 3 = 45 m³; then 135 m³ at 6 m³/h: 22.5 h
    assert cleared(team("A", 12, 0), shift_min=300)["through"] == (0, pytest.approx(600 + 1350))


def test_nobody_clears_for_ever_without_a_team():
    assert cleared()["through"] == "unfinished"


def test_bypass_and_pipe_take_their_length_over_their_rate():
    places = (
        a_place("bypass", "B", length_m=20, rig_min=60),
        a_place("pipe", "P", length_m=12, rig_min=30, walk_m=600),
        a_place("crew", "C", **CREW, trapped=4),
    )
    brings = contribution_of(an_event("roof_fall", ROOF, *places))
    (bypass,), (pipe,) = set_of(brings, "bypass"), set_of(brings, "pipe")
    assert (bypass.attribute("drive_min"), pipe.attribute("push_min"), pipe.attribute("rig_min")) == (1200, 180, 40)
    assert sum(party.people for party in set_of(brings, "trapped")) == 4
