"""The programme of a year: what is due, what is proposed, what has been adopted and approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import select

from drills.access import changes
from drills.blackouts import blackouts_for
from drills.drill import HELD, Drill, State
from drills.due import DueItem, DueState, Subject, due_items, without_rule
from drills.errors import DrillError
from drills.plan_facts import subjects
from drills.proposal import Proposal, Shortfall, answers, out_of_step, propose
from drills.register import engagements, enter, list_drills
from drills.rules import RulePack, rule_pack
from drills.store.tables import DrillRow, ProgrammeRow, ProgrammeState
from plans_repo.access import standpoint
from plans_repo.course.working_days import calendar, local_day
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

FIRST_YEAR, LAST_YEAR = 2002, 2098


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The drills of an area in a year against what is due.

    Without *state* nothing has been adopted yet and *drills* are a proposal. *uncovered* are due items no drill answers
    in time, *shortfalls* what the proposal could not place in time and why, *out_of_step* pairs of a plan's drills in
    which the harder comes first, *without_rule* plans for which the pack has no interval.
    """

    year: int
    area: str
    state: ProgrammeState | None
    due: tuple[DueItem, ...]
    drills: tuple[Drill, ...]
    uncovered: tuple[DueItem, ...]
    shortfalls: tuple[Shortfall, ...]
    out_of_step: tuple[tuple[Drill, Drill], ...]
    without_rule: tuple[Subject, ...]
    approved_at: datetime | None = None
    approved_by: str = ""


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """One year of the view over several years."""

    year: int
    due: tuple[DueItem, ...]
    drills: tuple[Drill, ...]


def programme_of(work: Work, year: int, *, area: str = "", pack: RulePack | None = None) -> Programme:
    """The programme of *year* for an area, the actor's own unless given: the adopted one, or else a proposal."""
    work.require(Action.READ_DRILL)
    _check_year(year)
    area, pack = area or standpoint(work).area, pack or rule_pack()
    row, known = _row(work, year, area), subjects(work, area=area, until=date(year, 1, 1))
    proposal = None if row else proposal_of(work, year, area=area, pack=pack)
    drills = _in_order((*_planned(work, year, area), *(proposal.drills if proposal else ())))
    due = _due(work, known, year, pack)
    pairs = answers(due, drills, start=_start(work, year), catch_up=_catch_up(pack))
    return Programme(
        year=year,
        area=area,
        state=row.state if row else None,
        due=tuple(replace(item, state=DueState.HELD) if _is_held(drill) else item for item, drill in pairs),
        drills=drills,
        uncovered=tuple(item for item, drill in pairs if drill is None),
        shortfalls=proposal.shortfalls if proposal else (),
        out_of_step=out_of_step(drills),
        without_rule=without_rule(known, pack.rules),
        approved_at=row.approved_at if row else None,
        approved_by=row.approved_by if row else "",
    )


def proposal_of(work: Work, year: int, *, area: str = "", pack: RulePack | None = None) -> Proposal:
    """A proposal for what no known drill of *year* answers yet; nothing is stored."""
    work.require(Action.READ_DRILL)
    _check_year(year)
    area, pack = area or standpoint(work).area, pack or rule_pack()
    return propose(
        year,
        subjects(work, area=area, until=date(year + 1, 1, 1)),
        pack=pack,
        calendar=calendar(work),
        blackouts=blackouts_for(work, area),
        engagements=engagements(work),
        today=local_day(work.now),
    )


def adopt(work: Work, year: int, *, area: str = "", drills: Iterable[Drill] | None = None) -> Programme:
    """Make a proposal the draft programme of the year: its drills are planned. Adopting twice changes nothing."""
    work.require(Action.PLAN_DRILL)
    area = area or standpoint(work).area
    _refuse_foreign(work, area)
    if _row(work, year, area) is None:
        proposed = proposal_of(work, year, area=area).drills if drills is None else tuple(drills)
        row = ProgrammeRow(
            id=work.new_id(),
            year=year,
            area=area,
            state=ProgrammeState.DRAFT,
            adopted_at=work.now,
            adopted_by=work.actor.account,
        )
        work.session.add(row)
        work.session.flush()
        for drill in proposed:
            enter(work, _with_free_id(work, drill), "drill-planned")
        _record(work, row, "programme-adopted", drills=len(proposed))
    return programme_of(work, year, area=area)


