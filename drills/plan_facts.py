"""Plans as the drill rules see them: what the plan library knows, and what has been entered beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from weakref import ref

from sqlmodel import col, select

from drills.access import changes
from drills.drill import COMING, HELD, Drill, DrillType, State
from drills.errors import DrillError
from drills.plan_rules import OthersDuty, PlanText, kind_of_title, parts_in, rules_in
from drills.rules import Rule, UnitPlan, rule_pack
from drills.store.tables import DrillRow, PlanFactsRow
from drills.subject import Subject
from plans_repo import force, plans
from plans_repo.course.passage import passage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed
from plans_repo.organisations import Organisation, OrganisationKind, organisation
from plans_repo.plans import Plan, PlanKind
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.versions import VersionSummary
from sim.procedure import Hazard

AHEAD = COMING | {State.RUNNING}
"""The drill is still to come or going on: it counts once it was held."""


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
    for name, day in (("issued_on", facts.issued_on), ("drilled_on", facts.drilled_on)):
        if day is not None and day > today:
            raise DrillError("plan-fact-in-future", thing=plan.title, field=name, value=day)
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


def facts_of(row: PlanFactsRow | None, plan: Plan, maker: Organisation | None) -> PlanFacts:
    """What was entered of a plan; without an entry, what its hazard and its maker suggest."""
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
    of_enterprise = is_of_enterprise(plan.kind, maker)
    return PlanFacts(
        plan=plan.id,
        production_safety=mine,
        high_risk=mine and unit,
        unit_plan=kind_of_title(plan.title) if of_enterprise else None,
    )


def subject_of(work: Work, plan_id: str) -> Subject:
    """One plan as the rules see it, in force or not."""
    plan = plans.plan(work, plan_id)
    maker = organisation(work, plan.organisation) if plan.organisation else None
    facts = facts_of(work.session.get(PlanFactsRow, plan.id), plan, maker)
    return subject_from(
        plan,
        maker,
        facts,
        drilled(work).get(plan.id, Drilled()),
        issued_on=_issued_on(work, plan.id),
        own_rules=text_rules(work, plan)[0],
        parts=_parts(work, plan, maker),
    )


def _parts(work: Work, plan: Plan, maker: Organisation | None) -> frozenset[UnitPlan]:
    """The kinds of plan bound in the text in force of an enterprise's plan."""
    text = _text(work, plan) if is_of_enterprise(plan.kind, maker) else None
    return parts_in(text) if text else frozenset()


def is_of_enterprise(kind: PlanKind, maker: Organisation | None) -> bool:
    """Whether a plan is one of those Order 2 divides into three kinds."""
    return kind is PlanKind.UNIT and maker is not None and maker.kind is OrganisationKind.ENTERPRISE


def text_rules(work: Work, plan: Plan) -> tuple[tuple[Rule, ...], tuple[OthersDuty, ...]]:
    """The intervals that the text in force sets: for the plan itself as rules, and for other bodies."""
    text = _text(work, plan)
    return rules_in(text) if text else ((), ())


def _text(work: Work, plan: Plan) -> PlanText | None:
    """The text in force, known by its hash; None before the first."""
    version = _effective(work, plan.id)
    if version is None:
        return None
    maker = organisation(work, plan.organisation).name if plan.organisation else ""
    return PlanText(
        plan=plan.id, title=plan.title, kind=plan.kind, maker=maker, root_hash=version.root_hash,
        read=_reader(work, plan.id, version.id),
    )  # fmt: skip


def _reader(work: Work, plan_id: str, version: str) -> Callable[[], tuple[Clause, ...]]:
    """Reads a text while the work lasts, without keeping the work alive."""
    lasting = ref(work)

    def read() -> tuple[Clause, ...]:
        asked = lasting()
        assert asked is not None
        return plans.text_of(asked, plan_id, version)

    return read


def rule_of(work: Work, drill: Drill) -> Rule | None:
    """The rule because of which a drill stands in the programme: of the pack or of its plan's own text."""
    if (found := rule_pack().rule(drill.rule)) is not None:
        return found
    known = (plan for plan in plans.list_plans(work) if plan.id in drill.plans)
    return next((rule for plan in known for rule in text_rules(work, plan)[0] if rule.id == drill.rule), None)


@dataclass(frozen=True, kw_only=True)
class Drilled:
    """The days on which a plan was and will be drilled, and how it was or will be last.

    *of_part* says of a drill that stands in the programme by a rule on some kinds of enterprise plan, of which it is.
    """

    held: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    last_type: DrillType | None = None
    of_part: Mapping[date, frozenset[UnitPlan]] = field(default_factory=dict)


def subject_from(
    plan: Plan,
    maker: Organisation | None,
    facts: PlanFacts,
    drilled: Drilled,
    *,
    issued_on: date | None,
    own_rules: tuple[Rule, ...],
    parts: frozenset[UnitPlan] = frozenset(),
) -> Subject:
    """A plan as the rules see it, put together from what is known; *issued_on* is of the edition in force.

    *parts* are those read in its text; where somebody has said that it is of another kind, they do not count.
    """
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
        issued_on=facts.issued_on or issued_on,
        held=tuple(sorted({*drilled.held, *filter(None, (facts.drilled_on,))})),
        planned=drilled.planned,
        last_type=drilled.last_type,
        own_rules=own_rules,
        parts=parts if facts.unit_plan in parts else frozenset(),
        of_part=tuple(sorted(drilled.of_part.items())) if parts else (),
    )


def _effective(work: Work, plan_id: str) -> VersionSummary | None:
    """The version that counts today."""
    counting = force.in_force_today(work, plan_id)
    return counting.version if counting else None


def _issued_on(work: Work, plan_id: str) -> date | None:
    version = _effective(work, plan_id)
    return passage(work, version.id).issued_on if version else None


def drilled(work: Work) -> dict[str, Drilled]:
    """The drills of every plan with a day: held ones, and those still to come; a missed one is neither."""
    today = local_day(work.now)
    rows = work.session.exec(select(DrillRow).where(col(DrillRow.on).is_not(None)).order_by(col(DrillRow.on)))
    found: dict[str, Drilled] = {}
    for row in rows:
        assert row.on is not None
        for plan in row.plans:
            known = found.get(plan, Drilled())
            kind = DrillType(content=row.content, form=row.form, purpose=row.purpose)
            rule = rule_pack().rule(row.rule)
            if rule is not None and rule.unit_plans:
                day = min(row.on, today) if row.state in HELD else row.on
                known = replace(known, of_part={**known.of_part, day: rule.unit_plans})
            if row.state in HELD:
                found[plan] = replace(known, held=(*known.held, min(row.on, today)), last_type=kind)
            elif row.state in AHEAD and row.on >= today:
                found[plan] = replace(known, planned=(*known.planned, row.on), last_type=kind)
    return found
