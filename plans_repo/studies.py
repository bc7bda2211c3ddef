"""Studies: ask, run in pieces, keep with everything needed to repeat them, read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import col, select

from plans_repo import access, plans, scenarios, study_doubts, study_running, versions
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.studies import StudyKeyRow, StudyRow, StudyState
from plans_repo.store.work import Actor, Store, Work
from plans_repo.study_engines import ENGINES, engine_named
from plans_repo.study_events import answering, named_version, same_tasks
from plans_repo.study_made_with import MadeWith, made_here
from plans_repo.study_running import Memory
from plans_repo.study_values import CALIBRATED, WRITTEN, Answered, Answering, Request, Study, StudySummary
from plans_repo.supplies import Supply, for_reader, supplies
from plans_repo.timings import calibrating
from plans_repo.timings.calibrating import TaskTimings
from sim.compound import Compound, CompoundQuestion, question_of
from sim.doubt import Split
from sim.executor import Executor
from sim.joining import renamed
from sim.plain import digest, plain, unplain
from sim.procedure import Procedure
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from sim.statistics import Verdict
from sim.stopping import Ending
from sim.study import Findings, is_provisional
from sim.suspects import Saving

__all__ = [
    "CALIBRATED", "ENGINES", "WRITTEN", "Answering", "Asked", "Request", "Study", "StudySummary", "ask", "keep", "make",
    "run", "studies", "study",
]  # fmt: skip

PROVISIONAL, FIRM = "provisional", "firm"
MOST_SEED = (1 << 63) - 1


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request with everything it names looked up."""

    request: Request
    version: str
    question: Question
    supplies: tuple[Supply, ...] = ()
    timings: tuple[TaskTimings, ...] = ()
    answered: tuple[Answered, ...] = ()

    @cached_property
    def key(self) -> str:
        """The same for two requests exactly if one study answers both: inputs, rule, seed, engine, release and code."""
        release = study_running.release(self.request.engine, self.question.network)
        return digest([_request_form(self), release])


def ask(work: Work, request: Request) -> Asked:
    """Look up and check everything a request names; refused before anything is computed."""
    work.require(Action.RUN_STUDY)
    _ = engine_named(request.engine)  # refused now if there is none
    if request.seed is not None and not _is_seed(request.seed):
        raise PlansRepoError(
            "seed-out-of-range", thing="study", field="seed", rule=f"must lie in 0-{MOST_SEED}", high=MOST_SEED,
            value=request.seed,
        )  # fmt: skip
    _ = request.rule  # refused now if it cannot be
    version = plans.version_of(work, request.plan, request.version)
    procedure = plans.procedure_to_play(work, request.plan, version.id)
    event = scenarios.event(work, request.scenario)
    resources = scenarios.resource_set(work, request.plan, request.resource_set)
    request = replace(request, version=version.id, scenario=named_version(work, event))
    if isinstance(event, Compound):
        learnt = [_learnt(work, request, one) for one in answering(work, request, event)]
        answered = tuple(one for one, _ in learnt)
        timings = tuple(each for _, found in learnt for each in found)
        question: Question = question_of(event, {one.part: one.procedure for one in answered}, resources)
    else:
        if request.answers:
            raise PlansRepoError("answers-without-parts", thing=f"scenario {event.id}", field="part",
                                 rule="needs a compound event", value=request.answers[0].part)  # fmt: skip
        answered = ()
        timings = _timings(work, request, request.plan, version.id)
        question = Question(procedure=calibrating.calibrated(procedure, timings), scenario=event, resources=resources)
    if request.is_calibrated and not timings:
        raise PlansRepoError("study-without-timings", thing="study", field="durations", rule="needs some timing")
    _check(question)
    return Asked(
        request=request,
        version=version.id,
        question=question,
        supplies=_supplies(work, request, question.procedure),
        timings=timings,
        answered=answered,
    )


def _learnt(work: Work, request: Request, one: Answered) -> tuple[Answered, tuple[TaskTimings, ...]]:
    """Who answers a part, with the durations its own plan's timings teach, and those timings by the joined names."""
    timings = _timings(work, request, one.plan, one.version)
    played = replace(one, procedure=calibrating.calibrated(one.procedure, timings))
    return played, tuple(replace(each, task=renamed(one.part, each.task)) for each in timings)


def _timings(work: Work, request: Request, plan: str, version: str) -> tuple[TaskTimings, ...]:
    """What the durations of a plan are learnt from; nothing of a study as written."""
    if request.durations not in (WRITTEN, CALIBRATED):
        rule = f"{WRITTEN} or {CALIBRATED}"
        raise PlansRepoError("durations-unknown", thing="study", field="durations", rule=rule, value=request.durations)
    if not request.is_calibrated:
        return ()
    return calibrating.calibration(
        work, plan, version, weight=request.prior_weight, until=_instant(request.known_until)
    ).tasks


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise PlansRepoError(
            "instant-unreadable", thing="study", field="known_until", rule="ISO 8601 with a zone", value=text
        )
    return found


