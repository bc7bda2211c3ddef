"""V17, V22 and the laws of a warning curve."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SimError
from sim.formulas import dam_failure_deaths, mean_warned_min, rayleigh_a, told_people, warned_after_min, warned_share
from tests.sim.formulas.figures import value

a_rates = st.floats(1e-5, 0.5)
b_shapes = st.floats(0.5, 4)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(10, 0.05404), (20, 0.19926), (30, 0.39347), (45, 0.67535), (60, 0.86466), (90, 0.98889)],
)
def test_v17_share_warned_on_the_rayleigh_curve(minutes, expected):
    assert warned_share(minutes, 1 / 1800, 2) == pytest.approx(expected, abs=5e-6)


def test_v17_times_of_the_rayleigh_curve():
    times = [warned_after_min(0.5, 1 / 1800, 2), warned_after_min(0.9, 1 / 1800, 2), mean_warned_min(1 / 1800, 2)]
    assert times == pytest.approx([35.322, 64.379, 37.599], abs=5e-4)


def test_the_pack_holds_the_curve_of_v17():
    assert rayleigh_a(value("flood", "alert_sigma")) == pytest.approx(1 / 1800, rel=1e-12)


@given(a=a_rates, b=b_shapes, first=st.floats(0, 1000), more=st.floats(0, 1000))
def test_nobody_forgets_a_warning(a, b, first, more):
    assert 0 <= warned_share(first, a, b) <= warned_share(first + more, a, b) <= 1


@given(a=a_rates, b=b_shapes, share=st.floats(0, 0.99), reach=st.floats(0.1, 1))
def test_time_of_a_share_is_the_inverse_of_share_by_a_time(a, b, share, reach):
    minutes = warned_after_min(share * reach, a, b, reach)
    assert warned_share(minutes, a, b, reach) == pytest.approx(share * reach, rel=1e-9, abs=1e-12)


def test_a_share_beyond_reach_is_never_warned():
    assert warned_after_min(0.9, 1 / 1800, 2, reach_share=0.87) == math.inf


def test_told_people_solve_their_equation():
    broadcast, contagion, people = 0.02, 0.10, 1000.0
    told, step = 0.0, 0.001
    for _ in range(int(30 / step)):
        told += step * (broadcast + contagion * told / people) * (people - told)
    assert told_people(30, people, broadcast, contagion) == pytest.approx(told, rel=1e-4)


def test_without_contagion_the_broadcast_alone_is_exponential():
    assert told_people(10, 500, 0.05, 0) == pytest.approx(500 * (1 - math.exp(-0.5)), rel=1e-12)


@pytest.mark.parametrize(
    ("warning_h", "low_force", "high_force"),
    [(0, 3.59, 137.59), (0.5, 2.46, 34.68), (1, 1.68, 8.02), (2, 0.79, 0.41)],
)
def test_v22_deaths_by_dekay_and_mcclelland(warning_h, low_force, high_force):
    assert dam_failure_deaths(1000, warning_h, high_force=False) == pytest.approx(low_force, abs=0.01)
    assert dam_failure_deaths(1000, warning_h, high_force=True) == pytest.approx(high_force, abs=0.01)


def test_a_curve_without_rate_is_refused():
    with pytest.raises(SimError, match="a must be > 0"):
        warned_share(10, 0, 2)
