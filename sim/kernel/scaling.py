"""A network whose tasks take so many times as long, made from its memory without laying it out anew."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.kernel import memory as at
from sim.kernel.arrays import Memory, Whole
from sim.network import Network

_PARAMETERS = np.arange(at.NODE_REALS)


def rescaled(network: Network, memory: Memory, factors: Mapping[str, float]) -> Memory | None:
    """The memory of the network with the minutes of some tasks multiplied, to the byte as if it were laid out.

    None if it would not be: nodes of a task that had different parameters may have the same when both are rounded.
    """
    m, x = memory.m, memory.x.copy()
    for task, factor in factors.items():
        nodes = m[at.NODES_AT] + np.asarray(network.of_task.get(task, ()), dtype=np.int64) * at.NODE
        records = np.unique(m[nodes + at.REALS]) if len(nodes) else _none(m)
        x[records + at.FACTOR] *= factor
        parameters = x[records[:, np.newaxis] + _PARAMETERS]
        if len(np.unique(parameters, axis=0)) < len(records):
            return None
    return Memory(m, x)


def _none(m: Whole) -> Whole:
    return np.zeros(0, dtype=m.dtype)
