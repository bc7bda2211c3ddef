"""Scenarios and compound events of an installation: saved as versions that never change, and read again.

A study names the version it used and keeps it whole; saving again makes the next version beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from plans_repo import access
from plans_repo.authored.ranges import LONGEST, check_failures, check_id, check_scenario, check_text
from plans_repo.authored.standing import with_own_standing
from plans_repo.authored.toml_text import Event
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.packs import reading as packs
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.scenarios import EventKind, ScenarioRow, ScenarioVersionRow
from plans_repo.store.work import Work
from sim.compound import Compound, set_off
from sim.figure import words
from sim.hazards.models import contribution_of
from sim.plain import digest, plain, unplain
from sim.scenario import Scenario

CHAIN = "scenarios"
MOST_PARTS = 8
LONGEST_REASON = LONGEST["source"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioVersion:
    """A version in a history: its number, hash and hand; *made_from* names what it was copied from."""

    scenario: str
    number: int
    hash: str
    made_from: str
    reason: str
    saved_at: datetime
    saved_by: str


def save(
    work: Work, value: Event, *, area: str = "", reason: str = "", made_from: str = "", after: int | None = None
) -> ScenarioVersion:
    """Keep *value* as the next version of the event of its id; the same again makes no other.

    It belongs to the area of its first version (the actor's own unless given). A value that is new under an old
    source is to be confirmed. Refused: what its model or a
    range refuses, an id of the packs, an event of another body, and a version made *after* one that is not the
    newest any more.
    """
    work.require(Action.RUN_STUDY)
    check_text("scenario version", "source", reason)
    newest = _newest(work, value.id)
    former = _value(newest) if newest else _model(work, made_from)
    if isinstance(value, Scenario) and isinstance(former, Scenario):
        value = with_own_standing(value, former)
    value = checked(value)
    _check_may_save(work, value, newest)
    if after is not None and after != (newest.number if newest else 0):
        raise StaleRevision("scenario-changed-meanwhile", thing=f"scenario {value.id}", field="version",
                            rule="must follow the newest", value=after)  # fmt: skip
    if newest is not None and newest.hash == digest(value):
        return _summary(newest)
    if newest is not None and work.session.get(ScenarioVersionRow, newest.id) is None:
        work.session.add(newest)  # the state an earlier release had kept becomes version 1
    row = _row(work, value, newest, area or access.standpoint(work).area, reason, made_from)
    work.session.add(row)
    work.session.flush()
    events.record(work, CHAIN, "scenario-saved", {"scenario": value.id, "number": row.number, "hash": row.hash})
    return _summary(row)


def checked(value: Event) -> Event:
    """The event if it may be kept; a compound event with its triggers worked out."""
    if isinstance(value, Scenario):
        check_scenario(value)
        contribution_of(value)
        return value
    check_id(value.id)
    for field in ("title", "title_en", "summary", "summary_en"):
        check_text(f"compound event {value.id}", field, getattr(value, field))
    if len(value.parts) > MOST_PARTS:
        raise PlansRepoError("scenario-too-large", thing=f"compound event {value.id}", field="parts",
                             rule=f"at most {MOST_PARTS}", limit=MOST_PARTS, value=len(value.parts))  # fmt: skip
    for part in value.parts:
        checked(part.scenario)
    check_failures(value)
    return set_off(value)


def newest(work: Work) -> tuple[Event, ...]:
    """The newest version of every event kept that the actor may use, in the order of their ids."""
    work.require(Action.READ_STUDY)
    return tuple(_value(row) for row in _visible(work))


def find(work: Work, name: str) -> Event | None:
    """The event of an id, or of one version of it (``id@2``); None where there is none the actor may use."""
    work.require(Action.READ_STUDY)
    scenario, _, number = name.partition("@")
    rows = _rows(work, scenario)
    if number:
        rows = [row for row in rows if str(row.number) == number]
    return _value(rows[-1]) if rows else None


def history(work: Work, scenario: str) -> tuple[ScenarioVersion, ...]:
    """All versions of an event, the newest first; refused where there is none the actor may use."""
    work.require(Action.READ_STUDY)
    rows = _rows(work, scenario)
    if not rows:
        raise NotFound("scenario-unknown", thing="scenario", value=scenario)
    return tuple(_summary(row) for row in reversed(rows))


def number_of(work: Work, event: Event) -> int:
    """Which version of its id an event is, by its hash; 0 for one of the packs or of nobody."""
    found = [row.number for row in _rows(work, event.id) if row.hash == digest(event)]
    return found[-1] if found else 0


def may_save(work: Work, scenario: str) -> bool:
    """Whether the actor may save the next version of an event kept."""
    rows = _rows(work, scenario)
    return work.actor.may(Action.RUN_STUDY) and bool(rows) and _writes(work, rows[-1].area)


def free_id(work: Work, wished: str) -> str:
    """An id nobody has: the one wished for, else the same with a number behind.

    A name is cut so that the number fits.
    """
    number, tried = 1, wished[:60].rstrip("-")
    while _is_taken(work, tried):
        number += 1
        tried = f"{wished[:58].rstrip('-')}-{number}"
    return tried


def _model(work: Work, made_from: str) -> Event | None:
    """What an event was copied from, in the packs or kept; None for a new one."""
    return packs.scenario(made_from) if made_from in packs.names("scenarios") else find(work, made_from)


def is_of_packs(name: str) -> bool:
    """Whether an id stands in the packs, as a scenario or a compound event."""
    return name in packs.names("scenarios") or name in packs.names("compounds")


# -- rows ----------------------------------------------------------------------------


def _check_may_save(work: Work, value: Event, newest: ScenarioVersionRow | None) -> None:
    thing = f"scenario {value.id}"
    words(thing, "title", value.title)
    if is_of_packs(value.id):
        raise NotFound("scenario-of-packs", thing=thing, rule="stands in the packs", value=value.id)
    if newest is None:
        return
    if not _writes(work, newest.area):
        raise NotAllowed("scenario-of-another-body", thing=thing, action=Action.RUN_STUDY.value)
    if newest.kind is not _kind(value):
        raise PlansRepoError("scenario-id-taken", thing=thing, field="id", rule="must be free", value=value.id)


def _writes(work: Work, area: str) -> bool:
    """Whether the actor's body writes events of an area: its own, and those below if it oversees them."""
    here = access.standpoint(work)
    return area == here.area or (here.oversees and area.startswith(here.area))


def _kind(value: Event) -> EventKind:
    return EventKind.COMPOUND if isinstance(value, Compound) else EventKind.SCENARIO


def _row(
    work: Work, value: Event, newest: ScenarioVersionRow | None, area: str, reason: str, made_from: str
) -> ScenarioVersionRow:
    return ScenarioVersionRow(
        id=work.new_id(),
        kind=_kind(value),
        scenario_id=value.id,
        number=newest.number + 1 if newest else 1,
        area=newest.area if newest else area,
        value=plain(value),
        hash=digest(value),
        made_from=made_from,
        reason=reason,
        saved_at=work.now,
        saved_by=work.actor.account,
        saved_by_name=work.actor.name,
    )


def _value(row: ScenarioVersionRow) -> Event:
    return unplain(Compound, row.value) if row.kind is EventKind.COMPOUND else unplain(Scenario, row.value)


def _summary(row: ScenarioVersionRow) -> ScenarioVersion:
    return ScenarioVersion(
        scenario=row.scenario_id,
        number=row.number,
        hash=row.hash,
        made_from=row.made_from,
        reason=row.reason,
        saved_at=row.saved_at,
        saved_by=row.saved_by_name or row.saved_by,
    )


def _is_near(work: Work, area: str) -> bool:
    here = access.standpoint(work).area
    return area.startswith(here) or here.startswith(area)


def _newest(work: Work, scenario: str) -> ScenarioVersionRow | None:
    """The newest version, the actor's to see or not: an id has one meaning in an installation."""
    rows = _all_rows(work, scenario)
    return rows[-1] if rows else None


def _rows(work: Work, scenario: str) -> list[ScenarioVersionRow]:
    """The versions of an event the actor may use, oldest first."""
    return [row for row in _all_rows(work, scenario) if _is_near(work, row.area)]


def _all_rows(work: Work, scenario: str) -> list[ScenarioVersionRow]:
    query = select(ScenarioVersionRow).where(ScenarioVersionRow.scenario_id == scenario)
    rows = list(work.session.exec(query.order_by(col(ScenarioVersionRow.number))))
    before = None if rows else work.session.get(ScenarioRow, scenario)
    return rows if before is None else [_first(work, before)]


def _visible(work: Work) -> list[ScenarioVersionRow]:
    later = aliased(ScenarioVersionRow)
    has_later = exists().where(
        col(later.scenario_id) == col(ScenarioVersionRow.scenario_id),
        col(later.number) > col(ScenarioVersionRow.number),
    )
    rows = list(work.session.exec(select(ScenarioVersionRow).where(~has_later)))
    known = {row.scenario_id for row in rows}
    rows += [_first(work, old) for old in work.session.exec(select(ScenarioRow)) if old.id not in known]
    return sorted((row for row in rows if _is_near(work, row.area)), key=lambda row: row.scenario_id)


def _first(work: Work, old: ScenarioRow) -> ScenarioVersionRow:
    """A scenario kept by an earlier release, as the version 1 it is; not stored."""
    return ScenarioVersionRow(
        id=digest(["scenario", old.id])[:36],
        kind=EventKind.SCENARIO,
        scenario_id=old.id,
        number=1,
        area=old.area,
        value=old.value,
        hash=digest(unplain(Scenario, old.value)),
        saved_at=old.saved_at,
        saved_by=old.saved_by,
    )


def _is_taken(work: Work, scenario: str) -> bool:
    return is_of_packs(scenario) or bool(_all_rows(work, scenario))
