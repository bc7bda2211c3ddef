"""What a run says about a promise: limits, margins, shares of the people, and from when it counts."""

from __future__ import annotations

from typing import Any

import pytest

from sim.batch import reference_batch
from sim.compiling import compile_network
from sim.durations import Duration, Fixed
from sim.errors import SimError
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet
from sim.kernel.batching import kernel_batch
from sim.measures import Measured, aims_of, is_concerned
from sim.network import NOBODY
from sim.procedure import After, Join, JoinKind, Need, Outcome, Target, TargetKind, Task
from sim.question import Question
from sim.telling import people
from sim.ticks import NEVER
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_pool, a_procedure, a_task, played

MINUTE = 60_000
SHARE, MARGIN = TargetKind.SHARE, TargetKind.MARGIN


def measured(question: Question) -> Measured:
    (aims,) = question.aims
    return aims.measure(played(question.network))


def three_villages(*walk_min: float, clocks: tuple[Clock, ...] = ()) -> Contribution:
    """Villages of 70, 20 and 10 people, each with its own way to safety."""
    people = (70, 20, 10)
    villages = tuple(
        Entity(key=f"V{n}", title=f"{n}村", people=people[n], attributes=(("walk_min", walk),))
        for n, walk in enumerate(walk_min)
    )
    return Contribution(sets=(EntitySet(name="village", entities=villages),), clocks=clocks)


def walking(*after: str) -> Task:
    """Everybody of a village walks to safety."""
    return a_task("walk", Duration(law=Fixed(minutes=1), times="walk_min"), *after, per="village")


# ---- Limits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit_min", "is_met"), [(12, True), (11.9, False)])
def test_a_limit_is_kept_up_to_its_last_tick(limit_min: float, is_met: bool):
    found = measured(a_question(a_task("a", 5), a_task("b", 7, "a"), targets=(a_target("b", limit_min),)))
    assert found == Measured(12 * MINUTE, is_met=is_met, node=1, begin=0)


def test_a_limit_may_count_from_the_end_of_another_task():
    found = measured(a_question(a_task("a", 5), a_task("b", 7, "a"), targets=(a_target("b", 7, starts="a"),)))
    assert found == Measured(7 * MINUTE, is_met=True, node=1, begin=5 * MINUTE)


def test_what_was_done_before_its_start_took_no_time():
    found = measured(a_question(a_task("a", 9), a_task("b", 7), targets=(a_target("b", 0, starts="a"),)))
    assert (found.ticks, found.is_met) == (0, True)


def test_a_limit_may_count_from_a_clock_of_the_event():
    brings = Contribution(clocks=(Clock(name="water", base_min=30),))
    task = a_task("rescue", 10, release="water")
    found = measured(a_question(task, targets=(a_target("rescue", 10, starts="clock:water"),), brings=brings))
    assert found == Measured(10 * MINUTE, is_met=True, node=0, begin=30 * MINUTE)


def test_each_place_is_measured_from_its_own_clock_and_the_slowest_decides():
    clocks = (Clock(name="water", entity="V0", base_min=10), Clock(name="water", entity="V1", base_min=50))
    question = a_question(
        walking(), targets=(a_target("walk", 25, starts="clock:water"),), brings=three_villages(30, 60, clocks=clocks)
    )
    assert measured(question) == Measured(20 * MINUTE, is_met=True, node=0, begin=10 * MINUTE)


def test_the_slowest_place_decides_a_limit():
    question = a_question(walking(), targets=(a_target("walk", 40),), brings=three_villages(30, 60, 40))
    assert measured(question) == Measured(60 * MINUTE, is_met=False, node=1, begin=0)


def test_a_limit_from_a_task_counts_each_place_from_its_own():
    question = a_question(
        a_task("call", 5, per="village", pool="line"),
        walking("call"),
        pools=(a_pool("line"),),
        targets=(a_target("walk", 30, starts="call"),),
        brings=three_villages(30, 20, 10),
    )
    assert measured(question) == Measured(30 * MINUTE, is_met=True, node=3, begin=5 * MINUTE)


def test_what_never_ended_is_a_miss():
    found = measured(a_question(a_task("a", 50), targets=(a_target("a", 60),), horizon_min=50))
    assert (found.ticks, found.is_met, found.node) == (NEVER, False, 0)


def test_what_failed_for_good_is_a_miss():
    found = measured(a_question(a_task("a", 5, success_share=0.0), targets=(a_target("a", 60),)))
    assert (found.ticks, found.is_met) == (NEVER, False)


