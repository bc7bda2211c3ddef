"""The edition of a plan that counts today: its number, its day of issue, and when it must be evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from plans_repo import access, plans
from plans_repo.course.passage import passage
from plans_repo.course.stages import EFFECTIVE
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.packs.reading import pack
from plans_repo.plans import Plan, VersionSummary
from plans_repo.store.work import Work
from sim.figure import Figure, Mark


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A plan with its newest version and the one in force; *evaluate_by* only for a plan in force."""

    plan: Plan
    newest: VersionSummary | None
    in_force: VersionSummary | None
    document_number: str
    issued_on: date | None
    evaluate_by: date | None


def editions(work: Work) -> tuple[Edition, ...]:
    """Every plan the actor may see, by title."""
    return tuple(_edition(work, plan) for plan in plans.list_plans(work))


def is_written_by(work: Work, plan_id: str) -> bool:
    """Whether the actor writes that plan: may edit, and belongs to the body it is of."""
    try:
        access.changeable_plan(work, plan_id)
    except (NotAllowed, NotFound):
        return False
    return True


def evaluation_interval() -> Figure:
    """Years between two evaluations, with its source and mark."""
    return _figure("interval")


def evaluation_ahead() -> timedelta:
    """How long before the day an evaluation is something to do."""
    return timedelta(days=_figure("ahead").value)


def evaluate_by(issued_on: date) -> date:
    """The day by which a plan issued then must have been evaluated.

    >>> evaluate_by(date(2024, 2, 29))
    datetime.date(2027, 2, 28)
    """
    year = issued_on.year + int(evaluation_interval().value)
    is_leap_day = (issued_on.month, issued_on.day) == (2, 29)
    return issued_on.replace(year=year, day=28) if is_leap_day else issued_on.replace(year=year)


def _edition(work: Work, plan: Plan) -> Edition:
    found = plans.versions_of(work, plan.id) if plan.version else ()
    in_force = next((version for version in reversed(found) if version.state in EFFECTIVE), None)
    stand = passage(work, in_force.id) if in_force else None
    issued_on = stand.issued_on if stand else None
    return Edition(
        plan=plan,
        newest=found[-1] if found else None,
        in_force=in_force,
        document_number=stand.document_number if stand else "",
        issued_on=issued_on,
        evaluate_by=evaluate_by(issued_on) if issued_on else None,
    )


def _figure(name: str) -> Figure:
    item = _rules()[name]
    return Figure(value=item["value"], unit=item["unit"], source=item["source"], mark=Mark(item["mark"]))


@cache
def _rules() -> dict[str, Any]:
    return pack("rules", "evaluation")
