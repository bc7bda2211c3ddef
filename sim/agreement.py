"""Two engines, one answer: a sample of the runs of a study is played by both, and a difference is refused."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from sim.batch import Batch, Batching
from sim.draws import philox
from sim.errors import SimError
from sim.question import Question

OF_RUNS = ("ticks", "met", "deciding", "finishes", "failed", "own")
"""The parts of a batch with a row a run."""
_PURPOSE = 0xA6EE
_WORD = 0xFFFFFFFF


def sample(seed: int, first: int, runs: int) -> tuple[int, ...]:
    """The replications of a piece that the reference plays too: number 0, and one of 2^k … 2^(k+1) − 1 for every k.

    Which one follows from the seed, so the sample is the same however a study is cut into pieces.

    >>> len(sample(7, 0, 1024)), sample(7, 0, 2), sample(7, 0, 20) + sample(7, 20, 80) == sample(7, 0, 100)
    (11, (0, 1), True)
    """
    last = first + runs
    chosen = [0, *(_of_octave(seed, octave) for octave in range(max(0, last - 1).bit_length()))]
    return tuple(number for number in chosen if first <= number < last)


def _of_octave(seed: int, octave: int) -> int:
    word, *_ = philox((octave, 0, 0, _PURPOSE), (seed & _WORD, seed >> 32 & _WORD))
    return (1 << octave) + word % (1 << octave)


def check_sample(question: Question, batch: Batch, *, seed: int, ours: Batching, reference: Batching) -> None:
    """Refuse a batch of *ours* of which a run in the sample differs from that run by the *reference*.

    Compared are the rows of the batch itself, and, for the sums over its runs, the run played alone.
    """
    for replication in sample(seed, batch.first, batch.runs):
        expected = reference(question, seed=seed, first=replication, runs=1)
        alone = ours(question, seed=seed, first=replication, runs=1)
        row = replication - batch.first
        for name in OF_RUNS:
            _same(name, replication, getattr(batch, name)[row], getattr(expected, name)[0])
        for field in fields(Batch):
            _same(field.name, replication, getattr(alone, field.name), getattr(expected, field.name))


def _same(name: str, replication: int, ours: object, theirs: object) -> None:
    if not np.array_equal(ours, theirs):  # type: ignore[arg-type]
        raise SimError(
            "engines-disagree", thing=f"run {replication}", field=name, rule="must equal the reference engine's",
            replication=replication,
        )  # fmt: skip
