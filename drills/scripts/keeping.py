"""Scripts of drills that may be known: made, kept revision by revision, approved inject by inject.

Only control staff and evaluators read a script; people of a unit that takes part do not, whatever role they hold.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from drills import register
from drills.access import changes
from drills.drill import COMING
from drills.errors import DrillError
from drills.scripts.making import Basis, script_of
from drills.scripts.script import Inject, Script, Standing
from drills.store.tables import DrillRow, ScriptRow
from plans_repo import plans, scenarios, studies
from plans_repo.access import standpoint
from plans_repo.errors import NotAllowed, StaleRevision
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.study_values import Study
from plans_repo.text.citation import citations
from sim.compound import Compound
from sim.plain import canonical, unplain
from sim.question import Question

MOST_REASON = 500
READING = (Action.PLAN_DRILL, Action.CONTROL_DRILL, Action.EVALUATE_DRILL)


@dataclass(frozen=True, kw_only=True)
class KeptScript:
    """A script as it was kept: its revision counts from 1."""

    drill: str
    revision: int
    script: Script
    hash: str
    saved_at: datetime
    saved_by: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One line of the history of a script."""

    revision: int
    hash: str
    injects_count: int
    saved_at: datetime
    saved_by: str
    reason: str


def may_read(work: Work, drill_id: str) -> bool:
    """Whether the actor is one of those who read the script of a drill."""
    return _is_reader(work, register.visible_row(work, drill_id))


def script(work: Work, drill_id: str, revision: int = 0) -> KeptScript | None:
    """The script of a drill, its newest revision unless one is named; None while it has none."""
    row = _readable(work, drill_id)
    query = select(ScriptRow).where(ScriptRow.drill_id == row.id).order_by(col(ScriptRow.revision).desc())
    if revision:
        query = query.where(ScriptRow.revision == revision)
    found = work.session.exec(query).first()
    if found is None and revision:
        raise DrillError("script-revision-unknown", thing=row.title, field="revision", value=revision)
    return None if found is None else _kept(found)


def history(work: Work, drill_id: str) -> tuple[Revision, ...]:
    """Who kept the script when and why, newest first."""
    row = _readable(work, drill_id)
    rows = work.session.exec(
        select(ScriptRow).where(ScriptRow.drill_id == row.id).order_by(col(ScriptRow.revision).desc())
    )
    return tuple(
        Revision(
            revision=one.revision, hash=one.hash, injects_count=one.injects_count, saved_at=one.saved_at,
            saved_by=one.saved_by_name, reason=one.reason,
        )
        for one in rows
    )  # fmt: skip


def make(
    work: Work, drill_id: str, *, plan: str = "", scenario: str = "", study: str = "", duration_min: float = 0.0
) -> Script:
    """The script of a drill from its plan's procedure and an event; nothing is kept yet.

    With a *study* that one's question is taken and its bands stand beside the limits; otherwise *plan* (the drill's
    first), its newest version, and *scenario* (the drill's), with the bands of the newest study that asked the same.
    The drill's own length counts where *duration_min* is not given, else that of the event.
    """
    row = _changeable(work, drill_id)
    if study:
        return _from_study(work, row, studies.study(work, study), duration_min)
    plan_id, name = plan or next(iter(row.plans), ""), scenario or row.scenario
    if not plan_id or not name:
        raise DrillError("script-without-basis", thing=row.title, field="plan" if not plan_id else "scenario",
                         rule="needs a plan and a scenario")  # fmt: skip
    version = plans.version_of(work, plan_id)
    event = scenarios.event(work, name)
    if isinstance(event, Compound):
        raise _of_several(row)
    question = Question(
        procedure=plans.procedure_to_play(work, plan_id, version.id),
        scenario=event,
        resources=scenarios.resource_set(work, plan_id, scenarios.OWN_UNITS),
    )
    found = _newest_study(work, plan_id, version.id, event.id)
    return script_of(
        question,
        duration_min=duration_min or row.duration_min or event.horizon_min,
        basis=Basis(
            plan=plan_id,
            version=version.id,
            study=found.id if found else "",
            bands=found.findings.bands if found else (),
            met=_met(found) if found else {},
            clause_labels=_labels(work, plan_id, version.id),
        ),
    )


