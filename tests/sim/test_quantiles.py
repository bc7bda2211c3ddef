"""Quantiles against an independent library, and their laws."""

import math
import statistics
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.durations import Pert
from sim.errors import SimError
from sim.quantiles import (
    CELLS,
    beta_table,
    gamma_quantile,
    gamma_table,
    normal_quantile,
    t_quantile,
    table_digest,
    tabled_quantile,
)

inside = st.floats(1e-15, 1 - 1e-15)
anywhere = st.floats(0, 1)
shapes = st.sampled_from((1.0, 1.2, 2.0, 3.0, 4.0, 5.0))


def _pert(u, low, mode, high):
    return Pert(low_min=low, mode_min=mode, high_min=high).quantile_min(u)


@given(u=inside)
def test_the_normal_quantile_is_as241(u):
    assert normal_quantile(u) == pytest.approx(statistics.NormalDist().inv_cdf(u), rel=1e-15, abs=1e-15)


@given(u=st.floats(1e-9, 1 - 1e-9))
def test_the_normal_law_is_symmetric(u):
    assert normal_quantile(1 - u) == pytest.approx(-normal_quantile(u), rel=1e-6, abs=1e-6)


def test_the_normal_law_has_no_ends():
    assert (normal_quantile(0), normal_quantile(1)) == (-math.inf, math.inf)


@pytest.mark.parametrize(("alpha", "beta"), [(2.0, 4.0), (1.0, 5.0), (5.0, 1.0), (3.0, 3.0)])
def test_the_beta_table_is_within_a_thousandth_and_far_closer_in_the_middle(alpha, beta):
    table = beta_table(alpha, beta)
    for k in range(1, 2000):
        u = k / 2000
        error = abs(tabled_quantile(u, table) - stats.beta.ppf(u, alpha, beta))
        assert error < (1e-5 if 0.01 <= u <= 0.99 else 2e-3)


@pytest.mark.parametrize("shape", [0.7, 1.0, 4.0, 40.0])
def test_the_gamma_table_is_within_a_hundredth(shape):
    for k in range(1, 500):
        assert gamma_quantile(k / 500, shape, 2) == pytest.approx(stats.gamma.ppf(k / 500, shape, scale=2), rel=1e-2)
    assert gamma_quantile(1 - 1e-9, shape, 2) == pytest.approx(stats.gamma.isf(1e-9, shape, scale=2), rel=1e-2)


def test_the_ends_of_the_tables_are_exact():
    assert (_pert(0, 5, 10, 25), _pert(1, 5, 10, 25)) == (5, 25)
    assert (gamma_quantile(0, 4, 10), gamma_quantile(1, 4, 10)) == (0, math.inf)


def test_the_nodes_of_a_table_are_the_law_itself():
    assert tabled_quantile(1024 / CELLS, beta_table(2.0, 4.0)) == pytest.approx(stats.beta.ppf(0.25, 2, 4), abs=1e-12)


def test_a_pert_law_without_width_is_its_mode():
    assert _pert(0.3, 7, 7, 7) == 7


@given(first=anywhere, second=anywhere, alpha=shapes, beta=shapes)
def test_a_beta_quantile_never_falls(first, second, alpha, beta):
    low, high = sorted((first, second))
    table = beta_table(alpha, beta)
    assert 0 <= tabled_quantile(low, table) <= tabled_quantile(high, table) <= 1


def test_tables_rise():
    for table in (beta_table(2.0, 4.0), gamma_table(4.0)):
        assert all(low <= high for low, high in pairwise(table))


def test_v40_mean_spread_and_p90_of_pert_by_its_table():
    draws = [_pert((k + 0.5) / 20_000, 5, 10, 25) for k in range(20_000)]
    assert statistics.fmean(draws) == pytest.approx(11.66667, rel=1e-5)
    assert statistics.pstdev(draws) == pytest.approx(3.56348, rel=1e-4)
    assert _pert(0.9, 5, 10, 25) == pytest.approx(16.67781, rel=1e-6)


def test_a_table_is_known_by_its_digest():
    assert table_digest(beta_table(2.0, 4.0)) == table_digest(beta_table(2.0, 4.0).copy())
    assert table_digest(beta_table(2.0, 4.0)) != table_digest(beta_table(4.0, 2.0))


def test_a_beta_law_without_shape_is_refused():
    with pytest.raises(SimError, match="alpha must be > 0"):
        beta_table(0.0, 1.0)


@pytest.mark.parametrize(("degrees", "expected"), [(1, 12.706205), (9, 2.262157), (199, 1.971957)])
def test_student_quantiles(degrees, expected):
    assert t_quantile(0.975, degrees) == pytest.approx(expected, abs=5e-7)
