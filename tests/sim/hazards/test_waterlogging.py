"""Waterlogging: cars drive in until somebody closes the road, pumps work at their own place, basements fill."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.formulas.traffic import VehicleLimits
from sim.hazards.contribution import Contribution
from sim.hazards.models import contribution_of
from sim.hazards.waterlogging import stand_depth_m
from sim.procedure import After, Outcome
from tests.sim.builders import a_network, a_task, played, story
from tests.sim.hazards.events import TOWN, a_place, an_event

UNDERPASS = {
    "starts_min": 20, "rise_cm_min": 2, "road_km": 2, "cars_per_h": 480, "inflow_m3_h": 600, "inflow_stops_min": 60,
    "passable_m3": 100, "reach_min": 10,
}  # fmt: skip
LOW = VehicleLimits(depth_m=1.2, velocity_m_s=4.5, product_m2_s=0.8)


def town(*pumps, **numbers: float) -> Contribution:
    places = (a_place("underpass", "U", **(UNDERPASS | numbers)), a_place("underpass", "W", **UNDERPASS), *pumps)
    return contribution_of(an_event("waterlogging", TOWN, *places))


def strikes(brings: Contribution, entity: str) -> dict[str, float]:
    return {c.name: c.base_min + c.offset_min for c in brings.clocks if c.entity == entity}


def test_an_underpass_is_lost_at_the_depth_a_low_car_loses_its_stand():
    # 0.1 m at 2 cm/min is 5 min after the water comes, 0.3 m is 15 min
    assert strikes(town(), "U") == {"water_comes": 20, "ponding": 25, "road_lost": 35}
    # at 4 m/s the product of 0.8 m2/s is reached at 0.2 m
    assert strikes(town(velocity_m_s=4), "U") == {"water_comes": 20, "ponding": 25, "road_lost": 30}


@given(depth=st.floats(0.01, 3), velocity=st.floats(0, 6))
def test_below_the_depth_of_its_stand_a_car_is_stable_and_above_it_is_not(depth: float, velocity: float):
    limit = stand_depth_m(LOW, velocity)
    if abs(depth - limit) > 1e-9:
        assert (LOW.loss(depth, velocity) is None) == (depth < limit)


def test_three_batches_drive_in_five_minutes_apart():
    brings = town()
    cars = next(group for group in brings.sets if group.name == "car").entities
    assert [car.key for car in cars][:3] == ["U/car1", "U/car2", "U/car3"]
    assert [strikes(brings, f"U/car{n}")["enters"] for n in (1, 2, 3)] == [35, 40, 45]
    assert cars[0].people == 3  # 480 an hour, 5 % drive in, 5 minutes: 2 cars of 1.5
    assert [strikes(brings, f"U/car{n}")["under_water"] for n in (1, 2, 3)] == [90, 90, 90]  # 1.4 m


@pytest.mark.parametrize(("closed_min", "caught"), [(30, 0), (38, 1), (41, 2), (60, 3)])
def test_how_many_are_caught_is_how_late_the_road_is_closed(closed_min: float, caught: int):
    tasks = (
        a_task("close", closed_min, per="underpass"),
        a_task("turned back", 0, "close", per="car", until="enters"),
        a_task("caught", 0, After(task="turned back", when=Outcome.SKIPPED), per="car", release="enters"),
    )
    network = a_network(*tasks, brings=town())
    told = story(network, played(network))
    assert sum(told[f"caught@U/car{n}"] != "skipped" for n in (1, 2, 3)) == caught


def test_a_pump_drains_its_own_underpass_only():
    pump = a_place("pump", "P", at=1, rate_m3_h=900, road_km=2)
    tasks = (a_task("P3", 50, per="pump"), a_task("dry", 0, per="underpass", process="drain"))
    network = a_network(*tasks, brings=town(pump))
    told = story(network, played(network))
    # 300 m3 from minute 20 to 50; 300 m3/h less until 60 leaves 250; then 900 m3/h: 100 m3 after another 10 min
    assert told["dry@U"] == (0, pytest.approx(70, abs=1e-3))
    assert told["dry@W"] == "unfinished"


def test_the_volume_and_the_depth_of_a_place_begin_with_the_same_water():
    """Early or late rain moves the water that the pumps have to lift as it moves the depth."""
    pump = a_place("pump", "P", at=1, rate_m3_h=300, road_km=2)
    places = (a_place("underpass", "U", **UNDERPASS), a_place("underpass", "W", **UNDERPASS), pump)
    brings = contribution_of(an_event("waterlogging", TOWN | {"rain_sigma": 0.5}, *places))
    lost = a_task("lost", 0, per="underpass", release="road_lost")
    network = a_network(a_task("P3", 1, per="pump"), a_task("dry", 0, per="underpass", process="drain"), lost,
                        brings=brings)  # fmt: skip
    ends = set()
    for replication in range(20):
        told = story(network, played(network, 1, replication))
        ends.add(round(told["dry@U"][1]))
        # 300 m3/h stay for 40 min: 200 m3, and 20 min later 100; the road was lost 15 min after the water came
        assert told["dry@U"][1] - told["lost@U"][1] == pytest.approx(40 + 20 - 15, abs=1e-3)
    assert len(ends) > 5


def test_a_basement_counts_down_to_its_sill():
    basement = a_place("basement", "B", people=50, leave_min=10, bags=20, sill_m=0.3, starts_min=10, rise_cm_min=0.5)
    brings = contribution_of(an_event("waterlogging", TOWN, basement))
    assert strikes(brings, "B") == {"over_sill": 70}
