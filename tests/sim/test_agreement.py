"""A study of which one run differs from the reference's is refused, whatever differs and whoever computes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agreement import OF_RUNS, sample
from sim.batch import Batch, reference_batch
from sim.errors import SimError
from sim.executor import Executor, Serial, Threads
from sim.question import Question
from sim.stopping import StopRule
from sim.study import run_study
from tests.sim.test_study import a_response


def a_study(batch: Callable[..., Batch], executor: Executor | None = None) -> str:
    rule = StopRule(runs=24)
    found, _ = run_study(
        a_response(), seed=7, rule=rule, batch=batch, reference=reference_batch, piece=6, executor=executor or Serial()
    )
    return found.results_hash


def wrong(question: Question, *, seed: int, first: int, runs: int, part: str, only: int) -> Batch:
    """The reference engine, except that one number of one run is one more than it should be."""
    batch = reference_batch(question, seed=seed, first=first, runs=runs)
    if not first <= only < first + runs:
        return batch
    changed = getattr(batch, part).copy()
    place = (only - first, *[0] * (changed.ndim - 1)) if part in OF_RUNS else (0,) * changed.ndim
    changed[place] = not changed[place] if changed.dtype == np.bool_ else changed[place] + 1
    return replace(batch, **{part: changed})


def test_an_engine_that_agrees_passes_and_changes_nothing():
    plain, _ = run_study(a_response(), seed=7, rule=StopRule(runs=24))
    assert a_study(reference_batch) == a_study(lambda *given, **named: reference_batch(*given, **named))
    assert a_study(reference_batch) == plain.results_hash


@pytest.mark.parametrize("part", [*OF_RUNS, "waits", "chains", "critical"])
def test_one_wrong_number_in_one_run_of_the_sample_is_caught(part: str):
    last = sample(7, 0, 24)[-1]
    with pytest.raises(SimError) as refused:
        a_study(partial(wrong, part=part, only=last))
    assert refused.value.code == "engines-disagree"
    assert (refused.value.fields["field"], refused.value.fields["replication"]) == (part, last)


def test_what_is_wrong_only_in_the_middle_of_a_piece_is_caught():
    """Alone, the run is right: the rows of the piece itself are compared."""

    def leaking(question: Question, *, seed: int, first: int, runs: int) -> Batch:
        play = partial(wrong, part="ticks", only=sample(7, 0, 24)[-1]) if runs > 1 else reference_batch
        return play(question, seed=seed, first=first, runs=runs)

    with pytest.raises(SimError, match="engines-disagree"):
        a_study(leaking)


def test_a_difference_is_caught_in_threads_too():
    with pytest.raises(SimError, match="engines-disagree"):
        a_study(partial(wrong, part="finishes", only=0), Threads(2))


@given(seed=st.integers(0, 2**63 - 1), cuts=st.lists(st.integers(1, 400), max_size=6))
def test_the_sample_does_not_depend_on_the_pieces_and_is_small(seed: int, cuts: list[int]):
    ends = np.cumsum([0, *cuts]).tolist()
    parts = [number for first, runs in zip(ends, cuts, strict=False) for number in sample(seed, first, runs)]
    assert tuple(parts) == sample(seed, 0, ends[-1])
    assert len(parts) <= 1 + ends[-1].bit_length()
    assert 0 in parts or not cuts
