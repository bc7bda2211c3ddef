"""What runs say beside the verdict: quantiles and means with intervals that cover, weights of tasks, and cautions."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sim.batch import reference_batch
from sim.durations import Duration, Fixed, Lognormal, Uniform
from sim.findings import RUNS_PER_SQUARED_SKEWNESS, Caution, Findings, Weight, quantiles
from sim.hazards.contribution import Clock, Contribution
from sim.plain import plain, unplain
from sim.procedure import After, Outcome, TargetKind
from sim.question import Question
from sim.reference_engine import play
from sim.spread import spreads_of
from sim.statistics import Sums, is_precise
from sim.stopping import Ending, StopRule
from sim.study import run_study
from sim.suspects import Saving
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_pool, a_task, exponential
from tests.sim.test_study import a_response, study

RECORD = Path(__file__).parent / "records" / "study-release-1.json"


# ---- Times with their intervals --------------------------------------------------------------------------------------


def test_quantiles_stand_inside_their_intervals_and_name_a_run_that_shows_them():
    question = a_response()
    result = study(question, runs=200).targets[0]
    elapsed = reference_batch(question, seed=7, first=0, runs=200).ticks[:, 0]
    for told, value_min in zip(result.quantiles, (result.p50_min, result.p90_min), strict=True):
        assert told.value_min == value_min
        assert told.low_min is not None
        assert told.high_min is not None
        assert told.low_min < told.value_min < told.high_min
        assert elapsed[told.replication] / 60_000 == value_min
        shown = play(question.network, seed=7, replication=told.replication)
        assert question.aims[0].measure(shown).ticks / 60_000 == value_min


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_intervals_of_quantiles_cover_at_least_what_they_say(share: float):
    luck, truth, covered = np.random.default_rng(5), -np.log(1 - share) * 600_000, 0
    for _ in range(600):
        spread = spreads_of(luck.exponential(600_000, (100, 1)).astype(np.int64), first=0).column(0)
        (told,) = quantiles(spread, (share,), 0.05)
        assert told.low_min is not None
        assert told.high_min is not None
        covered += told.low_min * 60_000 <= truth <= told.high_min * 60_000
    assert covered / 600 >= 0.94


def test_the_interval_of_a_margin_is_turned_round_with_it():
    brings = Contribution(clocks=(Clock(name="water", base_min=100),))
    target = a_target("a", 50, kind=TargetKind.MARGIN, clock="water")
    task = a_task("a", Duration(law=Uniform(low_min=0, high_min=80)))
    result = study(a_question(task, targets=(target,), brings=brings), runs=200).targets[0]
    p90 = result.quantiles[1]
    assert p90.low_min is not None
    assert p90.high_min is not None
    assert p90.value_min is not None
    assert 20 <= p90.low_min < p90.value_min < p90.high_min <= 45
    assert result.mean is not None
    assert result.mean.mean_min == pytest.approx(60, abs=6)


def test_too_few_runs_leave_a_quantile_open_and_say_so():
    result = study(a_response(), runs=20).targets[0]
    assert result.quantiles[1].high_min is None
    assert {Caution.OPEN, Caution.FEW} <= set(result.cautions)


def test_the_mean_is_of_the_runs_that_got_there_and_the_rest_is_named():
    half = a_task("a", Duration(law=Uniform(low_min=0, high_min=20)))
    question = a_question(half, targets=(a_target("a", 15),), horizon_min=12)
    found = study(question, runs=200)
    result, ticks = found.targets[0], reference_batch(question, seed=7, first=0, runs=200).ticks[:, 0]
    there = ticks[ticks < 10**9]
    assert result.mean is not None
    assert result.mean.runs == len(there)
    assert result.mean.mean_min == pytest.approx(there.mean() / 60_000)
    assert result.censored_share == 1 - len(there) / 200
    assert Caution.CENSORED in result.cautions
    assert found.bands[0].mean == result.mean


def test_runs_that_concern_nobody_are_told_apart():
    brings = Contribution(clocks=(Clock(name="lost", base_min=10),))
    tasks = (
        a_task("bus", Duration(law=Uniform(low_min=0, high_min=20)), until="lost"),
        a_task("boat", 7, After(task="bus", when=Outcome.SKIPPED)),
        a_task("walk", 3, After(task="bus", when=Outcome.DONE)),
    )
    found = study(a_question(*tasks, targets=(a_target("boat", 60),), brings=brings), runs=60)
    (result,), band = found.targets, found.bands[1]
    assert result.unconcerned_share == band.skipped_share
    assert band.mean is None or band.mean.runs == round(60 * (1 - band.skipped_share))


# ---- Which tasks decide ----------------------------------------------------------------------------------------------


def weights(question: Question, runs: int) -> dict[str, Weight]:
    return {weight.task: weight for weight in study(question, runs=runs).targets[0].weights}


def test_cruciality_is_the_correlation_of_own_minutes_with_the_time_of_the_target():
    question, runs = a_response(), 150
    batch = reference_batch(question, seed=7, first=0, runs=runs)
    there = batch.ticks[:, 0] < 10**9
    for task, weight in weights(question, runs).items():
        own = batch.own[there, list(question.network.of_task).index(task)] // 100
        expected = abs(np.corrcoef(own, batch.ticks[there, 0] // 100)[0, 1])
        assert weight.cruciality == pytest.approx(expected, abs=1e-9)


def test_what_never_varies_has_no_cruciality_and_what_is_always_on_the_chain_is_critical():
    tasks = (a_task("call", 5), a_task("ride", exponential(9), "call"), a_task("press", exponential(1), "call"))
    found = weights(a_question(*tasks, targets=(a_target("ride", 60),)), 50)
    assert found["call"] == Weight(task="call", critical_share=1.0, cruciality=None)
    assert found["ride"].cruciality == pytest.approx(1.0)
    assert "press" not in found


# ---- Cautions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sigma", "runs", "cautioned"), [(1.0, 60, True), (0.3, 60, False), (0.6, 800, False)])
def test_few_runs_for_skewed_times_are_cautioned(sigma: float, runs: int, cautioned: bool):
    task = a_task("a", Duration(law=Lognormal(median_min=30, sigma=sigma)))
    result = study(a_question(task, targets=(a_target("a", 60),)), runs=runs).targets[0]
    assert (Caution.SKEWED in result.cautions) is cautioned


def test_without_the_caution_a_t_interval_of_skewed_times_covers_too_little():
    """Lognormal, σ = 1: skewness 6.2, so the rule asks for some 960 runs; at 30 the interval covers far less."""
    assert coverage(30) < 0.90
    assert coverage(RUNS_PER_SQUARED_SKEWNESS * 38) > 0.93


def coverage(runs: int) -> float:
    luck, mean = np.random.default_rng(11), np.exp(0.5)
    drawn = np.exp(luck.normal(0, 1, (1500, runs)))
    means, errors = drawn.mean(axis=1), drawn.std(axis=1, ddof=1) / np.sqrt(runs)
    return float((np.abs(means - mean) <= 1.98 * errors).mean())


# ---- Stopping --------------------------------------------------------------------------------------------------------


def test_a_study_stops_when_every_mean_is_known_as_well_as_asked():
    question = a_question(a_task("a", exponential(30)), targets=(a_target("a", 60),))
    rough, fine = (study(question, precision_share=share, most_runs=12_800) for share in (0.2, 0.05))
    assert (rough.ending, fine.ending) == (Ending.PRECISE, Ending.PRECISE)
    assert rough.runs < fine.runs
    mean = fine.targets[0].mean
    assert mean is not None
    assert mean.high_min is not None
    assert mean.high_min - mean.mean_min <= 0.05 * mean.mean_min
    assert study(question, precision_share=0.01, most_runs=200).ending is Ending.MOST_RUNS


def test_stopping_at_a_precision_leaves_a_mean_that_is_covered():
    rule, covered = StopRule(most_runs=3200), 0
    luck = np.random.default_rng(2)
    for _ in range(400):
        drawn = luck.gamma(4.0, 25.0, 3200)
        for size in rule.looks:
            sums = Sums.of((drawn[:size] * 100).astype(int).tolist())
            if is_precise(sums, 0.05, alpha=rule.alpha(1)) or size == rule.looks[-1]:
                covered += sums.t_interval(rule.alpha(1)).holds(10_000)
                break
    assert covered / 400 >= 0.95


def test_alpha_is_divided_among_targets_claimed_together_and_the_result_says_so():
    alone, joint = (study(a_response(), runs=100, is_joint=is_joint) for is_joint in (False, True))
    assert (alone.is_joint, joint.is_joint) == (False, True)
    assert [round(result.confidence, 6) for result in (alone.targets[0], joint.targets[0])] == [0.95, 0.975]
    assert joint.targets[0].low < alone.targets[0].low
    assert joint.results_hash == alone.results_hash


@pytest.mark.parametrize(
    ("pieces", "runs", "ending"), [(1, 20, Ending.TIME), (3, 60, Ending.TIME), (9, 100, Ending.EXACT)]
)
def test_a_budget_of_time_ends_with_a_whole_piece(pieces: int, runs: int, ending: Ending):
    left = [pieces]

    def is_time_over() -> bool:
        left[0] -= 1
        return left[0] <= 0

    found, _ = run_study(a_response(), seed=7, rule=StopRule(runs=100), is_time_over=is_time_over)
    assert (found.runs, found.ending) == (runs, ending)
    assert found.results_hash == study(a_response(), runs=runs).results_hash


def test_every_study_says_why_it_ended():
    sure, coin = a_task("a", 5), a_task("a", Duration(law=Uniform(low_min=0, high_min=10)))
    assert study(a_question(sure, targets=(a_target("a", 9),)), most_runs=800).ending is Ending.DECIDED
    tossed = study(a_question(coin, targets=(a_target("a", 5, assurance=0.5),)), most_runs=200)
    assert tossed.ending is Ending.MOST_RUNS
    assert study(a_response(), runs=3).ending is Ending.EXACT


# ---- Records ---------------------------------------------------------------------------------------------------------


def test_findings_come_back_from_their_plain_form():
    found = study(a_response(), runs=40)
    assert unplain(Findings, plain(found)) == found
    none = study(
        a_question(a_task("a", Duration(law=Fixed(minutes=90))), targets=(a_target("a", 9),), horizon_min=9), runs=2
    )
    assert unplain(Findings, plain(none)) == none


def test_a_record_of_an_earlier_release_is_still_read():
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    found, savings = unplain(Findings, record["findings"]), unplain(tuple[Saving, ...], record["savings"])
    assert (found.runs, found.ending, found.is_joint) == (60, None, False)
    ride = found.targets[0]
    assert (ride.met, ride.p50_min, ride.mean, ride.quantiles, ride.cautions) == (44, 127.48191666666666, None, (), ())
    assert len(savings) == 2


def test_the_figures_of_an_earlier_release_are_still_the_figures():
    """Bins change nothing where few values fall into one: the same study says the same to the last digit."""
    then = unplain(Findings, json.loads(RECORD.read_text(encoding="utf-8"))["findings"])
    now = study(a_response(), runs=60)
    for old, new in zip(then.targets, now.targets, strict=True):
        assert (old.p_met, old.low, old.high, old.p50_min, old.p90_min) == (
            new.p_met, new.low, new.high, new.p50_min, new.p90_min,
        )  # fmt: skip
    for before, after in zip(then.bands, now.bands, strict=True):
        assert (before.p10_min, before.p50_min, before.p90_min) == (after.p10_min, after.p50_min, after.p90_min)
    assert (then.waits, then.footing) == (now.waits, now.footing)
    assert [result.target for result in then.targets] == [result.target for result in now.targets]


def test_a_pool_short_of_units_is_found_among_the_weights():
    tasks = (
        a_task("fetch", Duration(law=Lognormal(median_min=30, sigma=0.6)), pool="crew"),
        a_task("ride", exponential(2), pool="crew"),
    )
    found = weights(a_question(*tasks, pools=(a_pool("crew"),), targets=(a_target("ride", 60),)), 80)
    assert found["fetch"].critical_share == 1.0
    assert found["fetch"].cruciality is not None
    assert found["fetch"].cruciality > 0.9
