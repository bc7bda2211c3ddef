"""More runs or more drills? The noise of runs told apart from the doubt about the durations played.

Two loops: outer draws of the medians from what is held of them, inner runs with each. What the outer draws
differ by, beyond the noise of their inner runs, no number of runs removes; only knowing the durations does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sim.batch import Batching
from sim.calibration import LogTimes
from sim.choice import places_of
from sim.draws import Purpose, identity, uniform
from sim.figure import at_least
from sim.influences import scaled
from sim.kernel.batching import kernel_batch
from sim.quantiles import normal_quantile, t_quantile
from sim.question import Question

DRAWS, RUNS = 200, 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """How far the median of a task's minutes may be from the truth.

    Its logarithm is off by *shift* on average, with the scale *scale*, and Student's law of so many *degrees*
    of freedom, the normal law where None.

    >>> Doubt(task="ride", scale=0.3).factor(0.5)
    1.0
    """

    task: str
    scale: float
    shift: float = 0.0
    degrees: float | None = None

    def __post_init__(self) -> None:
        at_least(f"doubt about {self.task}", "scale", self.scale, 0)

    @classmethod
    def of(cls, task: str, held: LogTimes, *, median_min: float) -> Doubt:
        """The doubt left by drills about a task played with the median *median_min*."""
        return cls(
            task=task,
            scale=math.sqrt(held.scale / (held.shape * held.weight)),
            shift=held.mean_log - math.log(median_min),
            degrees=2 * held.shape,
        )

    def factor(self, u: float) -> float:
        """The factor on the median at probability *u*."""
        z = normal_quantile(u) if self.degrees is None else t_quantile(u, self.degrees)
        return math.exp(self.shift + self.scale * z)


class Advice(StrEnum):
    """What would make the answer surer."""

    RUNS = "runs"
    DRILLS = "drills"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """The two parts of the variance of P(met) as a study of *study_runs* runs gives it.

    ``of_runs`` more runs would remove, ``of_inputs`` only more drills. ``low`` and ``high`` are the 95 % ends of
    the share of the runs, by the jackknife over the *draws*.
    """

    target: str
    draws: int
    runs: int
    study_runs: int
    p_met: float
    of_runs: float
    of_inputs: float
    low: float
    high: float

    @property
    def runs_share(self) -> float:
        """The share of the variance that more runs would remove; 0 where there is none at all."""
        total = self.of_runs + self.of_inputs
        return self.of_runs / total if total else 0.0

    @property
    def inputs_share(self) -> float:
        """The share that only more drills would remove."""
        total = self.of_runs + self.of_inputs
        return self.of_inputs / total if total else 0.0

    @property
    def advice(self) -> Advice:
        """What the larger part asks for; both where the interval does not say which is larger."""
        if self.of_runs + self.of_inputs == 0:
            return Advice.NEITHER
        if self.low > 0.5:
            return Advice.RUNS
        return Advice.DRILLS if self.high < 0.5 else Advice.BOTH


def split(
    question: Question,
    doubts: Sequence[Doubt],
    *,
    target: str,
    seed: int,
    study_runs: int,
    draws: int = DRAWS,
    runs: int = RUNS,
    batch: Batching = kernel_batch,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Split:
    """The split for one promise, from *draws* sets of medians with *runs* runs each, every set with luck of its own."""
    for field, value, least in (("draws", draws, 3), ("runs", runs, 2), ("study_runs", study_runs, 1)):
        at_least("two loops", field, value, least)
    ((place, _),) = places_of(question, [target])
    shares = np.zeros(draws)
    for draw in range(draws):
        factors = {doubt.task: doubt.factor(drawn_share(seed, doubt.task, draw)) for doubt in doubts}
        luck = luck_of(seed, draw)
        found = batch(scaled(question, factors), seed=luck, first=0, runs=runs)
        shares[draw] = found.met[:, place].mean()
        progress(draw + 1, draws)
    return split_of(target, shares, runs=runs, study_runs=study_runs)


def split_of(target: str, shares: NDArray[np.float64], *, runs: int, study_runs: int) -> Split:
    """The split that the shares of *runs* runs say, one share for every outer draw."""
    of_runs, of_inputs = _parts(shares, runs, study_runs)
    low, high = _jackknifed(shares, runs, study_runs)
    return Split(
        target=target,
        draws=len(shares),
        runs=runs,
        study_runs=study_runs,
        p_met=float(shares.mean()),
        of_runs=of_runs,
        of_inputs=of_inputs,
        low=low,
        high=high,
    )


def drawn_share(seed: int, task: str, draw: int, which: int = 0) -> float:
    """The number in (0, 1) by which an outer draw takes something of a task."""
    return uniform(seed, identity("doubt", task), draw, which, Purpose.DURATION)


def luck_of(seed: int, draw: int) -> int:
    """The seed of the inner runs of an outer draw."""
    return int(drawn_share(seed, "", draw) * 2**48)


def _parts(shares: NDArray[np.float64], runs: int, study_runs: int) -> tuple[float, float]:
    """The noise of so many study runs, and the variance between draws beyond the noise of their own runs.

    p(1 − p)·n/(n − 1) of a draw is what one run varies by, without bias; the variance of the shares holds a
    further n-th of it (one-way analysis of variance).
    """
    one_run = float((shares * (1 - shares)).mean()) * runs / (runs - 1)
    return one_run / study_runs, max(0.0, float(shares.var(ddof=1)) - one_run / runs)


def _jackknifed(shares: NDArray[np.float64], runs: int, study_runs: int) -> tuple[float, float]:
    def share(values: NDArray[np.float64]) -> float:
        of_runs, of_inputs = _parts(values, runs, study_runs)
        return of_runs / (of_runs + of_inputs) if of_runs + of_inputs else 0.0

    count, whole = len(shares), share(shares)
    left_out = np.array([share(np.delete(shares, place)) for place in range(count)])
    error = math.sqrt((count - 1) / count * float(((left_out - left_out.mean()) ** 2).sum()))
    half = t_quantile(0.975, count - 1) * error
    return max(0.0, whole - half), min(1.0, whole + half)
