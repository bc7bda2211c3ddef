"""What holds a response back is named, and its saving is proved to the tick on the same luck."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.chunk import counted, run_chunk
from sim.durations import Duration, Uniform
from sim.hazards.contribution import Clock, Contribution, Gate
from sim.kernel.batching import kernel_batch
from sim.pairs import Counts, Effect, Pairs, Rows, effect
from sim.procedure import After, Join, JoinKind, Need, Outcome, PoolKind, TargetKind, TaskKind
from sim.question import Question
from sim.suspects import Saving, Suspect, pool_of, prove, prove_all, relaxed, suspects
from sim.ticks import NEVER, minutes
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_pool, a_task, exponential, played

RUNS = 4


def found(question: Question, **options) -> list[tuple[str, str, str, float]]:
    chunk = run_chunk(question, seed=1, first=0, runs=RUNS)
    return [(s.task, s.cause, s.pool, s.lost_min) for s in suspects(chunk, **options)]


def proved(question: Question, task: str, cause: str, *, runs: int = RUNS) -> Saving:
    base = run_chunk(question, seed=1, first=0, runs=RUNS)
    suspect = next(s for s in suspects(base, most=99) if (s.task, s.cause) == (task, cause))
    return prove(question, suspect, seed=1, runs=runs)


def exactly(saving: Saving) -> tuple[float | None, float | None, float | None]:
    return saving.mean_min, saving.low_min, saving.high_min


def two_calls_on_one_line() -> Question:
    """The second call waits 25 minutes for the only line, then takes 5, and the ride 10."""
    tasks = (
        a_task("first", 25, pool="line", kind=TaskKind.NOTIFY),
        a_task("second", 5, pool="line", kind=TaskKind.NOTIFY),
        a_task("ride", 10, "second", kind=TaskKind.TRAVEL),
    )
    pools = (a_pool("line", kind=PoolKind.LINE),)
    return a_question(*tasks, pools=pools, targets=(a_target("ride", 30),))


def test_a_known_bottleneck_is_named_first_with_the_minutes_it_costs():
    assert found(two_calls_on_one_line()) == [
        ("second", "pool:line", "line", 25.0),
        ("ride", "travel", "", 10.0),
        ("second", "work", "", 5.0),
    ]


def test_every_target_that_falls_short_is_told_its_own_largest_loss():
    tasks = (
        a_task("long", 90, pool="boat"),
        a_task("ride", 40, "long"),
        a_task("call", 3),
        a_task("answer", 2, "call"),
    )
    targets = (a_target("ride", 60), a_target("answer", 4))
    question = a_question(*tasks, pools=(a_pool("boat"),), targets=targets)
    chunk = run_chunk(question, seed=1, first=0, runs=RUNS)
    of_answer = targets[1].id
    assert [(s.target, s.task) for s in suspects(chunk, most=1)] == [(targets[0].id, "long")]
    assert [(s.target, s.task) for s in suspects(chunk, short={of_answer}, most=2)] == [
        (targets[0].id, "long"),
        (of_answer, "call"),
    ]


def test_one_loss_that_holds_two_targets_back_is_told_to_both():
    targets = (a_target("second", 1), a_target("ride", 1))
    question = two_calls_on_one_line()
    chunk = run_chunk(
        a_question(*question.procedure.tasks, pools=question.procedure.pools, targets=targets),
        seed=1,
        first=0,
        runs=RUNS,
    )
    found = suspects(chunk, short={target.id for target in targets}, most=2)
    assert [(s.target, s.task) for s in found] == sorted((target.id, "second") for target in targets)


def test_the_saving_of_a_pool_is_proved_exactly():
    assert exactly(proved(two_calls_on_one_line(), "second", "pool:line")) == (25, 25, 25)


def test_the_saving_of_own_minutes_is_half_of_them():
    assert exactly(proved(two_calls_on_one_line(), "ride", "travel")) == (5, 5, 5)


def test_what_a_proof_saves_may_be_less_than_what_was_lost():
    tasks = (
        a_task("holds", 30, pool="crew"),
        a_task("needs", 10, pool="crew"),
        a_task("other", 35),
        a_task("end", 1, "needs", "other"),
    )
    question = a_question(*tasks, pools=(a_pool("crew"),), targets=(a_target("end", 60),))
    assert found(question)[0] == ("needs", "pool:crew", "crew", 30.0)
    assert exactly(proved(question, "needs", "pool:crew")) == (5, 5, 5)


def test_a_wait_for_a_decision_maker_bears_the_name_of_deciding():
    tasks = (a_task("meeting", 20, pool="boss"), a_task("order", 6, pool="boss", kind=TaskKind.DECISION))
    pools = (a_pool("boss", kind=PoolKind.DECISION),)
    question = a_question(*tasks, pools=pools, targets=(a_target("order", 10),))
    assert found(question) == [("order", "decision:boss", "boss", 20.0), ("order", "deciding", "", 6.0)]
    assert exactly(proved(question, "order", "decision:boss")) == (20, 20, 20)


def test_a_gate_is_proved_by_opening_it():
    brings = Contribution(
        clocks=(Clock(name="falls", base_min=45),),
        gates=(Gate(name="gas", cause="gas", is_open=False, opens="falls"),),
    )
    question = a_question(a_task("enter", 8, gate="gas"), targets=(a_target("enter", 20),), brings=brings)
    assert found(question) == [("enter", "gas:gas", "", 45.0), ("enter", "work", "", 8.0)]
    assert exactly(proved(question, "enter", "gas:gas")) == (45, 45, 45)


def test_time_before_a_clock_is_no_suspect_because_nobody_can_relax_it():
    brings = Contribution(clocks=(Clock(name="water", base_min=60),))
    question = a_question(a_task("rescue", 8, release="water"), targets=(a_target("rescue", 70),), brings=brings)
    assert found(question) == [("rescue", "work", "", 8.0)]


def test_a_margin_gains_what_its_task_is_earlier():
    brings = Contribution(clocks=(Clock(name="water", base_min=100),))
    tasks = (a_task("first", 25, pool="bus"), a_task("ride", 10, pool="bus"))
    target = a_target("ride", 80, kind=TargetKind.MARGIN, clock="water")
    question = a_question(*tasks, pools=(a_pool("bus"),), targets=(target,), brings=brings)
    assert exactly(proved(question, "ride", "pool:bus")) == (25, 25, 25)


def test_a_run_that_never_got_there_is_counted_and_lends_no_minutes():
    tasks = (a_task("first", 90, pool="bus"), a_task("ride", 10, pool="bus"))
    question = a_question(*tasks, pools=(a_pool("bus"),), targets=(a_target("ride", 5),), horizon_min=50)
    assert found(question)[0] == ("ride", "pool:bus", "bus", 50.0)
    saving = proved(question, "ride", "pool:bus")
    assert exactly(saving) == (None, None, None)
    assert saving.counts == Counts(
        met_before=0, met_after=0, arrived_before=0, arrived_after=RUNS, newly=RUNS, paired=0, newly_met=0
    )


def a_random_race() -> Question:
    """A ride behind a bus that is mostly, and not always, back before everything ends."""
    tasks = (a_task("first", exponential(30), pool="bus"), a_task("ride", exponential(20), pool="bus"))
    return a_question(*tasks, pools=(a_pool("bus"),), targets=(a_target("ride", 25),), horizon_min=60)


def test_the_counts_are_those_of_the_same_runs_played_twice():
    question, runs = a_random_race(), 40
    base = run_chunk(question, seed=1, first=0, runs=runs)
    suspect = next(s for s in suspects(base, most=9) if s.cause == "pool:bus")
    saving = prove(question, suspect, seed=1, runs=runs)
    counts = saving.counts
    assert counts is not None
    assert (counts.met_before, counts.arrived_before) == (
        base.targets[0].met,
        runs - base.of_target(0).censored,
    )
    assert counts.met_before < counts.met_after
    assert 0 < counts.newly == counts.arrived_after - counts.paired
    assert counts.no_more == 0
    assert saving.mean_min is not None
    assert 0 < saving.mean_min < 60


def test_no_gain_of_minutes_exceeds_the_scenario():
    brings = Contribution(clocks=(Clock(name="water", base_min=50),))
    tasks = (a_task("first", exponential(60), pool="bus"), a_task("ride", 10, pool="bus"))
    target = a_target("ride", 20, kind=TargetKind.MARGIN, clock="water")
    question = a_question(*tasks, pools=(a_pool("bus"),), targets=(target,), brings=brings, horizon_min=60)
    base = run_chunk(question, seed=1, first=0, runs=40)
    saving = prove(question, next(s for s in suspects(base) if s.task == "ride"), seed=1, runs=40)
    assert saving.counts is not None
    assert saving.counts.arrived_before < 40
    assert saving.mean_min is not None
    assert saving.mean_min <= 50


def test_what_still_holds_a_target_back_is_told_where_one_shortage_hides_another():
    tasks = (a_task("first", 30, pool="boat"), a_task("other", 30, pool="crew"))
    rescue = replace(a_task("rescue", 5, pool="boat"), needs=(Need(pool="boat"), Need(pool="crew")))
    question = a_question(*tasks, rescue, pools=(a_pool("boat"), a_pool("crew")), targets=(a_target("rescue", 20),))
    saving = proved(question, "rescue", "pool:boat")
    assert exactly(saving) == (0, 0, 0)
    assert saving.left is not None
    assert (saving.left.task, saving.left.cause, saving.left.lost_min) == ("rescue", "pool:crew", 30)


@pytest.mark.parametrize(
    ("low", "high", "newly", "no_more", "said"),
    [
        (1.0, 3.0, 0, 0, Effect.GAIN),
        (-1.0, 3.0, 0, 0, Effect.OPEN),
        (-3.0, -1.0, 0, 0, Effect.HARM),
        (None, None, 6, 0, Effect.GAIN),
        (None, None, 5, 0, Effect.OPEN),
        (None, None, 0, 6, Effect.HARM),
        (-1.0, 3.0, 9, 1, Effect.GAIN),
        (-1.0, 3.0, 1, 9, Effect.HARM),
        (2.0, 4.0, 0, 40, Effect.MIXED),
        (-4.0, -2.0, 40, 0, Effect.MIXED),
        (2.0, 4.0, 0, 5, Effect.GAIN),
    ],
)
def test_an_effect_is_sure_in_minutes_or_in_runs_that_get_there(low, high, newly, no_more, said):
    counts = Counts(
        met_before=0, met_after=0, arrived_before=50, arrived_after=50 + newly - no_more, newly=newly, paired=10
    )
    assert counts.no_more == no_more
    assert effect(low, high, counts) is said
    assert effect(low, high, None) is (
        Effect.OPEN if low is None or low < 0 < high else Effect.GAIN if low > 0 else Effect.HARM
    )


rows = st.tuples(st.sampled_from([0, 60_000, 90_000, NEVER]), st.integers(0, 1), st.integers(0, 3))


@given(st.lists(st.tuples(rows, rows), min_size=2), st.lists(st.booleans(), min_size=2), st.booleans())
def test_a_run_that_concerns_nobody_lends_no_minutes_and_is_counted_apart(both, idle, is_margin):
    """Runs with nobody concerned on either side change no figure; they are told by their own counts."""
    both = [((-old[0], *old[1:]), (-new[0], *new[1:])) for old, new in both] if is_margin else both
    nobody = (NEVER if is_margin else 0, 1, -1)
    mixed = both + [(nobody, both[0][1]) if is_now else (both[0][0], nobody) for is_now in idle]
    plainly, apart = (
        Pairs.of(*(Rows(*np.array(side).T) for side in zip(*them, strict=True)), is_latest_better=is_margin)
        for them in (both, mixed)
    )
    assert apart.gained_min == plainly.gained_min
    assert (apart.counts.no_longer, apart.counts.only_now) == (idle.count(False), idle.count(True))
    assert (plainly.counts.no_longer, plainly.counts.only_now) == (0, 0)
    for name in ("arrived_before", "arrived_after", "newly", "no_more", "paired"):
        assert getattr(apart.counts, name) == getattr(plainly.counts, name)
    assert apart.better_share * len(mixed) == pytest.approx(plainly.better_share * len(both))
    assert apart.worse_share * len(mixed) == pytest.approx(plainly.worse_share * len(both))


def test_a_shorter_task_can_make_the_whole_slower_and_the_proof_says_so():
    """Graham's nine tasks on three crews take 12 minutes; with T4 halved T9 is last in line, and they take 16."""
    after = {"T5": "T4", "T6": "T4", "T7": "T4", "T8": "T4", "T9": "T1"}
    tasks = [
        a_task(f"T{n}", took, *filter(None, [after.get(f"T{n}")]), pool="crew", priority=n)
        for n, took in enumerate((3, 2, 2, 2, 4, 4, 4, 4, 9), start=1)
    ]
    end = a_task("end", 0, *(task.id for task in tasks))
    question = a_question(*tasks, end, pools=(a_pool("crew", 3),), targets=(a_target("end", 12),))
    assert exactly(proved(question, "T4", "work")) == (-4, -4, -4)


