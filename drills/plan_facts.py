"""Plans as the drill rules see them: what the plan library knows, and what has been entered beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from drills.access import changes
from drills.drill import COMING, HELD, DrillType
from drills.due import Subject
from drills.errors import DrillError
from drills.rules import UnitPlan
from drills.store.tables import DrillRow, PlanFactsRow
from plans_repo import plans
from plans_repo.course.passage import passage
from plans_repo.course.stages import EFFECTIVE, Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed
from plans_repo.organisations import Organisation, OrganisationKind, organisations
from plans_repo.plans import Plan, PlanKind
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from sim.procedure import Hazard

GONE = frozenset({Stage.ABOLISHED, Stage.SUPERSEDED})


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What the intervals ask of a plan beyond its kind and its maker.

    *issued_on* and *drilled_on* are for what happened before this installation; what it has seen itself counts as well.
    """

    plan: str
    production_safety: bool = False
    high_risk: bool = False
    unit_plan: UnitPlan | None = None
    issued_on: date | None = None
    drilled_on: date | None = None


def enter_facts(work: Work, facts: PlanFacts) -> PlanFacts:
    """Say of a plan whether it is for production safety or of a high-risk unit, and when it was issued or drilled."""
    work.require(Action.PLAN_DRILL)
    plan = plans.plan(work, facts.plan)
    if not changes(work, organisation=plan.organisation, area=plan.area):
        raise NotAllowed("drill-of-another-body", thing=plan.title, action=Action.PLAN_DRILL.value)
    today = local_day(work.now)
    for field, day in (("issued_on", facts.issued_on), ("drilled_on", facts.drilled_on)):
        if day is not None and day > today:
            raise DrillError("plan-fact-in-future", thing=plan.title, field=field, value=day)
    row = PlanFactsRow(
        plan_id=facts.plan,
        production_safety=facts.production_safety,
        high_risk=facts.high_risk,
        unit_plan=facts.unit_plan,
        issued_on=facts.issued_on,
        drilled_on=facts.drilled_on,
        entered_at=work.now,
        entered_by=work.actor.account,
    )
    work.session.merge(row)
    work.session.flush()
    events.record(work, events.chain_of_plan(facts.plan), "drill-facts-entered", {"facts": facts})
    return facts


def facts_of(work: Work, plan: Plan, maker: Organisation | None) -> PlanFacts:
    """What was entered of a plan; without an entry, what its hazard and its maker suggest."""
    row = work.session.get(PlanFactsRow, plan.id)
    if row is not None:
        return PlanFacts(
            plan=plan.id,
            production_safety=row.production_safety,
            high_risk=row.high_risk,
            unit_plan=row.unit_plan,
            issued_on=row.issued_on,
            drilled_on=row.drilled_on,
        )
    mine = plan.hazard == Hazard.MINE.value
    unit = plan.kind is PlanKind.UNIT
    of_enterprise = unit and maker is not None and maker.kind is OrganisationKind.ENTERPRISE
    return PlanFacts(
        plan=plan.id,
        production_safety=mine,
        high_risk=mine and unit,
        unit_plan=UnitPlan.COMPREHENSIVE if of_enterprise else None,
    )


def subjects(work: Work, *, area: str = "/", until: date) -> tuple[Subject, ...]:
    """The plans of an area that the actor may see, as the rules see them; abolished ones left out.

    Drills before *until* count: those held, and those still to come.
    """
    bodies = {item.id: item for item in organisations(work)}
    drilled = _drilled(work, until)
    return tuple(
        _subject(work, plan, bodies.get(plan.organisation or ""), drilled, until)
        for plan in plans.list_plans(work)
        if plan.area.startswith(area) and plan.state not in GONE
    )


def _subject(
    work: Work, plan: Plan, maker: Organisation | None, drilled: dict[str, tuple[date, DrillType]], until: date
) -> Subject:
    facts = facts_of(work, plan, maker)
    on, kind = drilled.get(plan.id, (None, None))
    return Subject(
        plan=plan.id,
        title=plan.title,
        kind=plan.kind,
        hazard=plan.hazard,
        maker=plan.organisation,
        maker_kind=maker.kind if maker else None,
        area=plan.area,
        production_safety=facts.production_safety,
        high_risk=facts.high_risk,
        unit_plan=facts.unit_plan,
        issued_on=facts.issued_on or _issued_on(work, plan.id),
        drilled_on=max((day for day in (on, facts.drilled_on) if day and day < until), default=None),
        last_type=kind,
    )


def _issued_on(work: Work, plan_id: str) -> date | None:
    """The day of issue of the version that counts today."""
    effective = [version.id for version in plans.versions_of(work, plan_id) if version.state in EFFECTIVE]
    return passage(work, effective[-1]).issued_on if effective else None


def _drilled(work: Work, until: date) -> dict[str, tuple[date, DrillType]]:
    """The last day on which each plan was drilled, or is going to be, before *until*, and how."""
    today = local_day(work.now)
    rows = work.session.exec(select(DrillRow).where(col(DrillRow.on) < until).order_by(col(DrillRow.on)))
    last: dict[str, tuple[date, DrillType]] = {}
    for row in rows:
        if row.on is not None and (row.state in HELD or (row.state in COMING and row.on >= today)):
            kind = DrillType(content=row.content, form=row.form, purpose=row.purpose)
            last.update(dict.fromkeys(row.plans, (row.on, kind)))
    return last
