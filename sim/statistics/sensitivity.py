"""Which inputs an answer's spread comes from: Sobol's indices by SALib."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.figure import at_least

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Influence:
    """What one input does: the share of the variance it explains alone, and with all it interacts with.

    Each with the half-width of its 95 % interval by the bootstrap.
    """

    name: str
    alone: float
    alone_half: float
    in_all: float
    in_all_half: float


def sobol(
    model: Callable[[Floats], Floats],
    bounds: Sequence[tuple[str, float, float]],
    *,
    base_runs: int,
    seed: int,
) -> tuple[Influence, ...]:
    """First-order and total indices of inputs spread evenly between *bounds*, by Saltelli's sampling.

    *model* takes all rows of inputs at once and gives an answer for each; it is asked for
    base_runs · (inputs + 2) of them. *base_runs* should be a power of two.

    >>> linear = lambda rows: 2 * rows[:, 0] + rows[:, 1]
    >>> [round(one.alone, 1) for one in sobol(linear, [("x", 0, 1), ("y", 0, 1)], base_runs=256, seed=1)]
    [0.8, 0.2]
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    at_least("sensitivity", "base_runs", base_runs, 2)
    problem: dict[str, Any] = {
        "num_vars": len(bounds),
        "names": [name for name, _, _ in bounds],
        "bounds": [[low, high] for _, low, high in bounds],
    }
    rows = sampling.sample(problem, base_runs, calc_second_order=False, seed=seed)
    found = analysis.analyze(problem, model(rows), calc_second_order=False, seed=seed)
    return tuple(
        Influence(
            name=name,
            alone=float(found["S1"][place]),
            alone_half=float(found["S1_conf"][place]),
            in_all=float(found["ST"][place]),
            in_all_half=float(found["ST_conf"][place]),
        )
        for place, name in enumerate(problem["names"])
    )
