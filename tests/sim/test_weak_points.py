"""What a response cannot do without is found, whatever it is, and nothing else is accused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.hazards.contribution import Contribution, Gate
from sim.procedure import Change, PoolKind, Target
from sim.question import Question
from sim.statistics import paired_change
from sim.weak_points import Loss, LossKind, WeakPoints, losses_of, resilience, weak_points, without
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_pool, a_task, exponential

RUNS = 100


def a_response(limit_min: float = 40) -> Question:
    """One commander decides, the only line calls, three boats make two trips through an open gate."""
    tasks = (
        a_task("decide", 5, pool="commander"),
        a_task("call", 5, "decide", pool="line"),
        a_task("trip one", 10, "call", pool="boat", gate="road"),
        a_task("trip two", 10, "call", pool="boat", gate="road"),
        a_task("end", 0, "trip one", "trip two"),
    )
    pools = (
        a_pool("commander", kind=PoolKind.DECISION),
        a_pool("line", kind=PoolKind.LINE),
        a_pool("boat", 3),
        a_pool("idle", 2),
    )
    brings = Contribution(gates=(Gate(name="road", cause="road", is_open=True),))
    return a_question(*tasks, pools=pools, targets=(a_target("end", limit_min),), brings=brings)


def broken(found: WeakPoints) -> set[tuple[str, str]]:
    return {(point.loss.kind.value, point.loss.of) for point in found.breaking}


def test_every_point_on_which_all_hangs_is_named():
    found = weak_points(a_response(), seed=1, runs=RUNS)
    assert broken(found) == {("absent", "commander"), ("lost", "line"), ("all_units", "boat"), ("shut", "road")}
    assert all((point.before, point.after, point.change) == (1.0, 0.0, -1.0) for point in found.breaking)
    assert not found.weakening


def test_a_unit_whose_loss_breaks_the_promise_is_a_weak_point_and_a_spare_one_is_not():
    """Twenty minutes are enough with two boats; the third is spare."""
    assert ("one_unit", "boat") not in broken(weak_points(a_response(20), seed=1, runs=RUNS))
    two = a_response(20)
    two = a_question(
        *two.procedure.tasks,
        pools=two.procedure.pools,
        targets=two.procedure.targets,
        brings=two.contribution,
        boat=2,
    )
    assert ("one_unit", "boat") in broken(weak_points(two, seed=1, runs=RUNS))


def test_a_promise_that_is_not_kept_anyway_is_broken_by_nothing():
    found = weak_points(a_response(10), seed=1, runs=RUNS)
    assert (broken(found), [target.id for target in found.not_kept]) == (set(), ["end"])


def test_pools_nobody_asks_for_are_not_tried():
    assert "idle" not in {loss.of for loss in losses_of(a_response().network)}


def test_a_pool_whose_units_come_later_can_be_lost():
    task = a_task("rescue", 5, pool="army")
    asked = a_question(
        task,
        pools=(a_pool("army", 0, changes=(Change(at_min=30, units=2),)),),
        targets=(Target(id="end", title="完成", task="rescue", limit_min=60),),
    )
    assert ("all_units", "army") in broken(weak_points(asked, seed=1, runs=RUNS))


def test_a_loss_changes_nothing_but_what_is_lost():
    network = a_response().network
    short = without(network, [Loss(kind=LossKind.ONE_UNIT, of="boat")])
    assert [pool.units for pool in short.pools] == [1, 1, 2, 2]
    assert (short.nodes, short.doors) == (network.nodes, network.doors)


def test_resilience_is_whole_without_failures_and_nothing_when_everything_fails():
    steps = resilience(a_response(20), seed=1, runs=RUNS, most_failures=4)
    assert [step.failures for step in steps] == [0, 1, 2, 3, 4]
    assert (steps[0].p_met, steps[0].worst) == (1.0, ())
    assert steps[1].p_met == 1 / 4  # a boat less does no harm; commander, line and road each end it
    assert [step.p_met for step in steps[2:]] == [0.0, 0.0, 0.0]
    assert all(step.is_every_set and step.low <= step.p_met <= step.high for step in steps)


def test_where_sets_are_many_some_are_drawn_and_the_interval_holds_the_whole():
    tasks = [a_task(f"t{n}", exponential(), pool=f"p{n}") for n in range(8)]
    end = a_task("end", 0, *(task.id for task in tasks))
    pools = tuple(a_pool(f"p{n}", 1 if n == 0 else 2) for n in range(8))
    question = a_question(*tasks, end, pools=pools, targets=(a_target("end", 500),))
    (*_, step) = resilience(question, seed=3, runs=10, most_failures=2, most_sets=20)
    assert (step.sets, step.is_every_set) == (20, False)
    assert step.low <= 1 - 7 / 28 <= step.high  # the sets that hold the only unit of p0


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50))
def test_the_interval_of_a_change_turns_with_it(lost: int, won: int, neither: int):
    runs = lost + won + neither
    there, back = paired_change(lost, won, runs), paired_change(won, lost, runs)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.low <= (won - lost) / runs <= there.high


@pytest.mark.parametrize("alpha", [0.05, 1e-4])
def test_a_change_is_missed_by_no_more_than_the_level_says(alpha: float):
    """Exactly, over all outcomes of 60 runs of which 12 in 100 lose and 3 in 100 win the promise."""
    runs, law = 60, stats.multinomial(60, [0.12, 0.03, 0.85])
    outcomes = [(lost, won) for lost in range(runs + 1) for won in range(runs + 1 - lost)]
    chances = law.pmf([(lost, won, runs - lost - won) for lost, won in outcomes])
    missed = [not paired_change(*one, runs, alpha).holds(-0.09) for one in outcomes]
    assert chances[missed].sum() <= alpha


def test_all_intervals_of_all_losses_share_alpha():
    """Four losses, each with two intervals, and one without any loss."""
    found = weak_points(a_response(20), seed=1, runs=RUNS)
    level = 0.05 / (2 * len(found.losses) + 1)
    whole = next(point for point in found.breaking if point.loss.of == "commander")
    assert (whole.after, whole.after_low) == (0.0, 0.0)
    assert (1 - whole.after_high) ** RUNS == pytest.approx(level / 2)  # the chance of no run at all
