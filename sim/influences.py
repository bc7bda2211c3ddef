"""Which figures a promise hangs on: Morris's screening of all, then Sobol's shares of the few that matter.

A figure is the median of a task's minutes, or a parameter of the event. Every combination of figures is
played on the same luck, so that differences are the figures' own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from sim.batch import Batching
from sim.choice import places_of
from sim.errors import SimError
from sim.figure import above, at_least, finite
from sim.kernel.batching import kernel_batch
from sim.question import Question
from sim.statistics import Influence, Screening, morris, quantile_rank, sobol
from sim.statistics.sensitivity import Floats
from sim.ticks import TICKS_PER_MIN
from sim.variants import Scaled, shape_of

TRAJECTORIES = 8
"""Of Morris's screening; four to ten are usual (Morris 1991; Saltelli and others 2008)."""
SOBOL_ROWS = 64
"""Base rows of Saltelli's design, a power of two as Sobol's sequence asks; the half widths tell how sure that makes."""
EVENTS_HELD = 4
"""Events with other parameters that stay laid out: one step of either design goes back to the one or two before."""
MOST_EXAMINED = 4
"""Sobol's shares are worked out for so many of the figures that move the answer most."""


class Measure(StrEnum):
    """What is asked about a promise: how often it is kept, or the minutes nine runs of ten keep within."""

    P_MET = "p_met"
    P90_MIN = "p90_min"


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """Between which bounds a figure may lie.

    Of a task the bounds are factors on its median, spread evenly on the logarithm; of a parameter of the
    event they are values, spread evenly.
    """

    name: str
    low: float
    high: float
    is_parameter: bool = False

    def __post_init__(self) -> None:
        thing = f"range of {self.name}"
        if self.is_parameter:
            finite(thing, "low", self.low)
        else:
            above(thing, "low", self.low, 0)
        above(thing, "high", self.high, self.low)

    @property
    def key(self) -> str:
        """A name that no figure of the other kind shares."""
        return f"{'parameter' if self.is_parameter else 'task'}:{self.name}"

    @property
    def bounds(self) -> tuple[str, float, float]:
        """As the sampling has it."""
        if self.is_parameter:
            return self.key, self.low, self.high
        return self.key, math.log(self.low), math.log(self.high)

    def value(self, drawn: float) -> float:
        """What a sampled number stands for."""
        return drawn if self.is_parameter else math.exp(drawn)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sway:
    """What one figure does to the answer.

    ``at_low`` and ``at_high`` are the answers with it alone at either bound; ``screening`` is Morris's,
    ``influence`` Sobol's, None where the figure was not among the few.
    """

    range: Range
    at_low: float
    at_high: float
    screening: Screening
    influence: Influence | None = None

    @property
    def width(self) -> float:
        """How far apart the two answers are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sways:
    """The figures, the one that moves the answer most first; ``base`` is the answer as everything stands."""

    target: str
    measure: Measure
    base: float
    runs: int
    sways: tuple[Sway, ...]


def sways(
    question: Question,
    ranges: Sequence[Range],
    *,
    target: str,
    seed: int,
    runs: int,
    measure: Measure = Measure.P_MET,
    trajectories: int = TRAJECTORIES,
    sobol_rows: int = SOBOL_ROWS,
    most_examined: int = MOST_EXAMINED,
    batch: Batching = kernel_batch,
    progress: Callable[[int], None] = lambda played: None,
) -> Sways:
    """How the answer for *target* depends on the figures in *ranges*; *progress* hears the combinations played."""
    at_least("sensitivity", "ranges", len(ranges), 1)
    for place, each in enumerate(ranges):
        if any(each.key == other.key for other in ranges[:place]):
            raise SimError("name-twice", thing="sensitivity", field="ranges", rule="must be unique", value=each.name)
    asked = _Asked(question, target, seed, runs, measure, batch, progress)
    screened = {
        one.name: one
        for one in morris(asked.of(ranges), [each.bounds for each in ranges], trajectories=trajectories, seed=seed)
    }
    few = sorted(
        (each for each in ranges if screened[each.key].effect > 0), key=lambda each: -screened[each.key].effect
    )
    few = few[:most_examined]
    shares = sobol(asked.of(few), [each.bounds for each in few], base_runs=sobol_rows, seed=seed) if few else ()
    examined = {share.name: share for share in shares}
    found = [
        Sway(
            range=each,
            at_low=asked.answer({each: each.low}),
            at_high=asked.answer({each: each.high}),
            screening=screened[each.key],
            influence=examined.get(each.key),
        )
        for each in ranges
    ]
    found.sort(key=lambda sway: (-sway.screening.effect, sway.range.key))
    return Sways(target=target, measure=measure, base=asked.answer({}), runs=runs, sways=tuple(found))


def most_played(figures: int) -> int:
    """How many combinations of so many figures are played at most, where nothing else is asked for.

    >>> most_played(2)
    285
    """
    return TRAJECTORIES * (figures + 1) + SOBOL_ROWS * (min(figures, MOST_EXAMINED) + 2) + 2 * figures + 1


@dataclass
class _Asked:
    """One promise, asked about again and again with other figures."""

    question: Question
    target: str
    seed: int
    runs: int
    measure: Measure
    batch: Batching
    progress: Callable[[int], None]
    played: int = 0
    events: dict[tuple[tuple[str, float], ...], Question] = field(default_factory=dict)

    def of(self, ranges: Sequence[Range]) -> Callable[[Floats], Floats]:
        """The answers to rows of sampled numbers."""

        def model(rows: Floats) -> Floats:
            return np.array([
                self.answer({each: each.value(float(drawn)) for each, drawn in zip(ranges, row, strict=True)})
                for row in rows
            ])  # fmt: skip

        return model

    def answer(self, values: Mapping[Range, float]) -> float:
        """The answer with some figures changed."""
        changed = self._varied(values)
        ((place, target),) = places_of(changed, [self.target])
        batch = self.batch(changed, seed=self.seed, first=0, runs=self.runs)
        self.played += 1
        self.progress(self.played)
        if self.measure is Measure.P_MET:
            return float(batch.met[:, place].mean())
        sign, most = -1 if target.is_latest_better else 1, shape_of(changed).network.horizon
        worse = np.sort(np.clip(sign * batch.ticks[:, place], -most, most))
        return float(sign * worse[quantile_rank(self.runs, 0.9) - 1] / TICKS_PER_MIN)

    def _varied(self, values: Mapping[Range, float]) -> Question:
        """The question with some figures changed, on the network of an event already laid out where there is one.

        Other parameters may bring other entities, clocks and gates, so every event with values of its own is compiled;
        the steps of a design that change durations alone share it.
        """
        parameters, factors = _parted(values)
        key = tuple(sorted(parameters.items()))
        event = self.events.pop(key, None) or _with_parameters(self.question, parameters)
        self.events[key] = event  # last in the order of use
        while len(self.events) > EVENTS_HELD:
            del self.events[next(iter(self.events))]
        return scaled(event, factors)


def varied(question: Question, values: Mapping[Range, float]) -> Question:
    """The question with some figures changed; every draw keeps its identity."""
    parameters, factors = _parted(values)
    return scaled(_with_parameters(question, parameters), factors)


def _parted(values: Mapping[Range, float]) -> tuple[dict[str, float], dict[str, float]]:
    """The parameters of the event and the factors of tasks."""
    return (
        {each.name: value for each, value in values.items() if each.is_parameter},
        {each.name: value for each, value in values.items() if not each.is_parameter},
    )


def _with_parameters(question: Question, parameters: Mapping[str, float]) -> Question:
    return question.with_values(parameters) if parameters else question


def scaled(question: Question, factors: Mapping[str, float]) -> Question:
    """The question with the minutes of some tasks multiplied; a task the procedure lacks is refused."""
    for name in factors:
        question.procedure.task(name)
    return Scaled(question, factors)
