"""The programme of a year: what is due, what is proposed, what has been adopted and approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from sqlmodel import select

from drills.access import changes
from drills.answers import answers, out_of_step
from drills.blackouts import blackouts_for
from drills.drill import Drill, State
from drills.due import DueItem, chronicle, due_items, next_due, of_year
from drills.errors import DrillError
from drills.plan_rules import OthersDuty
from drills.proposal import Proposal, Shortfall, propose
from drills.register import engagements, enter, list_drills, value_of
from drills.rules import RulePack, rule_pack
from drills.store.tables import DrillRow, ProgrammeRow, ProgrammeState
from drills.subject import Subject, without_rule
from drills.survey import Survey, subjects, survey
from plans_repo.access import standpoint
from plans_repo.course.working_days import calendar, local_day
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.plans import Plan
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

FIRST_YEAR, LAST_YEAR = 2002, 2098


class Standing(StrEnum):
    """Where a due drill stands towards a drill that answers it."""

    HELD = "held"  # 已演练
    ARRANGED = "arranged"  # 已排
    PROPOSED = "proposed"  # 建议安排
    OPEN = "open"  # 未安排


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The drills of an area in a year against what is due.

    Without *state* nothing has been adopted yet and *drills* are a proposal. *uncovered* are due items no drill answers
    in time, *shortfalls* what the proposal could not place in time and why, *out_of_step* pairs of a plan's drills in
    which the harder comes first, *without_rule* plans for which neither the pack nor their own text has an interval.
    *next_due* is the next day of every plan whatever the year, as of the day *as_of*; *drafts* are plans not issued
    yet, for which nothing runs; *of_others* the drills that plans ask of other bodies; *proposed* those of *drills*
    that are not stored.
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
    next_due: tuple[DueItem, ...]
    as_of: date
    drafts: tuple[Plan, ...] = ()
    of_others: tuple[OthersDuty, ...] = ()
    proposed: tuple[Drill, ...] = ()
    approved_at: datetime | None = None
    approved_by: str = ""

    @property
    def falling_due(self) -> tuple[DueItem, ...]:
        """What falls due in the year or before it; the rest of *due* is there for its drill alone."""
        return tuple(item for item in self.due if not item.is_ahead_of(self.year))

    @property
    def plans_due(self) -> frozenset[str]:
        """The plans that fall due, each once however often it does."""
        return frozenset(item.plan for item in self.falling_due)

    def standing(self, item: DueItem) -> Standing:
        """Where a due item stands towards a drill."""
        if item.is_held:
            return Standing.HELD
        if item in self._open:
            return Standing.OPEN
        is_proposed = item.on is None and not self._proposed_plans.isdisjoint(item.plans)
        return Standing.PROPOSED if is_proposed else Standing.ARRANGED

    def drills_of(self, plans: Iterable[str]) -> tuple[Drill, ...]:
        """The drills of the year that serve any of these plans."""
        places = {place for plan in plans for place in self._places.get(plan, ())}
        return tuple(self.drills[place] for place in sorted(places))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, drill in enumerate(self.drills):
            for plan in drill.plans:
                places.setdefault(plan, []).append(place)
        return places

    @cached_property
    def _open(self) -> frozenset[DueItem]:
        return frozenset(self.uncovered)

    @cached_property
    def _proposed_plans(self) -> frozenset[str]:
        return frozenset(plan for drill in self.proposed for plan in drill.plans)


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """One year of the view over several years."""

    year: int
    due: tuple[DueItem, ...]
    drills: tuple[Drill, ...]


def programme_of(
    work: Work, year: int, *, area: str = "", pack: RulePack | None = None, seen: Survey | None = None
) -> Programme:
    """The programme of *year* for an area, the actor's own unless given: the adopted one, or else a proposal.

    Who asks for several years hands in what was *seen* of that area, so that it is read once.
    """
    work.require(Action.READ_DRILL)
    _check_year(year)
    area, pack = area or standpoint(work).area, pack or rule_pack()
    row, seen, today = _row(work, year, area), seen or survey(work, area=area), local_day(work.now)
    known = seen.subjects
    proposal = None if row else _proposal(work, year, area, pack, known)
    proposed = proposal.drills if proposal else ()
    due = proposal.due if proposal else due_items(known, pack.rules, year=year, today=today)
    there = (*_drills_of(work, {subject.plan for subject in known}), *proposed)
    pairs = answers(due, there, start=max(date(year, 1, 1), today), catch_up=_catch_up(pack))
    drills = _in_order((*_planned(work, year, area), *proposed))
    return Programme(
        year=year,
        area=area,
        state=row.state if row else None,
        due=tuple(item for item, _drill in pairs if not item.is_met_before(year)),
        drills=drills,
        uncovered=tuple(item for item, drill in pairs if drill is None and not item.is_held),
        shortfalls=proposal.shortfalls if proposal else (),
        out_of_step=out_of_step(drills),
        without_rule=without_rule(known, pack.rules),
        next_due=next_due(known, pack.rules),
        as_of=today,
        drafts=seen.drafts,
        of_others=seen.of_others,
        proposed=proposed,
        approved_at=row.approved_at if row else None,
        approved_by=row.approved_by if row else "",
    )


def proposal_of(work: Work, year: int, *, area: str = "", pack: RulePack | None = None) -> Proposal:
    """A proposal for what no known drill of *year* answers yet; nothing is stored."""
    work.require(Action.READ_DRILL)
    _check_year(year)
    area = area or standpoint(work).area
    return _proposal(work, year, area, pack or rule_pack(), subjects(work, area=area))


def _proposal(work: Work, year: int, area: str, pack: RulePack, known: Sequence[Subject]) -> Proposal:
    return propose(
        year,
        known,
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


def several_years(
    work: Work, first: int, last: int, *, area: str = "", seen: Survey | None = None
) -> tuple[YearLine, ...]:
    """What falls due in each of the years, and the drills there are; *seen* as for `programme_of`.

    A drill that has a day is taken as held on it, what has none as held on its last day.
    """
    work.require(Action.READ_DRILL)
    for year in (first, last):
        _check_year(year)
    area = area or standpoint(work).area
    today = local_day(work.now)
    known = (seen or survey(work, area=area)).subjects
    items = chronicle(known, rule_pack().rules, until=date(last, 12, 31), today=today)
    drills = list_drills(work)
    return tuple(
        YearLine(
            year=year,
            due=tuple(item for item in of_year(items, year, today) if not item.is_met_before(year)),
            drills=tuple(drill for drill in drills if drill.year == year and drill.area.startswith(area)),
        )
        for year in range(first, last + 1)
    )


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


def _drills_of(work: Work, known: set[str]) -> tuple[Drill, ...]:
    """Every drill of these plans that was not cancelled, whoever may see it: it counts towards what is due."""
    rows = work.session.exec(select(DrillRow).where(DrillRow.state != State.CANCELLED))
    return tuple(value_of(row) for row in rows if known & set(row.plans))


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
