"""The drills that may be known: list, schedule, move, record; what pages and the command line call.

Nothing here looks at sealed drills, so no answer can differ because there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from sqlmodel import col, select

from drills.access import changes, sees
from drills.blackouts import blackouts_for, every_period
from drills.drill import COMING, HELD, SINGLE_TABLETOP, Blindness, Drill, DrillType, State, Step, move_of
from drills.errors import DrillError
from drills.rules import rule_pack
from drills.scheduling import Blackout, BlackoutKind, Constraints, Days, Engagement, Obstacle
from drills.store.tables import DrillRow, ProgrammeRow
from plans_repo import plans
from plans_repo.access import standpoint
from plans_repo.course.working_days import calendar, local_day
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work


def chain_of_drill(drill_id: str) -> str:
    """The name of a drill's event chain."""
    return f"drill:{drill_id}"


def drill(work: Work, drill_id: str) -> Drill:
    """One drill the actor may see."""
    return value_of(visible_row(work, drill_id))


def list_drills(work: Work, year: int | None = None) -> tuple[Drill, ...]:
    """The drills the actor may see, by day; those without a day last."""
    work.require(Action.READ_DRILL)
    rows = select(DrillRow).order_by(col(DrillRow.on).is_(None), col(DrillRow.on), col(DrillRow.id))
    if year is not None:
        rows = rows.where(DrillRow.year == year)
    return tuple(value_of(row) for row in work.session.exec(rows) if is_seen(work, row))


def drills_of(work: Work, plan_id: str) -> tuple[Drill, ...]:
    """The drills on a plan the actor may see, as `list_drills` orders them; none for who may see no drills."""
    if not work.actor.may(Action.READ_DRILL):
        return ()
    return tuple(one for one in list_drills(work) if plan_id in one.plans)


def plan_drill(
    work: Work,
    title: str,
    *,
    year: int,
    title_en: str = "",
    plan_ids: Sequence[str] = (),
    type: DrillType = SINGLE_TABLETOP,
    blindness: Iterable[Blindness] = (),
    organisation: str | None = None,
    area: str = "",
    on: date | None = None,
    units: Sequence[str] = (),
    note: str = "",
) -> Drill:
    """Put a drill into the programme of a year; *on* is the intended day, if any."""
    work.require(Action.PLAN_DRILL)
    for plan_id in plan_ids:
        plans.plan(work, plan_id)
    value = Drill(
        id=work.new_id(),
        title=title,
        title_en=title_en,
        plans=tuple(plan_ids),
        type=type,
        blindness=frozenset(blindness),
        organisation=organisation or work.actor.organisation,
        area=area or standpoint(work).area,
        year=year,
        on=on,
        units=tuple(units),
        note=note,
    )
    return enter(work, value, "drill-planned")


def schedule_drill(
    work: Work,
    drill_id: str,
    on: date,
    *,
    at: time = time(9, 0),
    place: str = "",
    units: Sequence[str] | None = None,
    participants_count: int = 0,
    duration_min: int = 0,
    scenario: str = "",
    days: Days = Days.WORKING,
    reason: str = "",
) -> Drill:
    """Give a drill its day; refused, with what speaks against it, unless the day will do.

    Another day than the approved programme says needs a reason, which stands in the history of the drill.
    """
    row = _changeable(work, drill_id, Step.SCHEDULE)
    before = value_of(row)
    if on != before.on and not reason.strip() and is_approved(work, before):
        raise DrillError("drill-change-reason-missing", thing=row.title, field="reason", rule="must be given")
    value = replace(
        before,
        state=State.SCHEDULED,
        year=on.year,
        on=on,
        at=at,
        place=place or row.place,
        units=tuple(row.units if units is None else units),
        participants_count=participants_count or row.participants_count,
        duration_min=duration_min or row.duration_min,
        scenario=scenario or row.scenario,
    )
    _refuse_obstacles(constraints_for(work, value, days=days), on, value)
    return save(work, value, "drill-scheduled", reason=reason)


def is_approved(work: Work, value: Drill) -> bool:
    """Whether a drill stands in the approved programme of the nearest area, and did when that was approved."""
    if value.on is None:
        return False
    rows = work.session.exec(select(ProgrammeRow).where(ProgrammeRow.year == value.year))
    nearest = max((row for row in rows if value.area.startswith(row.area)), key=lambda row: len(row.area), default=None)
    if nearest is None or nearest.approved_at is None:
        return False
    history = events.history(work, chain_of_drill(value.id))
    return bool(history) and history[0].at <= nearest.approved_at


