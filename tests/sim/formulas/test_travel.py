"""V14, V34 and getting there, calling, carrying."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SimError
from sim.formulas import CallTree, bus_waves, drive_min, joint_km, reach_km, walk_min
from tests.sim.formulas.figures import value

distances = st.floats(0, 200)
speeds = st.floats(0.1, 3)
accelerations = st.floats(0.05, 5)


@pytest.mark.parametrize(
    ("distance_km", "expected_min"), [(0.25, 1.2910), (0.5, 1.8257), (1, 2.5820), (2, 3.8333), (4, 6.3333)]
)
def test_v34_driving_time_by_distance(distance_km, expected_min):
    cruise, acceleration = value("common", "drive_cruise"), value("common", "drive_acceleration")
    assert drive_min(distance_km, cruise, acceleration) == pytest.approx(expected_min, abs=5e-5)


def test_v34_the_branches_join_with_equal_slopes():
    joint = joint_km(0.8, 0.6)
    assert joint == pytest.approx(1.0667, abs=5e-5)
    step = 1e-6
    before = (drive_min(joint, 0.8, 0.6) - drive_min(joint - step, 0.8, 0.6)) / step
    after = (drive_min(joint + step, 0.8, 0.6) - drive_min(joint, 0.8, 0.6)) / step
    assert before == pytest.approx(after, rel=1e-5)
    assert after == pytest.approx(1 / 0.8, rel=1e-5)


@given(distance_km=distances, cruise=speeds, acceleration=accelerations)
def test_reach_is_the_inverse_of_driving_time(distance_km, cruise, acceleration):
    minutes = drive_min(distance_km, cruise, acceleration)
    assert reach_km(minutes, cruise, acceleration) == pytest.approx(distance_km, rel=1e-9, abs=1e-9)


@given(near=distances, further=distances, cruise=speeds, acceleration=accelerations)
def test_going_further_never_takes_less(near, further, cruise, acceleration):
    assert drive_min(near + further, cruise, acceleration) >= drive_min(near, cruise, acceleration) - 1e-9


def test_v14_call_tree():
    tree = CallTree(children=3, levels=3, call_min=2)
    assert (tree.people, tree.last_min) == (39, 18)
    assert tree.mean_min == pytest.approx(10.461538, abs=5e-7)
    assert tree.leaf_reached_share(0.2, retries=1) == pytest.approx(0.884736, rel=1e-9)
    assert tree.people_reached(0.2, retries=1) == pytest.approx(35.062272, rel=1e-9)


def called_at(children: int, levels: int, call_min: float) -> list[float]:
    """The minute of every call, by walking the tree."""
    callers, minutes = [0.0], []
    for _ in range(levels):
        callers = [start + turn * call_min for start in callers for turn in range(1, children + 1)]
        minutes += callers
    return minutes


@given(children=st.integers(1, 5), levels=st.integers(1, 5), call_min=st.floats(0, 10))
def test_call_tree_agrees_with_walking_it(children, levels, call_min):
    tree, minutes = CallTree(children=children, levels=levels, call_min=call_min), called_at(children, levels, call_min)
    assert tree.people == len(minutes)
    assert tree.last_min == pytest.approx(max(minutes))
    assert tree.mean_min == pytest.approx(sum(minutes) / len(minutes))


@given(children=st.integers(1, 4), levels=st.integers(1, 4), no_answer=st.floats(0, 1), retries=st.integers(0, 5))
def test_no_call_tree_reaches_more_than_it_has(children, levels, no_answer, retries):
    tree = CallTree(children=children, levels=levels, call_min=1)
    assert 0 <= tree.people_reached(no_answer, retries) <= tree.people


def test_a_tree_with_half_a_child_is_refused():
    with pytest.raises(SimError, match="children must be a whole number >= 1"):
        CallTree(children=1.5, levels=3, call_min=2)


@given(people=st.integers(0, 10_000), buses=st.integers(1, 40), seats=st.integers(1, 60))
def test_bus_waves_carry_everybody_and_none_is_idle(people, buses, seats):
    waves = bus_waves(people, buses, seats)
    assert waves * buses * seats >= people > (waves - 1) * buses * seats or people == waves == 0


def test_walking_a_kilometre_at_a_metre_a_second():
    assert walk_min(1000, 1.0) == pytest.approx(16.6667, abs=5e-5)
