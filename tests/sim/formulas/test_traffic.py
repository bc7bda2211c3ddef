"""V18-V21 and the laws of roads and queues."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SimError
from sim.formulas import Loss, Road, VehicleLimits, loaded_min, point_queue, rayleigh_a, warned_share
from tests.sim.formulas.figures import value

CLASSES = ("a10", "a20", "a30", "a40", "a50", "a70")


def a_road(name: str) -> Road:
    fields = ("lanes", "free_speed", "jam_density", "break_density", "stop_go_speed", "power")
    lanes, free, jam, break_, stop_go, power = (value("flood", f"road_{name}_{field}") for field in fields)
    return Road(lanes=int(lanes), free_mph=free, jam_veh_mi=jam, break_veh_mi=break_, stop_go_mph=stop_go, power=power)


def a_vehicle(clearance: str) -> VehicleLimits:
    depth, velocity, product = (value("flood", f"{clearance}_{field}") for field in ("depth", "velocity", "product"))
    return VehicleLimits(depth_m=depth, velocity_m_s=velocity, product_m2_s=product)


def rayleigh_departures(people: float, capacity_per_h: float):
    a = rayleigh_a(30)
    return point_queue(lambda minute: people * warned_share(minute, a, 2), capacity_per_h / 60, until_min=260)


def test_v18_speeds_on_a_secondary_road():
    road = a_road("a30")
    speeds = [road.intercept_mph, *(road.speed_mph(density) for density in (40, 80, 120, 160))]
    assert speeds == pytest.approx([59.922, 35.456, 17.980, 7.495, 4.0], abs=5e-4)


def test_v18_best_flow_on_a_secondary_road():
    road = a_road("a30")
    assert road.lane_capacity_veh_h == pytest.approx(1551, abs=1)
    assert road.best_density_veh_mi == pytest.approx(59.4, abs=0.05)
    assert road.capacity_veh_h == 2 * road.lane_capacity_veh_h


@pytest.mark.parametrize("name", CLASSES)
def test_no_density_carries_more_than_the_capacity(name):
    road = a_road(name)
    flows = [road.flow_veh_h(density / 10) for density in range(int(road.jam_veh_mi * 10) + 1)]
    assert max(flows) <= road.lane_capacity_veh_h * (1 + 1e-12)
    assert max(flows) == pytest.approx(road.lane_capacity_veh_h, rel=1e-4)


@pytest.mark.parametrize("name", CLASSES)
def test_speed_never_rises_with_density(name):
    road = a_road(name)
    speeds = [road.speed_mph(density) for density in range(201)]
    assert all(fast >= slow for fast, slow in pairwise(speeds))
    assert speeds[0] == road.free_mph
    assert speeds[-1] == road.stop_go_mph


def test_the_two_regimes_meet_at_the_break():
    road = a_road("a10")
    assert road.speed_mph(road.break_veh_mi + 1e-9) == pytest.approx(road.free_mph, rel=1e-9)


def test_a_road_that_jams_before_it_breaks_is_refused():
    with pytest.raises(SimError) as refused:
        Road(lanes=1, free_mph=35, jam_veh_mi=20, break_veh_mi=23, stop_go_mph=4, power=2)
    assert refused.value.code == "bounds-out-of-order"


@pytest.mark.parametrize(
    ("ratio", "expected"), [(0.5, 1.00938), (0.8, 1.06144), (1, 1.15), (1.2, 1.31104), (1.5, 1.75938), (2, 3.4)]
)
def test_v20_road_time_under_load(ratio, expected):
    alpha, beta = value("flood", "load_alpha"), value("flood", "load_beta")
    assert loaded_min(1, ratio, alpha, beta) == pytest.approx(expected, abs=6e-6)


@pytest.mark.parametrize(
    ("depth_m", "velocity_m_s", "loss"),
    [(0.5, 1.0, None), (0.5, 2.0, Loss.PRODUCT), (1.3, 0.1, Loss.DEPTH), (0.2, 5.0, Loss.VELOCITY)],
)
def test_v21_where_a_low_and_a_high_vehicle_are_caught(depth_m, velocity_m_s, loss):
    assert a_vehicle("low_clearance").loss(depth_m, velocity_m_s) is loss
    assert a_vehicle("high_clearance").loss(depth_m, velocity_m_s) is None


@given(depth_m=st.floats(0, 3), velocity_m_s=st.floats(0, 8), deeper=st.floats(0, 1), faster=st.floats(0, 1))
def test_more_water_never_frees_a_vehicle(depth_m, velocity_m_s, deeper, faster):
    vehicle = a_vehicle("low_clearance")
    if vehicle.loss(depth_m, velocity_m_s):
        assert vehicle.loss(depth_m + deeper, velocity_m_s + faster)


@pytest.mark.parametrize(
    ("people", "capacity_per_h", "expected_min", "longest"),
    [
        (1800, 900, (63.8, 111.8, 122.6), 715),
        (1800, 1800, (38.1, 64.4, 91.0), 109),
        (3000, 900, (102.3, 182.3, 200.3), 1787),
    ],
)
def test_v19_fluid_limit_of_departures_into_a_bottleneck(people, capacity_per_h, expected_min, longest):
    queue = rayleigh_departures(people, capacity_per_h)
    passed = [queue.passed_min(people * share) for share in (0.5, 0.9, 0.99)]
    assert passed == pytest.approx(expected_min, abs=0.06)
    assert queue.longest == pytest.approx(longest, abs=1)


@given(people=st.integers(50, 5000), capacity_per_h=st.integers(60, 3000))
def test_a_queue_passes_no_more_than_came_and_no_faster_than_it_can(people, capacity_per_h):
    a = rayleigh_a(30)
    queue = point_queue(lambda t: people * warned_share(t, a, 2), capacity_per_h / 60, until_min=120, step_min=1)
    assert all(went <= came for came, went in zip(queue.arrived, queue.passed, strict=True))
    gains = [after - before for before, after in pairwise(queue.passed)]
    assert min(gains) >= -1e-9
    assert max(gains) <= capacity_per_h / 60 + 1e-6


def test_what_does_not_pass_in_time_is_never():
    assert point_queue(lambda _: 100.0, capacity_per_min=1, until_min=50).passed_min(51) == float("inf")
