"""V31, V32 and the race between fire and crowd."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.formulas import (
    best_density_people_m2,
    best_flow_ps_m,
    crowd_speed_m_s,
    effective_width_m,
    heat_release_kw,
    heat_time_s,
    passage_s,
    required_s,
    safety_margin_s,
    specific_flow_ps_m,
)
from tests.sim.formulas.figures import value

GROWTHS = ("slow", "medium", "fast", "ultra_fast")
PATHS = ("level", "stair_75_10", "stair_70_11", "stair_65_12", "stair_65_13")


@pytest.mark.parametrize(
    ("heat_kw", "expected_s"),
    [(1055, (600.06, 300.03, 150.01, 74.99)), (2000, (826.2, 413.1, 206.5, 103.3))],
)
def test_v31_time_to_a_heat_release(heat_kw, expected_s):
    times = [heat_time_s(heat_kw, value("building_fire", f"growth_{growth}")) for growth in GROWTHS]
    assert times == pytest.approx(expected_s, abs=0.1)


@given(seconds=st.floats(0, 3600), alpha=st.floats(1e-3, 1))
def test_time_is_the_inverse_of_growth(seconds, alpha):
    assert heat_time_s(heat_release_kw(seconds, alpha), alpha) == pytest.approx(seconds, rel=1e-9)


def test_v32_best_density_and_flows():
    flows = [best_flow_ps_m(value("building_fire", f"speed_{path}")) for path in PATHS]
    assert best_density_people_m2() == pytest.approx(1.8797, abs=5e-5)
    assert flows == pytest.approx([1.3158, 0.9398, 1.0150, 1.0902, 1.1560], abs=5e-5)


@pytest.mark.parametrize("path", PATHS)
def test_the_flow_of_the_pack_is_the_best_of_its_speed(path):
    best = best_flow_ps_m(value("building_fire", f"speed_{path}"))
    assert value("building_fire", f"flow_{path}") == pytest.approx(best, rel=0.013)  # the handbook rounds


def test_v32_a_door_and_a_stair():
    door = effective_width_m(0.91, value("building_fire", "boundary_layer"))
    stair = effective_width_m(1.12, value("building_fire", "boundary_layer"))
    assert (door, stair) == pytest.approx((0.61, 0.82), rel=1e-9)
    assert 1.3 * door == pytest.approx(0.793, rel=1e-9)
    assert passage_s(300, 1.3, door) == pytest.approx(378.3, abs=0.05)
    assert passage_s(200, 1.01, stair) == pytest.approx(241.5, abs=0.05)


@given(density=st.floats(0, 8), speed=st.floats(0.3, 2))
def test_no_density_flows_more_than_the_best(density, speed):
    assert 0 <= specific_flow_ps_m(density, speed) <= best_flow_ps_m(speed) * (1 + 1e-12)


@given(thin=st.floats(0, 5), more=st.floats(0, 5))
def test_a_denser_crowd_is_never_faster(thin, more):
    assert crowd_speed_m_s(thin + more, 1.4) <= crowd_speed_m_s(thin, 1.4)


def test_nobody_passes_a_gap_narrower_than_its_boundary():
    assert passage_s(10, 1.3, effective_width_m(0.25, 0.15)) == math.inf


def test_v33_hundred_people_at_a_one_metre_exit():
    assert passage_s(100, 1.33, 1.0) >= 75


def test_the_margin_is_what_the_share_leaves():
    available = heat_time_s(1055, value("building_fire", "growth_fast"))
    assert safety_margin_s(available, required_s(30, 20, 40, 20), 0.8) == pytest.approx(10.01, abs=0.01)
    assert safety_margin_s(available, required_s(30, 20, 60, 20), 0.8) < 0