def move_drill(
    work: Work, drill_id: str, step: Step, *, reason: str = "", note: str = "", participants_count: int = 0
) -> Drill:
    """Start, end, evaluate, close or cancel a drill; a warning in force blocks the start.

    The *reason* stands in the history of the drill, a *note* on the drill itself.
    """
    if step is Step.SCHEDULE:
        raise DrillError("drill-move-needs-day", thing="drill", rule="is scheduled with a day")
    row = _changeable(work, drill_id, step)
    move = move_of(step, row.state)
    assert move is not None
    if move.needs_reason and not reason.strip():
        raise DrillError("drill-reason-missing", thing=row.title, field="reason", rule="must be given")
    if step is Step.START:
        refuse_warnings(work, row.area, row.title)
    value = replace(
        value_of(row), state=move.to, participants_count=participants_count or row.participants_count,
        note=note or row.note,
    )  # fmt: skip
    return save(work, value, f"drill-{move.to.value}", reason=reason)


def record_past_drill(
    work: Work,
    title: str,
    *,
    on: date,
    plan_ids: Sequence[str] = (),
    type: DrillType = SINGLE_TABLETOP,
    state: State = State.CLOSED,
    organisation: str | None = None,
    area: str = "",
    place: str = "",
    units: Sequence[str] = (),
    participants_count: int = 0,
    title_en: str = "",
    note: str = "",
) -> Drill:
    """Enter a drill that was held before this installation knew of it; it counts towards the intervals."""
    work.require(Action.PLAN_DRILL)
    if on > local_day(work.now) or state not in HELD:
        raise DrillError("past-drill-not-past", thing=title, field="on", rule="must have been held", value=on)
    for plan_id in plan_ids:
        plans.plan(work, plan_id)
    value = Drill(
        id=work.new_id(), title=title, title_en=title_en, plans=tuple(plan_ids), type=type, state=state,
        organisation=organisation or work.actor.organisation, area=area or standpoint(work).area, year=on.year, on=on,
        place=place, units=tuple(units), participants_count=participants_count, note=note,
    )  # fmt: skip
    return enter(work, value, "drill-recorded")


def constraints_for(work: Work, value: Drill, *, days: Days = Days.WORKING) -> Constraints:
    """What a day for that drill has to satisfy, the other known drills of its units among it."""
    pack = rule_pack()
    return Constraints(
        today=local_day(work.now),
        calendar=calendar(work),
        blackouts=blackouts_for(work, value.area),
        engagements=engagements(work, apart_from=value.id),
        units=frozenset(filter(None, (*value.units, value.organisation))),
        days=days,
        gap_days=pack.gap_days,
        hold_days=pack.hold_days,
        lead_days=0,
    )


def engagements(work: Work, *, apart_from: str = "") -> tuple[Engagement, ...]:
    """The days on which units have a known drill before them, whoever may see it."""
    rows = work.session.exec(
        select(DrillRow).where(col(DrillRow.state).in_([*COMING, State.RUNNING]), col(DrillRow.on).is_not(None))
    )
    return tuple(
        Engagement(on=row.on, units=frozenset(filter(None, (*row.units, row.organisation_id))))
        for row in rows
        if row.on is not None and row.id != apart_from
    )


def clashes(work: Work) -> tuple[tuple[Drill, tuple[Blackout, ...]], ...]:
    """Coming drills whose day has since been blocked, each with what blocks it; they want another day."""
    every = list_drills(work)
    found = blocked(work, every)
    return tuple((item, found[item.id]) for item in every if item.id in found)


def blocked(work: Work, several: Iterable[Drill]) -> dict[str, tuple[Blackout, ...]]:
    """Of those drills whose day is blocked the periods that block it; the periods are read once."""
    periods, today = every_period(work), local_day(work.now)
    found = {item.id: _blocking(item, periods, today) for item in several}
    return {drill_id: blocking for drill_id, blocking in found.items() if blocking}


def blocks(work: Work, value: Drill) -> tuple[Blackout, ...]:
    """The periods that block the day of a coming drill."""
    return _blocking(value, every_period(work), local_day(work.now))


def _blocking(value: Drill, periods: Sequence[Blackout], today: date) -> tuple[Blackout, ...]:
    if value.on is None or value.on < today or value.state not in COMING:
        return ()
    hold_days = rule_pack().hold_days
    return tuple(
        period
        for period in periods
        if period.concerns(value.area) and period.covers(value.on, today=today, hold_days=hold_days)
    )


def refuse_warnings(work: Work, area: str, title: str) -> None:
    """Refuse while a real warning is in force in the area: the drill would disturb a real emergency."""
    today = local_day(work.now)
    for blackout in blackouts_for(work, area):
        if blackout.kind is BlackoutKind.WARNING and blackout.covers(today, today=today, hold_days=0):
            raise DrillError(
                "drill-start-during-warning", thing=title, rule="no warning may be in force",
                value=blackout.reason,
            )  # fmt: skip


