"""The calendar by month and by year, and the choice of what is on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from drills import blackouts, register
from drills.access import changes
from drills.drill import Drill
from drills.rules import rule_pack
from drills.scheduling import Blackout
from plans_repo import plans
from plans_repo.course.working_days import Calendar, calendar
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui import downloads
from ui.components.address_choice import choose_one, choose_way
from ui.components.counters import show_empty
from ui.components.drill_calendar import blackout_table, clash_table, days, entries, legend, shown_days
from ui.components.drill_names import FORMS, STATES, state_word
from ui.components.drill_table import drill_table
from ui.components.html import join, link, show, tag
from ui.components.month_calendar import show_month_calendar
from ui.sections.calendar_view import Asked, drill_address, month_address, reschedule_address, touches_month
from ui.wording import _, later, n_

MONTH, YEAR = "month", "year"
VIEWS = {MONTH: later("月历"), YEAR: later("全年清单")}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What this person may know of a year: drills, plan titles, days off, periods without drills and their own ones.

    *clashes* are the drills to come whose day is closed, *movable* the ids of those the person may move.
    """

    drills: tuple[Drill, ...]
    titles: Mapping[str, str]
    working: Calendar
    closed: tuple[Blackout, ...]
    ours: tuple[Blackout, ...]
    clashes: tuple[tuple[Drill, tuple[Blackout, ...]], ...]
    movable: frozenset[str]

    @property
    def blocked(self) -> dict[str, str]:
        """The drills that need another day, with the address where they get it if the person may."""
        return {drill.id: self.change_address(drill) for drill, _blocked in self.clashes}

    def change_address(self, drill: Drill) -> str:
        """Where a drill gets another day; nothing for who may not give it one."""
        return reschedule_address(drill) if drill.id in self.movable else ""


def known_of(work: Work, asked: Asked) -> Known:
    """Everything the calendar of the year of *asked* shows."""
    start, end = shown_days(asked.year, asked.month)
    closed = blackouts.blackouts_between(work, min(start, date(asked.year, 1, 1)), max(end, date(asked.year, 12, 31)))
    drills = register.list_drills(work)
    return Known(
        drills=drills,
        titles={plan.id: plan.title for plan in plans.list_plans(work)},
        working=calendar(work),
        closed=closed,
        ours=tuple(item for item in closed if changes(work, organisation=None, area=item.area)),
        clashes=register.clashes(work),
        movable=frozenset(
            drill.id
            for drill in drills
            if work.actor.may(Action.PLAN_DRILL) and changes(work, organisation=drill.organisation, area=drill.area)
        ),
    )


def show_clashes(known: Known) -> None:
    """The drills that need another day, above everything else."""
    if not known.clashes:
        return
    st.warning(n_("{count} 场演练的日期已列为禁演，须改期或取消。", len(known.clashes)))
    show(clash_table(known.clashes, drill_address, known.change_address))


def show_choice(year: int, month: int, titles: Mapping[str, str]) -> tuple[str, Asked]:
    """The controls above the calendar; what they say stands in the address."""
    columns = st.columns([2, 3, 2, 2], vertical_alignment="bottom")
    with columns[0]:
        view = choose_way(_("显示"), list(VIEWS), lambda one: _(VIEWS[one]), key="view")
    plan = choose_one(columns[1], _("预案"), titles, lambda one: titles[one], key="plan", nothing=_("全部"))
    form = choose_one(columns[2], _("形式"), FORMS, lambda one: _(FORMS[one]), key="form", nothing=_("全部"))
    state = choose_one(columns[3], _("状态"), STATES, state_word, key="state", nothing=_("未取消的"))
    return view, Asked(year=year, month=month, plan=plan, form=form, state=state)


def show_month(asked: Asked, known: Known, today: date) -> None:
    """The month as a sheet, and below it why some of its days are closed."""
    start, end = shown_days(asked.year, asked.month)
    hold_days = rule_pack().hold_days
    of_days = days(start, end, calendar=known.working, blackouts=known.closed, today=today, hold_days=hold_days)
    on_sheet = [item for item in asked.fitting(known.drills) if item.on and start <= item.on <= end]
    show_month_calendar(
        asked.year,
        asked.month,
        entries(on_sheet, drill_address, known.blocked),
        address=month_address,
        today=today,
        days=of_days,
    )
    show(legend())
    _show_notice_of(asked.year, known.working)
    closed = [item for item in known.closed if touches_month(item, asked, today)]
    if closed:
        st.subheader(_("本月禁演期"))
        show(blackout_table(closed))


def show_year(asked: Asked, known: Known) -> None:
    """Every drill of the year in one list, those without a day last."""
    show(
        tag(
            "div",
            link("‹ " + _("上年"), month_address(asked.year - 1, asked.month)),
            tag("strong", _("{year}年", year=asked.year)),
            link(_("下年") + " ›", month_address(asked.year + 1, asked.month)),
            cls="yy-month-head",
        )
    )
    _show_notice_of(asked.year, known.working)
    of_year = [item for item in asked.fitting(known.drills) if item.year == asked.year]
    if of_year:
        show(drill_table(of_year, known.titles, drill_address, known.blocked))
    else:
        show_empty(_("本年没有符合条件的演练"), _("放宽上面的条件，或在年度演练计划中拟订演练。"))


def show_ways_on(asked: Asked, known: Known) -> None:
    """The calendar file of the drills of the year that are on show, and the programme of the year."""
    year = asked.year
    count = sum(drill.on is not None and drill.year == year for drill in asked.fitting(known.drills))
    words = (
        n_("下载 {year} 年全部 {count} 次公开演练（含上级、下级组织的）的日历文件（.ics）", count, year=year)
        if asked.is_everything
        else n_("下载 {year} 年符合上述条件的 {count} 次演练的日历文件（.ics）", count, year=year)
    )
    chosen = {"plan": asked.plan, "form": asked.form, "state": asked.state}
    query = {key: str(value) for key, value in chosen.items() if value is not None}
    file = link(words, downloads.address("drill-calendar", str(year), **query))
    show(tag("div", join([file, link(_("年度演练计划"), f"/programme?year={year}")]), cls="yy-facts"))


def _show_notice_of(year: int, working: Calendar) -> None:
    if not working.is_announced(year):
        st.caption(_("{year} 年：调休未公布。放假日暂按法定节日和周末推算，公布后以国务院办公厅通知为准。", year=year))
