"""Priors by their rule, timings broken off, surprise, and the doubt that timings leave."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.calibration import LogTimes, SuccessShare, WaitRate
from sim.doubt import Advice, Doubt
from sim.durations import Exponential, Fixed, Law, Lognormal, Pert, Triangular, Uniform, Weibull
from sim.errors import SimError
from sim.learnt_doubt import learnt_splits
from sim.lesson import Wary, curve, learn
from sim.priors import Form, moments_min, prior_of
from sim.stopped import StoppedTimes
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_task, exponential

LAWS: tuple[Law, ...] = (
    Uniform(low_min=2, high_min=20),
    Triangular(low_min=1, mode_min=3, high_min=12),
    Pert(low_min=5, mode_min=10, high_min=30),
    Lognormal(median_min=12, sigma=0.6),
    Exponential(mean_min=9),
    Weibull(a=0.01, b=1.8),
)
times = st.lists(st.floats(0.5, 500), min_size=1, max_size=12)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.law)
def test_mean_and_variance_are_those_of_the_quantile_function(law: Law):
    values = np.array([law.quantile_min((k + 0.5) / 50_000) for k in range(50_000)])
    mean, variance = moments_min(law)
    assert values.mean() == pytest.approx(mean, rel=2e-3)
    assert values.var() == pytest.approx(variance, rel=2e-2)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.law)
@pytest.mark.parametrize("weight", [0.5, 1, 20])
def test_a_prior_keeps_the_law_it_is_made_of(law: Law, weight: float):
    prior = prior_of(law, weight=weight, fixed_sigma=0.5)
    mean, variance = moments_min(law)
    kept_mean, kept_variance = moments_min(prior.held.law)
    assert kept_mean == pytest.approx(mean)
    assert kept_variance == pytest.approx(variance)
    assert (prior.form is Form.OWN) == (law.law in ("lognormal", "exponential"))


def test_a_fixed_time_gets_the_spread_given_and_no_time_cannot_be_learnt():
    prior = prior_of(Fixed(minutes=30), weight=1, fixed_sigma=0.5)
    assert prior.form is Form.SPREAD
    assert isinstance(prior.held.law, Lognormal)
    assert prior.held.law.median_min == pytest.approx(30)
    assert prior.held.law.sigma == pytest.approx(0.5)
    with pytest.raises(SimError, match="take time"):
        prior_of(Fixed(minutes=0), weight=1, fixed_sigma=0.5)
    for weight in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(SimError):
            prior_of(Fixed(minutes=3), weight=weight, fixed_sigma=0.5)


@given(times, st.floats(0.2, 5))
@settings(max_examples=10, deadline=None)
def test_what_was_broken_off_at_once_says_nothing_and_the_grid_is_the_conjugate_answer(ended, weight):
    conjugate = prior_of(LAWS[3], weight=weight, fixed_sigma=0.5).held
    assert isinstance(conjugate, LogTimes)
    conjugate = conjugate.after(ended)
    grid = StoppedTimes(ended=conjugate, stopped_min=(1e-9,))
    assert grid.median_min == pytest.approx(conjugate.median_min, rel=1e-3)
    assert grid.next_min(0.9) == pytest.approx(conjugate.next_min(0.9), rel=0.01)
    assert grid.median_at(0.9) == pytest.approx(conjugate.median_at(0.9), rel=0.03)


@given(times, st.floats(1, 400))
@settings(max_examples=10, deadline=None)
def test_a_time_broken_off_never_makes_a_duration_shorter(ended, at):
    before = learn(LAWS[3], ended, weight=1, fixed_sigma=0.5).posterior
    after = learn(LAWS[3], ended, [at], weight=1, fixed_sigma=0.5).posterior
    for q in (0.5, 0.9):  # the quick end may move either way: what is more spread out is also quicker now and then
        assert after.next_min(q) >= before.next_min(q) * 0.99  # the grid is the formula to one part in a hundred


def test_the_grid_agrees_with_sampling_where_no_formula_is_left():
    luck = np.random.default_rng(3)
    ended = LogTimes(mean_log=math.log(20), weight=1, shape=1.5, scale=0.1).after([18, 25, 22, 30])
    held = StoppedTimes(ended=ended, stopped_min=(40.0, 60.0))
    variance = ended.scale / luck.gamma(ended.shape, size=400_000)
    means = luck.normal(ended.mean_log, np.sqrt(variance / ended.weight))
    from scipy.special import ndtr

    weights = np.prod([ndtr((means - math.log(at)) / np.sqrt(variance)) for at in held.stopped_min], axis=0)
    order = np.argsort(means)
    median = means[order][np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)]
    assert held.median_at(0.5) == pytest.approx(math.exp(median), rel=0.01)


def test_exponential_times_broken_off_add_their_minutes_and_no_end():
    assert WaitRate(shape=2, total_min=10).after([5], [20, 30]) == WaitRate(shape=3, total_min=65)


def test_surprise_is_even_where_the_prior_is_right_and_small_where_it_is_wrong():
    luck, law = np.random.default_rng(9), Lognormal(median_min=12, sigma=0.4)
    shares = []
    for _ in range(2_000):
        held = prior_of(law, weight=6, fixed_sigma=0.5).held
        assert isinstance(held, LogTimes)
        variance = held.scale / luck.gamma(held.shape)
        mean = luck.normal(held.mean_log, math.sqrt(variance / held.weight))
        data = np.exp(luck.normal(mean, math.sqrt(variance), 5)).tolist()
        shares.append(learn(law, data, weight=6, fixed_sigma=0.5).surprise_share)
    assert np.mean(np.array(shares, dtype=float) < 0.05) == pytest.approx(0.05, abs=0.015)
    wrong = learn(law, [70, 80, 75, 90], weight=6, fixed_sigma=0.5)
    assert wrong.is_in_conflict
    assert wrong.wary(turnouts=1, announced_only=True) == (
        Wary.CONFLICT, Wary.FEW, Wary.ONE_TURNOUT, Wary.ANNOUNCED,
    )  # fmt: skip


@pytest.mark.parametrize("law", [LAWS[3], LAWS[4]], ids=lambda law: law.law)
def test_the_curve_is_a_density_and_draws_come_from_what_is_held(law: Law):
    held = learn(law, [10, 14, 9, 20, 13], weight=2, fixed_sigma=0.5).posterior
    points = curve(held)
    area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(points))
    assert area == pytest.approx(0.98, abs=0.02)
    luck = np.random.default_rng(4)
    medians = [held.drawn(u, v).quantile_min(0.5) for u, v in luck.uniform(size=(20_000, 2))]
    for q in (0.1, 0.5, 0.9):
        assert np.quantile(medians, q) == pytest.approx(held.median_at(q), rel=0.02)


def test_a_certain_share_is_held_a_little_short_of_certain():
    assert SuccessShare.worth(1.0, 4, least=0.01).mean == pytest.approx(0.99)


def test_timings_move_the_advice_from_drills_to_runs():
    question = a_question(a_task("ride", exponential(10)), targets=(a_target("ride", 15),))
    law = question.procedure.task("ride").duration.law
    few = learn(law, [9, 12], weight=1, fixed_sigma=0.5).posterior
    many = learn(law, [9.0, 12.0, 7.0, 15.0] * 500, weight=1, fixed_sigma=0.5).posterior
    advice = [
        learnt_splits(question, held={"ride": held}, success={}, doubts=[], seed=1, study_runs=60, draws=120)[0]
        for held in (few, many)
    ]
    assert [one.advice for one in advice] == [Advice.DRILLS, Advice.RUNS]


def test_the_split_is_within_ten_points_of_the_true_one_for_a_posterior():
    """P(met) = 1 − exp(−15/m) with the mean m of the posterior: its mean, variance and noise over 4,000 even shares."""
    question = a_question(a_task("ride", exponential(10)), targets=(a_target("ride", 15),))
    held = learn(question.procedure.task("ride").duration.law, [9, 12, 8], weight=1, fixed_sigma=0.5).posterior
    chances = np.array([-math.expm1(-15 / held.drawn((k + 0.5) / 4000, 0.5).mean_min) for k in range(4000)])
    of_runs = (chances * (1 - chances)).mean() / 40
    true = of_runs / (of_runs + chances.var())
    (one,) = learnt_splits(question, held={"ride": held}, success={}, doubts=[], seed=2, study_runs=40, draws=300)
    assert one.runs_share == pytest.approx(true, abs=0.10)
    assert one.p_met == pytest.approx(chances.mean(), abs=0.03)


def test_what_nobody_knows_of_one_task_is_one_doubt_wherever_it_is_done():
    """Twice ten minutes with one factor of σ 0.5 keep within 28 with the chance Φ(ln 1.4 / 0.5)."""
    question = a_question(a_task("one", 10), a_task("again", 10, "one"), targets=(a_target("again", 28),))
    doubts = [Doubt(task=name, scale=0.5) for name in ("one", "again")]

    def p_met(same_as: dict[str, str], draws: int) -> float:
        return learnt_splits(
            question, held={}, success={}, doubts=doubts, seed=3, study_runs=40, same_as=same_as, draws=draws, runs=2
        )[0].p_met

    expected = NormalDist().cdf(math.log(1.4) / 0.5)
    assert p_met({"again": "one"}, 1200) == pytest.approx(expected, abs=0.04)
    assert p_met({"again": "one"}, 60) != p_met({}, 60)
