"""The edition of a plan that counts today: its number, its day of issue, and when it must be evaluated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import col, select

from plans_repo import access, late_evaluations, library, plans, versions
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.evaluation_clock import EvaluationClock, Subject, evaluation_clock
from plans_repo.library import Entry
from plans_repo.packs.reading import pack
from plans_repo.plans import Plan, VersionSummary
from plans_repo.store.batches import batched
from plans_repo.store.roles import Action
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from sim.figure import Figure, Mark


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A plan with its newest version and the one in force today; *evaluate_by* only for a plan in force.

    *coming_on* is the day from which the newest edition, already issued, will count; *trial_until* the last day of the
    trial of the one in force.
    Number and day of issue are those of the edition in force, or of the first one while it is still to come.
    """

    plan: Plan
    newest: VersionSummary | None
    in_force: VersionSummary | None
    document_number: str
    issued_on: date | None
    evaluate_by: date | None
    coming_on: date | None = None
    trial_until: date | None = None


def editions(work: Work, entries: Sequence[Entry] | None = None) -> tuple[Edition, ...]:
    """Every plan the actor may see, by title; or those of *entries*, a part of the library's list."""
    wanted = library.entries(work) if entries is None else entries
    clock = evaluation_clock(work)
    called = _summaries(work, {one.version for entry in wanted for one in (entry.newest, entry.in_force) if one})
    return tuple(_edition(entry, called, clock) for entry in wanted)


def evaluations(work: Work, entries: Iterable[Entry]) -> dict[str, date]:
    """Of each plan of the library's list that is in force, the day by which it must be evaluated."""
    clock = evaluation_clock(work)
    days = ((entry.id, _evaluate_by(entry, clock)) for entry in entries)
    return {plan: day for plan, day in days if day is not None}


def is_written_by(work: Work, plan_id: str) -> bool:
    """Whether the actor writes that plan: may edit, and belongs to the body it is of."""
    try:
        access.changeable_plan(work, plan_id)
    except (NotAllowed, NotFound):
        return False
    return True


def written(work: Work) -> frozenset[str]:
    """The plans of which ``is_written_by`` holds."""
    if not work.actor.may(Action.EDIT_PLAN):
        return frozenset()
    return frozenset(entry.id for entry in library.entries(work, library.Part.WRITTEN))


def evaluation_ahead() -> timedelta:
    """How long before the day an evaluation is something to do."""
    return timedelta(days=_figure("ahead").value)


def overdue(work: Work) -> int:
    """How many plans in force today should have been evaluated before today."""
    return len(late_evaluations.late_plans(work))


def _summaries(work: Work, version_ids: Collection[str]) -> dict[str, VersionSummary]:
    found: dict[str, VersionSummary] = {}
    for some in batched(sorted(version_ids)):
        query = select(VersionRow).where(col(VersionRow.id).in_(some)).options(defer(VersionRow.reading))  # type: ignore[arg-type]
        found |= {one.id: one for one in versions.summaries(work, work.session.exec(query).all())}
    return found


def _edition(entry: Entry, called: Mapping[str, VersionSummary], clock: EvaluationClock) -> Edition:
    newest, in_force = entry.newest, entry.in_force
    shown = in_force or entry.coming
    return Edition(
        plan=plans.listed(entry),
        newest=called[newest.version] if newest else None,
        in_force=called[in_force.version] if in_force else None,
        document_number=shown.document_number if shown else "",
        issued_on=shown.issued_on if shown else None,
        evaluate_by=_evaluate_by(entry, clock),
        coming_on=_coming_on(entry),
        trial_until=in_force.trial_until if in_force else None,
    )


def _coming_on(entry: Entry) -> date | None:
    is_newest = entry.coming is not None and entry.newest is not None and entry.coming.course == entry.newest.course
    return entry.coming.effective_on if entry.coming and is_newest else None


def _evaluate_by(entry: Entry, clock: EvaluationClock) -> date | None:
    counting = entry.in_force
    if counting is None or counting.issued_on is None:
        return None
    plan = Subject(kind=entry.kind, organisation=entry.organisation, area=entry.area)
    return clock.due_on(plan, counting.course, counting.issued_on)


def _figure(name: str) -> Figure:
    item = _rules()[name]
    return Figure(value=item["value"], unit=item["unit"], source=item["source"], mark=Mark(item["mark"]))


@cache
def _rules() -> dict[str, Any]:
    return pack("rules", "evaluation")
