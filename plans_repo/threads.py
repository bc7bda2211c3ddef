"""The thread of a clause: what of the library hangs on it, from its promises to the telephones behind it.

A clause promises (targets) and orders (tasks); studies tried the promises; the register holds what the tasks need and
whom to call; other clauses point here. Everything is what the actor may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans_repo import access, contacts, organisations, plans, resources, studies, versions
from plans_repo.contacts import Contact
from plans_repo.course import occasions
from plans_repo.course.duties import units_in
from plans_repo.course.occasions import Occasion
from plans_repo.errors import NotFound
from plans_repo.linkage import references
from plans_repo.linkage.references import Citing, Reference
from plans_repo.resources import Resource
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.studies import Study
from plans_repo.text.clause import Clause
from plans_repo.text.quantities import quantities
from plans_repo.text.quantity import Quantity
from sim.procedure import Procedure, Target, Task
from sim.study import TargetResult

__all__ = ["Called", "Thread", "Tried", "thread", "trials"]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A target as the newest study of one scenario and one set of resources found it."""

    study: str
    scenario: str
    scenario_en: str
    resource_set: str
    result: TargetResult


@dataclass(frozen=True, kw_only=True)
class Called:
    """A unit that a clause names, and whom to reach there; nobody where the register has none the actor may see."""

    name: str
    organisation: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, kw_only=True)
class Thread:
    """What hangs on one clause of a version.

    *resources* supply what its tasks need, *called* are the units of the register it names, *citing* the clauses of
    this plan that point here and *cited_by* those of other plans, *targets* what it promises with every trial,
    *occasions* what gave reason to revise it, findings of drills among them.
    """

    clause: Clause
    targets: tuple[tuple[Target, tuple[Tried, ...]], ...]
    tasks: tuple[Task, ...]
    figures: tuple[Quantity, ...]
    resources: tuple[Resource, ...]
    called: tuple[Called, ...]
    citing: tuple[Reference, ...]
    cited_by: tuple[Citing, ...]
    occasions: tuple[Occasion, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether nothing hangs on the clause."""
        return not (
            self.targets or self.tasks or self.figures or self.resources or self.called or self.citing or self.cited_by
            or self.occasions
        )  # fmt: skip


def thread(work: Work, plan_id: str, version: str, clause_id: str) -> Thread:
    """The thread of a clause of a version; refused when the version has no such clause."""
    row = versions.version_row(work, plan_id, version)
    text = versions.clauses(work, row)
    clause = next((one for one in text if one.id == clause_id), None)
    if clause is None:
        raise NotFound("clause-unknown", thing="plan", field="clause", value=clause_id)
    procedure = plans.procedure_of(work, plan_id, row.id)
    tried = trials(work, plan_id, row.id, procedure)
    targets, tasks = _bound(procedure, clause_id)
    pointing = references.references(work, plan_id, row.id)
    return Thread(
        clause=clause,
        targets=tuple((target, tried.get(target.id, ())) for target in targets),
        tasks=tasks,
        figures=quantities([clause]),
        resources=_supplies(work, plan_id, tasks),
        called=_called(work, plan_id, clause),
        citing=tuple(one for one in pointing if (one.plan, one.clause) == (plan_id, clause_id)),
        cited_by=tuple(one for one in references.cited_by(work, plan_id) if one.target == clause_id),
        occasions=tuple(one for one in occasions.occasions(work, plan_id) if clause_id in one.told.clauses),
    )


def trials(work: Work, plan_id: str, version: str, procedure: Procedure | None) -> dict[str, tuple[Tried, ...]]:
    """By target of a version's *procedure*: what the newest study of every scenario and resource set found.

    Only studies of this very version count, and only where the target asks what it asked when it was played.
    """
    if procedure is None or not work.actor.may(Action.READ_STUDY):
        return {}
    present = {target.id: target for target in procedure.targets}
    found: dict[str, list[Tried]] = {}
    for study in _newest(work, plan_id, version):
        for result in study.findings.targets:
            if _asks_the_same(present.get(result.target.id), result.target):
                found.setdefault(result.target.id, []).append(_tried(study, result))
    return {name: tuple(several) for name, several in found.items()}


def _newest(work: Work, plan_id: str, version: str) -> Iterable[Study]:
    """The newest study of each scenario and resource set, the newest first."""
    seen: set[tuple[str, str]] = set()
    for summary in studies.studies(work, plan_id):
        if summary.version != version:
            continue
        study = studies.study(work, summary.id)
        question = (study.request.scenario, study.request.resource_set)
        if question not in seen:
            seen.add(question)
            yield study


def _asks_the_same(present: Target | None, played: Target) -> bool:
    """Whether confirming is all that happened to a target since."""
    return present is not None and (
        present.kind, present.task, present.starts, present.clock, present.limit_min, present.share, present.assurance,
        set(present.levels), set(present.circumstances),
    ) == (
        played.kind, played.task, played.starts, played.clock, played.limit_min, played.share, played.assurance,
        set(played.levels), set(played.circumstances),
    )  # fmt: skip


def _tried(study: Study, result: TargetResult) -> Tried:
    return Tried(
        study=study.id,
        scenario=study.scenario.title,
        scenario_en=study.scenario.title_en,
        resource_set=study.request.resource_set,
        result=result,
    )


def _bound(procedure: Procedure | None, clause_id: str) -> tuple[tuple[Target, ...], tuple[Task, ...]]:
    if procedure is None:
        return (), ()
    targets = tuple(target for target in procedure.targets if target.clause == clause_id)
    return targets, tuple(task for task in procedure.tasks if task.clause == clause_id)


def _supplies(work: Work, plan_id: str, tasks: Sequence[Task]) -> tuple[Resource, ...]:
    """The entries of the register, as the actor sees them, that supply the pools the tasks need."""
    pools = {need.pool for task in tasks for need in task.needs}
    if not pools or not work.actor.may(Action.READ_RESOURCES):
        return ()
    area = access.visible_plan(work, plan_id).area
    return tuple(one for one in resources.resources(work, area=area) if one.pool in pools and one.is_supplying)


def _called(work: Work, plan_id: str, clause: Clause) -> tuple[Called, ...]:
    area = access.visible_plan(work, plan_id).area
    bodies = [body for body in organisations.organisations(work) if body.area.startswith(area)]
    named = [unit for unit in units_in([clause], bodies) if unit.organisation]
    if not named:
        return ()
    known = contacts.contacts(work, area=area) if work.actor.may(Action.READ_CONTACTS) else ()
    return tuple(
        Called(
            name=unit.name,
            organisation=unit.organisation or "",
            contacts=tuple(one for one in known if one.organisation == unit.organisation),
        )
        for unit in named
    )
