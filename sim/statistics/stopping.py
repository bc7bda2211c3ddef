"""When enough runs have been made, without deceiving oneself by looking too often."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sim.errors import SimError
from sim.figure import above, at_least
from sim.quantiles import t_quantile
from sim.statistics.sums import Sums


def looks(most_runs: int, first: int = 100) -> tuple[int, ...]:
    """The numbers of runs at which a study may look and stop: first·2^k, none above *most_runs*.

    A budget below *first* is looked at once, at its end.

    >>> looks(1000), looks(50)
    ((100, 200, 400, 800), (50,))
    """
    at_least("stopping rule", "most_runs", most_runs, 1)
    at_least("stopping rule", "first", first, 1)
    count = max(1, (most_runs // first).bit_length())
    return tuple(min(most_runs, first << k) for k in range(count))


def look_alpha(alpha: float, look_count: int, target_count: int = 1) -> float:
    """The α each look spends on each target: α divided by the looks, and by the targets claimed jointly.

    The interval printed is the one made with it.

    >>> look_alpha(0.05, 8), look_alpha(0.05, 1)
    (0.00625, 0.05)
    """
    at_least("stopping rule", "look_count", look_count, 1)
    at_least("stopping rule", "target_count", target_count, 1)
    return alpha / look_count / target_count


def runs_for_precision(
    values: Sequence[float], precision: float, *, alpha: float = 0.05, initial: int = 3, look_ahead: int = 5
) -> int | None:
    """The first n from which on the half-width stays within *precision* of the mean; None when *values* end before.

    "From which on" means for the next *look_ahead* values, n/100 times as many above 100. Hoad, Robinson &
    Davies 2010, as in sim-tools' ``output_analysis.py`` [read].

    >>> runs_for_precision([10, 11, 10, 9, 10, 11, 10, 9, 10, 10], 0.1)
    5
    """
    above("stopping rule", "precision", precision, 0)
    at_least("stopping rule", "initial", initial, 2)
    solution: int | None = None
    for n, deviation in _deviations(values, alpha):
        if n < initial:
            continue
        if deviation > precision:
            solution = None
        elif solution is None:
            solution = n
        if solution is not None and n - solution >= look_ahead_runs(solution, look_ahead):
            return solution
    return None


def is_precise(sums: Sums, precision: float, *, alpha: float = 0.05) -> bool:
    """Whether a mean is known to within *precision* of itself, from at least 30 values; never for a mean of 0.

    >>> is_precise(Sums.of([99, 101] * 50), 0.01), is_precise(Sums.of([50, 150] * 50), 0.01)
    (True, False)
    """
    above("stopping rule", "precision", precision, 0)
    if sums.is_few or not sums.total:
        return False
    return sums.t_interval(alpha).half_width <= precision * abs(sums.mean)


def look_ahead_runs(n: int, look_ahead: int = 5) -> int:
    """How many further runs must confirm *n*: *look_ahead*, scaled by n/100 above 100.

    >>> look_ahead_runs(16), look_ahead_runs(352)
    (5, 17)
    """
    return look_ahead * max(n, 100) // 100


def _deviations(values: Sequence[float], alpha: float) -> Iterator[tuple[int, float]]:
    """For each n from 2 on, the half-width of the t interval as a share of the mean (Welford's running sums)."""
    mean = spread = 0.0
    for n, value in enumerate(values, start=1):
        if not math.isfinite(value):
            raise SimError("number-not-finite", thing="run", field="value", rule="must be a finite number", value=value)
        step = value - mean
        mean += step / n
        spread += step * (value - mean)
        if n >= 2:
            half = t_quantile(1 - alpha / 2, n - 1) * math.sqrt(spread / (n - 1) / n)
            yield n, half / abs(mean) if mean else math.inf
