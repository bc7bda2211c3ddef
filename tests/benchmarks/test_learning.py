"""The figures of the benchmark of learning and choosing, small."""

from __future__ import annotations

import random

import pytest

from benchmarks import learning
from sim.choice import choose
from sim.stopping import StopRule


def test_twenty_five_timings_overrule_every_threefold_wrong_law_of_the_procedure():
    for law in learning.wrong_laws(0.5):
        assert learning.near(law, 0.5, 1.0, 200) >= 0.9 * 200


def test_the_chance_of_one_crew_is_an_erlang_law():
    assert learning.within(2, 1, 10, 30) == pytest.approx(1 - 4 * 2.718281828459045**-3)


def test_the_cheapest_sufficient_units_are_found():
    luck = random.Random(4)
    for number in range(6):
        known = learning.a_plan(luck)
        found = choose(known.question, known.offers, seed=number, rule=StopRule(most_runs=learning.MOST_RUNS))
        assert found.best is not None
        assert dict(found.best.units) == known.best
