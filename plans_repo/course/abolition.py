"""Abolish a plan: by decision, or by the notice that issues another; from a day on that may lie ahead."""

from __future__ import annotations

from datetime import date

from plans_repo.course import courses, occasions, terms
from plans_repo.course.terms import EndKind
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work


def end_plan(work: Work, plan: PlanRow, ends_on: date, *, reason: str, decided_on: date) -> None:
    """End every edition of a plan that still counts; permission and papers have been checked.

    The stages follow at once when the day has come, otherwise on that day.
    """
    rows = courses.all_effective(work, plan.id)
    if not rows:
        raise PlansRepoError("nothing-to-abolish", thing=plan.title, rule="an edition must be in force")
    if ends_on < decided_on:
        raise PlansRepoError(
            "abolished-backwards", thing=plan.title, field="ends_on", rule=f"must be >= {decided_on}", value=ends_on
        )
    payload = {"ends_on": ends_on, "decided_on": decided_on, "reason": reason}
    events.record(work, events.chain_of_plan(plan.id), "abolition-decided", payload)
    occasions.note_for_lower_plans(work, plan, f"{rows[-1].id} abolished", f"上位预案《{plan.title}》自{ends_on}起废止")
    for term in terms.of_plan(work, plan.id):
        row = work.session.get_one(CourseRow, term.course)
        terms.end(work, plan, row, ends_on, EndKind.ABOLISHED)
        found = terms.term(work, row.id)
        if row in rows and found and found.ended_on and found.end_kind and found.ended_on <= local_day(work.now):
            terms.close(work, plan, row, found.end_kind, found.ended_on, reason)
