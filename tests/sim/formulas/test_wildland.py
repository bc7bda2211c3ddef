"""V36, V39 and the laws of a growing ellipse with a line round it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import SimError
from sim.formulas import (
    Fire,
    Outcome,
    Tactic,
    advance,
    attack,
    base_spread_m_min,
    contain,
    slope_factor,
    spread_m_min,
    time_to_contain_min,
    wind_factor,
)

CHAIN_M = 20.1168
ACRE_M2 = 10 * CHAIN_M**2
CHAINS_H = CHAIN_M / 60  # metres a minute

shapes = st.floats(1, 6)


def reported_fire(width_ratio: float, tactic: Tactic, hours: float):
    """One acre at report, 5 chains an hour, left alone for some hours."""
    fire = Fire(head_m_min=5 * CHAINS_H, length_to_width=width_ratio)
    return advance(attack(fire, tactic, area_m2=ACRE_M2), hours * 60, 0)


def test_v36_free_fire_at_two_hours():
    assert reported_fire(3, Tactic.HEAD, 2).burned_m2 / ACRE_M2 == pytest.approx(7.106, rel=0.001)


@pytest.mark.parametrize(
    ("width_ratio", "hours", "rate", "tactic", "line_ch", "acres", "minute"),
    [
        (3, 2, 20, Tactic.HEAD, 39.5401, 9.4276, 238.62),
        (3, 2, 20, Tactic.HEAD, 39.5398, 9.4275, 238.75),
        (3, 2, 20, Tactic.REAR, 74.03, 21.91, 342.1),
        (2, 1, 15, Tactic.HEAD, 31.03, 7.04, 184.1),
        (2, 1, 15, Tactic.REAR, 78.91, 28.5, 375.6),
    ],
)
def test_v36_containment(width_ratio, hours, rate, tactic, line_ch, acres, minute):
    end = contain(reported_fire(width_ratio, tactic, hours), line_m_min=rate * CHAINS_H, for_min=480)
    assert end.outcome is Outcome.CONTAINED
    obtained = (end.line_m / CHAIN_M, end.burned_m2 / ACRE_M2, end.minute)
    assert obtained == pytest.approx((line_ch, acres, minute), rel=0.001)


def test_v36_in_pieces_as_in_one():
    whole = contain(reported_fire(3, Tactic.HEAD, 2), line_m_min=20 * CHAINS_H, for_min=480)
    now = reported_fire(3, Tactic.HEAD, 2)
    while now.outcome is Outcome.GOING:
        now = advance(now, 7, 20 * CHAINS_H)
    assert (now.minute, now.burned_m2, now.line_m) == pytest.approx(
        (whole.minute, whole.burned_m2, whole.line_m), rel=1e-4
    )


def test_a_second_crew_that_arrives_during_the_attack_ends_it_sooner():
    start = reported_fire(3, Tactic.REAR, 2)
    alone = time_to_contain_min(start, 20 * CHAINS_H, 480)
    joined = advance(advance(start, 60, 20 * CHAINS_H), 480, 30 * CHAINS_H)
    assert 60 < joined.minute - start.minute < alone
    assert joined.line_m == pytest.approx((60 * 20 + (joined.minute - start.minute - 60) * 30) * CHAINS_H)


def test_a_line_slower_than_the_head_is_overrun_at_once():
    end = contain(reported_fire(3, Tactic.HEAD, 2), line_m_min=9.9 * CHAINS_H, for_min=480)
    assert (end.outcome, end.minute) == (Outcome.OVERRUN, 120)


def test_a_rear_attack_slower_than_the_head_stalls_on_the_flank():
    begun = advance(reported_fire(3, Tactic.REAR, 2), 1e6, 9 * CHAINS_H)
    end = contain(begun, line_m_min=9 * CHAINS_H, for_min=1e6)
    assert end.outcome is Outcome.EXHAUSTED
    assert end.angle == pytest.approx(begun.angle, rel=1e-3)


def test_crews_that_leave_in_the_middle_lose_the_line():
    begun = advance(reported_fire(3, Tactic.HEAD, 2), 30, 20 * CHAINS_H)
    assert advance(begun, 10, 0).outcome is Outcome.OVERRUN


def test_crews_that_tire_are_exhausted():
    end = contain(reported_fire(3, Tactic.HEAD, 2), line_m_min=20 * CHAINS_H, for_min=60)
    assert (end.outcome, end.minute) == (Outcome.EXHAUSTED, 180)
    assert time_to_contain_min(reported_fire(3, Tactic.HEAD, 2), 20 * CHAINS_H, 60) == math.inf


def test_a_fire_beyond_the_size_limit_is_too_large():
    end = contain(reported_fire(3, Tactic.REAR, 2), line_m_min=20 * CHAINS_H, for_min=480, largest_m2=20 * ACRE_M2)
    assert end.outcome is Outcome.TOO_LARGE


def test_an_attack_that_has_ended_stays():
    end = contain(reported_fire(3, Tactic.HEAD, 2), line_m_min=20 * CHAINS_H, for_min=480)
    assert advance(end, 60, 20 * CHAINS_H) == end


def test_the_least_rate_at_the_head_is_the_head_itself_on_both_flanks():
    start = reported_fire(3, Tactic.HEAD, 2)
    assert start.least_line_m_min == pytest.approx(2 * start.fire.head_m_min, rel=1e-12)


@settings(max_examples=30)
@given(width_ratio=shapes, haste=st.floats(2.2, 8), tactic=st.sampled_from(Tactic), area_m2=st.floats(100, 1e5))
def test_a_contained_fire_is_no_smaller_than_when_found_and_its_line_no_shorter_than_a_circle(
    width_ratio, haste, tactic, area_m2
):
    start = attack(Fire(head_m_min=2, length_to_width=width_ratio), tactic, area_m2=area_m2)
    end = contain(start, line_m_min=2 * haste, for_min=1e5)
    assert end.outcome is Outcome.CONTAINED
    assert end.burned_m2 >= area_m2 * (1 - 1e-4)
    assert end.line_m >= 2 * math.sqrt(math.pi * end.burned_m2) * (1 - 1e-4)


@settings(max_examples=30)
@given(width_ratio=shapes, haste=st.floats(2.2, 6), more=st.floats(0.1, 4), tactic=st.sampled_from(Tactic))
def test_a_faster_line_burns_less_and_ends_sooner(width_ratio, haste, more, tactic):
    start = attack(Fire(head_m_min=2, length_to_width=width_ratio), tactic, area_m2=5000)
    slow, fast = (contain(start, line_m_min=2 * rate, for_min=1e5) for rate in (haste, haste + more))
    assert fast.burned_m2 < slow.burned_m2
    assert fast.minute < slow.minute


@settings(max_examples=30)
@given(width_ratio=shapes, haste=st.floats(2.2, 6))
def test_attacking_the_head_never_burns_more_than_attacking_the_rear(width_ratio, haste):
    fire = Fire(head_m_min=2, length_to_width=width_ratio)
    head, rear = (contain(attack(fire, t, area_m2=5000), line_m_min=2 * haste, for_min=1e5) for t in Tactic)
    assert head.burned_m2 <= rear.burned_m2 * (1 + 1e-6)


def test_v39_wang_zhengfei():
    base, wind, slope = base_spread_m_min(25, 3, 40), wind_factor(5), slope_factor(20)
    assert base == pytest.approx(1.20, rel=1e-9)
    assert (wind, slope) == pytest.approx((2.43879, 2.85926), abs=5e-6)
    assert spread_m_min(base, 1.0, wind, slope) == pytest.approx(8.368, abs=5e-4)


def test_a_cold_wet_day_spreads_no_fire():
    assert base_spread_m_min(-10, 0, 100) == 0


@given(width_ratio=shapes, area_m2=st.floats(1, 1e7))
def test_a_free_fire_is_an_ellipse_of_its_ratio(width_ratio, area_m2):
    fire = Fire(head_m_min=2, length_to_width=width_ratio)
    head_m = fire.head_m(area_m2)
    minutes = head_m / fire.head_m_min
    length, width = (fire.head_m_min + fire.back_m_min) * minutes, 2 * fire.flank_m_min * minutes
    assert fire.area_m2(head_m) == pytest.approx(area_m2, rel=1e-9)
    assert length / width == pytest.approx(width_ratio, rel=1e-6)
    assert math.pi / 4 * length * width == pytest.approx(area_m2, rel=1e-9)
    assert 2 * math.sqrt(math.pi * area_m2) * (1 - 1e-9) <= fire.perimeter_m(head_m) <= 2 * (length + width)


def test_a_fire_wider_than_long_is_refused():
    with pytest.raises(SimError, match="length_to_width must be >= 1"):
        Fire(head_m_min=2, length_to_width=0.5)
