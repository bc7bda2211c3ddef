"""Who computes a study, in what pieces, with what interruptions, changes not a byte of its results."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.batch import Batch, reference_batch
from sim.chunk import Chunk, merge, run_chunk
from sim.errors import SimError
from sim.executor import Executor, Job, Piece, Serial, Threads
from sim.packing import packed, unpacked
from sim.pieces import pieces
from sim.question import Question
from sim.stopping import StopRule
from sim.study import run_study
from tests.sim.test_study import a_response

RUNS = 60


@pytest.fixture(scope="module")
def whole() -> Chunk:
    return run_chunk(a_response(), seed=7, first=0, runs=RUNS)


@pytest.mark.parametrize("piece", [1, 7, 100])
@pytest.mark.parametrize("executor", [Serial(), Threads(1), Threads(2), Threads(4)])
def test_results_do_not_depend_on_workers_and_pieces(executor: Executor, piece: int, whole: Chunk):
    found, chunk = run_study(a_response(), seed=7, rule=StopRule(runs=RUNS), executor=executor, piece=piece)
    assert chunk == whole
    assert chunk.digest == whole.digest
    assert found.runs == RUNS


def test_sums_come_in_the_order_of_the_pieces_even_if_the_first_takes_longest(whole: Chunk):
    second_is_done = threading.Event()

    def slow_first(question: Question, *, seed: int, first: int, runs: int) -> Batch:
        if first == 0:
            assert second_is_done.wait(30)
        batch = reference_batch(question, seed=seed, first=first, runs=runs)
        if first > 0:
            second_is_done.set()
        return batch

    job = Job(question=a_response(), seed=7, batch=slow_first)
    chunks = list(Threads(2).chunks(job, pieces(0, RUNS, 20)))
    assert [chunk.first for chunk in chunks] == [0, 20, 40]
    assert merge(chunks) == whole


def test_what_a_piece_refuses_ends_the_study_and_no_more_is_begun():
    begun: list[int] = []

    def failing(question: Question, *, seed: int, first: int, runs: int) -> Batch:
        begun.append(first)
        raise SimError("number-missing", thing="task a", field="x")

    with pytest.raises(SimError, match="number-missing"):
        run_study(a_response(), seed=7, rule=StopRule(runs=400), batch=failing, executor=Threads(2), piece=10)
    assert len(begun) <= 4


def test_no_more_pieces_are_under_way_than_are_asked_for():
    asked: list[Piece] = []

    def counted():
        for piece in pieces(0, 400, 10):
            asked.append(piece)
            yield piece

    chunks = Threads(2).chunks(Job(question=a_response(), seed=7), counted())
    next(chunks)
    assert len(asked) <= 4
    chunks.close()


class Killed(Exception):
    """Stands for the end of a process."""


@given(kills=st.lists(st.integers(1, 12), max_size=4), piece=st.sampled_from([7, 20, 33]))
@settings(max_examples=15, deadline=None)
def test_a_study_killed_and_resumed_says_exactly_what_it_would_have_said(kills: list[int], piece: int):
    rule = StopRule(most_runs=200)
    unbroken, sums = run_study(a_response(), seed=7, rule=rule)
    kept: list[bytes] = []

    def keep(chunk: Chunk) -> None:
        kept.append(packed(chunk))
        if kills:
            kills[0] -= 1
            if kills[0] == 0:
                kills.pop(0)
                raise Killed

    while True:
        start = unpacked(kept[-1]) if kept else None
        try:
            found, chunk = run_study(a_response(), seed=7, rule=rule, start=start, keep=keep, piece=piece)
        except Killed:
            continue
        break
    assert (found, chunk) == (unbroken, sums)


def test_sums_come_back_from_their_bytes_and_nothing_else_is_read(whole: Chunk):
    assert unpacked(packed(whole)) == whole
    assert packed(unpacked(packed(whole))) == packed(whole)
    for broken in (b"", b"not packed", packed(whole)[:-30]):
        with pytest.raises(SimError, match="kept-sums-unreadable"):
            unpacked(broken)
