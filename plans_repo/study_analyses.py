"""What a finished study is asked beyond its verdicts, computed from its own snapshot and kept beside it.

A comparison, the cheapest units, weak points, influences, more runs or more drills: the same question asked again
of a study finds what is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import col, select

from plans_repo import analyses, plans, scenarios, studies, study_running
from plans_repo.compared_forces import Forces, Played, entries_of, forces, given
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.tables.study_analyses import StudyAnalysisRow
from plans_repo.store.work import Actor, Store, Work
from plans_repo.study_engines import DEFAULT_ENGINE, ENGINES
from plans_repo.study_values import Study
from plans_repo.supplies import pool_counts, supplies
from sim import choice, comparison, doubt, influences, weak_points
from sim.anomaly import Anomaly, anomalies
from sim.batch import Batch
from sim.choice import Choice, Offer
from sim.comparison import Comparison
from sim.doubt import Split
from sim.figure import at_least
from sim.influences import Measure, Sways
from sim.plain import IF_GIVEN, digest, plain, unplain
from sim.question import Question
from sim.spread import Spread, Spreads, spreads_of
from sim.stopping import StopRule
from sim.ticks import NEVER, minutes
from sim.variants import with_units
from sim.weak_points import Step, WeakPoints

JOB_KIND = "analysis"
FORM = 1
"""Of what is kept; another form is another key."""
POINTS = 100
"""A curve of a comparison is kept at so many shares of the runs."""

Heard = Callable[[int, int], None]


class Kind(StrEnum):
    """What may be asked."""

    COMPARISON = "comparison"
    CHOICE = "choice"
    WEAK = "weak"
    SENSITIVITY = "sensitivity"
    DOUBT = "doubt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """An analysis asked for; each kind reads what it needs.

    *version*, *resource_set* and *units* are the other side of a comparison, "" and none for the study's own.
    """

    kind: Kind
    runs: int = 400
    target: str = ""
    version: str = ""
    resource_set: str = ""
    units: tuple[tuple[str, int], ...] = ()
    offers: tuple[Offer, ...] = ()
    measure: Measure = Measure.P_MET
    failures: int = 2

    def __post_init__(self) -> None:
        StopRule(runs=self.runs)
        at_least("analysis", "failures", self.failures, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """The minutes of one target that 1, 2 … 100 % of the runs of either side do not exceed in badness.

    None where so many runs did not get there.
    """

    target: str
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A comparison with its warnings, both sides' curves and forces; one kept long ago does not tell its forces."""

    comparison: Comparison
    anomalies: tuple[Anomaly, ...]
    curves: tuple[Curve, ...]
    forces: Forces | None = field(default=None, metadata=IF_GIVEN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weak:
    """What breaks one thing at a time, and what several failures at once do."""

    points: WeakPoints
    steps: tuple[Step, ...]


Result = Compared | Choice | Weak | Sways | Split
_RESULTS: dict[Kind, Any] = {
    Kind.COMPARISON: Compared,
    Kind.CHOICE: Choice,
    Kind.WEAK: Weak,
    Kind.SENSITIVITY: Sways,
    Kind.DOUBT: Split,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """An analysis that was made: of which study, what was wanted, and what came out."""

    id: str
    study: str
    wanted: Wanted
    result: Any
    created_at: datetime
    created_by: str
    is_reused: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What an analysis is computed from."""

    study: Study
    question: Question
    other: Question
    wanted: Wanted
    key: str
    forces: Forces | None = None


def ask(work: Work, study_id: str, wanted: Wanted) -> tuple[Question, Question]:
    """What the study asked and the other side of a comparison; refused now if it cannot be computed."""
    asked = _asked(work, study_id, wanted)
    return asked.question, asked.other


def _asked(work: Work, study_id: str, wanted: Wanted) -> _Asked:
    work.require(Action.RUN_STUDY)
    study = studies.study(work, study_id)
    question = study.question
    other = _other(work, study, question, wanted)
    if wanted.kind is Kind.COMPARISON and other.digest == question.digest:
        raise PlansRepoError("comparison-with-itself", thing="comparison", rule="the two sides must differ")
    if wanted.target:
        choice.places_of(question, [wanted.target])
    for offer in wanted.offers:
        question.procedure.pool(offer.pool)
    played = [[side.digest, study_running.release(DEFAULT_ENGINE, side.network)] for side in (question, other)]
    doubted = analyses.ranges_of(question) if wanted.kind in (Kind.SENSITIVITY, Kind.DOUBT) else ()
    key = digest([FORM, played, str(study.seed), wanted, doubted])
    told = _forces(work, study, question, other, wanted) if wanted.kind is Kind.COMPARISON else None
    return _Asked(study=study, question=question, other=other, wanted=wanted, key=key, forces=told)


def _forces(work: Work, study: Study, question: Question, other: Question, wanted: Wanted) -> Forces:
    """What both sides have; the other's entries of the register are looked up where they are not the study's own."""
    own = {
        count.pool.id: count.entries
        for count in pool_counts(study.procedure, study.resources, study.supplies, study.others)
    }
    others = own
    if other.resources.id == scenarios.REGISTER_UNITS != study.resources.id:
        area = plans.plan(work, study.plan).area
        others = entries_of(supplies(work, area, (pool.id for pool in other.procedure.pools)))
    before = Played(version=study.version, question=question, entries=own)
    after = Played(version=wanted.version or study.version, question=other, entries=others, given=given(wanted.units))
    return forces(work, study.plan, before, after)


def _other(work: Work, study: Study, question: Question, wanted: Wanted) -> Question:
    """The other side of a comparison: what is not named is the study's own, and so are the timings learnt from."""
    other = question
    if wanted.version and wanted.version != study.version:
        version = plans.version_of(work, study.plan, wanted.version)
        other = study.asked_of(plans.procedure_to_play(work, study.plan, version.id))
        studies.check_levels(other)
    if wanted.resource_set and wanted.resource_set != study.resources.id:
        other = other.with_resources(scenarios.resource_set(work, study.plan, wanted.resource_set))
    return with_units(other, wanted.units) if wanted.units else other


def run(
    store: Store, actor: Actor, study_id: str, wanted: Wanted, *, progress: Heard = lambda done, total: None
) -> Analysis:
    """Compute and keep an analysis, without holding a transaction meanwhile; one that is there is handed over."""
    with store.reading(actor) as work:
        asked = _asked(work, study_id, wanted)
        known = _known(work, asked)
    if known is not None:
        return known
    result = _COMPUTED[wanted.kind](asked, progress)
    with store.work(actor) as work:
        return _keep(work, asked, result)


def make(work: Work, study_id: str, wanted: Wanted) -> Analysis:
    """Compute and keep an analysis within a transaction, for small ones."""
    asked = _asked(work, study_id, wanted)
    return _known(work, asked) or _keep(work, asked, _COMPUTED[wanted.kind](asked, lambda done, total: None))


def analysis(work: Work, analysis_id: str) -> Analysis:
    """One analysis of a study the actor may read."""
    work.require(Action.READ_STUDY)
    row = work.session.get(StudyAnalysisRow, analysis_id)
    if row is None:
        raise NotFound("analysis-unknown", thing="analysis", value=analysis_id)
    studies.study(work, row.study_id)
    return _analysis(row)


def analyses_of(work: Work, study_id: str) -> tuple[Analysis, ...]:
    """The analyses of a study the actor may read, newest first."""
    studies.study(work, study_id)
    rows = work.session.exec(
        select(StudyAnalysisRow)
        .where(StudyAnalysisRow.study_id == study_id)
        .order_by(col(StudyAnalysisRow.created_at).desc(), col(StudyAnalysisRow.id))
    )
    return tuple(_analysis(row) for row in rows)


def _known(work: Work, asked: _Asked) -> Analysis | None:
    query = select(StudyAnalysisRow).where(
        StudyAnalysisRow.key == asked.key, StudyAnalysisRow.study_id == asked.study.id
    )
    row = work.session.exec(query).first()
    return replace(_analysis(row), is_reused=True) if row else None


def _keep(work: Work, asked: _Asked, result: Result) -> Analysis:
    work.require(Action.RUN_STUDY)
    row = StudyAnalysisRow(
        id=work.new_id(),
        study_id=asked.study.id,
        kind=asked.wanted.kind,
        key=asked.key,
        wanted=plain(asked.wanted),
        result=plain(result),
        actor=work.actor.account,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return _analysis(row)


def _analysis(row: StudyAnalysisRow) -> Analysis:
    wanted = unplain(Wanted, row.wanted)
    return Analysis(
        id=row.id,
        study=row.study_id,
        wanted=wanted,
        result=unplain(_RESULTS[wanted.kind], row.result),
        created_at=row.created_at,
        created_by=row.actor,
    )


# ---- what is computed ------------------------------------------------------------------------------------------------


def _compared(asked: _Asked, progress: Heard) -> Compared:
    engine, kept = ENGINES[DEFAULT_ENGINE], dict[int, Spreads]()

    def batch(side: Question, *, seed: int, first: int, runs: int) -> Batch:
        played = engine.batch(side, seed=seed, first=first, runs=runs)
        signs = [-1 if aims.target.is_latest_better else 1 for aims in side.aims]
        found = spreads_of(played.ticks * signs, first=first)
        kept[id(side)] = kept[id(side)] + found if id(side) in kept else found
        return played

    found = comparison.compare(
        asked.question,
        asked.other,
        seed=asked.study.seed,
        runs=asked.wanted.runs,
        batch=batch,
        piece=engine.piece(asked.other),
        progress=progress,
    )
    before, after = kept[id(asked.question)], kept[id(asked.other)]
    return Compared(
        comparison=found,
        anomalies=anomalies(found, asked.question, asked.other),
        forces=asked.forces,
        curves=tuple(
            Curve(
                target=gain.target.id,
                before=_points(before, asked.question, gain.former.id),
                after=_points(after, asked.other, gain.target.id),
            )
            for gain in found.gains
        ),
    )


def _points(spreads: Spreads, side: Question, target: str) -> tuple[float | None, ...]:
    place = next(place for place, aims in enumerate(side.aims) if aims.target.id == target)
    sign = -1 if side.aims[place].target.is_latest_better else 1
    column: Spread = spreads.column(place).needed
    if not column.runs:
        return (None,) * POINTS
    ticks = (column.quantile(share / POINTS).most for share in range(1, POINTS + 1))
    return tuple(None if each >= NEVER else minutes(sign * each) for each in ticks)


def _chosen(asked: _Asked, progress: Heard) -> Choice:
    targets = [asked.wanted.target] if asked.wanted.target else []
    rule = StopRule(most_runs=asked.wanted.runs)
    return choice.choose(
        asked.question, asked.wanted.offers, seed=asked.study.seed, targets=targets, rule=rule, progress=progress
    )


def _weakened(asked: _Asked, progress: Heard) -> Weak:
    targets = [asked.wanted.target] if asked.wanted.target else []
    seed, runs = asked.study.seed, asked.wanted.runs
    points = weak_points.weak_points(asked.question, seed=seed, runs=runs, targets=targets, progress=progress)
    open_ = {target.id for target in points.not_kept}
    known = [aims.target.id for aims in asked.question.aims if aims.aims]
    steps = weak_points.resilience(
        asked.question,
        seed=seed,
        runs=max(1, runs // 4),
        targets=[name for name in targets or known if name not in open_] or targets,
        most_failures=asked.wanted.failures,
        heard=lambda: progress(len(points.losses), len(points.losses)),
    )
    return Weak(points=points, steps=steps)


def _swayed(asked: _Asked, progress: Heard) -> Sways:
    ranges = analyses.ranges_of(asked.question)
    most = influences.most_played(len(ranges))
    return influences.sways(
        asked.question,
        ranges,
        target=asked.wanted.target or _first(asked.question),
        seed=asked.study.seed,
        runs=asked.wanted.runs,
        measure=asked.wanted.measure,
        progress=lambda played: progress(min(played, most), most),
    )


def _split(asked: _Asked, progress: Heard) -> Split:
    return doubt.split(
        asked.question,
        analyses.doubts_of(asked.question),
        target=asked.wanted.target or _first(asked.question),
        seed=asked.study.seed,
        study_runs=asked.study.findings.runs,
        progress=progress,
    )


def _first(question: Question) -> str:
    return next(aims.target.id for aims in question.aims if aims.aims)


_COMPUTED: dict[Kind, Callable[[_Asked, Heard], Result]] = {
    Kind.COMPARISON: _compared,
    Kind.CHOICE: _chosen,
    Kind.WEAK: _weakened,
    Kind.SENSITIVITY: _swayed,
    Kind.DOUBT: _split,
}
