"""From what an organiser allows to a slate: the very days, times and lots that may be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from drills.blackouts import blackouts_for
from drills.drill import DOUBLE_BLIND, Blindness, Content, DrillType, Form
from drills.errors import DrillError
from drills.register import engagements
from drills.rules import rule_pack
from drills.scheduling import Constraints, Days
from drills.sealing.lot import Closed, Lot, Slate
from plans_repo import plans, scenarios
from plans_repo.access import standpoint
from plans_repo.course.working_days import calendar, local_day
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

TIMES = ("09:00", "10:00", "14:30", "15:30")
COMPREHENSIVE_LIVE = DrillType(content=Content.COMPREHENSIVE, form=Form.LIVE)
TITLE, TITLE_EN = "无脚本双盲演练", "Unscripted double-blind drill"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the organiser allows a sealed drill to be.

    *units* are drawn *units_count* at a time, all of them when it is missing. Without *scenarios*, those the first
    plan's procedure answers. *area* is the actor's own unless given.
    """

    window_from: date
    window_to: date
    plans: tuple[str, ...] = ()
    title: str = TITLE
    title_en: str = TITLE_EN
    type: DrillType = COMPREHENSIVE_LIVE
    blindness: frozenset[Blindness] = DOUBLE_BLIND
    days: Days = Days.WORKING
    times: tuple[str, ...] = TIMES
    places: tuple[Lot, ...] = ()
    units: tuple[Lot, ...] = ()
    units_count: int | None = None
    scenarios: tuple[Lot, ...] = ()
    duration_min: int = 240
    area: str = ""

    def __post_init__(self) -> None:
        if self.window_to < self.window_from:
            raise DrillError(
                "draw-window-backwards", thing="draw", field="window", rule=f"must be >= {self.window_from}",
                value=self.window_to, start=self.window_from,
            )  # fmt: skip
        for moment in self.times:
            _check_time(moment)


def slate_for(work: Work, wish: Wish) -> Slate:
    """The slate of a wish as things stand: working days, blackouts, warnings, and the units' known drills.

    Only what everybody may know enters; another sealed drill does not.
    """
    work.require(Action.SEAL_DRILL)
    area = wish.area or standpoint(work).area
    constraints = _constraints(work, wish, area)
    days = constraints.feasible(wish.window_from, wish.window_to)
    if not days:
        raise DrillError(
            "draw-no-day", thing="draw", field="window", rule="needs one day that will do",
            value=f"{wish.window_from} - {wish.window_to}", start=wish.window_from, end=wish.window_to,
            obstacles=tuple(obstacle for obstacle, _ in constraints.why_not(wish.window_from, wish.window_to)),
        )  # fmt: skip
    return Slate(
        window_from=wish.window_from,
        window_to=wish.window_to,
        days=days,
        times=tuple(sorted(set(wish.times))),
        places=wish.places,
        units=wish.units,
        units_count=len(wish.units) if wish.units_count is None else wish.units_count,
        scenarios=wish.scenarios or _scenarios(work, wish.plans),
        closed=_closed(constraints, wish),
        engaged=_engaged(constraints, wish),
        gap_days=constraints.gap_days,
    )


def _constraints(work: Work, wish: Wish, area: str) -> Constraints:
    pack = rule_pack()
    return Constraints(
        today=local_day(work.now),
        calendar=calendar(work),
        blackouts=blackouts_for(work, area),
        engagements=engagements(work),
        units=frozenset(lot.id for lot in wish.units),
        days=wish.days,
        gap_days=pack.gap_days,
        hold_days=pack.hold_days,
        lead_days=1,
    )


def _closed(constraints: Constraints, wish: Wish) -> tuple[Closed, ...]:
    known = {"today": constraints.today, "hold_days": constraints.hold_days}
    periods = ((item, item.last_day(**known)) for item in constraints.blackouts)  # type: ignore[arg-type]
    return tuple(
        Closed(start_on=item.start_on, end_on=last, reason=item.reason)
        for item, last in periods
        if item.start_on <= wish.window_to and last >= wish.window_from
    )


def _engaged(constraints: Constraints, wish: Wish) -> tuple[date, ...]:
    near = timedelta(days=constraints.gap_days)
    days = {item.on for item in constraints.engagements if item.units & constraints.units}
    return tuple(sorted(day for day in days if wish.window_from - near < day < wish.window_to + near))


def _scenarios(work: Work, plan_ids: Sequence[str]) -> tuple[Lot, ...]:
    """The scenarios the first plan's procedure answers; of its hazard where it has none yet."""
    found = [plans.plan(work, plan_id) for plan_id in plan_ids]
    if not found or not found[0].hazard:
        return ()
    procedure = plans.procedure_of(work, found[0].id) if found[0].version else None
    able = scenarios.scenarios_for(work, procedure) if procedure else scenarios.list_scenarios(work, found[0].hazard)
    return tuple(Lot(id=item.id) for item in able)


def _check_time(moment: str) -> None:
    try:
        is_time = time.fromisoformat(moment).strftime("%H:%M") == moment
    except ValueError:
        is_time = False
    if not is_time:
        raise DrillError("draw-time-malformed", thing="draw", field="times", rule="must look like 09:30", value=moment)
