"""Plans: create, import, list, show, compare, confirm; what the roof and the command line call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from sqlmodel import col, or_, select

from plans_repo import access, library, versions
from plans_repo.course.stages import Stage
from plans_repo.errors import PlansRepoError, StaleRevision
from plans_repo.library import Entry
from plans_repo.organisations import EVERYWHERE, Organisation, organisations, row_of
from plans_repo.standing import reconsidered
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import UPWARD, PlanKind, PlanRelationRow, PlanRow, RelationKind
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.versions import VersionSummary, summary
from sim.procedure import Hazard, Procedure

__all__ = [
    "UPWARD",
    "Plan",
    "PlanKind",
    "Relation",
    "RelationKind",
    "Trigger",
    "VersionSummary",
    "confirm",
    "create_plan",
    "list_plans",
    "make_version",
    "plan",
    "procedure_of",
    "proposed_targets",
    "relate",
    "relations",
    "require_newest",
    "set_procedure",
    "text_of",
    "version_of",
    "versions_of",
]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The lasting identity of a plan and where its newest visible version stands.

    *hazard* is empty for plans that answer no single hazard (an overall plan).
    """

    id: str
    title: str
    kind: PlanKind
    hazard: str
    organisation: str | None
    area: str
    state: Stage | None
    version: str | None


@dataclass(frozen=True, kw_only=True)
class Relation:
    """How one plan stands to another."""

    plan: str
    other: str
    kind: RelationKind


def create_plan(
    work: Work, title: str, *, kind: PlanKind, hazard: Hazard | None = None, organisation: str | None = None
) -> Plan:
    """A new plan without a version; it belongs to *organisation*, or to that of the actor."""
    work.require(Action.EDIT_PLAN)
    if not title.strip():
        raise PlansRepoError("plan-without-title", thing="plan", field="title", rule="must not be blank")
    body = organisation or work.actor.organisation
    row = PlanRow(
        id=work.new_id(),
        title=title.strip()[:300],
        kind=kind,
        hazard=hazard.value if hazard else "",
        organisation_id=body,
        area=row_of(work, body).area if body else EVERYWHERE,
        created_at=work.now,
        created_by=work.actor.account,
    )
    if not access.standpoint(work).changes(row):
        raise access.foreign(row, Action.EDIT_PLAN)
    work.session.add(row)
    work.session.flush()
    payload = {"plan": row.id, "kind": kind, "title": row.title, "hazard": row.hazard}
    events.record(work, events.chain_of_plan(row.id), "plan-created", payload)
    return _plan(work, row)


def makers_for(work: Work, kind: PlanKind) -> tuple[Organisation, ...]:
    """The bodies for which the actor may write a new plan of that kind, the own one first."""
    here = access.standpoint(work)
    found = [body for body in organisations(work) if here.writes_for(kind, body.id, body.area)]
    return tuple(sorted(found, key=lambda body: body.id != here.organisation))


def list_plans(work: Work) -> tuple[Plan, ...]:
    """The plans the actor may see, by title."""
    return tuple(listed(entry) for entry in library.entries(work))


def listed(entry: Entry) -> Plan:
    """A plan of the library's list."""
    return Plan(
        id=entry.id,
        title=entry.title,
        kind=entry.kind,
        hazard=entry.hazard,
        organisation=entry.organisation,
        area=entry.area,
        state=entry.newest.state if entry.newest else None,
        version=entry.newest.version if entry.newest else None,
    )


def plan(work: Work, plan_id: str) -> Plan:
    """One plan the actor may see."""
    return _plan(work, access.visible_plan(work, plan_id))


def versions_of(work: Work, plan_id: str) -> tuple[VersionSummary, ...]:
    """The versions of a plan the actor may read, oldest first."""
    row = access.visible_plan(work, plan_id)
    return tuple(versions.summaries(work, versions.visible_versions(work, row)))


def is_of_another_side(work: Work, plan_id: str) -> bool:
    """Whether the actor reads a joint plan as another of its sides, and has no hand in making it."""
    return access.is_of_another_side(work, access.visible_plan(work, plan_id))


def version_of(work: Work, plan_id: str, version: str = "") -> VersionSummary:
    """One version by id, label or ordinal; the newest when empty."""
    return summary(work, versions.version_row(work, plan_id, version))


def text_of(work: Work, plan_id: str, version: str = "") -> tuple[Clause, ...]:
    """The clauses of a version in order."""
    return versions.clauses(work, versions.version_row(work, plan_id, version))


def procedure_of(work: Work, plan_id: str, version: str = "") -> Procedure | None:
    """The procedure of a version, or None while it has none."""
    return versions.procedure(work, versions.version_row(work, plan_id, version))


def procedure_to_play(work: Work, plan_id: str, version: str = "") -> Procedure:
    """The procedure of a version; refused while it has none."""
    row = versions.version_row(work, plan_id, version)
    return versions.procedure(work, row) or _refuse_to_play(row)


def _refuse_to_play(row: VersionRow) -> NoReturn:
    raise PlansRepoError("version-without-procedure", thing=row.title, title=row.title, value=row.label)


def proposed_targets(work: Work, version_ids: Collection[str]) -> dict[str, int]:
    """How many targets of each version are only proposed; for lists of versions the caller may read."""
    hash_of = {row[0]: row[1] for row in versions.procedure_hashes(work, version_ids)}
    found = versions.procedures(work, set(hash_of.values()))
    return {version: sum(target.proposed for target in found[key].targets) for version, key in hash_of.items()}