def test_a_branch_that_was_not_needed_breaks_no_promise():
    brings = Contribution(clocks=(Clock(name="lost", base_min=10),))
    bus, boat = a_task("bus", 5, until="lost"), a_task("boat", 7, After(task="bus", when=Outcome.SKIPPED))
    found = measured(a_question(bus, boat, targets=(a_target("boat", 1),), brings=brings))
    assert found == Measured(0, is_met=True, node=NOBODY, begin=0)


# ---- Margins ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit_min", "is_met"), [(20, True), (20.1, False), (-5, True)])
def test_a_margin_is_the_time_left_before_the_clock(limit_min: float, is_met: bool):
    brings = Contribution(clocks=(Clock(name="water", base_min=30),))
    target = a_target("a", limit_min, kind=MARGIN, clock="water")
    assert measured(a_question(a_task("a", 10), targets=(target,), brings=brings)) == Measured(
        20 * MINUTE, is_met=is_met, node=0, begin=0
    )


def test_a_margin_may_be_negative_and_the_tightest_place_decides():
    clocks = tuple(Clock(name="water", entity=f"V{n}", base_min=base) for n, base in enumerate((100, 50, 40)))
    target = a_target("walk", 0, kind=MARGIN, clock="water")
    question = a_question(walking(), targets=(target,), brings=three_villages(30, 60, 35, clocks=clocks))
    assert measured(question) == Measured(-10 * MINUTE, is_met=False, node=1, begin=0)


def test_a_task_that_never_ended_has_no_margin_at_all():
    brings = Contribution(clocks=(Clock(name="water", base_min=30),))
    target = a_target("a", -999, kind=MARGIN, clock="water")
    found = measured(a_question(a_task("a", 50), targets=(target,), brings=brings, horizon_min=50))
    assert (found.ticks, found.is_met) == (-NEVER, False)


# ---- Shares ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "deciding", "minutes"),
    [(0.70, 0, 30), (0.71, 1, 60), (0.90, 1, 60), (0.91, 2, 90), (1.0, 2, 90)],
)
def test_a_share_weighs_people_not_places(share: float, deciding: int, minutes: float):
    target = a_target("walk", minutes, kind=SHARE, share=share)
    question = a_question(walking(), targets=(target,), brings=three_villages(30, 60, 90))
    assert measured(question) == Measured(minutes * MINUTE, is_met=True, node=deciding, begin=0)


def test_two_places_of_three_are_not_enough_if_the_people_live_in_the_third():
    target = a_target("walk", 60, kind=SHARE, share=0.67)
    found = measured(a_question(walking(), targets=(target,), brings=three_villages(90, 60, 30)))
    assert (found.node, found.is_met) == (0, False)


def test_a_share_counts_those_left_behind_as_missed():
    target = a_target("walk", 60, kind=SHARE, share=0.9)
    question = a_question(walking(), targets=(target,), brings=three_villages(30, 2000, 2000))
    assert measured(question).ticks == NEVER


def test_a_share_of_a_margin_takes_the_tightest_that_still_counts():
    clocks = tuple(Clock(name="water", entity=f"V{n}", base_min=100) for n in range(3))
    target = a_target("walk", 30, kind=SHARE, share=0.9, clock="water")
    question = a_question(walking(), targets=(target,), brings=three_villages(30, 60, 95, clocks=clocks))
    assert measured(question) == Measured(40 * MINUTE, is_met=True, node=1, begin=0)


# ---- Each node by itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit_min", "kept"), [(29, ()), (30, (0,)), (60, (0, 1)), (90, (0, 1, 2))])
def test_a_limit_is_kept_place_by_place(limit_min: float, kept: tuple[int, ...]):
    question = a_question(
        walking(), targets=(a_target("walk", limit_min),), brings=three_villages(30, 60, 90)
    )  # fmt: skip
    (aims,) = question.aims
    run = played(question.network)
    assert aims.kept(run) == kept
    assert aims.measure(run).is_met == (len(kept) == 3)


def test_who_ends_before_the_clock_but_later_than_asked_has_not_kept_a_margin():
    clocks = tuple(Clock(name="water", entity=f"V{n}", base_min=100) for n in range(3))
    target = a_target("walk", 30, kind=MARGIN, clock="water")
    question = a_question(walking(), targets=(target,), brings=three_villages(70, 71, 130, clocks=clocks))
    (aims,) = question.aims
    run = played(question.network)
    assert aims.kept(run) == (0,)
    assert people(question.network, run, aims)[-1].safe == 90


