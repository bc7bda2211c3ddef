"""Two versions, or two resource sets, played on the same luck: what the change gains."""

from __future__ import annotations

from dataclasses import dataclass

from sim.chunk import Engine, run_chunk
from sim.errors import SimError
from sim.pairs import Counts, Pairs
from sim.procedure import Target
from sim.question import Question
from sim.reference_engine import play


@dataclass(frozen=True, kw_only=True, slots=True)
class Gain:
    """What the second side gains on the first for one target, in minutes, run by run.

    Positive is better: earlier for limits, more time left for margins. The minutes, with their
    95 % interval, are those of the runs that got there on both sides, None where fewer than two
    did. ``worse_share`` is the share of all runs the change made worse, however good the mean.
    """

    target: Target
    runs: int
    mean_min: float | None
    low_min: float | None
    high_min: float | None
    better_share: float
    worse_share: float
    counts: Counts


def compare(before: Question, after: Question, *, seed: int, runs: int, engine: Engine = play) -> tuple[Gain, ...]:
    """The gain for every target both sides measure, from the same seed and replications.

    Refused if the two sides share no target.
    """
    first = run_chunk(before, seed=seed, first=0, runs=runs, engine=engine)
    second = run_chunk(after, seed=seed, first=0, runs=runs, engine=engine)
    places = {aims.target.id: place for place, aims in enumerate(before.aims)}
    gains = tuple(
        _gain(aims.target, Pairs(first.targets[places[aims.target.id]], rows, aims.target.is_latest_better))
        for aims, rows in zip(after.aims, second.targets, strict=True)
        if aims.target.id in places
    )
    if not gains:
        raise SimError("comparison-without-target", thing="comparison", rule="both sides must share a target")
    return gains


def _gain(target: Target, pairs: Pairs) -> Gain:
    low, mean, high = pairs.gained_min or (None, None, None)
    return Gain(
        target=target,
        runs=len(pairs.before),
        mean_min=mean,
        low_min=low,
        high_min=high,
        better_share=pairs.better_share,
        worse_share=pairs.worse_share,
        counts=pairs.counts,
    )
