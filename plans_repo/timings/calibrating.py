"""What the timings of a plan teach about the durations of one version, and the procedure played with it.

Nothing is written into the procedure here: a study plays a copy, and ``offers`` is what an author may take over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from plans_repo import plans
from plans_repo.course.occasions import note_finding
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.plans import VersionSummary
from plans_repo.store.roles import Action
from plans_repo.store.tables.timings import TimingEnd, TimingSubject, TurnoutKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from plans_repo.timings.keeping import may_record, turnouts
from plans_repo.timings.values import Recorded, Timing
from sim.calibration import SuccessShare
from sim.durations import Duration
from sim.figure import Figure, Footing, Mark, above
from sim.lesson import FEW, Lesson, Wary, learn
from sim.procedure import Procedure, Task

MOST_WEIGHT = 1000.0
_SETTINGS = ("weight", "fixed_sigma", "certainty")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A turnout some timings come from."""

    turnout: str
    title: str
    kind: TurnoutKind
    began_at: datetime
    is_announced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskTimings:
    """A duration as the procedure writes it, what was observed of it, and the settings by which it is learnt.

    Everything that is concluded from it is worked out from these figures alone, so a study that keeps them can be
    checked. Times are minutes, per unit where the duration is multiplied by something.
    """

    task: str
    duration: Duration
    success_share: float
    ended_min: tuple[float, ...]
    stopped_min: tuple[float, ...]
    met: int
    missed: int
    weight: float
    fixed_sigma: float
    certainty: float
    sources: tuple[Source, ...]

    @property
    def lesson(self) -> Lesson:
        """Prior, data and posterior of the minutes."""
        return _lesson(self)

    @property
    def success(self) -> SuccessShare | None:
        """What is held of the share of tries that succeed; None where the procedure foresees no failure."""
        prior = self.success_prior
        return None if prior is None else prior.after([True] * self.met + [False] * self.missed)

    @property
    def success_prior(self) -> SuccessShare | None:
        """The same before the timings."""
        if self.success_share >= 1 or not self.met + self.missed:
            return None
        return SuccessShare.worth(self.success_share, self.weight, least=self.certainty)

    @property
    def fails_unforeseen(self) -> bool:
        """Whether a try failed of a task that never fails by the procedure; that is told, and not played."""
        return self.success_share >= 1 and self.missed > 0

    @property
    def wary(self) -> tuple[Wary, ...]:
        """Why the figures are less sure than they look."""
        announced_only = all(source.is_announced for source in self.sources)
        return self.lesson.wary(turnouts=len(self.sources), announced_only=announced_only)

    @property
    def played(self) -> Duration:
        """The duration a calibrated study plays; it counts as calibrated from FEW finished timings on."""
        is_firm = len(self.ended_min) >= FEW
        return Duration(
            law=self.lesson.posterior.law,
            times=self.duration.times,
            slows=self.duration.slows,
            footing=Footing.CALIBRATED if is_firm else self.duration.footing,
            source=self.told,
            mark=Mark.CALIBRATED if is_firm else self.duration.mark,
        )

    @property
    def told(self) -> str:
        """Where the figures come from, as sources are written in the packs."""
        count, held = self.lesson.count, len(self.sources)
        return f"实测校准：{held} 场共 {count} 次，处置程序原时长计 {self.weight:g} 次"


@lru_cache(maxsize=1024)
def _lesson(of: TaskTimings) -> Lesson:
    return learn(of.duration.law, of.ended_min, of.stopped_min, weight=of.weight, fixed_sigma=of.fixed_sigma)


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """The timed tasks of a version, and what could not be learnt from.

    *without_quantity* counts, by task, timings of a duration that is reckoned per unit and that do not say how many;
    *elsewhere* counts timings of tasks that the version does not have, or that take no time in it.
    """

    plan: str
    version: str
    procedure: Procedure
    weight: float
    tasks: tuple[TaskTimings, ...]
    without_quantity: Mapping[str, int]
    elsewhere: Mapping[str, int]
    turnouts: tuple[Recorded, ...]

    def of(self, task: str) -> TaskTimings:
        """What was learnt of one task; refused where nothing was."""
        for each in self.tasks:
            if each.task == task:
                return each
        raise PlansRepoError("timing-task-unknown", thing="calibration", field="task", value=task)


def settings() -> dict[str, Figure]:
    """The settings of the product: the weight of the procedure's figure, the spread of a fixed time, certainty."""
    entries = pack("calibration", "prior")
    return {
        name: Figure(
            value=entries[name]["value"],
            unit=entries[name]["unit"],
            source=entries[name]["source"],
            mark=Mark(entries[name]["mark"]),
        )
        for name in _SETTINGS
    }


def calibration(
    work: Work, plan_id: str, version: str = "", *, weight: float | None = None, until: datetime | None = None
) -> Calibration:
    """What the timings kept so far (*until* a moment, where given) teach about the durations of a version."""
    work.require(Action.READ_STUDY)
    chosen = plans.version_of(work, plan_id, version)
    procedure = plans.procedure_to_play(work, plan_id, chosen.id)
    found = turnouts(work, plan_id, until=until)
    worth = checked_weight(settings()["weight"].value if weight is None else weight)
    given = {task.id: _of_task(task.id, found) for task in procedure.tasks}
    learnt = (_learnt(task, given[task.id], worth) for task in procedure.tasks if given[task.id])
    known = {task.id for task in procedure.tasks if not task.duration.is_state}
    every = Counter(timing.name for one in found for timing in one.timings if timing.subject is TimingSubject.TASK)
    return Calibration(
        plan=plan_id,
        version=chosen.id,
        procedure=procedure,
        weight=worth,
        tasks=tuple(each for each in learnt if each is not None),
        without_quantity=_without_quantity(procedure, given),
        elsewhere={name: count for name, count in sorted(every.items()) if name not in known},
        turnouts=found,
    )


