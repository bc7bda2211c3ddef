"""Two versions, or two resource sets, played on the same luck: what the change gains."""

from __future__ import annotations

from dataclasses import dataclass

from sim.chunk import Chunk, Engine, run_chunk
from sim.errors import SimError
from sim.measures import held
from sim.procedure import Target
from sim.question import Question
from sim.reference_engine import play
from sim.statistics import PairedDifference, paired_difference
from sim.ticks import TICKS_PER_MIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Gain:
    """What the second side gains on the first for one target, in minutes, run by run.

    Positive is better: earlier for limits, more time left for margins. ``worse_share``
    is the share of runs the change made worse, however good the mean.
    """

    target: Target
    runs: int
    mean_min: float
    low_min: float
    high_min: float
    better_share: float
    worse_share: float


def compare(before: Question, after: Question, *, seed: int, runs: int, engine: Engine = play) -> tuple[Gain, ...]:
    """The gain for every target both sides measure, from the same seed and replications.

    A run that never got there counts as the horizon. Refused if the two sides share no target.
    """
    first = run_chunk(before, seed=seed, first=0, runs=runs, engine=engine)
    second = run_chunk(after, seed=seed, first=0, runs=runs, engine=engine)
    places = {aims.target.id: place for place, aims in enumerate(before.aims)}
    gains = tuple(
        _gain(aims.target, _ticks(before, first, places[aims.target.id]), _ticks(after, second, place), runs)
        for place, aims in enumerate(after.aims)
        if aims.target.id in places
    )
    if not gains:
        raise SimError("comparison-without-target", thing="comparison", rule="both sides must share a target")
    return gains


def _ticks(question: Question, chunk: Chunk, place: int) -> list[int]:
    """Measured ticks, smaller is better, what was never reached counted as the horizon."""
    horizon = question.network.horizon
    sign = -1 if question.aims[place].target.is_latest_better else 1
    return [sign * held(row[0], horizon) for row in chunk.targets[place]]


def _gain(target: Target, before: list[int], after: list[int], runs: int) -> Gain:
    gain: PairedDifference = paired_difference(before, after)
    return Gain(
        target=target,
        runs=runs,
        mean_min=gain.mean / TICKS_PER_MIN,
        low_min=gain.interval.low / TICKS_PER_MIN,
        high_min=gain.interval.high / TICKS_PER_MIN,
        better_share=gain.better_share,
        worse_share=gain.worse_share,
    )
