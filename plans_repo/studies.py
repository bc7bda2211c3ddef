"""Studies: ask, run in pieces, keep with everything needed to repeat them, read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from plans_repo import access, plans, scenarios, versions
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.local_units import common_pools, local_units
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.studies import StudyRow, StudyState
from plans_repo.store.work import Actor, Store, Work
from plans_repo.supplies import Others, PoolCount, Supply, for_reader, pool_counts, supplies, with_local
from sim.plain import plain, unplain
from sim.procedure import Condition, Procedure, Target
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from sim.statistics import Verdict
from sim.stopping import StopRule
from sim.study import Findings, is_provisional, run_study
from sim.suspects import Saving, prove, suspects

ENGINES = ("simpy",)
PROVISIONAL, FIRM = "provisional", "firm"
PROOF_RUNS = 50
"""At most so many runs are played again to prove a suspect."""
MOST_SUSPECTS = 5
FEWEST_PROOF_RUNS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What a study is asked: version × scenario × resources, how many runs, which seed.

    *runs* 0 means looks at doubling sizes up to *most_runs* until every target is
    decided; *seed* None means the hash of the inputs.
    """

    plan: str
    scenario: str
    version: str = ""
    resource_set: str = scenarios.OWN_UNITS
    runs: int = 0
    most_runs: int = 3200
    seed: int | None = None
    engine: str = "simpy"

    @property
    def rule(self) -> StopRule:
        """The stopping rule asked for."""
        return StopRule(runs=self.runs, most_runs=self.most_runs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """A finished study with the snapshot of what was asked and what the runs said.

    *supplies* are the entries of the register that its reader may see there, *others* the rest as sums.
    """

    id: str
    plan: str
    version: str
    request: Request
    scenario: Scenario
    resources: ResourceSet
    procedure: Procedure
    findings: Findings
    savings: tuple[Saving, ...]
    supplies: tuple[Supply, ...]
    others: tuple[Others, ...]
    created_at: datetime
    created_by: str
    created_by_name: str

    @property
    def seed(self) -> int:
        """The seed of its draws."""
        return self.findings.seed

    @property
    def pools(self) -> tuple[PoolCount, ...]:
        """The units it had, with what is behind each number."""
        counts = pool_counts(self.procedure, self.resources, self.supplies, self.others)
        local = local_units(self.scenario)
        common = common_pools(self.procedure, self.scenario, self.findings.level) if local else frozenset[str]()
        return tuple(with_local(counts, local, common))

    def is_made(self, target: Target) -> bool:
        """Whether a target is made for the level and the circumstances of the event."""
        return target.is_made_at(self.findings.level) and target.is_made_for(self.scenario.circumstances)

    def unasked(self, *, made: bool) -> tuple[Target, ...]:
        """The targets that were not judged: made for the event, which gives nothing to measure, or not made for it."""
        names = set(self.findings.not_concerned)
        return tuple(each for each in self.procedure.targets if each.id in names and self.is_made(each) is made)

    @property
    def level_conditions(self) -> tuple[Condition, ...]:
        """By which conditions the event starts its level: the plan's own where some are met, else a template's."""
        if self.scenario.level:
            return ()
        levels = (level for level in self.procedure.levels if level.label == self.findings.level)
        met = tuple(each for level in levels for each in level.met(dict(self.scenario.measures)))
        return tuple(each for each in met if each.clause) or met

    @property
    def is_proposed(self) -> bool:
        """Whether some target was still a proposal when it was played."""
        return any(result.target.proposed for result in self.findings.targets)


@dataclass(frozen=True, kw_only=True, slots=True)
class StudySummary:
    """A study in a list."""

    id: str
    plan: str
    version: str
    scenario: str
    runs: int
    hash: str
    created_at: datetime
    created_by: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request with everything it names looked up."""

    request: Request
    version: str
    question: Question
    supplies: tuple[Supply, ...] = ()


def ask(work: Work, request: Request) -> Asked:
    """Look up and check everything a request names; refused before anything is computed."""
    work.require(Action.RUN_STUDY)
    if request.engine not in ENGINES:
        raise PlansRepoError(
            "engine-missing",
            thing="study",
            field="engine",
            rule=f"one of {', '.join(ENGINES)}",
            value=request.engine,
            known=ENGINES,
        )
    version = plans.version_of(work, request.plan, request.version)
    procedure = plans.procedure_of(work, request.plan, version.id)
    if procedure is None:
        raise PlansRepoError("version-without-procedure", thing=f"version {version.label}", value=version.label)
    question = Question(
        procedure=procedure,
        scenario=scenarios.scenario(work, request.scenario),
        resources=scenarios.resource_set(work, request.plan, request.resource_set),
    )
    _check(question)
    return Asked(
        request=replace(request, version=version.id),
        version=version.id,
        question=question,
        supplies=_supplies(work, request, procedure),
    )


def _supplies(work: Work, request: Request, procedure: Procedure) -> tuple[Supply, ...]:
    """The entries of the register behind the units asked for; none where the procedure's own are kept."""
    if request.resource_set != scenarios.REGISTER_UNITS:
        return ()
    return supplies(work, plans.plan(work, request.plan).area, (pool.id for pool in procedure.pools))


def _check(question: Question) -> None:
    """Compile the question, so that what does not fit is refused now; some target must be concerned."""
    if not any(aims.aims for aims in question.aims):
        scenario = f"scenario {question.scenario.id}"
        raise PlansRepoError("study-without-target", thing=scenario, rule="must concern some target of the plan")


def run(
    store: Store, actor: Actor, request: Request, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> Study:
    """Ask, compute without holding a transaction, prove the largest losses, and keep the study.

    *progress* hears (done, total) in runs; what it raises ends the study with nothing kept.
    """
    with store.reading(actor) as work:
        asked = ask(work, request)
    question = asked.question
    seed = question.own_seed if request.seed is None else request.seed
    found, chunk = run_study(question, seed=seed, rule=request.rule, progress=progress)
    savings = []
    short = {result.target.id for result in found.targets if result.verdict is not Verdict.ADEQUATE}
    for suspect in suspects(chunk, short=short, most=MOST_SUSPECTS) if chunk.runs >= FEWEST_PROOF_RUNS else ():
        progress(chunk.runs, chunk.runs)
        savings.append(prove(question, suspect, chunk, seed=seed, runs=PROOF_RUNS))
    with store.work(actor) as work:
        return keep(work, asked, found, tuple(savings))


def keep(work: Work, asked: Asked, found: Findings, savings: tuple[Saving, ...]) -> Study:
    """Store a study and record it in the plan's history."""
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
        request=_request_form(asked) | {"by": work.actor.name},
        result=plain({"findings": found, "savings": savings}),
        state=StudyState.DONE,
        actor=work.actor.account,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
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
    })  # fmt: skip
    return form


