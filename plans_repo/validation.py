"""The validation cases and the replays of real disasters: run, kept as the result of a job, read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version as version_of_package
from typing import Any

from sqlmodel import col, select

from plans_repo.causes import task_title
from plans_repo.packs.replays import replays
from plans_repo.store import jobs
from plans_repo.store.jobs import Job, JobState
from plans_repo.store.roles import Action
from plans_repo.store.tables.jobs import JobRow
from plans_repo.store.work import Work
from plans_repo.study_engines import DEFAULT_ENGINE, engine_named
from sim import validation
from sim.chunk import Engine
from sim.plain import plain, unplain
from sim.reference_engine import play
from sim.replays import Replay, Replayed, case_of, replay
from sim.validation import Case, CaseMark, CaseResult, Check
from sim.validation.case import obtained_text, text

JOB_KIND = "validation"
FORMAT = 1
"""Of a kept record; one of another format is passed over, since a run makes a new one in a minute."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckFacts:
    """One value of a case, as it is printed."""

    label: str
    expected: str
    obtained: str
    tolerance: str
    passed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """A case with its values, as it is printed."""

    id: str
    title: str
    title_en: str
    mark: CaseMark
    is_replay: bool
    passed: bool
    checks: tuple[CheckFacts, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MomentFacts:
    """A recorded moment beside the minute played."""

    title: str
    title_en: str
    clock: str
    recorded_min: float
    played_min: float


@dataclass(frozen=True, kw_only=True, slots=True)
class LossFacts:
    """Minutes of the chain behind the end that passed in a task for a cause, and their share of the whole."""

    task: str
    task_en: str
    cause: str
    minutes: float
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayFacts:
    """A disaster played again: its moments, where the minutes went, the bottleneck and the end without it."""

    id: str
    case: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    begins: str
    source: str
    source_en: str
    mark: CaseMark
    moments: tuple[MomentFacts, ...]
    losses: tuple[LossFacts, ...]
    bottleneck: LossFacts
    end_min: float
    without_min: float
    is_true: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What a run of all cases and replays gave, with which version and engine."""

    version: str
    engine: str
    cases: tuple[CaseFacts, ...]
    replays: tuple[ReplayFacts, ...]

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(case.passed for case in self.cases)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A record and when it was made."""

    record: Record
    ended_at: datetime


def all_cases() -> tuple[Case, ...]:
    """The cases of the engine and the formulas and those of the replays; of one number, both as one case."""
    together = {case.id: case for case in validation.CASES}
    for record in replays():
        own = case_of(record)
        together[own.id] = _joined(together[own.id], own) if own.id in together else own
    return tuple(together[name] for name in sorted(together))


def _joined(first: Case, second: Case) -> Case:
    def both(engine: Engine) -> Iterator[Check]:
        yield from first.measure(engine)
        yield from second.measure(engine)

    return replace(first, measure=both)


def run(
    engine: str = DEFAULT_ENGINE,
    *,
    cases: Iterable[Case] | None = None,
    heard: Callable[[int], None] = lambda _: None,
) -> Record:
    """The replays and all cases, or *cases*, played now; *heard* is told how many cases have been run."""
    playing = engine_named(engine).play
    results = validation.run_cases(playing, all_cases() if cases is None else cases, heard=heard)
    return Record(
        version=version_of_package("yuyan"),
        engine=engine,
        cases=tuple(_case(result) for result in results),
        replays=tuple(replay_facts(record, playing) for record in replays()),
    )


def _case(result: CaseResult) -> CaseFacts:
    return CaseFacts(
        id=result.id,
        title=result.title,
        title_en=result.title_en,
        mark=result.mark,
        is_replay=result.is_replay,
        passed=result.passed,
        checks=tuple(
            CheckFacts(
                label=check.label,
                expected=text(check.expected),
                obtained=obtained_text(check),
                tolerance=text(check.tolerance),
                passed=check.passed,
            )
            for check in result.checks
        ),
    )


def replay_facts(record: Replay, engine: Engine = play) -> ReplayFacts:
    """One disaster, played now."""
    played = replay(record, engine)
    return ReplayFacts(
        id=record.id,
        case=record.case,
        title=record.title,
        title_en=record.title_en,
        summary=record.summary,
        summary_en=record.summary_en,
        begins=record.begins,
        source=record.source,
        source_en=record.source_en,
        mark=record.mark,
        moments=tuple(_moments(played)),
        losses=tuple(_loss(record, loss.task, loss.cause, loss.minutes, loss.share) for loss in played.losses),
        bottleneck=_loss(
            record,
            played.bottleneck.task,
            played.bottleneck.cause,
            played.bottleneck.lost_min,
            played.bottleneck.lost_min / played.end_min,
        ),
        end_min=played.end_min,
        without_min=played.without_min,
        is_true=played.is_true,
    )


def _moments(played: Replayed) -> Iterator[MomentFacts]:
    for moment, minute in played.reached:
        yield MomentFacts(
            title=moment.title,
            title_en=moment.title_en,
            clock=moment.clock,
            recorded_min=moment.recorded_min,
            played_min=minute,
        )
    for lead, margin in played.led:
        yield MomentFacts(
            title=lead.title, title_en=lead.title_en, clock="", recorded_min=lead.recorded_min, played_min=margin
        )


def _loss(record: Replay, task: str, cause: str, minutes: float, share: float) -> LossFacts:
    procedure = record.question.procedure
    return LossFacts(
        task=task_title(procedure, task, "zh"),
        task_en=task_title(procedure, task, "en"),
        cause=cause,
        minutes=minutes,
        share=share,
    )


def submit(work: Work) -> Job:
    """Queue a run of all cases; it is kept for everybody who may read studies."""
    work.require(Action.RUN_STUDY)
    return jobs.submit(work, JOB_KIND, {}, total=len(all_cases()))


def as_result(record: Record) -> dict[str, Any]:
    """A record as the result of a job."""
    return {"format": FORMAT, "record": plain(record)}


def last(work: Work) -> Kept | None:
    """The newest record, whoever had it made; None before the first."""
    work.require(Action.READ_STUDY)
    rows = work.session.exec(
        select(JobRow)
        .where(JobRow.kind == JOB_KIND, JobRow.state == JobState.DONE)
        .order_by(col(JobRow.ended_at).desc(), col(JobRow.id))
    )
    for row in rows:
        if row.ended_at is not None and row.result and row.result.get("format") == FORMAT:
            return Kept(record=unplain(Record, row.result["record"]), ended_at=row.ended_at)
    return None


def is_under_way(work: Work) -> bool:
    """Whether somebody's run waits or is under way."""
    work.require(Action.READ_STUDY)
    waiting = select(JobRow.id).where(
        JobRow.kind == JOB_KIND, col(JobRow.state).in_([JobState.QUEUED, JobState.RUNNING])
    )
    return work.session.exec(waiting.limit(1)).first() is not None


def running(work: Work) -> Job | None:
    """The present actor's run that waits or is under way."""
    return next((job for job in jobs.jobs(work) if job.kind == JOB_KIND and not job.is_over), None)