def checked_weight(weight: float) -> float:
    """The weight if it can be one, or a refusal."""
    found = above("calibration", "prior_weight", weight, 0)
    if found > MOST_WEIGHT:
        raise PlansRepoError(
            "prior-weight-large", thing="calibration", field="prior_weight", rule=f"at most {MOST_WEIGHT:g}",
            value=weight, most=MOST_WEIGHT,
        )  # fmt: skip
    return found


_Given = list[tuple[Recorded, Timing]]


def _of_task(task: str, found: Sequence[Recorded]) -> _Given:
    return [
        (one, timing)
        for one in reversed(found)
        for timing in one.timings
        if timing.subject is TimingSubject.TASK and timing.name == task
    ]


def _without_quantity(procedure: Procedure, given: Mapping[str, _Given]) -> dict[str, int]:
    counts = {
        task.id: sum(timing.quantity is None for _, timing in given[task.id])
        for task in procedure.tasks
        if task.duration.times
    }
    return {name: count for name, count in counts.items() if count}


def _learnt(task: Task, given: _Given, weight: float) -> TaskTimings | None:
    if task.duration.is_state:
        return None
    usable = [(one, timing) for one, timing in given if timing.quantity is not None or not task.duration.times]
    if not usable:
        return None
    set_ = settings()
    return TaskTimings(
        task=task.id,
        duration=task.duration,
        success_share=task.success_share,
        ended_min=tuple(_minutes(task, each) for _, each in usable if each.ending is not TimingEnd.STOPPED),
        stopped_min=tuple(_minutes(task, each) for _, each in usable if each.ending is TimingEnd.STOPPED),
        met=sum(each.ending is TimingEnd.DONE for _, each in usable),
        missed=sum(each.ending is TimingEnd.FAILED for _, each in usable),
        weight=weight,
        fixed_sigma=set_["fixed_sigma"].value,
        certainty=set_["certainty"].value,
        sources=tuple({one.turnout.id: _source(one) for one, _ in usable}.values()),
    )


def _minutes(task: Task, timing: Timing) -> float:
    return timing.minutes / (timing.quantity or 1.0) if task.duration.times else timing.minutes


def _source(one: Recorded) -> Source:
    turnout = one.turnout
    return Source(
        turnout=turnout.id,
        title=turnout.title,
        kind=turnout.kind,
        began_at=turnout.began_at,
        is_announced=turnout.is_announced,
    )


def calibrated(procedure: Procedure, learnt: Sequence[TaskTimings]) -> Procedure:
    """The procedure with the durations, and the shares of success, that the timings teach."""
    by_task = {each.task: each for each in learnt}

    def changed(task: Task) -> Task:
        found = by_task.get(task.id)
        if found is None:
            return task
        share = found.success.mean if found.success else task.success_share
        return replace(task, duration=found.played, success_share=share)

    return procedure.with_tasks(map(changed, procedure.tasks))


def calibrated_anew(procedure: Procedure, learnt: Sequence[TaskTimings]) -> Procedure:
    """Another version with what the same timings teach beside its own figures.

    A task it reckons in another way, per unit instead of as a whole, keeps its figure.
    """
    by_task = {task.id: task for task in procedure.tasks}
    fitting = [
        replace(each, duration=task.duration, success_share=task.success_share)
        for each in learnt
        if (task := by_task.get(each.task)) is not None
        and not task.duration.is_state
        and task.duration.times == each.duration.times
    ]
    return calibrated(procedure, fitting)


# ---- into the hands of the author ------------------------------------------------------------------------------------


def propose(work: Work, found: Calibration, task: str) -> bool:
    """Tell the plan's author, as an occasion to revise, that timings and text differ; whether that was new.

    Only a plan that was issued has occasions; while one is drafted its author sees the page and takes it over there.
    """
    if not may_record(work, found.plan):
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action=Action.RECORD_TIMING.value)
    learnt, asked = found.of(task), found.procedure.task(task)
    written, after = learnt.duration.law, learnt.lesson.posterior
    summary = (
        f"实测用时与处置程序不一致：“{asked.title}”处置程序写中位 {written.quantile_min(0.5):.1f} 分钟，"
        f"{len(learnt.sources)} 场 {learnt.lesson.count} 次实测后为 {after.median_min:.1f} 分钟，"
        f"九成不超过 {after.next_min(0.9):.1f} 分钟，建议核对并修改"
    )
    clauses = [asked.clause] if asked.clause else []
    source = f"{found.version}:{task}:{learnt.lesson.count}"
    return bool(note_finding(work, [found.plan], source, summary, clauses=clauses))


def adopt(work: Work, found: Calibration, tasks: Sequence[str], *, reason: str) -> VersionSummary:
    """A new version of the plan whose procedure has the calibrated durations of *tasks*; its author's deed alone."""
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing="calibration", field="reason", rule="must be given")
    chosen = [found.of(task) for task in tasks]
    if not chosen:
        raise PlansRepoError("timing-task-unknown", thing="calibration", field="task", value="")
    procedure = calibrated(found.procedure, chosen)
    return plans.set_procedure(
        work, found.plan, procedure, reason=reason.strip(), trigger=Trigger.FINDING, seen=found.version
    )
