"""The yearly authoring and revision work plan 制修订工作计划: entries, the government's approval, the copy upward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo import access, versions
from plans_repo.course.courses import latest
from plans_repo.course.opening import need
from plans_repo.course.stages import Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import row_of
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.authoring import WorkPlanEntryRow, WorkPlanRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work

CHAIN = "work-plans"
FIRST_YEAR, LAST_YEAR = 2001, 2099


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A plan to be written (no *plan* yet) or revised in a year, who leads, until when and why.

    *stage* is where the plan's newest edition stands, None before there is any; *done_on* the day of the first edition
    issued since the year began.
    """

    id: str
    plan: str | None
    title: str
    kind: PlanKind
    lead: str
    due_on: date
    trigger: Trigger
    note: str
    stage: Stage | None
    done_on: date | None

    @property
    def is_done(self) -> bool:
        """Whether the plan has been issued since the year of the work plan began, be it too late."""
        return self.done_on is not None

    def is_late(self, today: date) -> bool:
        """Whether it was, or is by *today*, too late."""
        return (self.done_on or today) > self.due_on


@dataclass(frozen=True, kw_only=True)
class WorkPlan:
    """What an area writes and revises in a year; approved by its government, copied to the department above."""

    id: str
    year: int
    title: str
    area: str
    approved_on: date | None
    approver: str
    document_number: str
    minutes: str
    copied_on: date | None
    copied_to: str
    entries: tuple[Entry, ...]


def work_plan(work: Work, year: int) -> WorkPlan | None:
    """The work plan of the actor's area for a year, or None."""
    work.require(Action.READ_PLAN)
    row = _row(work, year)
    return _work_plan(work, row) if row else None


def work_plans(work: Work) -> tuple[WorkPlan, ...]:
    """Every work plan of the actor's area, the newest year first."""
    work.require(Action.READ_PLAN)
    area = access.standpoint(work).area
    rows = work.session.exec(select(WorkPlanRow).where(WorkPlanRow.area == area).order_by(col(WorkPlanRow.year).desc()))
    return tuple(_work_plan(work, row) for row in rows)


def undone(work: Work, until: int) -> tuple[tuple[WorkPlan, Entry], ...]:
    """The entries of the work plans of *until* and of the years before it that are not done, oldest year first."""
    found = (one for one in reversed(work_plans(work)) if one.year <= until)
    return tuple((one, entry) for one in found for entry in one.entries if not entry.is_done)


def add_entry(
    work: Work,
    year: int,
    *,
    due_on: date,
    trigger: Trigger,
    plan: str | None = None,
    title: str = "",
    kind: PlanKind | None = None,
    lead: str = "",
    organisation: str | None = None,
    note: str = "",
) -> WorkPlan:
    """Put a plan into the work plan of a year; an existing *plan* gives title and kind.

    The work plan is begun with its first entry. An approved one is changed by approving it anew.
    """
    row = _open(work, year)
    of_plan = access.visible_plan(work, plan) if plan else None
    if of_plan is None and kind is None:
        raise PlansRepoError("field-missing", thing=title or str(year), field="kind", rule="must be given")
    if due_on.year != year:
        raise PlansRepoError(
            "entry-of-another-year", thing=title or str(year), field="due_on", rule=f"must lie in {year}", value=due_on,
            year=year,
        )  # fmt: skip
    body = row_of(work, organisation) if organisation else None
    entry = WorkPlanEntryRow(
        id=work.new_id(),
        work_plan_id=row.id,
        plan_id=of_plan.id if of_plan else None,
        title=of_plan.title if of_plan else need(str(year), "title", title)[:300],
        kind=of_plan.kind if of_plan else kind or PlanKind.SPECIAL,
        lead=body.name if body else need(title or str(year), "lead", lead)[:200],
        lead_id=body.id if body else None,
        due_on=due_on,
        trigger=trigger,
        note=note.strip()[:1000],
        added_at=work.now,
        added_by=work.actor.account,
    )
    work.session.add(entry)
    _changed(work, row)
    events.record(work, CHAIN, "entry-added", {"work_plan": row.id, "entry": entry.id, "due_on": due_on})
    return _work_plan(work, row)


