"""A drill or an incident laid over what was simulated: which recorded moments lie within the band, early or late.

The band is P10-P50-P90 of the first runs of the study, played again with its seed; of a place that was named the
band is that place's, otherwise of the first start and the last end of the task.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np

from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.timings import TimingEnd, TimingSubject
from plans_repo.store.work import Work
from plans_repo.studies import study
from plans_repo.study_engines import ENGINES
from plans_repo.study_values import Study
from plans_repo.timings.keeping import recorded
from plans_repo.timings.values import Recorded, Timing, Turnout
from sim.log import Run
from sim.measures import Aims
from sim.network import NOBODY
from sim.procedure import ALARM, Target
from sim.question import Question
from sim.statistics import quantile_rank
from sim.ticks import NEVER, TICKS_PER_MIN

MOST_RUNS = 400
"""So many runs of the study make the band."""
WITHIN_SHARE = 0.8
"""Of what the simulation has right, so much lies between P10 and P90."""


class Moment(StrEnum):
    """Which moment of the response was recorded."""

    START = "start"
    FINISH = "finish"
    TARGET = "target"


class Place(StrEnum):
    """Where a recorded moment lies."""

    EARLY = "early"
    WITHIN = "within"
    LATE = "late"
    OPEN = "open"  # not ended when it was stopped, and the band had not passed
    UNSEEN = "unseen"  # hardly any run came to it


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """One recorded moment over its band, in minutes from minute 0 (of a target: as its text counts them).

    A bound is None where the runs of that share had not come to it by the horizon. *is_open* tells that it was not
    over at *observed_min*. *runs* is how many runs came to it at all.
    """

    moment: Moment
    name: str
    entity: str
    observed_min: float
    is_open: bool
    p10_min: float | None
    p50_min: float | None
    p90_min: float | None
    runs: int
    is_derived: bool = False
    limit_min: float | None = None

    @property
    def place(self) -> Place:
        """Within the band, or to which side of it."""
        if self.p10_min is None:
            return Place.UNSEEN
        if self.p90_min is not None and self.observed_min > self.p90_min:
            return Place.LATE
        if self.is_open:
            return Place.OPEN
        return Place.EARLY if self.observed_min < self.p10_min else Place.WITHIN

    @property
    def beyond_min(self) -> float:
        """By how many minutes it lies outside the band."""
        if self.place is Place.LATE and self.p90_min is not None:
            return self.observed_min - self.p90_min
        return self.p10_min - self.observed_min if self.place is Place.EARLY and self.p10_min is not None else 0.0


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """A turnout over a study."""

    study: Study
    turnout: Turnout
    runs: int
    laid: tuple[Laid, ...]
    not_played: tuple[str, ...]

    def count(self, place: Place) -> int:
        """How many recorded moments lie there."""
        return sum(each.place is place for each in self.laid)

    @property
    def judged(self) -> int:
        """How many could be held against a band."""
        return sum(self.count(place) for place in (Place.EARLY, Place.WITHIN, Place.LATE))

    @property
    def is_own(self) -> bool:
        """Whether the durations of the study were learnt from this very turnout: then it is no independent check."""
        return any(source.turnout == self.turnout.id for of in self.study.timings for source in of.sources)

    @property
    def worst(self) -> Laid | None:
        """The moment furthest beyond its band, the late ones first."""
        outside = [each for each in self.laid if each.beyond_min > 0]
        return max(outside, key=lambda each: (each.place is Place.LATE, each.beyond_min), default=None)

    @property
    def surprise_share(self) -> float:
        """How often so few, or fewer, would lie within if each did with 0.8 by itself; they are not independent."""
        within, count = self.count(Place.WITHIN), self.judged
        return sum(math.comb(count, k) * WITHIN_SHARE**k * (1 - WITHIN_SHARE) ** (count - k) for k in range(within + 1))


def overlay(work: Work, study_id: str, turnout_id: str) -> Overlay:
    """Lay a turnout over a study of the same plan; both must be there for the actor."""
    found, seen = study(work, study_id), recorded(work, turnout_id)
    if seen.turnout.plan != found.plan:
        raise PlansRepoError(
            "turnout-of-another-plan", thing=seen.turnout.title, field="plan", rule="must be the plan of the study",
            value=study_id,
        )  # fmt: skip
    if not seen.timings:
        raise PlansRepoError("turnout-without-timings", thing=seen.turnout.title, rule="must hold some timing")
    question = found.question
    count = min(found.findings.runs, MOST_RUNS)
    play = ENGINES[found.request.engine].play
    runs = [play(question.network, seed=found.seed, replication=number, keep_log=False) for number in range(count)]
    sample = _Sample(question, runs)
    laid = tuple(_laid(sample, seen))
    played = question.network.of_task
    not_played = dict.fromkeys(
        each.name for each in seen.timings if each.subject is TimingSubject.TASK and each.name not in played
    )
    return Overlay(study=found, turnout=seen.turnout, runs=count, laid=laid, not_played=tuple(not_played))


class _Sample:
    """Some runs, asked for the moments of tasks and targets."""

    def __init__(self, question: Question, runs: Sequence[Run]) -> None:
        self.question, self.runs = question, runs
        self.network = question.network

    def nodes(self, task: str, entity: str) -> tuple[int, ...]:
        """The nodes of a task; of one place where it is one of the network's."""
        every = self.network.of_task.get(task, ())
        keys = {entity, *self._keys.get(entity, ())} if entity else frozenset[str]()
        own = tuple(node for node in every if self.network.nodes[node].entity in keys)
        return own or every

    @cached_property
    def _keys(self) -> dict[str, set[str]]:
        """The keys of the places by their titles, which is how people name them."""
        found: dict[str, set[str]] = {}
        for entity in self.network.entities:
            found.setdefault(entity.title, set()).add(entity.key)
        return found

    def starts(self, nodes: Sequence[int]) -> list[int | None]:
        """The tick the first of the nodes was begun; None in a run that skipped them all."""
        return [_begun(run, nodes) for run in self.runs]

    def finishes(self, nodes: Sequence[int]) -> list[int | None]:
        """The tick the last of the nodes was over; None in a run that skipped them all."""
        return [_over(run, nodes) for run in self.runs]

    def reached(self, aims: Aims) -> list[int | None]:
        """What was measured of a target; None in a run in which it concerned nobody."""
        measured = [aims.measure(run) for run in self.runs]
        return [None if each.node == NOBODY else abs(each.ticks) for each in measured]


