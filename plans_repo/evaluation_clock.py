"""When plans in force must be evaluated: by the strictest rule that holds for each, the same wherever it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from plans_repo.checks.articles import article_words, cited
from plans_repo.checks.installed import rules_of
from plans_repo.checks.pack import national_rule
from plans_repo.checks.rule import Rule, strictest
from plans_repo.checks.spans import added
from plans_repo.course import evaluation
from plans_repo.organisations import OrganisationKind, organisations
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work

BASE = "L12"
"""The national rule on evaluation; packs and figures of the place build on it."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the rule that holds for a plan depends on: its kind, the body it is of, and its area."""

    kind: PlanKind
    organisation: str | None
    area: str


@dataclass(frozen=True, kw_only=True)
class EvaluationClock:
    """The rules on evaluation, what sort of body each is, and the day each edition was last evaluated, by course."""

    rules: tuple[Rule, ...]
    makers: Mapping[str, OrganisationKind]
    last: Mapping[str, date]
    _found: dict[Subject, Rule] = field(default_factory=dict, repr=False)

    def rule(self, plan: Subject) -> Rule:
        """The rule that decides for a plan."""
        if plan not in self._found:
            maker = self.makers.get(plan.organisation or "")
            self._found[plan] = strictest(self.rules, plan.kind, maker, plan.area) or national_rule(BASE)
        return self._found[plan]

    def source(self, plan: Subject) -> tuple[str, str]:
        """Text and article of the rule that decides for a plan, in Chinese and in English."""
        rule = self.rule(plan)
        return f"{rule.source.zh}{rule.article}", cited(rule.source.en, article_words(rule.article, "en"))

    def since(self, course: str, issued_on: date) -> date:
        """The day from which is counted: the last evaluation, or the issue of an edition not yet evaluated."""
        return max(self.last.get(course, issued_on), issued_on)

    def issued_until(self, day: date) -> date:
        """What was issued after this day need not be evaluated by *day*, wherever it is."""
        return day - timedelta(days=int(min(rule.strictness for rule in self.rules)))

    def due_on(self, plan: Subject, course: str, issued_on: date) -> date:
        """The day by which the edition must be evaluated."""
        return added(self.since(course, issued_on), self.rule(plan).parameters["interval"])


def evaluation_clock(work: Work) -> EvaluationClock:
    """The clock of the installation on this day."""
    return EvaluationClock(
        rules=tuple(rule for rule in rules_of(work) if rule.base == BASE),
        makers={body.id: body.kind for body in organisations(work)},
        last=evaluation.last_days(work),
    )