def keep(work: Work, drill_id: str, value: Script, *, base: int, reason: str = "") -> KeptScript:
    """Keep a script behind revision *base* (0 for the first); refused where somebody else has kept one since.

    The same script again is not kept twice.
    """
    row = _changeable(work, drill_id)
    newest = script(work, drill_id)
    seen = newest.revision if newest else 0
    if seen != base:
        raise StaleRevision("script-saved-meanwhile", thing=row.title, value=base, present=seen)
    if newest is not None and newest.hash == value.hash:
        return newest
    if newest is not None and not reason.strip():
        raise DrillError("script-reason-missing", thing=row.title, field="reason", rule="must be given")
    made = ScriptRow(
        id=work.new_id(), drill_id=row.id, revision=base + 1, data=canonical(value).decode(), hash=value.hash,
        injects_count=len(value.injects), reason=reason.strip()[:MOST_REASON], saved_at=work.now,
        saved_by=work.actor.account, saved_by_name=work.actor.name,
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()
    payload = {"drill": row.id, "revision": made.revision, "hash": made.hash, "injects": made.injects_count}
    events.record(work, register.chain_of_drill(row.id), "script-kept", payload)
    return _kept(made)


def approve(work: Work, drill_id: str, injects: Collection[str], *, base: int, reason: str) -> KeptScript:
    """Approve injects as they stand in revision *base*: from now on the clock may release them.

    The *reason* says in the history which they were.
    """
    row = _changeable(work, drill_id)
    kept = script(work, drill_id)
    if kept is None or kept.revision != base:
        raise StaleRevision("script-saved-meanwhile", thing=row.title, value=base,
                            present=kept.revision if kept else 0)  # fmt: skip
    for inject_id in injects:
        _check_approvable(kept.script.inject(inject_id))
    chosen = frozenset(injects)
    approved = tuple(
        replace(one, standing=Standing.APPROVED) if one.id in chosen else one for one in kept.script.injects
    )
    return keep(work, drill_id, replace(kept.script, injects=approved), base=base, reason=reason[:MOST_REASON])


def _check_approvable(inject: Inject) -> None:
    """Refuse to approve what nobody receives or what says nothing."""
    for field in ("to", "text"):
        if not getattr(inject, field):
            raise DrillError("inject-not-ready", thing=inject.number, field=field, rule="must be given")


def _from_study(work: Work, row: DrillRow, found: Study, duration_min: float) -> Script:
    if found.compound is not None:
        raise _of_several(row)
    return script_of(
        found.question,
        duration_min=duration_min or row.duration_min or found.scenario.horizon_min,
        basis=Basis(
            plan=found.plan,
            version=found.version,
            study=found.id,
            bands=found.findings.bands,
            met=_met(found),
            clause_labels=_labels(work, found.plan, found.version),
        ),
    )


def _met(found: Study) -> dict[str, float]:
    """The share of the runs that kept each promise."""
    return {result.target.id: result.p_met for result in found.findings.targets}


def _newest_study(work: Work, plan_id: str, version: str, scenario: str) -> Study | None:
    """The newest study of that version and event the actor may see; as the text gives the durations."""
    if not work.actor.may(Action.READ_STUDY):
        return None
    known = (one for one in studies.studies(work, plan_id) if (one.version, one.scenario) == (version, scenario))
    first = next((one for one in known if not one.is_calibrated), None)
    return None if first is None else studies.study(work, first.id)


def _labels(work: Work, plan_id: str, version: str) -> dict[str, str]:
    """How clauses are cited, by their id."""
    return citations(plans.text_of(work, plan_id, version))


def _of_several(row: DrillRow) -> DrillError:
    return DrillError("script-of-several-events", thing=row.title, field="scenario", rule="must be one event")


def _kept(row: ScriptRow) -> KeptScript:
    return KeptScript(
        drill=row.drill_id,
        revision=row.revision,
        script=unplain(Script, json.loads(row.data)),
        hash=row.hash,
        saved_at=row.saved_at,
        saved_by=row.saved_by_name,
        reason=row.reason,
    )


def _is_reader(work: Work, row: DrillRow) -> bool:
    here = standpoint(work).organisation
    takes_part = here is not None and here in row.units and here != row.organisation_id
    return not takes_part and any(work.actor.may(action) for action in READING)


def _readable(work: Work, drill_id: str) -> DrillRow:
    row = register.visible_row(work, drill_id)
    if not _is_reader(work, row):
        raise NotAllowed("script-for-control", thing=row.title, action=Action.CONTROL_DRILL.value)
    return row


def _changeable(work: Work, drill_id: str) -> DrillRow:
    """The drill, if the actor's body arranges it and play has not begun."""
    row = _readable(work, drill_id)
    work.require(Action.PLAN_DRILL)
    if not changes(work, organisation=row.organisation_id, area=row.area):
        raise NotAllowed("drill-of-another-body", thing=row.title, action=Action.PLAN_DRILL.value)
    if row.state not in COMING:
        raise DrillError("script-after-start", thing=row.title, field="state", rule="must not have begun",
                         value=row.state.value)  # fmt: skip
    return row
