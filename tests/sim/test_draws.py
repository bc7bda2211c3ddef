"""Philox against its authors' known answers, and what a draw may not depend on."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.draws import Purpose, identity, philox, uniform

ONES = 0xFFFFFFFF
PI = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0)
whole = st.integers(0, 2**64 - 1)
counts = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((ONES, ONES, ONES, ONES), (ONES, ONES), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (PI[:4], PI[4:], "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_known_answers_of_random123(counter, key, answer: str):
    assert " ".join(f"{word:08x}" for word in philox(counter, key)) == answer


def draws(
    count: int, *, seed: int = 1, who: int = identity("F3", ""), purpose: Purpose = Purpose.DURATION
) -> list[float]:
    return [uniform(seed, who, replication, 0, purpose) for replication in range(count)]


@given(seed=whole, who=whole, replication=counts, attempt=st.integers(0, 1000), purpose=st.sampled_from(Purpose))
def test_a_draw_is_never_zero_nor_one_because_it_is_an_odd_number_of_equal_parts(
    seed, who, replication, attempt, purpose
):
    value = uniform(seed, who, replication, attempt, purpose)
    assert 0 < value < 1
    assert (value * 2**53) % 2 == 1


@pytest.mark.parametrize("purpose", Purpose)
def test_draws_are_uniform(purpose: Purpose):
    cells = Counter(int(value * 100) for value in draws(20_000, purpose=purpose))
    assert stats.chisquare([cells[cell] for cell in range(100)]).pvalue > 1e-4


def test_the_chi_square_would_see_a_bent_draw():
    cells = Counter(int(value**1.1 * 100) for value in draws(20_000))
    assert stats.chisquare([cells[cell] for cell in range(100)]).pvalue < 1e-4


@pytest.mark.parametrize(
    "other",
    [
        draws(8_000, seed=2),
        draws(8_000, who=identity("F4", "")),
        draws(8_000, who=identity("F3", "V01")),
        draws(8_000, purpose=Purpose.CLOCK),
        [uniform(1, identity("F3", ""), replication, 1, Purpose.DURATION) for replication in range(8_000)],
        draws(8_001)[1:],
    ],
    ids=["seed", "task", "entity", "purpose", "attempt", "replication"],
)
def test_draws_of_different_keys_are_independent(other: list[float]):
    table = [[0] * 8 for _ in range(8)]
    for one, two in zip(draws(8_000), other, strict=True):
        table[int(one * 8)][int(two * 8)] += 1
    assert stats.chi2_contingency(table).pvalue > 1e-4


@given(
    one=st.tuples(whole, whole, counts, st.integers(0, 99), st.sampled_from(Purpose)),
    two=st.tuples(whole, whole, counts, st.integers(0, 99), st.sampled_from(Purpose)),
)
def test_two_draws_are_equal_only_if_all_arguments_are(one, two):
    assert (uniform(*one) == uniform(*two)) == (one == two)


def test_task_and_entity_cannot_be_confused():
    assert len({identity("a", "b"), identity("ab", ""), identity("", "ab"), identity("b", "a")}) == 4
