"""V25-V28: pumping, rising water, trapped air, and men on foot."""

import math
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SimError
from sim.formulas import (
    Flow,
    Void,
    caches_needed,
    crossing_min,
    design_speed_m_s,
    effective_area_m2,
    hindered_speed_m_s,
    hours_to_move,
    level_rate_m_h,
    oxygen_litres,
    pump,
    reach_m,
    refuge_hours,
    trapped_air_share,
    turn_back_min,
    volume_after_m3,
    walk_min,
)
from tests.sim.formulas.figures import value

flows = st.lists(
    st.builds(
        lambda rate, start, length: Flow(rate_m3_h=rate, start_min=start, end_min=start + length),
        rate=st.floats(-900, 900),
        start=st.floats(0, 500),
        length=st.floats(0, 500),
    ),
    max_size=6,
).map(tuple)


def test_v25_wangjialing_pumping():
    area = effective_area_m2(44_200, 0.95)
    fall = level_rate_m_h(-value("mine", "pumps_total"), area)
    assert crossing_min(0, 44_200, (pump(650),), until_min=10_000) == pytest.approx(68 * 60, rel=0.005)
    assert area == pytest.approx(46_526, rel=0.005)
    assert fall * 100 == pytest.approx(-3.19, rel=0.005)
    assert hours_to_move(-1, fall) == pytest.approx(31.3, rel=0.005)


@pytest.mark.parametrize(("extra_m3_h", "hours"), [(0, 87.5), (900, 54.5)])
def test_v25_time_to_pump_out_wangjialing(extra_m3_h, hours):
    pumps = (pump(value("mine", "pumps_total")), pump(extra_m3_h))
    assert crossing_min(0, 130_000, pumps, until_min=10_000) == pytest.approx(hours * 60, rel=0.005)


def test_v25_level_of_a_void_follows_the_balance():
    void = Void(levels_m=(0, 10), volumes_m3=(0, 465_260))
    start = void.volume_m3(5)
    after = volume_after_m3(31.33 * 60, start, (pump(1485),))
    assert void.level_m(after) == pytest.approx(4.0, abs=0.005)


def test_v26_shanmushu_rise_walk_and_clock():
    flooded = datetime.fromisoformat("2019-12-14T15:26")
    first, last = (datetime.fromisoformat(f"2019-12-18T{clock}") for clock in ("05:55", "08:00"))
    assert hours_to_move(8, value("mine", "rise_rate")) == pytest.approx(17.98, rel=0.005)
    assert walk_min(10_000, 1.389) / 60 == pytest.approx(2.0, rel=0.005)
    waits_h = [(moment - flooded).total_seconds() / 3600 for moment in (first, last)]
    assert waits_h == pytest.approx([86.48, 88.57], rel=0.005)


@pytest.mark.parametrize(("head_m", "expected"), [(2, 0.83779), (5, 0.67384), (8, 0.56356), (10, 0.50812)])
def test_v27_air_left_under_water(head_m, expected):
    assert trapped_air_share(head_m, value("mine", "atmosphere_head")) == pytest.approx(expected, abs=5e-6)


def test_v27_oxygen_of_a_refuge():
    rate = value("mine", "refuge_oxygen")
    assert oxygen_litres(1, value("mine", "refuge_hours"), rate) == 2880
    assert refuge_hours(2880 * 12, 12, rate) == 96


@pytest.mark.parametrize(
    ("name", "expected"), [("low", 0.37253), ("stoop", 0.55880), ("bent", 0.74507), ("upright", 0.96520)]
)
def test_v28_speed_implied_by_cache_spacing(name, expected):
    spacing_m = value("mine", f"cache_spacing_{name}") * 0.3048
    speed = design_speed_m_s(spacing_m, value("mine", "cache_walk"))
    assert speed == pytest.approx(expected, abs=5e-6)
    assert value("mine", f"escape_speed_{name}") == pytest.approx(speed, abs=5e-6)


def test_v28_a_long_drift_needs_two_caches():
    minutes, effective = walk_min(3000, 0.745), value("mine", "self_rescuer_effective")
    assert minutes == pytest.approx(67.1, abs=0.05)
    assert minutes > effective
    assert caches_needed(minutes, effective) == 2


@given(minutes=st.floats(0, 600), effective=st.floats(5, 120))
def test_the_caches_are_enough_and_none_is_spare(minutes, effective):
    sets = caches_needed(minutes, effective) + 1
    assert sets * effective >= minutes * (1 - 1e-12)
    assert sets == 1 or (sets - 1) * effective < minutes


def test_reach_slows_with_smoke_and_slope():
    speed = hindered_speed_m_s(1.0, 0.5, 0.5)
    assert reach_m(speed, 29) == pytest.approx(435)


def test_a_squad_turns_back_at_half_its_air():
    assert turn_back_min(value("mine", "apparatus"), reserve_share=0) == 120


@given(start_m3=st.floats(0, 5000), flows=flows, first=st.floats(0, 500), more=st.floats(0, 500))
def test_water_is_never_negative_and_may_be_followed_in_two_parts(start_m3, flows, first, more):
    whole = volume_after_m3(first + more, start_m3, flows)
    later = tuple(
        Flow(rate_m3_h=flow.rate_m3_h, start_min=flow.start_min - first, end_min=flow.end_min - first) for flow in flows
    )
    assert whole >= 0
    assert volume_after_m3(more, volume_after_m3(first, start_m3, flows), later) == pytest.approx(whole, abs=1e-6)


@given(start_m3=st.floats(1, 5000), flows=flows, target_m3=st.floats(1, 5000))
def test_at_the_crossing_the_void_holds_the_target(start_m3, flows, target_m3):
    minute = crossing_min(target_m3, start_m3, flows, until_min=1000)
    if minute is not None:
        assert volume_after_m3(minute, start_m3, flows) == pytest.approx(target_m3, abs=1e-6)


def test_a_pump_that_starts_later_ends_later():
    times = [crossing_min(0, 1000, (pump(500, start_min=start),), until_min=900) for start in (0, 60, 300)]
    assert times == [120, 180, 420]
    assert crossing_min(0, 1000, (pump(500, start_min=800),), until_min=900) is None


@given(volumes=st.lists(st.floats(1, 1000), min_size=1, max_size=5), level_m=st.floats(0, 12))
def test_level_is_the_inverse_of_volume(volumes, level_m):
    heights = tuple(float(i) for i in range(len(volumes) + 1))
    below = tuple(sum(volumes[:i]) for i in range(len(volumes) + 1))
    void = Void(levels_m=heights, volumes_m3=below)
    assert void.level_m(void.volume_m3(level_m)) == pytest.approx(level_m, abs=1e-6)


@given(heads=st.lists(st.floats(0, 200), min_size=2))
def test_more_head_leaves_less_air(heads):
    shares = [trapped_air_share(head) for head in sorted(heads)]
    assert all(more >= less for more, less in pairwise(shares))


def test_water_that_moves_away_never_arrives():
    assert hours_to_move(1, -0.1) == math.inf


@pytest.mark.parametrize(("levels", "volumes"), [((0, 1, 1), (0, 5, 9)), ((0, 1), (5, 5)), ((0,), (0,))])
def test_a_void_must_rise(levels, volumes):
    with pytest.raises(SimError) as refused:
        Void(levels_m=levels, volumes_m3=volumes)
    assert refused.value.code == "void-not-rising"
