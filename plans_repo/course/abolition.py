"""Abolish a plan: by decision, or by the notice that issues another; from a day on that may lie ahead.

What was told to be in force on a day that has passed stays told: an abolition entered late counts from the day of its
entry, and says beside it from which day the document ends the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plans_repo.course import courses, deeds, occasions, terms
from plans_repo.course.deciding_paper import DecidingPaper, day_of_act, deciding_paper
from plans_repo.course.deeds import DeedKind
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.course.terms import EndKind, Term
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Abolition:
    """What ended a plan: document and its day, from which day on by the document, and from which day here.

    *by* names the plan whose issuing notice ended it, "" for a decision of its own.
    """

    number: str
    dated_on: date
    ends_on: date
    counts_from: date
    reason: str
    by: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was entered after the day from which the document ends the plan."""
        return self.counts_from > self.ends_on


@dataclass(frozen=True, kw_only=True)
class Abolished:
    """An abolition with the day of the act and the day of its entry."""

    said: Abolition
    on: date
    entered_on: date


def abolish(
    work: Work,
    plan: PlanRow,
    course: CourseRow,
    *,
    number: str,
    reason: str,
    on: date | None,
    ends_on: date | None,
    brought: Sequence[Attachment] = (),
) -> Abolished:
    """End a plan by a decision of its own, whose paper lies in the course; permission has been checked.

    The act is of the day of the paper unless said otherwise, the end of the day of the act.
    """
    assert course.issued_on is not None
    first = course.issued_on
    paper = deciding_paper(work, plan, course, PaperKind.ABOLITION_DECISION, number, not_before=first, brought=brought)
    day = day_of_act(work, plan, paper, on, not_before=first)
    return end_plan(work, plan, ends_on or day, reason=reason, paper=paper, decided_on=day)


def end_plan(
    work: Work,
    plan: PlanRow,
    ends_on: date,
    *,
    reason: str,
    paper: DecidingPaper,
    decided_on: date,
    by: str = "",
    entered_as_history: bool = False,
) -> Abolished:
    """End every edition of a plan that still counts; permission and papers have been checked.

    The stages follow at once when the day has come, otherwise on that day. *entered_as_history* is for what was issued
    before its body was here: those days were never told.
    """
    rows = courses.all_effective(work, plan.id)
    if not rows:
        raise PlansRepoError("nothing-to-abolish", thing=plan.title, rule="an edition must be in force")
    if ends_on < decided_on:
        raise PlansRepoError(
            "abolished-backwards", thing=plan.title, field="ends_on", rule=f"must be >= {decided_on}", value=ends_on
        )
    today = local_day(work.now)
    is_untold = entered_as_history or _entered_on(work, plan, rows[-1]) == today
    counts_from = ends_on if is_untold else max(ends_on, today)
    payload = {"ends_on": counts_from, "decided_on": decided_on, "reason": reason}
    events.record(work, events.chain_of_plan(plan.id), "abolition-decided", payload)
    occasions.note_for_lower_plans(
        work, plan, f"{rows[-1].id} abolished", f"上位预案《{plan.title}》自{counts_from}起废止"
    )
    said = Abolition(
        number=paper.number, dated_on=paper.dated_on, ends_on=ends_on, counts_from=counts_from, reason=reason, by=by
    )
    deeds.keep(work, plan.id, rows[-1].id, DeedKind.ABOLITION, said, on=decided_on)
    for term in terms.of_plan(work, plan.id):
        _end(work, plan, term, rows, said)
    return Abolished(said=said, on=decided_on, entered_on=today)


def _end(work: Work, plan: PlanRow, term: Term, rows: list[CourseRow], said: Abolition) -> None:
    row = work.session.get_one(CourseRow, term.course)
    terms.end(work, plan, row, said.counts_from, EndKind.ABOLISHED)
    found = terms.term(work, row.id)
    if row in rows and found and found.ended_on and found.end_kind and found.ended_on <= local_day(work.now):
        terms.close(work, plan, row, found.end_kind, found.ended_on, said.reason)


def _entered_on(work: Work, plan: PlanRow, course: CourseRow) -> date | None:
    """The day on which the term of an edition was entered here: none of the days before was told by this library."""
    begun = (
        local_day(one.at)
        for one in events.history(work, events.chain_of_plan(plan.id))
        if one.kind == "term-begun" and one.payload.get("course") == course.id
    )
    return next(begun, None)


def abolition_of(work: Work, plan_id: str) -> Abolished | None:
    """What ended a plan, with both days; None while nothing has, or where it was entered before such was kept."""
    found = deeds.latest(deeds.deeds(work, plan_id, DeedKind.ABOLITION))
    if found is None:
        return None
    return Abolished(said=found.told(Abolition), on=found.on, entered_on=local_day(found.at))
