"""What is held of a lognormal time when some observed ones were broken off unfinished.

A time broken off at c says only that it is longer: its likelihood is 1 − Φ((ln c − μ)/σ), and no conjugate
form is left. So the posterior is worked out on a grid of μ and ln σ, which holds all of it that matters
[to be confirmed: textbook form, from memory; see Gelman et al., Bayesian Data Analysis, ch. 10]. Without
times broken off the grid gives what ``LogTimes`` gives, which a test holds it to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from sim.calibration import LogTimes
from sim.durations import Lognormal
from sim.figure import above, share

Floats = NDArray[np.float64]
STEPS = 161
"""Points of the grid each way."""
NEGLIGIBLE = 13.0
"""Points whose density is e to this power below the highest are left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoppedTimes:
    """What *ended* holds after the times that came to an end, and the minutes at which others were broken off.

    >>> guess = LogTimes(mean_log=math.log(10), weight=1, shape=1.5, scale=0.125).after([9, 11, 10])
    >>> longer = StoppedTimes(ended=guess, stopped_min=(30.0,))
    >>> guess.median_min < longer.median_min < 30
    True
    """

    ended: LogTimes
    stopped_min: tuple[float, ...]

    def __post_init__(self) -> None:
        for time in self.stopped_min:
            above("time broken off", "minutes", time, 0)

    @property
    def median_min(self) -> float:
        """The median of the next time."""
        return self.next_min(0.5)

    def next_min(self, q: float) -> float:
        """The time that the next one keeps within with probability *q*, all doubt counted."""
        means, sigmas, weights = _grid(self)
        wanted = share("quantile", "q", q)

        def beyond(log: float) -> float:
            return float((weights * special.ndtr((log - means) / sigmas)).sum()) - wanted

        low, high = float((means - 40 * sigmas).min()), float((means + 40 * sigmas).max())
        return math.exp(optimize.brentq(beyond, low, high, xtol=1e-10))

    def median_at(self, q: float) -> float:
        """The time below which the median itself lies with probability *q*."""
        means, _, weights = _grid(self)
        values, places = np.unique(means, return_inverse=True)
        below = np.cumsum(np.bincount(places, weights))
        middles = below - np.diff(below, prepend=0.0) / 2
        return math.exp(float(np.interp(share("quantile", "q", q), middles, values)))

    @property
    def law(self) -> Lognormal:
        """The law played where one law has to stand for all that is held: mean of μ, root of the mean of σ²."""
        means, sigmas, weights = _grid(self)
        return Lognormal(
            median_min=math.exp(float((weights * means).sum())), sigma=math.sqrt(float((weights * sigmas**2).sum()))
        )

    def drawn(self, u: float, v: float) -> Lognormal:
        """One law of those that may be true: the point of the grid at probability *u*."""
        means, sigmas, weights = _grid(self)
        place = min(int(np.searchsorted(np.cumsum(weights), u)), len(weights) - 1)
        return Lognormal(median_min=math.exp(float(means[place])), sigma=float(sigmas[place]))


@lru_cache(maxsize=64)
def _grid(held: StoppedTimes) -> tuple[Floats, Floats, Floats]:
    """Points (μ, σ) and their weights; a wide grid first, then one over what the wide one shows to matter."""
    ended, logs = held.ended, [math.log(time) for time in held.stopped_min]
    wide = 12 * max(ended.sigma, 0.05) if math.isfinite(ended.sigma) else 6.0
    spread = math.log(max(ended.sigma, 1e-3)) if math.isfinite(ended.sigma) else 0.0
    box = (min(ended.mean_log, *logs) - wide, max(ended.mean_log, *logs) + wide, spread - 3.0, spread + 4.0)
    for _ in range(3):
        means, spreads = np.meshgrid(np.linspace(*box[:2], STEPS), np.linspace(*box[2:], STEPS))
        density = _log_density(held, means, spreads)
        kept = density > density.max() - NEGLIGIBLE
        step = ((box[1] - box[0]) / (STEPS - 1), (box[3] - box[2]) / (STEPS - 1))
        box = (
            float(means[kept].min()) - step[0], float(means[kept].max()) + step[0],
            float(spreads[kept].min()) - step[1], float(spreads[kept].max()) + step[1],
        )  # fmt: skip
    weights = np.exp(density[kept] - density.max())
    return means[kept], np.exp(spreads[kept]), weights / weights.sum()


def _log_density(held: StoppedTimes, means: Floats, spreads: Floats) -> Floats:
    """Up to a constant, per unit of μ and ln σ: the normal-inverse-gamma density times every survival."""
    ended, variance = held.ended, np.exp(2 * spreads)
    density = (
        -spreads
        - 2 * ended.shape * spreads
        - (2 * ended.scale + ended.weight * (means - ended.mean_log) ** 2) / (2 * variance)
    )
    for time in held.stopped_min:
        density = density + special.log_ndtr(-(math.log(time) - means) / np.exp(spreads))
    found: Floats = density
    return found
