"""Which inputs an answer's spread comes from: Morris's screening and Sobol's indices by SALib."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Screening:
    """How far an input moves the answer over its whole range: the mean of the sizes of its steps, and their spread.

    ``effect`` is Morris's μ*, with the half-width of its 95 % interval by the bootstrap; ``spread`` his σ,
    large where the input acts through others or along a curve.
    """

    name: str
    effect: float
    effect_half: float
    spread: float


def morris(
    model: Callable[[Floats], Floats],
    bounds: Sequence[tuple[str, float, float]],
    *,
    trajectories: int,
    seed: int,
) -> tuple[Screening, ...]:
    """The elementary effects of inputs between *bounds* (Morris 1991; μ* of Campolongo et al. 2007), four levels.

    *model* takes all rows of inputs at once; it is asked for trajectories · (inputs + 1) of them.

    >>> linear = lambda rows: 2 * rows[:, 0] + rows[:, 1]
    >>> [round(one.effect, 6) for one in morris(linear, [("x", 0, 1), ("y", 0, 1)], trajectories=4, seed=1)]
    [2.0, 1.0]
    """
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as sampling

    at_least("sensitivity", "trajectories", trajectories, 2)
    problem = _problem(bounds)
    rows = sampling.sample(problem, trajectories, num_levels=4, seed=seed)
    found = analysis.analyze(problem, rows, model(rows), num_levels=4, seed=seed)
    return tuple(
        Screening(
            name=name,
            effect=float(found["mu_star"][place]),
            effect_half=float(found["mu_star_conf"][place]),
            spread=float(found["sigma"][place]),
        )
        for place, name in enumerate(problem["names"])
    )


def _problem(bounds: Sequence[tuple[str, float, float]]) -> dict[str, Any]:
    return {
        "num_vars": len(bounds),
        "names": [name for name, _, _ in bounds],
        "bounds": [[low, high] for _, low, high in bounds],
    }


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
    problem = _problem(bounds)
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