def _begun(run: Run, nodes: Sequence[int]) -> int | None:
    starts = [run.passages[node].start for node in nodes if not run.passages[node].is_needless]
    return min(starts, default=None)


def _over(run: Run, nodes: Sequence[int]) -> int | None:
    ends = [run.passages[node] for node in nodes]
    kept = [passage for passage in ends if not passage.is_needless]
    if not kept:
        return None
    return max(NEVER if passage.outcome is None or passage.is_given_up else passage.finish for passage in kept)


def _laid(sample: _Sample, seen: Recorded) -> Iterator[Laid]:
    tasks = [each for each in seen.timings if each.subject is TimingSubject.TASK]
    for name, entity in dict.fromkeys((each.name, each.entity) for each in tasks):
        own = [each for each in tasks if (each.name, each.entity) == (name, entity)]
        nodes = sample.nodes(name, entity)
        if nodes:
            yield _start(sample, seen.turnout, nodes, own)
            yield _finish(sample, seen.turnout, nodes, own)
    yield from _targets(sample, seen)


def _start(sample: _Sample, turnout: Turnout, nodes: Sequence[int], own: Sequence[Timing]) -> Laid:
    at = _minutes(min(each.started_at for each in own), turnout.began_at)
    return _banded(Moment.START, own[0].name, own[0].entity, at, sample.starts(nodes))


def _finish(sample: _Sample, turnout: Turnout, nodes: Sequence[int], own: Sequence[Timing]) -> Laid:
    last = max(own, key=lambda each: (each.ended_at, each.attempt))
    at = _minutes(last.ended_at, turnout.began_at)
    is_open = last.ending is TimingEnd.STOPPED
    return _banded(Moment.FINISH, last.name, last.entity, at, sample.finishes(nodes), is_open=is_open)


def _targets(sample: _Sample, seen: Recorded) -> Iterator[Laid]:
    """What was recorded of targets themselves, else what follows from the timings of their tasks."""
    said = {each.name: each for each in seen.timings if each.subject is TimingSubject.TARGET}
    for aims in sample.question.aims:
        target = aims.target
        if not aims.aims or target.is_latest_better:  # a margin is taken to a clock that a turnout does not record
            continue
        if target.id in said:
            found = said[target.id]
            observed, is_derived = _minutes(found.ended_at, found.started_at), False
            is_open = found.ending is TimingEnd.STOPPED
        else:
            derived = derived_min(target, seen)
            if derived is None:
                continue
            (observed, is_open), is_derived = derived, True
        yield _banded(
            Moment.TARGET, target.id, "", observed, sample.reached(aims), is_open=is_open, is_derived=is_derived,
            limit_min=target.limit_min,
        )  # fmt: skip


def derived_min(target: Target, seen: Recorded) -> tuple[float, bool] | None:
    """The minutes a target took by the timings of its tasks, and whether it was still open; None if they do not say."""
    ends = [each for each in seen.timings if each.subject is TimingSubject.TASK and each.name == target.task]
    if not ends or target.start_clock:
        return None
    begin = seen.turnout.began_at
    if target.starts != ALARM:
        first = [
            each.ended_at
            for each in seen.timings
            if each.name == target.starts and each.subject is TimingSubject.TASK and each.ending is TimingEnd.DONE
        ]
        if not first:
            return None
        begin = max(first)
    last = max(ends, key=lambda each: each.ended_at)
    return max(0.0, _minutes(last.ended_at, begin)), last.ending is not TimingEnd.DONE


def _banded(
    moment: Moment,
    name: str,
    entity: str,
    observed_min: float,
    ticks: Sequence[int | None],
    *,
    is_open: bool = False,
    is_derived: bool = False,
    limit_min: float | None = None,
) -> Laid:
    """The band over the runs that needed it; those that never came to it stand last."""
    needed = np.sort(np.array([tick for tick in ticks if tick is not None], dtype=np.int64))
    bounds = [_at(needed, share) for share in (0.1, 0.5, 0.9)]
    return Laid(
        moment=moment,
        name=name,
        entity=entity,
        observed_min=observed_min,
        is_open=is_open,
        p10_min=bounds[0],
        p50_min=bounds[1],
        p90_min=bounds[2],
        runs=int((needed < NEVER).sum()),
        is_derived=is_derived,
        limit_min=limit_min,
    )


def _at(ordered: np.ndarray[tuple[int], np.dtype[np.int64]], share: float) -> float | None:
    if not ordered.size:
        return None
    tick = int(ordered[quantile_rank(ordered.size, share) - 1])
    return None if tick >= NEVER else tick / TICKS_PER_MIN


def _minutes(at: datetime, begin: datetime) -> float:
    return (at - begin) / timedelta(minutes=1)
