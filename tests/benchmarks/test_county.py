"""The models of the county that the engines are measured against play the same law."""

import numpy as np
import pytest

from benchmarks.county import by_hand, loop, ours
from benchmarks.county.law import County, Told, sheltered_min
from sim.batch import reference_batch
from sim.kernel.batching import kernel_batch

SMALL = County(villages=20)


@pytest.fixture(scope="module")
def kernel() -> Told:
    return ours.told(SMALL, kernel_batch, seed=1, runs=300)


def test_the_specialised_loop_is_the_kernel_to_the_millisecond(kernel: Told) -> None:
    limit = loop.told(SMALL, seed=1, runs=300)
    assert np.array_equal(limit.reached_min, kernel.reached_min)
    assert np.array_equal(limit.waited_min, kernel.waited_min)


def test_the_reference_engine_is_too(kernel: Told) -> None:
    reference = ours.told(SMALL, reference_batch, seed=1, runs=5)
    assert np.array_equal(reference.reached_min, kernel.reached_min[:5])


def test_simpy_by_hand_agrees_within_its_intervals(kernel: Told) -> None:
    hand = by_hand.told(SMALL, seed=1, runs=100)
    apart = hand.reached_min.mean(axis=0) - kernel.reached_min.mean(axis=0)
    error = np.sqrt(hand.reached_min.var(axis=0) / 100 + kernel.reached_min.var(axis=0) / 300)
    assert (np.abs(apart) < 4 * error).all()


def test_people_are_sheltered_when_only_those_who_may_be_late_are_not() -> None:
    county = County(villages=4)
    ends_min = np.arange(20.0)
    ends_min[18:] = 19.0, 18.0  # 39.5 people may be late: the last load of 36 may, the one of 43 before it may not
    assert county.people[18:].tolist() == [36, 43]
    assert sheltered_min(ends_min, county) == 18.0
