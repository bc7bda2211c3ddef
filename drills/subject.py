"""A plan as the rules about drills see it, and which of them look at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from drills.drill import DrillType
from drills.rules import Rule, UnitPlan
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A plan as the rules see it: its kind, its maker, its risk, when it was issued and drilled.

    *maker* is the organisation that wrote it. *held* are the days on which it was drilled, *planned* those on
    which it is going to be, the earliest first; *last_type* is the type of the last of them all. *own_rules* are
    the intervals its own text sets for it.

    *parts* are the kinds of plan bound in one document, where they are more than one; *of_part* says of which of them
    the drill of a day was or will be, for days on which that is known: such a drill answers for no other part.
    """

    plan: str
    title: str
    kind: PlanKind
    title_en: str = ""
    hazard: str = ""
    maker: str | None = None
    maker_kind: OrganisationKind | None = None
    area: str = "/"
    production_safety: bool = False
    high_risk: bool = False
    unit_plan: UnitPlan | None = None
    issued_on: date | None = None
    held: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    last_type: DrillType | None = None
    own_rules: tuple[Rule, ...] = ()
    parts: frozenset[UnitPlan] = frozenset()
    of_part: tuple[tuple[date, frozenset[UnitPlan]], ...] = ()

    @property
    def kinds_of_unit_plan(self) -> frozenset[UnitPlan]:
        """Its own kind, or those of the parts bound in it."""
        return self.parts or frozenset({self.unit_plan} if self.unit_plan else ())

    def parts_on(self, day: date) -> frozenset[UnitPlan]:
        """The parts that the drill of a day is of; none where it is of the whole, or that is not known."""
        return dict(self.of_part).get(day, frozenset()) if self.parts else frozenset()

    @property
    def drilled_on(self) -> date | None:
        """The day of the last drill held."""
        return max(self.held, default=None)


def applies(rule: Rule, subject: Subject) -> bool:
    """Whether *rule* looks at that plan."""
    return (
        (not rule.kinds or subject.kind in rule.kinds)
        and (not rule.makers or subject.maker_kind in rule.makers)
        and (not rule.unit_plans or bool(subject.kinds_of_unit_plan & rule.unit_plans))
        and (subject.production_safety or not rule.production_safety)
        and (subject.high_risk or not rule.high_risk)
    )


def answers(parts: frozenset[UnitPlan], rule: Rule) -> bool:
    """Whether a drill of these parts of a plan is one that *rule* asks for; one of the whole plan always is."""
    return not parts or not rule.unit_plans or bool(parts & rule.unit_plans)


def rules_of(subject: Subject, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that look at a plan, those of its own text last."""
    return (*(rule for rule in rules if applies(rule, subject)), *subject.own_rules)


def without_rule(subjects: Iterable[Subject], rules: Sequence[Rule]) -> tuple[Subject, ...]:
    """The plans for which neither the pack nor their own text sets an interval."""
    return tuple(subject for subject in subjects if not rules_of(subject, rules))
