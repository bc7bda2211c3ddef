"""The end of a trial 试行: nothing lapses by itself, somebody decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans_repo import access
from plans_repo.course import clocks, deeds, terms
from plans_repo.course.deeds import DeedKind
from plans_repo.course.issued import issued
from plans_repo.course.stages import ClockKind
from plans_repo.course.terms import Term
from plans_repo.course.trial_limit import keep_long_trial, long_trial
from plans_repo.errors import PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.work import Work


class TrialOutcome(StrEnum):
    """What becomes of an edition on trial; abolition and revision end it by their own way."""

    PERMANENT = "permanent"  # 转为正式施行
    EXTENDED = "extended"  # 延长试行


@dataclass(frozen=True, kw_only=True)
class TrialDecision:
    """What was decided of a trial and why; *until* is the new last day of one that is extended."""

    outcome: TrialOutcome
    reason: str
    until: date | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise PlansRepoError("reason-missing", thing="trial", field="reason", rule="must be given")
        if (self.outcome is TrialOutcome.EXTENDED) != (self.until is not None):
            raise PlansRepoError("trial-until-unfit", thing="trial", field="until", rule="goes with an extension")


def decide_trial(work: Work, version_id: str, decision: TrialDecision, *, on: date | None = None) -> Term:
    """Say what becomes of an edition on trial; a trial that grows longer than is usual keeps the reason beside it."""
    edition = issued(work, version_id, Action.ISSUE_PLAN)
    access.require_place(work, edition.plan, Action.ABOLISH_PLAN)  # as whoever may end it, not any office with a stamp
    term = terms.term(work, edition.course.id)
    if term is None or term.trial_until is None:
        raise PlansRepoError("not-on-trial", thing=edition.plan.title, rule="must have been issued for trial")
    if decision.until is not None and decision.until <= term.trial_until:
        raise PlansRepoError(
            "trial-not-extended",
            thing=edition.plan.title,
            field="until",
            rule=f"must be > {term.trial_until}",
            value=decision.until,
            present=term.trial_until,
        )
    day = deeds.check_day(work, edition.plan.title, on, not_before=edition.issued_on)
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.TRIAL_DECISION, decision, on=day)
    is_long = long_trial(work, edition.plan, term.effective_on, decision.until, decision.reason)
    if is_long is not None:
        keep_long_trial(work, edition.plan.id, edition.course.id, is_long, day)
    terms.settle_trial(work, edition.plan, edition.course.id, decision.until)
    clocks.stop(work, edition.course.id, ClockKind.TRIAL, day)
    if decision.until is not None:
        clocks.start_until(work, edition.course, ClockKind.TRIAL, day, decision.until)
    found = terms.term(work, edition.course.id)
    assert found is not None
    return found
