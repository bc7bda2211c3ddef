"""The mass of small drills: returned monthly by townships, villages and firms; counted by area, trade, form, month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import col, select

from drills.access import changes, sees
from drills.drill import Form, SmallDrills, Trade
from drills.errors import DrillError
from drills.store.tables import SmallDrillsRow
from plans_repo.access import standpoint
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed
from plans_repo.organisations import organisation
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work


class By(StrEnum):
    """What small drills are counted by."""

    AREA = "area"
    TRADE = "trade"
    FORM = "form"
    MONTH = "month"
    ORGANISATION = "organisation"


@dataclass(frozen=True, kw_only=True)
class Count:
    """Drills 次数 and people 人次 of one area, trade, form, month or organisation."""

    key: str
    drills_count: int
    people_count: int


def return_small_drills(
    work: Work,
    month: date,
    *,
    trade: Trade,
    form: Form,
    drills_count: int,
    people_count: int,
    organisation_id: str | None = None,
    note: str = "",
) -> SmallDrills:
    """The return of one organisation for a month; returning again corrects it, and the event keeps both."""
    work.require(Action.RETURN_DRILL)
    body = _body(work, organisation_id)
    if month > local_day(work.now):
        raise DrillError("return-in-future", thing=f"{month:%Y-%m}", field="month", value=month)
    old = _row(work, body.id, month, trade, form)
    value = SmallDrills(
        id=old.id if old else work.new_id(),
        organisation=body.id,
        area=body.area,
        trade=trade,
        form=form,
        month=month,
        drills_count=drills_count,
        people_count=people_count,
        note=note,
    )
    before = (old.drills_count, old.people_count) if old else None
    work.session.merge(_stored(work, value))
    work.session.flush()
    events.record(work, "small-drills", "small-drills-returned", {"return": value, "before": before})
    return value


def small_drills(work: Work, first: date, last: date) -> tuple[SmallDrills, ...]:
    """The returns of the months from *first* to *last* that the actor may see."""
    work.require(Action.READ_DRILL)
    rows = select(SmallDrillsRow).where(SmallDrillsRow.month >= first, SmallDrillsRow.month <= last)
    found = work.session.exec(rows.order_by(col(SmallDrillsRow.month), col(SmallDrillsRow.organisation_id)))
    return tuple(_value(row) for row in found if sees(work, organisation=row.organisation_id, area=row.area))


def counts(work: Work, first: date, last: date, by: By) -> tuple[Count, ...]:
    """How many small drills with how many people, counted by one thing."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for item in small_drills(work, first, last):
        entry = sums[_key(item, by)]
        entry[0] += item.drills_count
        entry[1] += item.people_count
    return tuple(Count(key=key, drills_count=each[0], people_count=each[1]) for key, each in sorted(sums.items()))


@dataclass(frozen=True, kw_only=True)
class _Body:
    id: str
    area: str


def _body(work: Work, organisation_id: str | None) -> _Body:
    """The body the return is for: the actor's own, or one in the area it oversees."""
    chosen = organisation_id or work.actor.organisation
    if chosen is None:
        raise DrillError("return-without-organisation", thing="return", field="organisation", rule="must be given")
    body = organisation(work, chosen)
    if standpoint(work).organisation != chosen and not changes(work, organisation=chosen, area=body.area):
        raise NotAllowed("drill-of-another-body", thing=body.name, action=Action.RETURN_DRILL.value)
    return _Body(id=body.id, area=body.area)


def _key(item: SmallDrills, by: By) -> str:
    return f"{item.month:%Y-%m}" if by is By.MONTH else str(getattr(item, by.value))


def _row(work: Work, organisation_id: str, month: date, trade: Trade, form: Form) -> SmallDrillsRow | None:
    return work.session.exec(
        select(SmallDrillsRow).where(
            SmallDrillsRow.organisation_id == organisation_id,
            SmallDrillsRow.month == month,
            SmallDrillsRow.trade == trade,
            SmallDrillsRow.form == form,
        )
    ).first()


def _stored(work: Work, value: SmallDrills) -> SmallDrillsRow:
    return SmallDrillsRow(
        id=value.id,
        organisation_id=value.organisation,
        area=value.area,
        month=value.month,
        trade=value.trade,
        form=value.form,
        drills_count=value.drills_count,
        people_count=value.people_count,
        note=value.note,
        returned_at=work.now,
        returned_by=work.actor.account,
    )


def _value(row: SmallDrillsRow) -> SmallDrills:
    return SmallDrills(
        id=row.id,
        organisation=row.organisation_id,
        area=row.area,
        trade=row.trade,
        form=row.form,
        month=row.month,
        drills_count=row.drills_count,
        people_count=row.people_count,
        note=row.note,
    )
