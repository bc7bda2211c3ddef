"""Runs by columns for the long cases, and how long a case may run with the engine it is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.chunk import Engine
from sim.kernel.playing import kernel_play, kernel_spans
from sim.log import Spans
from sim.network import Network


@dataclass(frozen=True, kw_only=True, slots=True)
class Length:
    """How long a case is played: units of its own (customers, turns) in so many runs, each cut in so many batches.

    *share* is the half-width allowed, as a share of the expected value.
    """

    units: int
    runs: int
    batches: int
    share: float


TABLE_SHARE = 0.02
"""The half-width the validation table allows a simulated mean."""


def length(engine: Engine, by_kernel: Length, by_others: Length) -> Length:
    """The compiled engine runs for as long as the table's tolerance asks for; an interpreted one is played shorter."""
    return by_kernel if engine is kernel_play else by_others


def spans_of(network: Network, engine: Engine, *, seed: int, replication: int) -> Spans:
    """One run by columns: straight from the compiled engine's memory, from the passages of any other."""
    if engine is kernel_play:
        return kernel_spans(network, seed=seed, replication=replication)
    passages = engine(network, seed=seed, replication=replication, keep_log=False).passages
    return Spans(
        ready=np.array([passage.ready for passage in passages], dtype=np.int64),
        start=np.array([passage.start for passage in passages], dtype=np.int64),
        finish=np.array([passage.finish for passage in passages], dtype=np.int64),
        worked=np.array([passage.worked for passage in passages], dtype=np.int64),
        tried=np.array([passage.attempts > 0 for passage in passages], dtype=np.bool_),
        is_open=np.array([passage.outcome is None for passage in passages], dtype=np.bool_),
    )
