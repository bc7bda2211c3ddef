"""Priors and what drills make of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.calibration import LogTimes, SuccessShare, WaitRate
from sim.errors import SimError

GUESS = LogTimes(mean_log=math.log(10), weight=1, shape=2, scale=0.25)
times = st.lists(st.floats(0.1, 1000), min_size=1, max_size=8)


@given(times, times)
def test_drills_taken_one_after_another_or_together_teach_the_same(first: list[float], second: list[float]):
    apart, together = GUESS.after(first).after(second), GUESS.after(first + second)
    for field in ("mean_log", "weight", "shape", "scale"):
        assert getattr(apart, field) == pytest.approx(getattr(together, field), rel=1e-9)
    rate = WaitRate(shape=2, total_min=30)
    assert rate.after(first).after(second).total_min == pytest.approx(rate.after(first + second).total_min)


def test_no_drill_teaches_nothing():
    assert GUESS.after([]) == GUESS
    assert SuccessShare(met=1, missed=1).after([]) == SuccessShare(met=1, missed=1)


def test_the_next_time_keeps_within_the_quantile_as_often_as_promised():
    luck = np.random.default_rng(7)
    after = GUESS.after([12, 14, 9, 20])
    variance = after.scale / luck.gamma(after.shape, size=200_000)
    mean = luck.normal(after.mean_log, np.sqrt(variance / after.weight))
    logs = luck.normal(mean, np.sqrt(variance))
    for q in (0.1, 0.5, 0.9, 0.99):
        assert np.mean(logs <= math.log(after.next_min(q))) == pytest.approx(q, abs=0.004)


def test_the_next_exponential_time_keeps_within_its_quantile():
    luck = np.random.default_rng(8)
    after = WaitRate(shape=3, total_min=30).after([5, 20])
    waits = luck.exponential(after.total_min / luck.gamma(after.shape, size=200_000))
    for q in (0.5, 0.9):
        assert np.mean(waits <= after.next_min(q)) == pytest.approx(q, abs=0.005)


def test_twenty_five_repetitions_overrule_a_threefold_wrong_prior():
    luck, near = np.random.default_rng(25), 0
    for _ in range(300):
        seen = luck.lognormal(math.log(30), 0.5, 25).tolist()
        near += abs(GUESS.after(seen).median_min / 30 - 1) <= 0.25
    assert near / 300 >= 0.9


def test_a_share_has_its_quantiles():
    share = SuccessShare(met=9, missed=4)
    assert share.quantile(0.05) < share.mean < share.quantile(0.95)


def test_what_cannot_be_is_refused():
    for bad in ({"weight": 0.0}, {"shape": -1.0}, {"mean_log": math.nan}):
        with pytest.raises(SimError):
            LogTimes(**({"mean_log": 1.0, "weight": 1.0, "shape": 1.0, "scale": 1.0} | bad))
    with pytest.raises(SimError):
        GUESS.after([0.0])