def _payload(asked: Asked, row: StudyRow) -> dict[str, Any]:
    """What the chain remembers; a seed somebody chose is said to be chosen."""
    return {
        "study": row.id,
        "version": row.version_id,
        "scenario": row.scenario,
        "runs": row.runs,
        "seed": str(row.seed),
        "seed_chosen": asked.request.seed is not None,
        "hash": row.hash,
    }


def study(work: Work, study_id: str) -> Study:
    """One study of a plan the actor may see."""
    work.require(Action.READ_STUDY)
    row = work.session.get(StudyRow, study_id)
    if row is None or row.version_id not in _readable(work, row.plan_id):
        raise NotFound("study-unknown", thing="study", value=study_id)
    return _study(work, row)


def studies(work: Work, plan_id: str = "") -> tuple[StudySummary, ...]:
    """The studies of a plan (of all plans the actor may see unless given), newest first."""
    work.require(Action.READ_STUDY)
    query = select(StudyRow).order_by(col(StudyRow.created_at).desc(), col(StudyRow.id))
    if plan_id:
        query = query.where(StudyRow.plan_id == plan_id)
    rows = work.session.exec(query).all()
    readable = {plan: _readable(work, plan) for plan in {row.plan_id for row in rows}}
    return tuple(_summary(row) for row in rows if row.version_id in readable[row.plan_id])


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
    )


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
        created_at=row.created_at,
        created_by=row.actor,
        created_by_name=row.request["by"],
    )
