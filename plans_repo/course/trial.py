"""The end of a trial 试行: nothing lapses by itself, somebody decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plans_repo.course import clocks, deeds, issuer, papers, terms
from plans_repo.course.deciding_paper import day_of_act, deciding_paper
from plans_repo.course.deeds import DeedKind
from plans_repo.course.issued import issued
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import ClockKind, PaperKind
from plans_repo.course.terms import Term
from plans_repo.course.trial_limit import check_extension, keep_long_trial, long_trial
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.work import Work


class TrialOutcome(StrEnum):
    """What becomes of an edition on trial; abolition and revision end it by their own way."""

    PERMANENT = "permanent"  # 转为正式施行
    EXTENDED = "extended"  # 延长试行


@dataclass(frozen=True, kw_only=True)
class TrialDecision:
    """What was decided of a trial and why; *until* is the new last day of one that is extended.

    *number* and *dated_on* are those of the document that decided; kept with the deed.
    """

    outcome: TrialOutcome
    reason: str
    until: date | None = None
    number: str = ""
    dated_on: date | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise PlansRepoError("reason-missing", thing="trial", field="reason", rule="must be given")
        if (self.outcome is TrialOutcome.EXTENDED) != (self.until is not None):
            raise PlansRepoError("trial-until-unfit", thing="trial", field="until", rule="goes with an extension")


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision on a trial with the day of the act and the day of its entry, which may lie later."""

    said: TrialDecision
    on: date
    entered_on: date


def decide_trial(
    work: Work, version_id: str, decision: TrialDecision, *, on: date | None = None, paper: Attachment | None = None
) -> Term:
    """Say what becomes of an edition on trial, by a document of the body that issued it; that body enters it.

    *paper* is its scan, with its day, unless it lies in the course already. A trial that grows longer than is usual
    keeps the reason beside it. The act is of the day of the paper unless said otherwise.
    """
    edition = issued(work, version_id, Action.ISSUE_PLAN)
    issuer.require_issuer(work, edition.plan, edition.course, "decide_trial")
    term = terms.term(work, edition.course.id)
    if term is None or term.trial_until is None:
        raise PlansRepoError("not-on-trial", thing=edition.plan.title, rule="must have been issued for trial")
    check_extension(edition.plan, term.trial_until, decision.until)
    document = deciding_paper(
        work, edition.plan, edition.course, PaperKind.TRIAL_DECISION, decision.number,
        not_before=edition.issued_on, brought=(paper,) if paper else (),
    )  # fmt: skip
    day = day_of_act(work, edition.plan, document, on, not_before=term.effective_on)
    if paper is not None:
        papers.keep(work, edition.plan, edition.course, edition.version, paper)
    said = replace(decision, number=document.number, dated_on=document.dated_on)
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.TRIAL_DECISION, said, on=day)
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


def trial_decisions(work: Work, plan_id: str, course_id: str) -> tuple[Decided, ...]:
    """What was decided of the trial of an edition, in the order it was entered."""
    return tuple(
        Decided(said=deed.told(TrialDecision), on=deed.on, entered_on=local_day(deed.at))
        for deed in deeds.deeds(work, plan_id, DeedKind.TRIAL_DECISION, course=course_id)
    )