def _is_seed(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= MOST_SEED


def _supplies(work: Work, request: Request, procedure: Procedure) -> tuple[Supply, ...]:
    """The entries of the register behind the units asked for; none where the procedure's own are kept."""
    if request.resource_set != scenarios.REGISTER_UNITS:
        return ()
    return supplies(work, plans.plan(work, request.plan).area, (pool.id for pool in procedure.pools))


def _check(question: Question) -> None:
    """Compile the question, so that what does not fit is refused now; some target must be concerned.

    A level that an event names must be one of the plan's; that an event reaches none by itself is told with the result.
    """
    check_levels(question)
    if not any(aims.aims for aims in question.aims):
        scenario = f"scenario {question.scenario.id}"
        raise PlansRepoError("study-without-target", thing=scenario, rule="must concern some target of the plan")


def check_levels(question: Question) -> None:
    """Refuse an event that names a response level its plan does not have."""
    for one in question.parts if isinstance(question, CompoundQuestion) else (question,):
        _check_level(one)


def _check_level(question: Question) -> None:
    wanted = question.scenario.level
    known = tuple(level.label for level in question.procedure.levels)
    if wanted and wanted not in known:
        scenario = question.scenario
        code = "study-level-unknown" if known else "study-without-levels"
        raise PlansRepoError(
            code, thing=scenario.title, thing_en=scenario.title_en, field="level", rule="must be of the plan",
            value=wanted, known=known,
        )  # fmt: skip


def run(
    store: Store,
    actor: Actor,
    request: Request,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    executor: Executor | None = None,
    memory: Memory | None = None,
    anew: bool = False,
) -> Study:
    """Ask, compute without holding a transaction, prove the largest losses, and keep the study.

    A study that answers exactly the same is handed over at once, unless it is to be computed *anew*.
    *progress* hears (done, total) in runs, and on first use (functions compiled, 0) before; what it raises
    ends the study with nothing kept. *memory* keeps the sums so far, for whoever goes on after this process
    was killed. Who computes the pieces is the *executor*'s matter and changes nothing in the results.
    """
    with store.reading(actor) as work:
        asked = ask(work, request)
        known = None if anew else _known(work, asked)
    if known is not None:
        return known
    began = store.clock()
    found, savings = study_running.compute(
        asked.question,
        asked.request,
        key=asked.key,
        clock=store.clock,
        progress=progress,
        executor=executor,
        memory=memory,
    )
    splits = study_doubts.doubts(
        asked.question,
        asked.timings,
        seed=found.seed,
        runs=found.runs,
        same_as=same_tasks(asked.answered),
        progress=progress,
    )
    with store.work(actor) as work:
        spent_s = (store.clock() - began).total_seconds()
        return keep(work, asked, found, savings, splits, spent_s=spent_s)


def make(work: Work, request: Request, *, timer: Callable[[], float]) -> Study:
    """Compute and keep a small study within a transaction; one that answers the same is handed over.

    *timer* tells seconds from any beginning; the clock of the work stands still in a transaction.
    """
    asked = ask(work, request)
    known = _known(work, asked)
    if known is not None:
        return known
    began_s = timer()
    found, savings = study_running.compute(
        asked.question,
        asked.request,
        key=asked.key,
        clock=lambda: work.now,
        progress=lambda done, total: None,
        executor=None,
        memory=None,
    )
    splits = study_doubts.doubts(
        asked.question, asked.timings, seed=found.seed, runs=found.runs, same_as=same_tasks(asked.answered)
    )
    return keep(work, asked, found, savings, splits, spent_s=timer() - began_s)


def _known(work: Work, asked: Asked) -> Study | None:
    """The newest study that answers exactly this; None if there is none."""
    query = (
        select(StudyRow)
        .join(StudyKeyRow, col(StudyKeyRow.study_id) == col(StudyRow.id))
        .where(StudyKeyRow.key == asked.key, StudyRow.version_id == asked.version, StudyRow.state == StudyState.DONE)
        .order_by(col(StudyRow.created_at).desc(), col(StudyRow.id))
    )
    rows = work.session.exec(query.limit(1)).all()
    form = _request_form(asked)
    return next(
        (replace(_study(work, row), is_reused=True) for row in rows if form.items() <= row.request.items()), None
    )


def keep(
    work: Work,
    asked: Asked,
    found: Findings,
    savings: tuple[Saving, ...],
    splits: tuple[Split, ...] = (),
    *,
    spent_s: float | None = None,
) -> Study:
    """Store a study and record it in the plan's history; *spent_s* is how long it took this process."""
    work.require(Action.RUN_STUDY)
    row = StudyRow(
        id=work.new_id(),
        plan_id=asked.request.plan,
        version_id=asked.version,
        scenario=asked.question.scenario.id,
        resource_set=asked.question.resources.id,
        runs=found.runs,
        seed=found.seed,
        engine=asked.request.engine,
        hash=found.results_hash,
        footing=PROVISIONAL if is_provisional(found.footing) else FIRM,
        request=_request_form(asked) | {"by": work.actor.name, "made_with": plain(made_here(spent_s))},
        result=plain({"findings": found, "savings": savings} | ({"splits": splits} if splits else {})),
        state=StudyState.DONE,
        actor=work.actor.account,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    if found.ending is not Ending.TIME:  # what a budget of time leaves depends on the machine
        work.session.add(StudyKeyRow(study_id=row.id, key=asked.key))
    events.record(work, events.chain_of_plan(row.plan_id), "study-kept", _payload(asked, row))
    return _study(work, row)


def _request_form(asked: Asked) -> dict[str, Any]:
    question = asked.question
    form: dict[str, Any] = plain({
        "request": asked.request,
        "scenario": question.scenario,
        "resources": question.resources,
        "procedure": question.procedure,
        "supplies": asked.supplies,
        **({"timings": asked.timings} if asked.timings else {}),
    })  # fmt: skip
    if isinstance(question, CompoundQuestion):
        form |= plain({"compound": question.compound, "answered": asked.answered})
    return form


def _payload(asked: Asked, row: StudyRow) -> dict[str, Any]:
    """What the chain remembers; a seed somebody chose is said to be chosen."""
    return {
        "study": row.id,
        "version": row.version_id,
        "scenario": row.scenario,
        "scenario_hash": digest(_event(asked.question)),
        "runs": row.runs,
        "seed": str(row.seed),
        "seed_chosen": asked.request.seed is not None,
        "hash": row.hash,
    }


def _event(question: Question) -> Scenario | Compound:
    return question.compound if isinstance(question, CompoundQuestion) else question.scenario


def study(work: Work, study_id: str) -> Study:
    """One study of plans the actor may see."""
    work.require(Action.READ_STUDY)
    row = work.session.get(StudyRow, study_id)
    if row is None or not all(version in _readable(work, plan) for plan, version in _played(row)):
        raise NotFound("study-unknown", thing="study", value=study_id)
    return _study(work, row)


def studies(work: Work, plan_id: str = "") -> tuple[StudySummary, ...]:
    """The studies of a plan (of all plans the actor may see unless given), newest first."""
    work.require(Action.READ_STUDY)
    query = select(StudyRow).order_by(col(StudyRow.created_at).desc(), col(StudyRow.id))
    if plan_id:
        query = query.where(StudyRow.plan_id == plan_id)
    rows = work.session.exec(query).all()
    readable = {plan: _readable(work, plan) for plan in {plan for row in rows for plan, _ in _played(row)}}
    return tuple(_summary(row) for row in rows if all(version in readable[plan] for plan, version in _played(row)))


def _played(row: StudyRow) -> set[tuple[str, str]]:
    """Plans and versions a study played: who may not see one of them does not see it."""
    answered = {(one["plan"], one["version"]) for one in row.request.get("answered", ())}
    return {(row.plan_id, row.version_id)} | answered


def _readable(work: Work, plan_id: str) -> frozenset[str]:
    """The versions of a plan the actor may read: who may not see a draft does not see its studies."""
    if plan_id not in access.visible_ids(work, [plan_id]):
        return frozenset()
    return frozenset(row.id for row in versions.visible_versions(work, work.session.get_one(PlanRow, plan_id)))


def _summary(row: StudyRow) -> StudySummary:
    return StudySummary(
        id=row.id,
        plan=row.plan_id,
        version=row.version_id,
        scenario=row.scenario,
        runs=row.runs,
        hash=row.hash,
        created_at=row.created_at,
        created_by=row.actor,
        verdicts=_verdicts(row),
        resource_set=row.resource_set,
        is_calibrated=row.request["request"].get("durations", WRITTEN) == CALIBRATED,
        others=tuple(one["title"] for one in row.request.get("answered", ()) if one["plan"] != row.plan_id),
    )


def _verdicts(row: StudyRow) -> tuple[Verdict, ...]:
    return tuple(Verdict(one["verdict"]) for one in row.result["findings"]["targets"]) if row.result else ()


def _study(work: Work, row: StudyRow) -> Study:
    if row.result is None:
        raise NotFound("study-unknown", thing="study", value=row.id)
    seen, others = for_reader(work, unplain(tuple[Supply, ...], row.request.get("supplies", ())))
    return Study(
        id=row.id,
        plan=row.plan_id,
        version=row.version_id,
        request=unplain(Request, row.request["request"]),
        scenario=unplain(Scenario, row.request["scenario"]),
        resources=unplain(ResourceSet, row.request["resources"]),
        procedure=unplain(Procedure, row.request["procedure"]),
        findings=unplain(Findings, row.result["findings"]),
        savings=unplain(tuple[Saving, ...], row.result["savings"]),
        supplies=seen,
        others=others,
        timings=unplain(tuple[TaskTimings, ...], row.request.get("timings", ())),
        splits=unplain(tuple[Split, ...], row.result.get("splits", ())),
        created_at=row.created_at,
        created_by=row.actor,
        created_by_name=row.request["by"],
        made_with=unplain(MadeWith, row.request["made_with"]) if "made_with" in row.request else None,
        result_digest=digest(row.result),
        compound=unplain(Compound, row.request["compound"]) if "compound" in row.request else None,
        answered=unplain(tuple[Answered, ...], row.request.get("answered", ())),
    )