def approve(work: Work, year: int, *, area: str = "") -> Programme:
    """Approve the draft programme; what it leaves uncovered stays on show."""
    work.require(Action.APPROVE_PLAN)
    area = area or standpoint(work).area
    row = _row(work, year, area)
    if row is None:
        raise NotFound("programme-unknown", thing="programme", value=year)
    if row.state is ProgrammeState.APPROVED:
        raise DrillError("programme-approved-already", thing="programme", value=year)
    row.state, row.approved_at, row.approved_by = ProgrammeState.APPROVED, work.now, work.actor.account
    work.session.add(row)
    work.session.flush()
    _record(work, row, "programme-approved")
    return programme_of(work, year, area=area)


def programmes(work: Work) -> tuple[tuple[int, str, ProgrammeState], ...]:
    """Year, area and state of every adopted programme that the actor's area lies in or contains."""
    work.require(Action.READ_DRILL)
    here = standpoint(work).area
    rows = work.session.exec(select(ProgrammeRow))
    found = ((row.year, row.area, row.state) for row in rows if _touches(row.area, here))
    return tuple(sorted(found))


def several_years(work: Work, first: int, last: int, *, area: str = "") -> tuple[YearLine, ...]:
    """What falls due in each of the years, and the drills there are; each due drill taken as held on its day."""
    work.require(Action.READ_DRILL)
    for year in (first, last):
        _check_year(year)
    area = area or standpoint(work).area
    known = subjects(work, area=area, until=date(first, 1, 1))
    start, end, today = date(first, 1, 1), date(last, 12, 31), local_day(work.now)
    items = due_items(known, rule_pack().rules, start=start, end=end, today=today)
    drills = list_drills(work)
    return tuple(
        YearLine(
            year=year,
            due=tuple(item for item in items if max(item.by or start, start).year == year),
            drills=tuple(drill for drill in drills if drill.year == year and drill.area.startswith(area)),
        )
        for year in range(first, last + 1)
    )


def _due(work: Work, known: Sequence[Subject], year: int, pack: RulePack) -> tuple[DueItem, ...]:
    start, end = date(year, 1, 1), date(year, 12, 31)
    return due_items(known, pack.rules, start=start, end=end, today=local_day(work.now))


def _is_held(drill: Drill | None) -> bool:
    return drill is not None and drill.state in HELD


def _in_order(drills: Iterable[Drill]) -> tuple[Drill, ...]:
    return tuple(sorted(drills, key=lambda drill: (drill.on or date.max, drill.id)))


def _planned(work: Work, year: int, area: str) -> tuple[Drill, ...]:
    return tuple(
        drill for drill in list_drills(work, year) if drill.area.startswith(area) and drill.state is not State.CANCELLED
    )


def _with_free_id(work: Work, drill: Drill) -> Drill:
    """The id of the proposal, unless a drill of an earlier one bears it already."""
    return drill if work.session.get(DrillRow, drill.id) is None else replace(drill, id=work.new_id())


def _row(work: Work, year: int, area: str) -> ProgrammeRow | None:
    rows = select(ProgrammeRow).where(ProgrammeRow.year == year, ProgrammeRow.area == area)
    return work.session.exec(rows).first()


def _start(work: Work, year: int) -> date:
    return max(date(year, 1, 1), local_day(work.now))


def _catch_up(pack: RulePack) -> timedelta:
    return timedelta(days=int(pack.catch_up.value))


def _refuse_foreign(work: Work, area: str) -> None:
    if not changes(work, organisation=None, area=area):
        raise NotAllowed("programme-of-another-body", thing="programme", action=Action.PLAN_DRILL.value)


def _record(work: Work, row: ProgrammeRow, kind: str, **more: object) -> None:
    payload = {"programme": row.id, "year": row.year, "area": row.area, **more}
    events.record(work, f"programme:{row.id}", kind, payload)


def _touches(area: str, here: str) -> bool:
    return area.startswith(here) or here.startswith(area)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DrillError(
            "programme-year-wrong", thing="programme", field="year", value=year, low=FIRST_YEAR, high=LAST_YEAR
        )
