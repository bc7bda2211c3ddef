"""Dam break: seen before or after the breach, the wave at its own time, roads lost where cars lose their stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.contribution import Contribution
from sim.hazards.models import contribution_of
from tests.sim.builders import a_network, a_task, played, story
from tests.sim.hazards.events import DAM, a_place, an_event

VILLAGE = {
    "people": 100, "vulnerable": 40, "walk_m": 600, "road_km": 5, "boat_min": 30, "wave_min": 50, "village_team": 1,
    "depth_m": 2.0, "velocity_m_s": 1.0,
}  # fmt: skip


def below(horizon_min: float = 1000, values: dict[str, float] = DAM, **numbers: float) -> Contribution:
    places = (a_place("village", "V", **(VILLAGE | numbers)), a_place("dam", "D", road_min=30))
    return contribution_of(an_event("dam_break", values, *places, horizon_min=horizon_min))


def strikes(brings: Contribution) -> dict[str, float]:
    return {clock.name: clock.base_min + clock.offset_min for clock in brings.clocks if clock.name != "identified"}


def test_minute_nought_is_the_earliest_moment_the_trouble_could_be_seen():
    identified = next(clock for clock in below().clocks if clock.name == "identified")
    assert identified.law is not None
    assert [identified.law.quantile_min(u) for u in (0.0, 1.0)] == [0, 150]
    assert strikes(below())["breach"] == 120


def test_the_wave_comes_its_travel_time_after_the_breach_and_the_last_bus_is_out_before():
    # road lost 30 min before the wave: 10 min each way, 10 min loading; path lost 10 min before it, 10 min on foot
    assert strikes(below()) == {
        "breach": 120, "water_falls": 1020, "water": 170, "road_lost": 140, "last_bus": 110,
        "last_car": 130, "last_walk": 150,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("depth_m", "velocity_m_s", "last_bus"),
    [(0.5, 1.0, 1000), (0.5, 2.0, 110), (1.3, 0.1, 110), (0.2, 5.0, 110)],  # V21: stable, then caught three ways
)
def test_a_road_is_lost_only_where_the_water_takes_a_low_cars_stand(
    depth_m: float, velocity_m_s: float, last_bus: float
):
    found = strikes(below(depth_m=depth_m, velocity_m_s=velocity_m_s))
    assert (found["last_bus"], found["water"]) == (last_bus, 170)


def test_a_trouble_never_seen_before_the_breach_begins_at_the_breach():
    late = DAM | {"lead_low_min": 0, "lead_mode_min": 10, "lead_high_min": 20}
    assert strikes(below(values=late))["breach"] == 0


def test_teton_by_hand_an_order_at_its_minute_leaves_its_lead():
    """Identified 74 minutes before the breach, told at once, ordered in 10: the wave finds them walking or gone."""
    values = DAM | {"lead_low_min": -74, "lead_mode_min": -74, "lead_high_min": -74}
    brings = below(values=values)
    tasks = (
        a_task("seen", 0, release="identified"),
        a_task("order", 10, "seen"),
        a_task("walk", 90, "order", per="group", only="by_foot", gate="path", until="last_walk"),
        a_task("late", 100, "seen"),
        a_task("walk late", 5, "late", per="group", only="by_foot", gate="path", until="last_walk"),
    )
    network = a_network(*tasks, brings=brings)
    told = story(network, played(network))
    assert told["order"] == (0, 10)
    assert told["walk@V/walk1"] == (10, 100)
    # breach at 74, wave at 124, path lost at 114, and ten minutes of walking: 104 is the last moment
    assert told["walk late@V/walk1"] == (100, 105)


@given(wave=st.floats(1, 300), lead=st.floats(-200, 60))
def test_no_village_sees_the_wave_before_the_breach(wave: float, lead: float):
    values = DAM | {"lead_low_min": lead, "lead_mode_min": lead + 1, "lead_high_min": lead + 2}
    found = strikes(below(values=values, wave_min=wave))
    assert found["water"] >= found["breach"] >= 0
