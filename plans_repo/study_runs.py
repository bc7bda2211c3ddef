"""One run of a finished study, played again by the reference engine and held against what the study kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store.work import Work
from plans_repo.studies import study
from plans_repo.study_engines import ENGINES
from plans_repo.study_values import Study
from sim.chunk import merge, run_chunk
from sim.log import Run
from sim.measures import Aims, Measured
from sim.network import Network
from sim.pieces import pieces
from sim.question import Question
from sim.reference_engine import play
from sim.study import Quantile
from sim.telling import Event, PeopleLevel, PoolStory, Stretch, critical, events, people, pool_stories, stretches
from sim.ticks import NEVER, minutes

WORST_SHARE = 0.95
MOST_SEARCHED = 20_000
"""Runs looked through for a bad one; those of longer studies are searched up to here, and it is said."""


class Which(StrEnum):
    """The runs with a name."""

    MEDIAN = "median"
    WORST = "worst"


@dataclass(frozen=True, kw_only=True)
class ToldRun:
    """One replication of a study with everything to show it.

    *searched* counts the runs among which a named one was found, 0 for one asked by its number.
    """

    study: Study
    question: Question
    run: Run
    target: str
    searched: int

    @property
    def number(self) -> int:
        """Which run of the study it is, as people count: from 1."""
        return self.run.replication + 1

    @property
    def network(self) -> Network:
        """The network that was played."""
        return self.question.network

    @cached_property
    def measured(self) -> tuple[tuple[Aims, Measured], ...]:
        """What the run says about every target judged."""
        return tuple((aims, aims.measure(self.run)) for aims in self.question.aims if aims.aims)

    @property
    def aims(self) -> Aims:
        """What the chosen target looks at."""
        return next(aims for aims, _measured in self.measured if aims.target.id == self.target)

    @cached_property
    def stretches(self) -> tuple[tuple[Stretch, ...], ...]:
        """The stretches of every node."""
        return stretches(self.network, self.run)

    @cached_property
    def pools(self) -> tuple[PoolStory, ...]:
        """Lines and units at work."""
        return pool_stories(self.network, self.run)

    @cached_property
    def people(self) -> tuple[PeopleLevel, ...]:
        """The people of the chosen target by state."""
        return people(self.network, self.run, self.aims)

    @cached_property
    def critical(self) -> frozenset[int]:
        """The nodes on the chain behind the chosen target."""
        return critical(self.network, self.run, (each for aims, each in self.measured if aims.target.id == self.target))

    @property
    def events(self) -> Iterator[Event]:
        """What happened, in order."""
        return events(self.network, self.run, self.study.procedure)


def told_run(work: Work, study_id: str, which: str = Which.MEDIAN, target: str = "") -> ToldRun:
    """The median run, the worst 5 %, or the run of a number from 1 on, of a study the actor may read.

    A named run is that of a *target*, the first judged unless given. Refused if the run played now does not
    measure what the study kept of it.
    """
    found = study(work, study_id)
    question = found.question
    chosen = _target(found, target)
    number, searched = _number(found, question, which, chosen)
    told = ToldRun(
        study=found,
        question=question,
        run=play(question.network, seed=found.seed, replication=number),
        target=chosen,
        searched=searched,
    )
    check_kept(told)
    return told


def _target(found: Study, target: str) -> str:
    names = [result.target.id for result in found.findings.targets]
    if not names or (target and target not in names):
        raise NotFound("target-not-judged", thing=f"study {found.id}", field="target", value=target)
    return target or names[0]


def _number(found: Study, question: Question, which: str, target: str) -> tuple[int, int]:
    if which.isdecimal() and 1 <= int(which) <= found.findings.runs:
        return int(which) - 1, 0
    if which == Which.MEDIAN and (kept := _kept(found, target, 0.5)):
        return kept.replication, found.findings.runs
    if which not in tuple(Which):
        last = found.findings.runs
        raise PlansRepoError(
            "run-unknown", thing=f"study {found.id}", field="run", rule=f"median, worst or 1-{last}", value=which,
            last=last,
        )  # fmt: skip
    return _searched(found, question, target, 0.5 if which == Which.MEDIAN else WORST_SHARE)


def _kept(found: Study, target: str, share: float) -> Quantile | None:
    result = next(result for result in found.findings.targets if result.target.id == target)
    return next((each for each in result.quantiles if each.share == share), None)


def _searched(found: Study, question: Question, target: str, share: float) -> tuple[int, int]:
    """The run at a quantile of a target, by playing the runs again."""
    engine = ENGINES[found.request.engine]
    runs = min(found.findings.runs, MOST_SEARCHED)
    parts = pieces(0, runs, engine.piece(question))
    chunk = merge(
        run_chunk(question, seed=found.seed, first=first, runs=count, batch=engine.batch) for first, count in parts
    )
    place = next(place for place, aims in enumerate(question.aims) if aims.target.id == target)
    return chunk.of_target(place).quantile(share).replication, runs


def check_kept(told: ToldRun) -> None:
    """Refuse a run that is not the one the study judged."""
    engine = ENGINES[told.study.request.engine]
    number = told.run.replication
    by_engine = engine.batch(told.question, seed=told.study.seed, first=number, runs=1)
    expected = {aims.target.id: int(by_engine.ticks[0, place]) for place, aims in enumerate(told.question.aims)}
    for aims, measured in told.measured:
        name = aims.target.id
        result = next((each for each in told.study.findings.targets if each.target.id == name), None)
        kept = [each.value_min for each in result.quantiles if each.replication == number] if result else []
        if expected[name] != measured.ticks or any(value not in _minutes(measured.ticks) for value in kept):
            raise PlansRepoError(
                "run-differs", thing=f"study {told.study.id}", field=name, rule="must measure what was kept",
                value=told.number,
            )  # fmt: skip


def _minutes(ticks: int) -> tuple[float | None, ...]:
    """How a study may have written ticks down: without a value, where there was nothing or nobody."""
    return (None, 0.0) if abs(ticks) == NEVER else (minutes(ticks),)
