"""Two sides on the same luck: what is equal is exactly equal, and more is not always better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.batch import reference_batch
from sim.circumstance import Circumstance
from sim.comparison import Gain, compare
from sim.durations import Duration, Uniform
from sim.errors import SimError
from sim.hazards.contribution import Clock, Contribution
from sim.pairs import Counts
from sim.procedure import TargetKind, Task
from sim.question import Question
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_network, a_pool, a_task, exponential, played, story

MINUTES = (3, 2, 2, 2, 4, 4, 4, 4, 9)
AFTER = {5: (4,), 6: (4,), 7: (4,), 8: (4,), 9: (1,)}


def grahams_tasks() -> tuple[Task, ...]:
    """Nine tasks served in the order of their list by whichever crew is free (Graham 1969)."""
    return tuple(
        a_task(f"T{n}", took, *(f"T{m}" for m in AFTER.get(n, ())), pool="crew", priority=n)
        for n, took in enumerate(MINUTES, start=1)
    )


def graham(crews: int) -> Question:
    end = a_task("end", 0, *(f"T{n}" for n in range(1, 10)))
    return a_question(*grahams_tasks(), end, pools=(a_pool("crew", crews),), targets=(a_target("end", 12),))


def gains(before: Question, after: Question, **options: int) -> tuple[Gain, ...]:
    return compare(before, after, **options).gains


@pytest.mark.parametrize(("crews", "ends_min"), [(3, 12), (4, 15)])
def test_grahams_anomaly_four_crews_are_slower_than_three(crews: int, ends_min: float):
    network = a_network(*grahams_tasks(), pools=(a_pool("crew", crews),))
    told = story(network, played(network))
    assert max(end for _, end in told.values()) == ends_min
    assert told["T9"] == ((3, 12) if crews == 3 else (6, 15))


def test_a_comparison_reports_grahams_anomaly_as_worse():
    (gain,) = gains(graham(3), graham(4), seed=1, runs=5)
    assert (gain.mean_min, gain.low_min, gain.high_min) == (-3, -3, -3)
    assert (gain.better_share, gain.worse_share) == (0.0, 1.0)


def a_response(crews: int = 1, law: Duration | None = None, **fields) -> Question:
    tasks = (
        a_task("call", exponential(5)),
        a_task("fetch", law or exponential(20), "call", pool="crew"),
        a_task("knock", exponential(15), "call", pool="crew"),
        a_task("ride", exponential(10), "fetch", "knock"),
    )
    return a_question(*tasks, pools=(a_pool("crew", crews),), targets=(a_target("ride", 60),), **fields)


def test_v46_the_same_version_twice_gains_exactly_nothing():
    (gain,) = gains(a_response(), a_response(), seed=3, runs=40)
    assert gain == Gain(
        former=gain.target,
        target=gain.target,
        runs=40,
        mean_min=0.0,
        low_min=0.0,
        high_min=0.0,
        better_share=0.0,
        worse_share=0.0,
        counts=gain.counts,
    )
    assert (gain.counts.met_before, gain.counts.newly) == (gain.counts.met_after, 0)


def test_an_unrelated_task_gains_exactly_nothing():
    before = a_response()
    tasks = (a_task("press", exponential(30)), *before.procedure.tasks)
    after = a_question(*tasks, pools=before.procedure.pools, targets=before.procedure.targets)
    (gain,) = gains(before, after, seed=3, runs=40)
    assert (gain.mean_min, gain.better_share, gain.worse_share) == (0, 0, 0)


def test_a_second_crew_gains_where_it_was_waited_for_and_a_swap_changes_the_sign():
    (there,) = gains(a_response(1), a_response(2), seed=3, runs=40)
    (back,) = gains(a_response(2), a_response(1), seed=3, runs=40)
    assert there.mean_min is not None
    assert there.low_min is not None
    assert back.mean_min is not None
    assert there.mean_min > there.low_min > 0
    assert there.better_share == 1.0
    assert there.mean_min == -back.mean_min
    assert (there.better_share, there.worse_share) == (back.worse_share, back.better_share)


def test_the_shares_count_runs_not_minutes():
    quick_or_slow = Duration(law=Uniform(low_min=0, high_min=100))
    before = a_question(a_task("a", 25), targets=(a_target("a", 50),))
    after = a_question(a_task("a", quick_or_slow), targets=(a_target("a", 50),))
    (gain,) = gains(before, after, seed=3, runs=200)
    assert gain.better_share == pytest.approx(0.25, abs=0.1)
    assert gain.better_share + gain.worse_share == pytest.approx(1)
    assert gain.mean_min is not None
    assert gain.mean_min < 0


def test_the_same_luck_narrows_the_difference():
    one, two, other = (spans(crews, seed) for crews, seed in ((1, 3), (2, 3), (2, 4)))
    paired, independent = (variance([a - b for a, b in zip(one, side, strict=True)]) for side in (two, other))
    assert independent / paired >= 3


def spans(crews: int, seed: int) -> list[float]:
    return [ticks / 60_000 for ticks in reference_batch(a_response(crews), seed=seed, first=0, runs=300).ticks[:, 0]]


def variance(values: list[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


@pytest.mark.parametrize("kind", [TargetKind.LIMIT, TargetKind.MARGIN])
def test_a_run_that_never_got_there_has_no_minutes_and_is_counted(kind: TargetKind):
    is_margin = kind is TargetKind.MARGIN
    brings = Contribution(clocks=(Clock(name="water", base_min=50),))
    target = a_target("a", 10 if is_margin else 50, kind=kind, clock="water" if is_margin else "")
    before, after = (
        a_question(a_task("a", took), targets=(target,), brings=brings, horizon_min=60) for took in (90, 20)
    )
    (gain,) = gains(before, after, seed=1, runs=3)
    (loss,) = gains(after, before, seed=1, runs=3)
    assert (gain.mean_min, gain.low_min, gain.high_min) == (None, None, None)
    assert (gain.better_share, gain.worse_share, loss.better_share, loss.worse_share) == (1.0, 0.0, 0.0, 1.0)
    assert gain.counts == Counts(
        met_before=0, met_after=3, arrived_before=0, arrived_after=3, newly=3, paired=0, newly_met=3
    )
    assert loss.counts.no_more == 3


def test_more_time_left_is_a_gain_for_a_margin():
    brings = Contribution(clocks=(Clock(name="water", base_min=100),))
    target = a_target("a", 10, kind=TargetKind.MARGIN, clock="water")
    before, after = (a_question(a_task("a", took), targets=(target,), brings=brings) for took in (50, 30))
    (gain,) = gains(before, after, seed=1, runs=3)
    assert (gain.mean_min, gain.better_share) == (20, 1.0)


TASKS = tuple(a_task(name, 5) for name in "abc")


def pairs(before: Iterable[str], after: Iterable[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    sides = (a_question(*TASKS, targets=tuple(a_target("a", 9, id=name) for name in side)) for side in (before, after))
    found = compare(*sides, seed=1, runs=2)
    return (
        [(gain.former.id, gain.target.id) for gain in found.gains],
        [target.id for target in found.only_before],
        [target.id for target in found.only_after],
    )


def test_targets_of_one_id_are_compared_in_the_order_of_the_second_and_the_rest_is_named():
    before = a_question(*TASKS, targets=(a_target("a", 9), a_target("b", 9)))
    after = a_question(*TASKS, targets=(a_target("c", 9), a_target("b", 7), a_target("a", 9)))
    found = compare(before, after, seed=1, runs=2)
    assert [(gain.target.id, gain.former.limit_min, gain.target.limit_min) for gain in found.gains] == [
        ("b", 9, 7),
        ("a", 9, 9),
    ]
    assert (found.only_before, [target.id for target in found.only_after]) == ((), ["c"])


@pytest.mark.parametrize(
    ("before", "after", "paired", "only_before", "only_after"),
    [
        (["x"], ["x.night"], [("x", "x.night")], [], []),
        (["x.night"], ["x"], [("x.night", "x")], [], []),
        (["x.night"], ["x.grade_major"], [("x.night", "x.grade_major")], [], []),
        (["x", "y"], ["x", "x.night", "y.day"], [("x", "x"), ("y", "y.day")], [], ["x.night"]),
        (["x", "y"], ["y", "x.fire", "x.flood"], [("y", "y")], ["x"], ["x.fire", "x.flood"]),
        (["x.fire", "x.flood", "y"], ["y", "x"], [("y", "y")], ["x.fire", "x.flood"], ["x"]),
        (["x.fire", "x.flood"], ["x.fire", "x.night"], [("x.fire", "x.fire"), ("x.flood", "x.night")], [], []),
    ],
)
def test_a_promise_cut_into_cases_is_compared_with_its_only_part(before, after, paired, only_before, only_after):
    assert pairs(before, after) == (paired, only_before, only_after)


@given(st.permutations(["x", "x.fire", "y", "y.day", "z.night"]), st.sets(st.integers(0, 4), min_size=1))
def test_every_target_is_paired_once_or_named(names, chosen):
    after = [*(names[place] for place in sorted(chosen)), "w"]
    paired, only_before, only_after = pairs(["x", "y", "z", "w"], after)
    assert sorted([old for old, _ in paired] + only_before) == ["w", "x", "y", "z"]
    assert sorted([new for _, new in paired] + only_after) == sorted(after)
    assert all(old.partition(".")[0] == new.partition(".")[0] for old, new in paired)


def test_a_margin_is_not_compared_with_a_limit():
    brings = Contribution(clocks=(Clock(name="water", base_min=50),))
    same = a_target("b", 9)
    margin = a_target("a", 9, kind=TargetKind.MARGIN, clock="water")
    before, after = (a_question(*TASKS, targets=(t, same), brings=brings) for t in (a_target("a", 9), margin))
    found = compare(before, after, seed=1, runs=2)
    assert [gain.target.id for gain in found.gains] == ["b"]
    assert (found.only_before[0].kind, found.only_after[0].kind) == (TargetKind.LIMIT, TargetKind.MARGIN)


def test_what_neither_side_measures_is_named_once():
    night = a_target("a", 9, id="a.night", circumstances=(Circumstance.NIGHT,))
    sides = (a_question(*TASKS, targets=(a_target("b", limit), night)) for limit in (9, 7))
    assert compare(*sides, seed=1, runs=2).unmeasured == (night,)


def test_two_sides_without_a_common_target_are_refused():
    before = a_question(a_task("a", 5), targets=(a_target("a", 9),))
    after = a_question(a_task("a", 5), targets=(replace(a_target("a", 9), id="other"),))
    with pytest.raises(SimError) as refused:
        compare(before, after, seed=1, runs=2)
    assert refused.value.code == "comparison-without-target"
