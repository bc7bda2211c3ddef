"""V40-V44: intervals, ranks, stopping and verdicts."""

import math
import random
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.errors import SimError
from sim.quantiles import normal_quantile
from sim.statistics import (
    Interval,
    Sums,
    Verdict,
    clopper_pearson,
    lognormal_from_mean,
    lognormal_from_p90,
    lognormal_mean,
    lognormal_with_p90,
    look_alpha,
    looks,
    paired_difference,
    pert_mean,
    pert_sd,
    quantile,
    quantile_rank,
    quantile_ranks,
    runs_for_precision,
    triangular_mean,
    triangular_sd,
    verdict,
    wilson,
)

ticks = st.integers(0, 10**9)
samples = st.lists(ticks, min_size=2, max_size=40)


@pytest.mark.parametrize(
    ("met", "runs", "expected"),
    [(870, 1000, (0.847732, 0.889436)), (95, 100, (0.888250, 0.978456)), (100, 100, (0.963007, 1.0))],
)
def test_v44_wilson(met, runs, expected):
    interval = wilson(met, runs)
    assert (interval.low, interval.high) == pytest.approx(expected, abs=1e-6)


@given(runs=st.integers(1, 2000), share=st.floats(0, 1), alpha=st.floats(0.001, 0.5))
def test_a_wilson_interval_holds_what_was_seen_and_is_mirrored(runs, share, alpha):
    met = round(share * runs)
    interval, mirrored = wilson(met, runs, alpha), wilson(runs - met, runs, alpha)
    assert 0 <= interval.low <= met / runs + 1e-12
    assert met / runs - 1e-12 <= interval.high <= 1
    assert (interval.low, interval.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)


@given(runs=st.integers(1, 2000), share=st.floats(0, 1))
def test_surer_intervals_are_wider(runs, share):
    met = round(share * runs)
    wide, narrow = wilson(met, runs, 0.01), wilson(met, runs, 0.05)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@pytest.mark.parametrize(
    ("met", "expected"), [(950, Verdict.ADEQUATE), (900, Verdict.UNDECIDED), (850, Verdict.NOT_ADEQUATE)]
)
def test_a_verdict_needs_the_whole_interval_on_one_side(met, expected):
    assert verdict(wilson(met, 1000), 0.90) is expected


def test_an_interval_that_touches_the_assurance_from_above_is_adequate():
    assert verdict(Interval(low=0.9, high=0.95, confidence=0.95), 0.9) is Verdict.ADEQUATE
    assert verdict(Interval(low=0.8, high=0.9, confidence=0.95), 0.9) is Verdict.UNDECIDED


@pytest.mark.parametrize(("met", "runs", "code"), [(0, 0, "sample-too-small"), (6, 5, "count-out-of-range")])
def test_impossible_counts_are_refused(met, runs, code):
    with pytest.raises(SimError) as refused:
        wilson(met, runs)
    assert refused.value.code == code


@pytest.mark.parametrize(("runs", "low", "high", "coverage"), [(200, 171, 189, 0.967), (1000, 881, 919, 0.955)])
def test_ranks_that_hold_the_p90(runs, low, high, coverage):
    ranks = quantile_ranks(runs, 0.9)
    assert (ranks.low_rank, ranks.high_rank) == (low, high)
    assert ranks.coverage == pytest.approx(coverage, abs=5e-4)


@given(runs=st.integers(1, 500), q=st.floats(0.02, 0.98), alpha=st.floats(0.01, 0.3))
def test_ranks_cover_as_often_as_they_say_and_are_the_tightest(runs, q, alpha):
    ranks, law = quantile_ranks(runs, q, alpha), stats.binom(runs, q)
    if ranks.low_rank:
        assert law.cdf(ranks.low_rank - 1) <= alpha / 2 + 1e-12
        assert law.cdf(ranks.low_rank) > alpha / 2 - 1e-12
    if ranks.high_rank:
        assert law.cdf(ranks.high_rank - 1) >= 1 - alpha / 2 - 1e-12
        assert law.cdf(ranks.high_rank - 2) < 1 - alpha / 2 + 1e-12
    assert ranks.coverage >= 1 - alpha - 1e-9


def test_a_small_sample_has_no_upper_rank():
    assert quantile_ranks(30, 0.9).high_rank is None
    assert quantile_ranks(20, 0.1).low_rank is None


@given(values=st.lists(ticks, min_size=1), q=st.floats(0, 1))
def test_a_quantile_is_a_value_that_occurred_and_splits_the_sample(values, q):
    in_order = sorted(values)
    found = quantile(in_order, q)
    assert found in values
    assert sum(value <= found for value in values) >= quantile_rank(len(values), q)


@pytest.mark.parametrize(("runs", "q", "rank"), [(10, 0.9, 9), (100, 0.07, 7), (1000, 0.29, 290), (3, 0.0, 1)])
def test_a_rank_is_counted_in_decimals_not_in_binary(runs, q, rank):
    assert quantile_rank(runs, q) == rank


@given(values=samples, cut=st.integers(0, 40))
def test_sums_do_not_depend_on_chunks_or_order(values, cut):
    shuffled = random.Random(cut).sample(values, len(values))
    assert Sums.of(shuffled[:cut]) + Sums.of(shuffled[cut:]) == Sums.of(values)


