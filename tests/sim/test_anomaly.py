"""Where more units make a response slower, it is said; where anything else differs, nothing is."""

from __future__ import annotations

from sim.anomaly import anomalies, is_only_more
from sim.comparison import compare
from sim.kernel.batching import kernel_batch
from sim.variants import with_units
from tests.sim.asking import a_question
from tests.sim.builders import a_pool, a_task
from tests.sim.test_comparison import graham

RUNS = 20


def test_grahams_fourth_crew_is_warned_of():
    before, after = graham(3), graham(4)
    (warned,) = anomalies(compare(before, after, seed=1, runs=RUNS, batch=kernel_batch), before, after)
    assert (warned.target.id, warned.worse, warned.runs, warned.share) == ("end", RUNS, RUNS, 1.0)
    assert warned.low > 0.8


def test_a_crew_less_that_slows_nothing_down_is_no_anomaly():
    before, after = graham(4), graham(3)
    assert anomalies(compare(before, after, seed=1, runs=RUNS), before, after) == ()


def test_more_units_that_help_are_not_warned_of():
    before, after = graham(1), graham(2)
    assert is_only_more(before, after)
    assert anomalies(compare(before, after, seed=1, runs=RUNS), before, after) == ()


def test_only_units_added_and_nothing_else_count_as_more():
    one = a_question(a_task("a", 5, pool="crew"), pools=(a_pool("crew"), a_pool("boat", 2)))
    longer = a_question(a_task("a", 6, pool="crew"), pools=(a_pool("crew", 2), a_pool("boat", 2)))
    assert not is_only_more(one, one)
    assert not is_only_more(one, longer)
    assert not is_only_more(one, with_units(one, [("crew", 2), ("boat", 1)]))
    assert is_only_more(one, with_units(one, [("crew", 2)]))