# ---- What a target needs ---------------------------------------------------------------------------------------------


def test_a_target_on_a_clock_nobody_brings_is_refused():
    network = compile_network(a_procedure(a_task("a")), Contribution(), horizon_min=10)
    with pytest.raises(SimError) as refused:
        aims_of(a_target("a", 1, kind=MARGIN, clock="water"), network)
    assert (refused.value.code, refused.value.fields["value"]) == ("clock-unknown", "water")


def test_a_target_whose_task_no_place_concerns_is_not_measured():
    brings = three_villages(30, 60, 90)
    question = a_question(
        a_task("a"),
        a_task("boat", 1, per="village", only="island"),
        targets=(a_target("a", 1), a_target("boat", 1)),
        brings=brings,
    )
    assert [aims.target.id for aims in question.aims] == ["a"]
    assert not is_concerned(a_target("boat", 1), question.network)
    assert not is_concerned(a_target("a", 1, starts="boat"), question.network)


def test_the_later_of_two_joined_branches_decides():
    question = a_question(
        a_task("a", 4),
        a_task("b", 9),
        a_task("any", 1, "a", "b", join=Join(kind=JoinKind.ANY)),
        a_task("all", 1, "a", "b"),
        targets=(a_target("any", 5), a_target("all", 9)),
    )
    found = [aims.measure(played(question.network)) for aims in question.aims]
    assert [(item.ticks // MINUTE, item.is_met) for item in found] == [(5, True), (10, False)]


@pytest.mark.parametrize("fields", [{"kind": TargetKind.MARGIN, "clock": "water", "limit_min": 0}, {"limit_min": 25}])
def test_whoever_is_given_up_at_a_clock_was_not_reached_in_time(fields: dict[str, Any]) -> None:
    villages = EntitySet(name="village", entities=(Entity(key="V1", title="甲村", people=100),))
    brings = Contribution(sets=(villages,), clocks=(Clock(name="water", base_min=30.0),))
    fetched = a_task("fetch", 20, per="village", needs=(Need(pool="bus"),), until="water")
    target = Target(id="out", title="转移", task="fetch", **fields)
    asked = a_question(fetched, pools=(a_pool("bus", 0),), targets=(target,), brings=brings, horizon_min=100)
    run = played(asked.network)
    found = asked.aims[0].measure(run)
    assert not found.is_met
    assert found.node != NOBODY
    assert kernel_batch(asked, seed=1, first=0, runs=3).is_same(reference_batch(asked, seed=1, first=0, runs=3))
    assert not kernel_batch(asked, seed=1, first=0, runs=3).met.any()
    assert [level.safe for level in people(asked.network, run, asked.aims[0])][-1] == 0


def test_whoever_follows_somebody_given_up_was_not_reached_either() -> None:
    tasks = (
        a_task("fetch", 20, pool="bus", until="water"),
        a_task("register", 5, "fetch"),
        a_task("boat", 5, After(task="fetch", when=Outcome.SKIPPED)),
        a_task("walk", 5, After(task="boat", when=Outcome.SKIPPED)),
    )
    targets = tuple(a_target(name, 60) for name in ("register", "boat", "walk"))
    brings = Contribution(clocks=(Clock(name="water", base_min=30.0),))
    asked = a_question(*tasks, pools=(a_pool("bus", 0),), targets=targets, brings=brings, horizon_min=100)
    run = played(asked.network)
    assert [passage.is_given_up for passage in run.passages] == [True, True, False, False]
    found = [aims.measure(run) for aims in asked.aims]
    assert [(one.ticks, one.is_met) for one in found] == [(NEVER, False), (35 * MINUTE, True), (0, True)]
    assert kernel_batch(asked, seed=1, first=0, runs=3).is_same(reference_batch(asked, seed=1, first=0, runs=3))


def test_a_branch_not_taken_at_the_very_tick_of_its_clock_is_not_given_up() -> None:
    tasks = (
        a_task("call", 30, success_share=0.99),
        a_task("messenger", 5, After(task="call", when=Outcome.FAILED), until="water"),
    )
    brings = Contribution(clocks=(Clock(name="water", base_min=30.0),))
    asked = a_question(*tasks, targets=(a_target("messenger", 60),), brings=brings, horizon_min=100)
    run = played(asked.network)
    assert run.passages[1].finish == run.moments[0] == 30 * MINUTE
    assert not run.passages[1].is_given_up
    assert asked.aims[0].measure(run).node == NOBODY
