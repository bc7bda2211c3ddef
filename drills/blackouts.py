"""Periods without drills, and real warnings in force: enter, lift, list."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from drills.access import changes, sees
from drills.errors import DrillError
from drills.rules import rule_pack
from drills.scheduling import Blackout, BlackoutKind
from drills.store.tables import BlackoutRow
from plans_repo.access import standpoint
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

CHAIN = "blackouts"


def add_blackout(
    work: Work,
    reason: str,
    *,
    kind: BlackoutKind,
    start_on: date,
    end_on: date | None = None,
    reason_en: str = "",
    area: str = "",
) -> Blackout:
    """A period without drills in an area, the actor's own unless given; only a warning may stay open.

    The same period is entered once.
    """
    work.require(Action.PLAN_DRILL)
    value = Blackout(
        id=work.new_id(), kind=kind, start_on=start_on, end_on=end_on, reason=reason, reason_en=reason_en,
        area=area or standpoint(work).area,
    )  # fmt: skip
    _refuse_foreign(work, value.area, reason)
    _refuse_again(work, value)
    work.session.add(_row(work, value))
    work.session.flush()
    payload = {"blackout": value.id, "kind": kind, "start_on": start_on, "end_on": end_on, "area": value.area}
    events.record(work, CHAIN, "blackout-added", {**payload, "reason": reason})
    return value


def lift_warning(work: Work, blackout_id: str, on: date) -> Blackout:
    """A warning has been lifted: *on* is its last day."""
    work.require(Action.PLAN_DRILL)
    row = _changeable(work, blackout_id)
    if row.kind is not BlackoutKind.WARNING or row.end_on is not None or on < row.start_on:
        raise DrillError("warning-not-open", thing=row.reason, field="end_on", rule="must be open", value=on)
    row.end_on = on
    work.session.add(row)
    work.session.flush()
    events.record(work, CHAIN, "warning-lifted", {"blackout": row.id, "end_on": on})
    return _value(row)


def remove_blackout(work: Work, blackout_id: str) -> None:
    """Take a period back; the event stays."""
    work.require(Action.PLAN_DRILL)
    row = _changeable(work, blackout_id)
    work.session.delete(row)
    work.session.flush()
    events.record(work, CHAIN, "blackout-removed", {"blackout": blackout_id, "reason": row.reason})


def blackouts(work: Work) -> tuple[Blackout, ...]:
    """Every period the actor may see, by its first day."""
    work.require(Action.READ_DRILL)
    return tuple(item for item in every_period(work) if sees(work, organisation=None, area=item.area))


def blackouts_between(work: Work, start: date, end: date) -> tuple[Blackout, ...]:
    """The periods that touch the days from *start* to *end*; for the calendar."""
    known = {"today": local_day(work.now), "hold_days": rule_pack().hold_days}
    return tuple(
        item
        for item in blackouts(work)
        if item.start_on <= end and item.last_day(**known) >= start  # type: ignore[arg-type]
    )


def blackouts_for(work: Work, area: str) -> tuple[Blackout, ...]:
    """The periods that hold in an area, whoever asks."""
    return tuple(item for item in every_period(work) if item.concerns(area))


def every_period(work: Work) -> tuple[Blackout, ...]:
    """Every period there is, by its first day, whoever asks; for lists over many areas."""
    rows = work.session.exec(select(BlackoutRow).order_by(col(BlackoutRow.start_on), col(BlackoutRow.id)))
    return tuple(_value(row) for row in rows)


def _changeable(work: Work, blackout_id: str) -> BlackoutRow:
    row = work.session.get(BlackoutRow, blackout_id)
    if row is None or not sees(work, organisation=None, area=row.area):
        raise NotFound("blackout-unknown", thing="blackout", value=blackout_id)
    _refuse_foreign(work, row.area, row.reason)
    return row


def _refuse_foreign(work: Work, area: str, reason: str) -> None:
    if not changes(work, organisation=None, area=area):
        raise NotAllowed("blackout-of-another-body", thing=reason, action=Action.PLAN_DRILL.value)


def _refuse_again(work: Work, value: Blackout) -> None:
    """Refuse what has been entered already: the same days of the same area, of the same kind or for the same reason."""
    for item in every_period(work):
        if _days_and_area(item) == _days_and_area(value) and (item.kind is value.kind or item.reason == value.reason):
            raise DrillError(
                "blackout-entered-already", thing=item.reason, field="start_on", rule="must be new",
                value=value.start_on, end=value.end_on,
            )  # fmt: skip


def _days_and_area(value: Blackout) -> tuple[date, date | None, str]:
    return value.start_on, value.end_on, value.area


def _row(work: Work, value: Blackout) -> BlackoutRow:
    return BlackoutRow(
        id=value.id, kind=value.kind, start_on=value.start_on, end_on=value.end_on, reason=value.reason,
        reason_en=value.reason_en, area=value.area, entered_at=work.now, entered_by=work.actor.account,
    )  # fmt: skip


def _value(row: BlackoutRow) -> Blackout:
    return Blackout(
        id=row.id, kind=row.kind, start_on=row.start_on, end_on=row.end_on, reason=row.reason, reason_en=row.reason_en,
        area=row.area,
    )  # fmt: skip
