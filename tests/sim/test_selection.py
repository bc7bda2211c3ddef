"""KN: the best is found as often as promised, sooner the clearer it is."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import SimError
from sim.statistics import Race, select, wilson
from sim.statistics.selection import begin, h_squared, observed


def draws(means: list[float], seed: int, sd: float = 2.0):
    luck = [np.random.default_rng([seed, system]).normal(mean, sd, 3000) for system, mean in enumerate(means)]
    return lambda system, run: float(luck[system][run])


def test_the_guarantee_holds_in_the_hardest_case_it_covers():
    right = sum(select(draws([1.0, 1.0, 1.0, 0.0], seed), 4, zone=1.0, first_runs=10).best == 3 for seed in range(200))
    assert wilson(right, 200).high >= 0.95
    assert right / 200 >= 0.93


def test_shared_luck_needs_fewer_runs():
    own = np.random.default_rng(1).normal(0, 0.5, (3000, 4))
    shared = np.random.default_rng(2).normal(0, 3, 3000)
    alone = np.random.default_rng(3).normal(0, 3, (3000, 4))

    def together(system: int, run: int) -> float:
        return float(shared[run] + own[run][system] + (system != 2))

    def apart(system: int, run: int) -> float:
        return float(alone[run][system] + own[run][system] + (system != 2))

    quick, slow = select(together, 4, zone=0.5), select(apart, 4, zone=0.5)
    assert (quick.best, slow.best) == (2, 2)
    assert quick.runs < slow.runs / 3


def test_a_clear_winner_is_found_at_once():
    race = select(draws([30.0, 10.0, 30.0], 3), 3, zone=1.0)
    assert (race.best, race.left, race.runs) == (1, (1,), 20)


def test_systems_without_chance_are_told_apart_at_the_first_screening():
    race = begin([[3.0, 2.0, 4.0]] * 5, zone=0.5)
    assert (race.left, race.is_over) == ((1,), True)


def test_equal_systems_end_when_nothing_is_left_to_learn():
    race = select(draws([5.0, 5.0], 4, sd=1.0), 2, zone=1.0, first_runs=10)
    assert race.is_over
    assert race.best in (0, 1)


def test_h_squared_falls_with_more_first_runs_and_grows_with_more_systems():
    assert h_squared(5, 10, 0.05) > h_squared(5, 20, 0.05) > h_squared(2, 20, 0.05)


def test_a_dropped_system_stays_out():
    race = begin([[1.0, 9.0, 1.2], [1.1, 9.2, 1.0], [0.9, 9.1, 1.1], [1.0, 9.0, 0.9]], zone=0.1)
    assert isinstance(race, Race)
    assert 1 not in race.left
    assert 1 not in observed(race, {0: 5.0, 1: 0.0, 2: 5.0}).left


def test_bad_input_is_refused():
    for rows in ([[1.0, 2.0]], [[1.0], [2.0]], [[1.0, 2.0], [1.0]]):
        with pytest.raises(SimError):
            begin(rows, zone=1.0)
    with pytest.raises(SimError):
        begin([[1.0, 2.0], [2.0, 1.0]], zone=0.0)
    with pytest.raises(SimError):
        observed(begin([[1.0, 1.1], [1.2, 1.0]], zone=0.01), {0: 1.0})