def test_a_cause_is_listed_once_with_the_target_it_costs_most():
    tasks = (a_task("first", 25, pool="line"), a_task("second", 5, pool="line"), a_task("ride", 10, "second"))
    targets = (a_target("ride", 30), a_target("second", 29))
    names = [row[:2] for row in found(a_question(*tasks, pools=(a_pool("line"),), targets=targets), most=99)]
    assert len(names) == len(set(names)) == 3


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_suspects_than_asked_for(most: int):
    assert len(found(two_calls_on_one_line(), most=most)) == most


@pytest.mark.parametrize("piece", [1, 7, 20])
def test_a_proof_is_the_same_in_whatever_pieces(piece: int):
    question = a_random_race()
    suspected = suspects(run_chunk(question, seed=1, first=0, runs=RUNS), most=2)
    assert len(suspected) == 2
    apart = [prove(question, suspect, seed=1, runs=25) for suspect in suspected]
    assert list(prove_all(question, suspected, seed=1, runs=25, piece=piece)) == apart
    assert {saving.runs for saving in apart} == {25}


@given(seed=st.integers(0, 2**40), replication=st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_relaxing_a_pool_changes_no_drawn_duration(seed: int, replication: int):
    question = a_question(
        a_task("a", exponential(9), pool="crew"),
        a_task("b", exponential(5), pool="crew", tries=3, success_share=0.5),
        a_task("c", exponential(7), "b", pool="bus"),
        pools=(a_pool("crew"), a_pool("bus")),
        targets=(a_target("c", 9),),
    )
    suspect = Suspect(target="c", task="b", cause="pool:crew", pool="crew", lost_min=1)
    network = question.network
    free = relaxed(network, suspect)
    before, after = (played(item, seed, replication).passages for item in (network, free))
    assert [p.worked for p in before] == [p.worked for p in after]
    assert all(new.start <= old.start for old, new in zip(before, after, strict=True))
    assert free.pools[1] == network.pools[1]


def test_relaxing_leaves_the_question_as_it_was():
    question = two_calls_on_one_line()
    before = question.digest
    proved(question, "second", "pool:line")
    assert question.digest == before
    assert question.network.pools[0].units == 1


def a_try_and_what_is_done_instead() -> Question:
    """A long way, a knock that fails in one run of five, and then a detour that takes far too long."""
    return a_question(
        a_task("way", Duration(law=Uniform(low_min=45, high_min=55))),
        a_task("knock", 1, "way", success_share=0.8),
        a_task("detour", 200, After(task="knock", when=Outcome.FAILED)),
        a_task("told", 0, "knock", "detour", join=Join(kind=JoinKind.ANY)),
        targets=(a_target("told", 60),),
    )


def test_what_fails_is_suspected_where_the_way_round_it_costs_the_promise():
    question = a_try_and_what_is_done_instead()
    chunk = run_chunk(question, seed=1, first=0, runs=50)
    assert ("knock", "failure") not in {(one.task, one.cause) for one in suspects(chunk)}
    found = suspects(chunk, short={"told"})
    assert ("knock", "failure") in {(one.task, one.cause) for one in found}
    kept = {
        (one.suspect.task, one.suspect.cause): one.counts.keeps_more
        for one in prove_all(question, found, seed=1, runs=50)
    }
    assert kept == {
        ("way", "work"): False,
        ("knock", "work"): False,
        ("detour", "work"): False,
        ("knock", "failure"): True,
    }


def test_minutes_after_a_last_failure_are_booked_on_the_task_that_failed():
    question = a_question(
        a_task("way", 5),
        a_task("knock", 5, "way", success_share=0.5),
        targets=(a_target("knock", 60),),
        horizon_min=100,
    )
    chunk = run_chunk(question, seed=1, first=0, runs=40)
    failed = next(sums.failed for sums in chunk.tasks if sums.task == "knock")
    assert counted(chunk.chains)["knock", "knock", "failure"] == failed * 90 * 60_000
    assert chunk == run_chunk(question, seed=1, first=0, runs=40, batch=kernel_batch)
    assert suspects(chunk)[0].cause == "failure"


def test_the_pool_of_a_cause():
    assert [pool_of(cause) for cause in ("pool:a:b", "decision:c", "gas:gas", "work")] == ["a:b", "c", "", ""]


def test_lost_minutes_are_a_mean_over_the_runs():
    question = a_question(a_task("a", exponential(9)), targets=(a_target("a", 9),))
    chunk = run_chunk(question, seed=1, first=0, runs=30)
    (suspect,) = suspects(chunk)
    assert suspect.lost_min == pytest.approx(minutes(chunk.targets[0].ticks.total) / 30)
    assert suspects(replace(chunk, chains=())) == ()