def remove_entry(work: Work, entry_id: str, *, reason: str) -> WorkPlan:
    """Take an entry out again."""
    entry = work.session.get(WorkPlanEntryRow, entry_id)
    if entry is None:
        raise NotFound("entry-unknown", thing="entry", field="entry", value=entry_id)
    row = work.session.get_one(WorkPlanRow, entry.work_plan_id)
    _check_own(work, row)
    payload = {"work_plan": row.id, "entry": entry.id, "reason": need(entry.title, "reason", reason)}
    work.session.delete(entry)
    _changed(work, row)
    events.record(work, CHAIN, "entry-removed", payload)
    return _work_plan(work, row)


def approve_work_plan(
    work: Work,
    year: int,
    *,
    approver: str,
    approved_on: date | None = None,
    document_number: str = "",
    minutes: tuple[str, bytes] | None = None,
) -> WorkPlan:
    """The government approves; *minutes* holds name and bytes. Who began the work plan does not approve it."""
    work.require(Action.APPROVE_WORK_PLAN)
    row = _needed(work, year)
    if row.created_by == work.actor.account:
        raise PlansRepoError("own-work-plan", thing=row.title, value=work.actor.name)
    if minutes is None:
        raise PlansRepoError("papers-missing", thing=row.title, papers="meeting_minutes", first="meeting_minutes")
    day = _day(work, row, approved_on, "approved_on")
    row.approver = need(row.title, "approver", approver)[:200]
    row.approved_on, row.approved_by = day, work.actor.account
    row.document_number = document_number.strip()[:80]
    row.minutes_hash = versions.store_media(work, minutes[1], minutes[0])
    row.revision += 1
    payload = {"work_plan": row.id, "on": day, "minutes": row.minutes_hash, "entries": _ids(work, row)}
    events.record(work, CHAIN, "work-plan-approved", payload)
    return _work_plan(work, row)


def record_copy(work: Work, year: int, *, to: str, on: date | None = None) -> WorkPlan:
    """The approved work plan was copied to the emergency management department above."""
    row = _needed(work, year)
    _check_own(work, row)
    if row.approved_on is None:
        raise PlansRepoError("work-plan-not-approved", thing=row.title, field="approved_on", rule="must be approved")
    day = _day(work, row, on, "copied_on")
    row.copied_on, row.copied_to = day, need(row.title, "to", to)[:200]
    row.revision += 1
    events.record(work, CHAIN, "work-plan-copied", {"work_plan": row.id, "on": day, "to": row.copied_to})
    return _work_plan(work, row)


def require_drafting(work: Work, year: int) -> None:
    """Refuse whoever does not draft the work plan of the actor's area."""
    work.require(Action.EDIT_PLAN)
    row = _row(work, year)
    if row is not None:
        _check_own(work, row)
    elif not access.standpoint(work).oversees:
        raise NotAllowed("work-plan-of-bureau", thing=str(year), action=Action.EDIT_PLAN.value)


def _open(work: Work, year: int) -> WorkPlanRow:
    work.require(Action.EDIT_PLAN)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlansRepoError(
            "year-out-of-range", thing="work plan", field="year", rule=f"must lie in {FIRST_YEAR}-{LAST_YEAR}",
            value=year, low=FIRST_YEAR, high=LAST_YEAR,
        )  # fmt: skip
    row = _row(work, year)
    if row is not None:
        _check_own(work, row)
        return row
    here = access.standpoint(work)
    if not here.oversees:
        raise NotAllowed("work-plan-of-bureau", thing=str(year), action=Action.EDIT_PLAN.value)
    fresh = WorkPlanRow(
        id=work.new_id(),
        organisation_id=here.organisation,
        area=here.area,
        year=year,
        title=f"{year}年度应急预案制修订工作计划",
        created_at=work.now,
        created_by=work.actor.account,
    )
    work.session.add(fresh)
    work.session.flush()
    events.record(work, CHAIN, "work-plan-begun", {"work_plan": fresh.id, "year": year, "area": here.area})
    return fresh


