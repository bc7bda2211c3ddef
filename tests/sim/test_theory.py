"""The theory that engines are held against gives the figures of the validation table."""

from fractions import Fraction

import pytest

from tests.sim.theory import (
    BRIDGE,
    DIAMOND,
    criticality,
    makespan_mean,
    makespan_variance,
    md1,
    mg1,
    mm1_longer_share,
    mmc,
    network_mean,
    network_variance,
)


def test_v01_one_server():
    queue = mmc(0.9, 1)
    obtained = (queue.in_system, queue.in_system_time, queue.in_line_time, queue.in_line, mm1_longer_share(0.9, 1, 10))
    assert obtained == pytest.approx((9, 10, 9, 8.1, 0.36788), abs=5e-6)


def test_v02_three_servers():
    queue = mmc(2, 1, servers=3)
    assert (queue.wait_share, queue.in_line_time, queue.in_system) == pytest.approx((4 / 9, 0.44444, 2.88889), abs=5e-6)


@pytest.mark.parametrize(("load", "expected"), [(0.8, 2.0), (0.5, 0.5), (0.9, 4.5)])
def test_v03_fixed_service(load, expected):
    assert md1(load).in_line_time == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("variation", "expected"), [(0.5, 2.5), (1.5, 6.5)])
def test_v04_general_service(variation, expected):
    assert mg1(0.8, 1, variation).in_line_time == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("load", [0.1, 0.5, 0.9])
def test_one_exponential_server_is_both_m_m_c_and_m_g_1(load):
    assert mmc(load, 1) == mg1(load, 1, 1) or mmc(load, 1).in_line_time == pytest.approx(mg1(load, 1, 1).in_line_time)


def test_v10_tasks_on_crews():
    obtained = (makespan_mean(20, 4), makespan_variance(20, 4), makespan_mean(50, 5))
    assert [float(number) for number in obtained] == pytest.approx([6.083333, 2.423611, 11.283333], abs=5e-7)


def test_v11_bridge():
    assert (network_mean(BRIDGE), network_variance(BRIDGE)) == (Fraction(83, 24), Fraction(1663, 576))
    shares = [Fraction(n, 24) for n in (19, 5, 14, 5, 19)]
    assert list(criticality(BRIDGE).values()) == shares


def test_v12_diamond():
    assert (network_mean(DIAMOND), network_variance(DIAMOND)) == (Fraction(7, 2), Fraction(13, 4))
    two_chains = {"a": (), "b": ("a",), "c": (), "d": ("c",)}
    assert network_mean(two_chains) == Fraction(11, 4)
