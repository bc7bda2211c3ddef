"""What whole-number results say: verdicts, times with their intervals, waits, footing, and which tasks decide."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sim.chain import OWN
from sim.chunk import Chunk, Own, TargetSums, TaskSums, counted, results_hash
from sim.figure import Footing
from sim.procedure import Target
from sim.question import Question
from sim.spread import Spread
from sim.statistics import FEW, Sums, Verdict, decided, quantile_rank, quantile_ranks, wilson
from sim.stopping import Ending, StopRule
from sim.ticks import NEVER, TICKS_PER_MIN, minutes

PROVISIONAL_BELOW_SHARE = 0.5
"""A verdict is provisional if less than this share of its critical minutes is calibrated or published."""
RUNS_PER_SQUARED_SKEWNESS = 25
"""Fewer runs than this times the squared skewness: a t interval covers less than it says.

A rule of thumb of Cochran, "Sampling Techniques" (to be confirmed); how much is lost without it is in the tests.
"""
MOST_WEIGHTS = 50
"""Of the tasks on the chain of a target, so many are named, the most frequent first."""
TARGET_SHARES = (0.5, 0.9)
TASK_SHARES = (0.1, 0.5, 0.9)


class Caution(StrEnum):
    """Why a time of a result is less sure than its interval says.

    FEW: fewer than 30 runs have a figure. SKEWED: too few for how far the long times lie out. CENSORED: some runs
    did not get there, and the mean is of the others. OPEN: too few runs to bound a quantile on both sides.
    """

    FEW = "few"
    SKEWED = "skewed"
    CENSORED = "censored"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantile:
    """What a share of the runs kept to, with the interval of its ranks; None where that many did not get there.

    An end is None as well where the runs are too few to bound it. *replication* is a run that shows the value.
    """

    share: float
    value_min: float | None
    low_min: float | None
    high_min: float | None
    replication: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mean:
    """The mean minutes of the runs that got there, with Student's interval; an end is None for fewer than two."""

    runs: int
    mean_min: float
    low_min: float | None
    high_min: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Weight:
    """How much a task has to do with the time of a target.

    *critical_share* is the share of the runs with the task on the resource-constrained chain (criticality),
    *cruciality* the correlation, without sign, of its own minutes with the time of the target; None where
    one of them does not vary.
    """

    task: str
    critical_share: float
    cruciality: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetResult:
    """One target over all runs.

    ``p50_min`` and ``p90_min`` are what half and nine tenths of the runs kept to
    (elapsed at most, or margin at least), None where that many runs did not get there.
    ``footing`` gives the share of the critical minutes by what they rest on. All intervals
    are at *confidence*. Records of earlier releases end with ``is_provisional``.
    """

    target: Target
    runs: int
    met: int
    p_met: float
    low: float
    high: float
    confidence: float
    p50_min: float | None
    p90_min: float | None
    verdict: Verdict
    footing: tuple[tuple[Footing, float], ...]
    is_provisional: bool
    quantiles: tuple[Quantile, ...] = ()
    mean: Mean | None = None
    censored_share: float | None = None
    unconcerned_share: float | None = None
    weights: tuple[Weight, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskBand:
    """When a task was behind us: minutes at 10, 50 and 90 % of the runs, None if censored.

    The minutes are those of the runs that needed the task; ``skipped_share`` is the share
    that did not, ``unfinished_share`` that in which it did not end before the horizon,
    ``failed_share`` that in which its last try failed somewhere.
    """

    task: str
    p10_min: float | None
    p50_min: float | None
    p90_min: float | None
    unfinished_share: float
    failed_share: float
    skipped_share: float = 0.0
    quantiles: tuple[Quantile, ...] = ()
    mean: Mean | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """Mean minutes a run spent waiting in a task for a cause, summed over its entities."""

    task: str
    cause: str
    mean_min: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What the runs say; *ending* tells why there are no more of them, None in records of earlier releases.

    With *is_joint* the targets are claimed together: α was divided among them.
    """

    runs: int
    seed: int
    level: str
    results_hash: str
    targets: tuple[TargetResult, ...]
    bands: tuple[TaskBand, ...]
    waits: tuple[Wait, ...]
    footing: tuple[tuple[Footing, float], ...]
    not_concerned: tuple[str, ...]
    ending: Ending | None = None
    is_joint: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether no target is left undecided."""
        return all(result.verdict is not Verdict.UNDECIDED for result in self.targets)


def findings(question: Question, chunk: Chunk, *, seed: int, rule: StopRule, ending: Ending | None = None) -> Findings:
    """What whole-number results say, at the confidence the rule leaves for one look."""
    alpha = alpha_of(question, rule)
    return Findings(
        runs=chunk.runs,
        seed=seed,
        level=question.level,
        results_hash=results_hash(question, seed, chunk),
        targets=tuple(_Teller(question, chunk, alpha).results()),
        bands=tuple(
            _band(sums, chunk.of_task(place), chunk.runs, alpha)
            for place, sums in enumerate(chunk.tasks)
            if sums.task in question.tasks
        ),
        waits=tuple(
            Wait(task=task, cause=cause, mean_min=minutes(total) / chunk.runs) for (task, cause), total in chunk.waits
        ),
        footing=_shares(_own_ticks(question, chunk, None)),
        not_concerned=_not_concerned(question),
        ending=ending,
        is_joint=rule.is_joint,
    )


def alpha_of(question: Question, rule: StopRule) -> float:
    """The α of every interval of a study."""
    return rule.alpha(sum(bool(aims.aims) for aims in question.aims))


def _not_concerned(question: Question) -> tuple[str, ...]:
    asked = {aims.target.id for aims in question.aims if aims.aims}
    return tuple(target.id for target in question.procedure.targets if target.id not in asked)


class _Teller:
    """The results of the targets of one chunk."""

    def __init__(self, question: Question, chunk: Chunk, alpha: float) -> None:
        self.question, self.chunk, self.alpha = question, chunk, alpha
        self.critical = counted(chunk.critical)

    def results(self) -> Iterator[TargetResult]:
        """In the order of the procedure, those that look at somebody."""
        for place, aims in enumerate(self.question.aims):
            if aims.aims:
                yield self._result(place, aims.target)

    def _result(self, place: int, target: Target) -> TargetResult:
        chunk, sums, spread = self.chunk, self.chunk.targets[place], self.chunk.of_target(place)
        interval = wilson(sums.met, chunk.runs, self.alpha)
        footing = _shares(_own_ticks(self.question, chunk, target.id))
        told = quantiles(spread, TARGET_SHARES, self.alpha, is_latest_better=target.is_latest_better)
        return TargetResult(
            target=target,
            runs=chunk.runs,
            met=sums.met,
            p_met=sums.met / chunk.runs,
            low=interval.low,
            high=interval.high,
            confidence=interval.confidence,
            p50_min=told[0].value_min,
            p90_min=told[1].value_min,
            verdict=decided(interval, sums.met, chunk.runs, target.assurance),
            footing=footing,
            is_provisional=is_provisional(footing),
            quantiles=told,
            mean=mean_of(sums.ticks, self.alpha, may_be_negative=target.is_latest_better),
            censored_share=spread.censored / chunk.runs,
            unconcerned_share=spread.unneeded / chunk.runs,
            weights=self._weights(place, sums),
            cautions=tuple(_cautions(sums.ticks, spread, self.alpha)),
        )

    def _weights(self, place: int, sums: TargetSums) -> tuple[Weight, ...]:
        found = [
            Weight(
                task=task.task,
                critical_share=self.critical[sums.target, task.task] / self.chunk.runs,
                cruciality=_cruciality(own, sums.tenths),
            )
            for task, own in zip(self.chunk.tasks, self.chunk.own[place], strict=True)
            if self.critical[sums.target, task.task]
        ]
        return tuple(sorted(found, key=lambda weight: (-weight.critical_share, weight.task))[:MOST_WEIGHTS])


def _cruciality(own: Own, time: Sums) -> float | None:
    """The correlation of a task's own minutes with the time of a target, without sign."""
    count = time.count
    spread = count * own.squares - own.total**2
    spread_of_time = count * time.squares - time.total**2
    if spread <= 0 or spread_of_time <= 0:
        return None
    together = count * own.products - own.total * time.total
    return min(1.0, abs(together) / math.sqrt(spread) / math.sqrt(spread_of_time))


def quantiles(
    spread: Spread, shares: tuple[float, ...], alpha: float, *, is_latest_better: bool = False
) -> tuple[Quantile, ...]:
    """What shares of the runs kept to, with the intervals of their ranks; empty for no run at all."""
    return tuple(_quantile(spread, share, alpha, is_latest_better) for share in shares) if spread.runs else ()


def _quantile(spread: Spread, share: float, alpha: float, is_latest_better: bool) -> Quantile:
    found = spread.at_rank(quantile_rank(spread.runs, share))
    ranks = quantile_ranks(spread.runs, share, alpha)
    low = spread.at_rank(ranks.low_rank).least if ranks.low_rank else None
    high = spread.at_rank(ranks.high_rank).most if ranks.high_rank else None
    ends = tuple(None if end is None else _shown(end, is_latest_better) for end in (low, high))
    return Quantile(
        share=share,
        value_min=_shown(found.most, is_latest_better),
        low_min=ends[is_latest_better],
        high_min=ends[not is_latest_better],
        replication=found.replication,
    )


def _shown(badness: int, is_latest_better: bool) -> float | None:
    """Minutes of a value of a spread; None if it was never reached, 0 where nobody was concerned by a limit."""
    if badness <= -NEVER:
        return None if is_latest_better else 0.0
    return None if badness >= NEVER else minutes(-badness if is_latest_better else badness)


def mean_of(sums: Sums, alpha: float, *, may_be_negative: bool = False) -> Mean | None:
    """The mean of the runs that got there; None if none did.

    The interval of a mean that cannot be negative is cut at nought, below which the true mean cannot lie: it covers
    as before.

    >>> mean = mean_of(Sums.of([0, 0, 0, 0, 180_000]), 0.05)
    >>> mean.low_min, round(mean.mean_min, 1)
    (0.0, 0.6)
    """
    if not sums.count:
        return None
    interval = sums.t_interval(alpha) if sums.count > 1 else None
    least = -math.inf if may_be_negative else 0.0
    return Mean(
        runs=sums.count,
        mean_min=sums.mean / TICKS_PER_MIN,
        low_min=max(least, interval.low / TICKS_PER_MIN) if interval else None,
        high_min=interval.high / TICKS_PER_MIN if interval else None,
    )


def _cautions(sums: Sums, spread: Spread, alpha: float) -> Iterator[Caution]:
    if sums.is_few:
        yield Caution.FEW
    if sums.count < RUNS_PER_SQUARED_SKEWNESS * spread.skewness**2 and sums.count >= FEW:
        yield Caution.SKEWED
    if spread.censored:
        yield Caution.CENSORED
    ranks = [quantile_ranks(spread.runs, share, alpha) for share in TARGET_SHARES]
    if any(each.low_rank is None or each.high_rank is None for each in ranks):
        yield Caution.OPEN


def is_provisional(footing: tuple[tuple[Footing, float], ...]) -> bool:
    """Whether too little of the critical minutes is calibrated or published."""
    firm = sum(share for kind, share in footing if kind in (Footing.CALIBRATED, Footing.PUBLISHED))
    return firm < PROVISIONAL_BELOW_SHARE


def _band(sums: TaskSums, spread: Spread, runs: int, alpha: float) -> TaskBand:
    """The band of the runs that needed the task."""
    told = quantiles(spread.needed, TASK_SHARES, alpha)
    p10, p50, p90 = (each.value_min for each in told) if told else (None, None, None)
    return TaskBand(
        task=sums.task,
        p10_min=p10,
        p50_min=p50,
        p90_min=p90,
        unfinished_share=spread.censored / runs,
        failed_share=sums.failed / runs,
        skipped_share=spread.unneeded / runs,
        quantiles=told,
        mean=mean_of(sums.finishes, alpha),
    )


def _own_ticks(question: Question, chunk: Chunk, target: str | None) -> Counter[Footing]:
    """Own ticks of the tasks on the chains of a target (or of all), by footing."""
    total: Counter[Footing] = Counter()
    for (name, task, cause), ticks in chunk.chains:
        if cause in OWN and target in (None, name) and task in question.tasks:
            total[question.procedure.task(task).duration.rests_on] += ticks
    return total


def _shares(total: Counter[Footing]) -> tuple[tuple[Footing, float], ...]:
    whole = sum(total.values())
    return tuple((kind, total[kind] / whole if whole else 0.0) for kind in Footing)
