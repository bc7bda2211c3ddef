"""What the chain of a plan tells of its terms beyond their rows: when an edition was entered, how its trial stood."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo.course import deeds
from plans_repo.course.deeds import DeedKind
from plans_repo.course.working_days import local_day
from plans_repo.store import events
from plans_repo.store.tables.events import EventRow
from plans_repo.store.work import Work

BEGUN, SETTLED = "term-begun", "trial-settled"


@dataclass(frozen=True, kw_only=True)
class FormerTrial:
    """The last day of a trial as it stood before the day on which it was extended or made permanent."""

    until: date | None
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class TermTold:
    """The day on which an edition was entered 登记日, and how its trial stood before each decision, oldest first."""

    entered_on: date
    former: tuple[FormerTrial, ...] = ()


def terms_told(work: Work, plan_id: str) -> dict[str, TermTold]:
    """By edition of a plan; an edition entered before terms were kept is not among them."""
    query = select(EventRow).where(EventRow.chain == events.chain_of_plan(plan_id))
    decided = _decided(work, plan_id)
    entered: dict[str, date] = {}
    until: dict[str, date | None] = {}
    former: dict[str, list[FormerTrial]] = defaultdict(list)
    query = query.where(col(EventRow.kind).in_((BEGUN, SETTLED))).order_by(col(EventRow.position))
    for row in work.session.exec(query):
        said = json.loads(row.payload)
        course, last = str(said["course"]), said.get("trial_until")
        if row.kind == BEGUN:
            entered[course] = local_day(row.at)
        else:
            on = next(decided.get(course, iter(())), local_day(row.at))
            former[course].append(FormerTrial(until=until.get(course), decided_on=on))
        until[course] = date.fromisoformat(last) if last else None
    return {course: TermTold(entered_on=on, former=tuple(former[course])) for course, on in entered.items()}


def _decided(work: Work, plan_id: str) -> dict[str, Iterator[date]]:
    """The days of the decisions on the trials of a plan, by edition, in the order in which they were entered."""
    found: dict[str, list[date]] = defaultdict(list)
    for deed in deeds.deeds(work, plan_id, DeedKind.TRIAL_DECISION):
        found[deed.course].append(deed.on)
    return {course: iter(days) for course, days in found.items()}
