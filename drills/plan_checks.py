"""What the rule checks ask of drills: when a plan was drilled last, and whether it is for production safety."""

from __future__ import annotations

from datetime import date

from drills.plan_facts import subject_of
from drills.rules import UnitPlan
from drills.subject import Subject
from drills.survey import subjects
from plans_repo.checks.dossier import DrillFacts
from plans_repo.organisations import OrganisationKind
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

WHOLE = frozenset({UnitPlan.COMPREHENSIVE, UnitPlan.SPECIAL})


def drill_facts(work: Work, plan_id: str) -> DrillFacts | None:
    """The facts of one plan, for the checks of the floor below; None where drills may not be seen."""
    if not work.actor.may(Action.READ_DRILL):
        return None
    subject = subject_of(work, plan_id)
    return DrillFacts(
        drilled_on=subject.drilled_on,
        planned_on=min(subject.planned, default=None),
        issued_on=subject.issued_on,
        production_safety=subject.production_safety,
        high_risk=subject.high_risk,
        is_enterprise=subject.maker_kind is OrganisationKind.ENTERPRISE,
        whole=_held(work, subject, WHOLE),
        on_site=_held(work, subject, frozenset({UnitPlan.ON_SITE})),
    )


def _held(work: Work, subject: Subject, kinds: frozenset[UnitPlan]) -> tuple[date, ...]:
    """The drills an enterprise held of its plans of those kinds: one of any of them counts for all."""
    if subject.maker_kind is not OrganisationKind.ENTERPRISE:
        return ()
    every = (one for one in subjects(work, area=subject.area) if one.maker == subject.maker)
    own = [one for one in every if one.kinds_of_unit_plan & kinds]
    return tuple(sorted({day for one in own for day in one.held if not one.parts_on(day) or one.parts_on(day) & kinds}))