@given(values=samples)
def test_sums_give_mean_and_variance(values):
    sums = Sums.of(values)
    assert sums.mean == pytest.approx(statistics.mean(values))
    assert sums.variance == pytest.approx(statistics.variance(values), abs=1e-9)


def test_a_large_offset_costs_no_digit_of_the_variance():
    assert Sums.of([10**15, 10**15 + 1, 10**15 + 2]).variance == 1.0


def test_a_t_interval_is_students():
    values = [12, 15, 11, 19, 14, 16]
    interval = Sums.of(values).t_interval(0.1)
    low, high = stats.t.interval(0.9, 5, loc=np.mean(values), scale=stats.sem(values))
    assert (interval.low, interval.high) == pytest.approx((low, high))
    assert interval.confidence == pytest.approx(0.9)


def test_one_value_has_no_spread():
    with pytest.raises(SimError) as refused:
        Sums.of([5]).t_interval()
    assert refused.value.code == "sample-too-small"


def test_few_values_are_said_to_be_few():
    assert Sums.of(range(29)).is_few
    assert not Sums.of(range(30)).is_few


def test_the_same_plan_twice_gains_nothing():
    gain = paired_difference([5, 9, 7], [5, 9, 7])
    assert (gain.mean, gain.better_share, gain.worse_share) == (0, 0, 0)
    assert (gain.interval.low, gain.interval.high) == (0, 0)


@given(pairs=st.lists(st.tuples(ticks, ticks), min_size=2))
def test_a_gain_one_way_is_a_loss_the_other(pairs):
    before, after = zip(*pairs, strict=True)
    there, back = paired_difference(before, after), paired_difference(after, before)
    assert there.mean == -back.mean
    assert (there.better_share, there.worse_share) == (back.worse_share, back.better_share)


@pytest.mark.parametrize(("precision", "runs"), [(0.10, 16), (0.05, 43), (0.02, 352)])
def test_v43_runs_for_a_precision(precision, runs):
    values = np.random.default_rng(42).normal(100, 20, 500).tolist()
    assert runs_for_precision(values, precision) == runs


def test_a_precision_is_not_reached_before_it_is_confirmed():
    values = np.random.default_rng(42).normal(100, 20, 500).tolist()
    assert runs_for_precision(values[:20], 0.10) is None
    assert runs_for_precision(values[:21], 0.10) == 16


def test_looks_double_and_stay_within_the_budget():
    assert looks(12_800) == (100, 200, 400, 800, 1600, 3200, 6400, 12_800)
    assert looks(150) == (100,)
    assert looks(30) == (30,)


@given(most=st.integers(1, 10**6))
def test_the_looks_together_spend_alpha(most):
    times = looks(most)
    assert sum(look_alpha(0.05, len(times)) for _ in times) == pytest.approx(0.05)
    assert times[-1] <= most < 2 * max(times[-1], 100)


def test_v40_pert_and_triangular():
    obtained = (pert_mean(5, 10, 25), pert_sd(5, 10, 25), triangular_mean(5, 10, 25), triangular_sd(5, 10, 25))
    assert obtained == pytest.approx((11.66667, 3.56348, 13.33333, 4.24918), abs=1e-5)


def test_v41_lognormal_from_median_and_p90():
    median, sigma = lognormal_from_p90(10, 25)
    obtained = (math.log(median), sigma, lognormal_mean(median, sigma))
    assert obtained == pytest.approx((2.302585, 0.714985, 12.91239), abs=1e-5)


def test_v41_lognormal_from_mean_and_variation():
    median, sigma = lognormal_from_mean(10, 0.5)
    p90 = median * math.exp(sigma * normal_quantile(0.9))
    assert (math.log(median), sigma, p90) == pytest.approx((2.191013, 0.472381, 16.38545), abs=1e-5)


@given(p90=st.floats(0.1, 1000), sigma=st.floats(0.01, 2))
def test_a_median_for_a_p90_is_the_inverse(p90, sigma):
    median = lognormal_with_p90(p90, sigma)
    assert lognormal_from_p90(median, p90) == pytest.approx((median, sigma), rel=1e-9)


def test_looking_seldom_with_divided_alpha_is_seldom_wrong():
    law = random.Random(20_260)
    wrong = sum(_verdict_of_a_study(law, chance=0.88) is Verdict.ADEQUATE for _ in range(150))
    assert wrong <= 8  # 5 % of 150 and a little


def _verdict_of_a_study(law: random.Random, chance: float) -> Verdict:
    times = looks(1600)
    met = done = 0
    for runs in times:
        met += sum(law.random() < chance for _ in range(runs - done))
        done = runs
        said = verdict(wilson(met, runs, look_alpha(0.05, len(times))), 0.90)
        if said is not Verdict.UNDECIDED:
            return said
    return Verdict.UNDECIDED


@pytest.mark.parametrize("alpha", [0.05, 5.6e-6])
@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_an_exact_interval_misses_no_more_often_than_it_says(alpha: float, share: float):
    """At 5.6e-6 and 100 runs Wilson's interval lies wholly above a share of 0.8 or 0.95 too often."""
    law = stats.binom(100, share)
    too_high = sum(law.pmf(met) for met in range(101) if clopper_pearson(met, 100, alpha).low > share)
    too_low = sum(law.pmf(met) for met in range(101) if clopper_pearson(met, 100, alpha).high < share)
    assert max(too_high, too_low) <= alpha / 2
