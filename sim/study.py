"""Many runs of one version against one event: verdicts, quantiles, waits and footing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sim.chain import DECIDE, REST, TRAVEL, WORK
from sim.chunk import NOT_NEEDED, Chunk, Engine, merge, results_hash, run_chunk
from sim.figure import Footing
from sim.procedure import Target
from sim.question import Question
from sim.reference_engine import play
from sim.statistics import Verdict, quantile, verdict, wilson
from sim.stopping import StopRule
from sim.ticks import NEVER, minutes

PIECE = 20
"""Runs in one piece of work between two reports of progress."""
PROVISIONAL_BELOW_SHARE = 0.5
"""A verdict is provisional if less than this share of its critical minutes is calibrated or published."""

OWN = (WORK, TRAVEL, REST, DECIDE)


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetResult:
    """One target over all runs.

    ``p50_min`` and ``p90_min`` are what half and nine tenths of the runs kept to
    (elapsed at most, or margin at least), None where that many runs did not get there.
    ``footing`` gives the share of the critical minutes by what they rest on.
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """Mean minutes a run spent waiting in a task for a cause, summed over its entities."""

    task: str
    cause: str
    mean_min: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What the runs say."""

    runs: int
    seed: int
    level: str
    results_hash: str
    targets: tuple[TargetResult, ...]
    bands: tuple[TaskBand, ...]
    waits: tuple[Wait, ...]
    footing: tuple[tuple[Footing, float], ...]
    not_concerned: tuple[str, ...]

    @property
    def is_decided(self) -> bool:
        """Whether no target is left undecided."""
        return all(result.verdict is not Verdict.UNDECIDED for result in self.targets)


def run_study(
    question: Question,
    *,
    seed: int,
    rule: StopRule,
    engine: Engine = play,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Findings, Chunk]:
    """The findings and the whole-number results behind them.

    *progress* is called with the runs done and the runs of the present look; what it
    raises ends the study.
    """
    chunk = run_chunk(question, seed=seed, first=0, runs=0, engine=engine)
    for size in rule.looks:
        for first, runs in pieces(chunk.runs, size):
            piece = run_chunk(question, seed=seed, first=first, runs=runs, engine=engine)
            chunk = merge([chunk, piece])
            progress(chunk.runs, size)
        found = findings(question, chunk, seed=seed, rule=rule)
        if found.is_decided:
            break
    return found, chunk


def pieces(done: int, size: int) -> Iterator[tuple[int, int]]:
    """(first, runs) of the pieces still to compute.

    >>> list(pieces(0, 50))
    [(0, 20), (20, 20), (40, 10)]
    """
    while done < size:
        runs = min(PIECE, size - done)
        yield done, runs
        done += runs


def findings(question: Question, chunk: Chunk, *, seed: int, rule: StopRule) -> Findings:
    """What whole-number results say, at the confidence the rule leaves for one look."""
    return Findings(
        runs=chunk.runs,
        seed=seed,
        level=question.level,
        results_hash=results_hash(question, seed, chunk),
        targets=tuple(_target_results(question, chunk, rule.alpha_per_look)),
        bands=tuple(
            _band(task, ticks, dict(chunk.failures)[task]) for task, ticks in chunk.finishes if task in question.tasks
        ),
        waits=tuple(
            Wait(task=task, cause=cause, mean_min=minutes(total) / chunk.runs) for (task, cause), total in chunk.waits
        ),
        footing=_shares(_own_ticks(question, chunk, None)),
        not_concerned=_not_concerned(question),
    )


def _not_concerned(question: Question) -> tuple[str, ...]:
    asked = {aims.target.id for aims in question.aims if aims.aims}
    return tuple(target.id for target in question.procedure.targets if target.id not in asked)


def _target_results(question: Question, chunk: Chunk, alpha: float) -> Iterator[TargetResult]:
    for aims, rows in zip(question.aims, chunk.targets, strict=True):
        if not aims.aims:
            continue
        target = aims.target
        met = sum(row[1] for row in rows)
        interval = wilson(met, len(rows), alpha)
        footing = _shares(_own_ticks(question, chunk, target.id))
        yield TargetResult(
            target=target,
            runs=len(rows),
            met=met,
            p_met=met / len(rows),
            low=interval.low,
            high=interval.high,
            confidence=interval.confidence,
            p50_min=_kept_to(rows, 0.5, target),
            p90_min=_kept_to(rows, 0.9, target),
            verdict=verdict(interval, target.assurance),
            footing=footing,
            is_provisional=is_provisional(footing),
        )


def is_provisional(footing: tuple[tuple[Footing, float], ...]) -> bool:
    """Whether too little of the critical minutes is calibrated or published."""
    firm = sum(share for kind, share in footing if kind in (Footing.CALIBRATED, Footing.PUBLISHED))
    return firm < PROVISIONAL_BELOW_SHARE


def _kept_to(rows: tuple[tuple[int, int, int], ...], share: float, target: Target) -> float | None:
    """The order statistic that the given share of the runs kept to."""
    sign = -1 if target.is_latest_better else 1
    return _minutes_or_none(sign * quantile(sorted(sign * row[0] for row in rows), share))


def _minutes_or_none(value: int) -> float | None:
    return None if abs(value) >= NEVER else minutes(value)


def _band(task: str, values: tuple[int, ...], failures: int) -> TaskBand:
    """The band of the runs that needed the task."""
    ordered = sorted(value for value in values if value != NOT_NEEDED)
    p10, p50, p90 = (_minutes_or_none(quantile(ordered, share)) if ordered else None for share in (0.1, 0.5, 0.9))
    return TaskBand(
        task=task,
        p10_min=p10,
        p50_min=p50,
        p90_min=p90,
        unfinished_share=sum(value == NEVER for value in values) / len(values),
        failed_share=failures / len(values),
        skipped_share=1.0 - len(ordered) / len(values),
    )


def _own_ticks(question: Question, chunk: Chunk, target: str | None) -> Counter[Footing]:
    """Own ticks of the tasks on the chains of a target (or of all), by footing."""
    total: Counter[Footing] = Counter()
    for (name, task, cause), ticks in chunk.chains:
        if cause in OWN and target in (None, name) and task in question.tasks:
            total[question.procedure.task(task).duration.footing] += ticks
    return total


def _shares(total: Counter[Footing]) -> tuple[tuple[Footing, float], ...]:
    whole = sum(total.values())
    return tuple((kind, total[kind] / whole if whole else 0.0) for kind in Footing)