def enter(work: Work, value: Drill, kind: str) -> Drill:
    """Add a drill and the event that says so; refused for another body's area."""
    if not changes(work, organisation=value.organisation, area=value.area):
        raise _foreign(value.title)
    work.session.add(_row(work, value))
    work.session.flush()
    _record(work, value, kind)
    return value


def save(work: Work, value: Drill, kind: str, *, reason: str = "") -> Drill:
    """Store a changed drill and the event that says so."""
    work.session.merge(_row(work, value))
    work.session.flush()
    _record(work, value, kind, reason)
    return value


def visible_row(work: Work, drill_id: str) -> DrillRow:
    """The row, if the actor may see it; otherwise it does not exist."""
    work.require(Action.READ_DRILL)
    row = work.session.get(DrillRow, drill_id)
    if row is None or not is_seen(work, row):
        raise NotFound("drill-unknown", thing="drill", value=drill_id)
    return row


def value_of(row: DrillRow) -> Drill:
    """The drill of a row."""
    return Drill(
        id=row.id,
        title=row.title,
        title_en=row.title_en,
        plans=tuple(row.plans),
        type=DrillType(content=row.content, form=row.form, purpose=row.purpose),
        blindness=frozenset(map(Blindness, row.blindness)),
        organisation=row.organisation_id,
        area=row.area,
        state=row.state,
        year=row.year,
        on=row.on,
        at=row.at,
        duration_min=row.duration_min,
        place=row.place,
        units=tuple(row.units),
        participants_count=row.participants_count,
        scenario=row.scenario,
        by=row.by,
        rule=row.rule,
        note=row.note,
    )


def _changeable(work: Work, drill_id: str, step: Step) -> DrillRow:
    row = visible_row(work, drill_id)
    move = move_of(step, row.state)
    if move is None:
        raise DrillError(
            "drill-move-not-allowed", thing=row.title, field="state", rule=f"{step.value} is not open",
            value=row.state.value, step=step.value,
        )  # fmt: skip
    work.require(move.action)
    if not changes(work, organisation=row.organisation_id, area=row.area):
        raise _foreign(row.title)
    return row


def _foreign(title: str) -> NotAllowed:
    return NotAllowed("drill-of-another-body", thing=title, action=Action.PLAN_DRILL.value)


def _refuse_obstacles(constraints: Constraints, on: date, value: Drill) -> None:
    """Refuse a day for the weightiest thing that speaks against it."""
    found = constraints.obstacles(on)
    reasons = tuple(item.reason for item in constraints.blackouts_on(on))
    for obstacle, refusal in _REFUSALS.items():
        if obstacle in found:
            raise refusal({"thing": value.title, "field": "on", "value": on, "reasons": reasons})


Fields = Mapping[str, object]
_REFUSALS: dict[Obstacle, Callable[[Fields], DrillError]] = {
    Obstacle.WARNING: lambda fields: DrillError("drill-day-under-warning", **fields),
    Obstacle.BLACKOUT: lambda fields: DrillError("drill-day-blacked-out", **fields),
    Obstacle.PAST: lambda fields: DrillError("drill-day-past", **fields),
    Obstacle.REST_DAY: lambda fields: DrillError("drill-day-not-working", **fields),
    Obstacle.WORKING_DAY: lambda fields: DrillError("drill-day-not-resting", **fields),
    Obstacle.SAME_WEEK: lambda fields: DrillError("drill-day-same-week", **fields),
    Obstacle.GAP: lambda fields: DrillError("drill-day-too-near", **fields),
}


def is_seen(work: Work, row: DrillRow) -> bool:
    """Whether a drill is there for the actor."""
    return sees(work, organisation=row.organisation_id, area=row.area, units=tuple(row.units))


def _row(work: Work, value: Drill) -> DrillRow:
    return DrillRow(
        id=value.id,
        title=value.title,
        title_en=value.title_en,
        plans=list(value.plans),
        content=value.type.content,
        form=value.type.form,
        purpose=value.type.purpose,
        blindness=sorted(value.blindness),
        organisation_id=value.organisation,
        area=value.area,
        state=value.state,
        year=value.year,
        on=value.on,
        at=value.at,
        duration_min=value.duration_min,
        place=value.place,
        units=list(value.units),
        participants_count=value.participants_count,
        scenario=value.scenario,
        by=value.by,
        rule=value.rule,
        note=value.note,
        saved_at=work.now,
        saved_by=work.actor.account,
    )


def _record(work: Work, value: Drill, kind: str, reason: str = "") -> None:
    payload = {"drill": value.id, "title": value.title, "state": value.state, "on": value.on, "plans": value.plans}
    events.record(work, chain_of_drill(value.id), kind, {**payload, **({"reason": reason} if reason else {})})