def _changed(work: Work, row: WorkPlanRow) -> None:
    """What was approved is open again after a change."""
    row.approved_on, row.copied_on, row.minutes_hash = None, None, None
    row.approved_by = row.approver = row.copied_to = row.document_number = ""
    row.revision += 1
    work.session.flush()


def _check_own(work: Work, row: WorkPlanRow) -> None:
    work.require(Action.EDIT_PLAN)
    here = access.standpoint(work)
    if here.area != row.area or not here.oversees:
        raise NotAllowed("work-plan-of-bureau", thing=row.title, action=Action.EDIT_PLAN.value)


def _row(work: Work, year: int) -> WorkPlanRow | None:
    area = access.standpoint(work).area
    return work.session.exec(select(WorkPlanRow).where(WorkPlanRow.area == area, WorkPlanRow.year == year)).first()


def _needed(work: Work, year: int) -> WorkPlanRow:
    row = _row(work, year)
    if row is None:
        raise NotFound("work-plan-unknown", thing="work plan", field="year", value=year)
    return row


def _day(work: Work, row: WorkPlanRow, on: date | None, field: str) -> date:
    today = local_day(work.now)
    day = on or today
    if day > today:
        raise PlansRepoError("day-in-future", thing=row.title, field=field, rule=f"must be <= {today}", value=day)
    return day


def _entries(work: Work, row: WorkPlanRow) -> Sequence[WorkPlanEntryRow]:
    return work.session.exec(
        select(WorkPlanEntryRow)
        .where(WorkPlanEntryRow.work_plan_id == row.id)
        .order_by(col(WorkPlanEntryRow.due_on), col(WorkPlanEntryRow.title))
    ).all()


def _ids(work: Work, row: WorkPlanRow) -> list[str]:
    return sorted(entry.id for entry in _entries(work, row))


def _work_plan(work: Work, row: WorkPlanRow) -> WorkPlan:
    return WorkPlan(
        id=row.id,
        year=row.year,
        title=row.title,
        area=row.area,
        approved_on=row.approved_on,
        approver=row.approver,
        document_number=row.document_number,
        minutes=row.minutes_hash or "",
        copied_on=row.copied_on,
        copied_to=row.copied_to,
        entries=tuple(_entry(work, row, entry) for entry in _entries(work, row)),
    )


def _entry(work: Work, row: WorkPlanRow, entry: WorkPlanEntryRow) -> Entry:
    plan = entry.plan_id or _begun_since(work, row, entry)
    course = latest(work, plan) if plan else None
    return Entry(
        id=entry.id,
        plan=plan,
        title=entry.title,
        kind=entry.kind,
        lead=entry.lead,
        due_on=entry.due_on,
        trigger=entry.trigger,
        note=entry.note,
        stage=course.stage if course else None,
        done_on=_issued_since(work, plan, date(row.year, 1, 1)) if plan else None,
    )


def _issued_since(work: Work, plan: str, day: date) -> date | None:
    """The day of the first edition of a plan issued on *day* or after."""
    query = select(CourseRow).where(CourseRow.plan_id == plan, col(CourseRow.issued_on) >= day)
    first = work.session.exec(query.order_by(col(CourseRow.issued_on)).limit(1)).first()
    return first.issued_on if first else None


def _begun_since(work: Work, row: WorkPlanRow, entry: WorkPlanEntryRow) -> str | None:
    """The plan of the area that was begun under the title of a line that named none, as far as the actor sees it."""
    within = col(PlanRow.area).startswith(row.area, autoescape=True)
    same = (PlanRow.kind == entry.kind, PlanRow.title == entry.title, PlanRow.origin == "", within)
    query = select(PlanRow.id).where(*same, access.standpoint(work).plans_seen()).order_by(col(PlanRow.id))
    return work.session.exec(query).first()
