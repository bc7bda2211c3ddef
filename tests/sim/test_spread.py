"""Spreads keep figures to half a thousandth, exactly where a bin holds one value, and add up in any order."""

from __future__ import annotations

import random
from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.spread import Spreads, bins, spreads_of
from sim.statistics import exact, quantile, quantile_rank
from sim.ticks import NEVER

WIDEST_SHARE = 0.0005
ticks = st.one_of(
    st.integers(-5000, 5000),
    st.integers(-(2**40), 2**40),
    st.integers(2**52, 2**61),
    st.sampled_from([NEVER, -NEVER]),
)
columns = st.lists(ticks, min_size=1, max_size=60)


def of(values: list[int], first: int = 0) -> Spreads:
    return spreads_of(np.array(values, dtype=np.int64).reshape(-1, 1), first=first)


@given(one=ticks, two=ticks)
def test_bins_keep_the_order_and_are_narrow(one: int, two: int):
    first, second = bins(np.array([one, two])).tolist()
    if one <= two:
        assert first <= second
    if first == second:
        assert abs(one - two) <= WIDEST_SHARE * min(abs(one), abs(two))


@given(values=columns, share=st.sampled_from([0.05, 0.1, 0.5, 0.9, 0.95, 1.0]))
def test_a_quantile_is_never_too_small_and_hardly_too_large(values: list[int], share: float):
    true, found = quantile(sorted(values), share), of(values).column(0).quantile(share)
    assert found.least <= true <= found.most
    assert found.most - true <= WIDEST_SHARE * abs(true)
    assert values[found.replication] == found.most
    assert found.most not in values[: found.replication]


@given(
    values=st.lists(st.integers(0, 2**40), min_size=1, max_size=60, unique_by=lambda value: int(bins(np.array(value))))
)
def test_a_quantile_is_exact_where_a_bin_holds_one_value(values: list[int]):
    column = of(values).column(0)
    for rank, value in enumerate(sorted(values), start=1):
        assert column.at_rank(rank)[:2] == (value, value)


@given(
    rows=st.lists(st.tuples(ticks, ticks, ticks), min_size=1, max_size=40), cuts=st.integers(1, 9), luck=st.integers()
)
@settings(max_examples=60)
def test_pieces_add_up_to_the_whole_in_any_order(rows: list[tuple[int, int, int]], cuts: int, luck: int):
    table = np.array(rows, dtype=np.int64)
    parts = [spreads_of(table[start : start + cuts], first=start) for start in range(0, len(rows), cuts)]
    random.Random(luck).shuffle(parts)
    whole = spreads_of(table, first=0)
    assert reduce(add, parts) == whole
    assert reduce(add, parts).digest == whole.digest
    for place in range(3):
        assert whole.column(place).runs == len(rows)


def test_what_was_never_reached_and_what_nobody_needed_stand_apart():
    column = of([5, NEVER, 7, -NEVER, NEVER, 9]).column(0)
    assert (column.censored, column.unneeded, column.runs) == (2, 1, 6)
    assert column.quantile(1.0) == (NEVER, NEVER, 1)
    assert column.needed.quantile(0.2).most == 5
    assert column.at_rank(1).most == -NEVER


def test_the_run_that_shows_a_figure_is_the_first_that_has_it():
    values = [9, 3, 8, 3, 9, 1]
    column = (of(values[3:], first=3) + of(values[:3])).column(0)
    assert [column.at_rank(rank).replication for rank in range(1, 7)] == [5, 1, 1, 2, 0, 0]


@pytest.mark.parametrize(("law", "skewness"), [("normal", 0.0), ("exponential", 2.0), ("alike", 0.0)])
def test_skewness_of_known_laws(law: str, skewness: float):
    luck = np.random.default_rng(3)
    drawn = {"normal": luck.normal(5, 1, 40_000), "exponential": luck.exponential(5, 40_000), "alike": np.full(9, 4.0)}
    column = of((drawn[law] * 60_000).astype(np.int64).tolist()).column(0)
    assert column.skewness == pytest.approx(skewness, abs=0.15)


def test_the_table_grows_with_the_bins_not_with_the_runs():
    luck, total = np.random.default_rng(1), of([1])
    sizes = []
    for first in range(1, 400_001, 20_000):
        total = total + spreads_of(luck.integers(600_000, 1_200_000, (20_000, 1)), first=first)
        sizes.append(total.keys.size)
    assert sizes[-1] <= sizes[4] < 2100


whole = st.one_of(st.integers(-9, 9), st.integers(-(2**62), 2**62))


@given(rows=st.lists(st.tuples(whole, whole, whole, whole), max_size=30))
def test_sums_of_whole_numbers_are_exact_whatever_their_size(rows: list[tuple[int, int, int, int]]):
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    assert exact.sums(table) == ([sum(c) for c in _turned(rows)], [sum(x * x for x in c) for c in _turned(rows)])
    expected = [[sum(r[a] * r[b] for r in rows) for b in (2, 3)] for a in (0, 1)]
    assert exact.products(table[:, :2], table[:, 2:]) == expected


def _turned(rows: list[tuple[int, int, int, int]]) -> list[tuple[int, ...]]:
    return [tuple(row[place] for row in rows) for place in range(4)]


def test_the_rank_of_a_quantile_counts_every_run():
    column = of(list(range(1, 201))).column(0)
    assert column.quantile(0.9).most == quantile_rank(200, 0.9) == 180