def make_version(
    work: Work, plan_id: str, clauses: Sequence[Clause], *, reason: str, trigger: Trigger
) -> VersionSummary:
    """A new version with these clauses and the former procedure; a promise whose words changed is open again."""
    row = access.changeable_plan(work, plan_id)
    base = _newest(work, row)
    return summary(
        work,
        versions.make(
            work,
            row,
            clauses,
            reconsidered(versions.procedure(work, base), versions.clauses(work, base), clauses) if base else None,
            reason=reason,
            trigger=trigger,
            parents=(base.id,) if base else (),
            title=base.title if base else row.title,
        ),
    )


def require_newest(work: Work, plan_id: str, version: str) -> None:
    """Refuse if another version was made since the one a person looks at."""
    newest, seen = versions.version_row(work, plan_id), versions.version_row(work, plan_id, version)
    if newest.id != seen.id:
        title = access.visible_plan(work, plan_id).title
        raise StaleRevision("version-made-meanwhile", thing=title, value=newest.label, base=seen.label)


def set_procedure(
    work: Work, plan_id: str, procedure: Procedure, *, reason: str, trigger: Trigger = Trigger.EDITING, seen: str = ""
) -> VersionSummary:
    """A new version with the same words and another procedure.

    Refused where *seen*, the version the procedure was made from, is the newest no more.
    """
    row = access.changeable_plan(work, plan_id)
    require_newest(work, plan_id, seen)
    base = versions.version_row(work, plan_id)
    _check_hazard(row, procedure)
    fresh = versions.make(
        work,
        row,
        versions.clauses(work, base),
        procedure,
        reason=reason,
        trigger=trigger,
        parents=(base.id,),
        title=base.title,
    )
    return summary(work, fresh)


def confirm(work: Work, plan_id: str, targets: Collection[str] | None = None, *, seen: str = "") -> VersionSummary:
    """Accept proposed targets (all, or those of the ids given) as they stand, as a new version.

    A version in which nothing of them is proposed is returned as it is; an id that no
    target has is refused, and so is all where *seen*, the version that was looked at, is the
    newest no more.
    """
    access.changeable_plan(work, plan_id, Action.CONFIRM_PROCEDURE)
    require_newest(work, plan_id, seen)
    base = versions.version_row(work, plan_id)
    procedure = versions.procedure(work, base) or _refuse_to_play(base)
    unknown = sorted(set(targets or ()) - {target.id for target in procedure.targets})
    if unknown:
        raise PlansRepoError("target-unknown", thing=base.title, field="target", rule="must exist", value=unknown[0])
    proposed = {target.id for target in procedure.targets if target.proposed}
    accepted = proposed if targets is None else proposed & set(targets)
    if not accepted:
        return summary(work, base)
    confirmed = procedure.with_targets(
        replace(target, proposed=False) if target.id in accepted else target for target in procedure.targets
    )
    return set_procedure(work, plan_id, confirmed, reason="确认处置程序与目标", trigger=Trigger.CONFIRMATION)


def relate(work: Work, plan_id: str, other_id: str, kind: RelationKind) -> Relation:
    """Say how one plan stands to another; saying it twice changes nothing."""
    access.changeable_plan(work, plan_id, Action.LINK_PLAN)
    other = access.visible_plan(work, other_id)
    if other.id == plan_id:
        raise PlansRepoError("relation-to-itself", thing=other.title, rule="needs another plan")
    relation = Relation(plan=plan_id, other=other_id, kind=kind)
    if relation not in relations(work, plan_id):
        row = PlanRelationRow(
            id=work.new_id(),
            plan_id=plan_id,
            other_id=other_id,
            kind=kind,
            created_at=work.now,
            created_by=work.actor.account,
        )
        work.session.add(row)
        work.session.flush()
        payload = {"plan": plan_id, "other": other_id, "kind": kind}
        events.record(work, events.chain_of_plan(plan_id), "plan-related", payload)
    return relation


def relations(work: Work, plan_id: str) -> tuple[Relation, ...]:
    """The relations of a plan, in both directions, to plans the actor may see."""
    access.visible_plan(work, plan_id)
    here = or_(col(PlanRelationRow.plan_id) == plan_id, col(PlanRelationRow.other_id) == plan_id)
    rows = work.session.exec(select(PlanRelationRow).where(here).order_by(col(PlanRelationRow.created_at))).all()
    named = {name for row in rows for name in (row.plan_id, row.other_id)}
    seen = access.visible_ids(work, named)
    return tuple(
        Relation(plan=row.plan_id, other=row.other_id, kind=row.kind)
        for row in rows
        if {row.plan_id, row.other_id} <= seen
    )


def with_upper(work: Work) -> frozenset[str]:
    """The plans the actor may see that name a plan above them."""
    upward = col(PlanRelationRow.kind).in_(UPWARD)
    named = set(work.session.exec(select(PlanRelationRow.plan_id).where(upward)).all())
    return frozenset(access.visible_ids(work, named))


def _plan(work: Work, row: PlanRow) -> Plan:
    newest = _newest(work, row)
    return Plan(
        id=row.id,
        title=row.title,
        kind=row.kind,
        hazard=row.hazard,
        organisation=row.organisation_id,
        area=row.area,
        state=work.session.get_one(CourseRow, newest.course_id).stage if newest else None,
        version=newest.id if newest else None,
    )


def _newest(work: Work, row: PlanRow) -> VersionRow | None:
    return next(reversed(versions.visible_versions(work, row)), None)


def _check_hazard(row: PlanRow, procedure: Procedure) -> None:
    if row.hazard and procedure.hazard.value != row.hazard:
        raise PlansRepoError(
            "procedure-of-other-hazard",
            thing=row.title,
            field="procedure",
            rule=f"must answer {row.hazard}",
            value=procedure.hazard.value,
            hazard=row.hazard,
        )
