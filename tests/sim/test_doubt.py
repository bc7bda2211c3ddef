"""The noise of runs and the doubt about durations are told apart as theory has them."""

from __future__ import annotations

import math

import pytest

from sim.calibration import LogTimes
from sim.doubt import Advice, Doubt, Split, split
from sim.quantiles import normal_quantile
from sim.question import Question
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_task, exponential

LIMIT = 15.0


def a_ride() -> Question:
    """An exponential ride of ten minutes on average."""
    return a_question(a_task("ride", exponential(10)), targets=(a_target("ride", LIMIT),))


def true_runs_share(scale: float, study_runs: int) -> float:
    """P = 1 − exp(−15/(10·f)) with f lognormal: its mean, its variance and E[P(1 − P)] over 4,000 even quantiles."""
    chances = [1 - math.exp(-LIMIT / (10 * math.exp(scale * normal_quantile((k + 0.5) / 4000)))) for k in range(4000)]
    mean = sum(chances) / len(chances)
    of_inputs = sum((p - mean) ** 2 for p in chances) / len(chances)
    of_runs = sum(p * (1 - p) for p in chances) / len(chances) / study_runs
    return of_runs / (of_runs + of_inputs)


def found(scale: float, study_runs: int, seed: int = 1) -> Split:
    doubts = [Doubt(task="ride", scale=scale)]
    return split(a_ride(), doubts, target="ride", seed=seed, study_runs=study_runs, draws=400, runs=50)


@pytest.mark.parametrize(("scale", "study_runs"), [(0.3, 20), (0.6, 10), (0.6, 1000), (0.2, 25), (0.1, 100)])
def test_the_split_is_within_ten_points_of_the_true_one(scale: float, study_runs: int):
    assert abs(found(scale, study_runs).runs_share - true_runs_share(scale, study_runs)) <= 0.10


def test_the_interval_holds_the_true_split_for_most_seeds():
    true = true_runs_share(0.3, 20)
    held = [split_.low <= true <= split_.high for split_ in (found(0.3, 20, seed) for seed in range(20))]
    assert sum(held) >= 17


def test_many_runs_with_guessed_durations_ask_for_drills_and_few_with_sure_ones_for_runs():
    assert found(0.6, 1000).advice is Advice.DRILLS
    assert found(0.05, 10).advice is Advice.RUNS


def test_without_doubt_everything_is_noise_of_runs():
    one = split(a_ride(), [], target="ride", seed=1, study_runs=100)
    assert one.advice is Advice.RUNS
    assert one.runs_share > 0.8


def test_where_nothing_varies_nothing_is_asked_for():
    question = a_question(a_task("ride", 10), targets=(a_target("ride", LIMIT),))
    assert split(question, [], target="ride", seed=1, study_runs=100).advice is Advice.NEITHER


def test_drills_make_the_doubt_smaller():
    held = LogTimes(mean_log=math.log(10), weight=1, shape=2, scale=0.3)
    after = held.after([9, 11, 10, 12, 9, 10, 11, 10])
    before_, after_ = (Doubt.of("ride", one, median_min=10) for one in (held, after))
    assert after_.scale < before_.scale / 2
    assert before_.factor(0.5) == pytest.approx(1.0)
