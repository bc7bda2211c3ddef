"""Drills, blackouts and the Chinese calendar as entries and days of a month."""

from __future__ import annotations

import calendar as weeks
from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date

from drills.drill import Drill
from drills.scheduling import Blackout, days_between
from plans_repo.course.working_days import Calendar
from ui.components.cells import card_table, unbroken
from ui.components.drill_names import BLACKOUTS, STATES, drill_title, state_word
from ui.components.html import Html, join, link, tag
from ui.components.month_calendar import Day, Entry
from ui.components.plan_names import told
from ui.wording import _, date_text

SATURDAY = 5


def shown_days(year: int, month: int) -> tuple[date, date]:
    """The first and the last day on the sheet of a month, Monday to Sunday.

    >>> shown_days(2026, 11)
    (datetime.date(2026, 10, 26), datetime.date(2026, 12, 6))
    """
    sheet = weeks.Calendar().monthdatescalendar(year, month)
    return sheet[0][0], sheet[-1][-1]


def entries(drills: Iterable[Drill], address: Callable[[Drill], str], blocked: Container[str] = ()) -> list[Entry]:
    """The drills with a day; the state stands before the title as a word, or that a *blocked* one needs another day."""
    return [
        Entry(
            on=drill.on,
            label=f"{drill.at:%H:%M} {drill_title(drill)}" if drill.at else drill_title(drill),
            href=address(drill),
            tone="bad" if drill.id in blocked else STATES[drill.state][1],
            word=_("须改期") if drill.id in blocked else state_word(drill.state),
        )
        for drill in drills
        if drill.on is not None
    ]


def days(
    start: date, end: date, *, calendar: Calendar, blackouts: Sequence[Blackout], today: date, hold_days: int
) -> dict[date, Day]:
    """Every day from *start* to *end*: days off, made-up working days, and why nothing may stand on it."""
    return {
        day: _day(
            day,
            calendar.is_working_day(day),
            [item for item in blackouts if item.covers(day, today=today, hold_days=hold_days)],
        )
        for day in days_between(start, end)
    }


def _day(day: date, is_working: bool, closed: Sequence[Blackout]) -> Day:
    is_weekend = day.weekday() >= SATURDAY
    odd = is_working is is_weekend  # a day off within the week, or a working day at its end
    return Day(
        kind="rest" if not is_working else "work" if odd else "",
        mark=(_("班") if is_working else _("休")) if odd else "",
        closed=bool(closed),
        note=_("、").join(dict.fromkeys(map(short_reason, closed))),
        full=_("；").join(map(reason, closed)),
    )


def reason(blackout: Blackout) -> str:
    """Why there are no drills, in full."""
    return told(blackout.reason, blackout.reason_en)


def short_reason(blackout: Blackout) -> str:
    """The part before the colon: the name of the occasion."""
    return reason(blackout).replace("：", ":").partition(":")[0]


def short_reasons(blackouts: Iterable[Blackout]) -> str:
    """The names of the occasions, each once."""
    return _("、").join(dict.fromkeys(map(short_reason, blackouts)))


def clash_table(
    clashes: Iterable[tuple[Drill, Sequence[Blackout]]], address: Callable[[Drill], str], change: Callable[[Drill], str]
) -> Html:
    """Drills whose day has been blocked since, each with the occasion and the way to another day."""
    rows = [
        [
            unbroken(date_text(drill.on)),
            link(drill_title(drill), address(drill)),
            _("；").join(map(reason, blocked)),
            link(_("改期"), change(drill)) if change(drill) else "—",
        ]
        for drill, blocked in clashes
    ]
    return card_table([_("日期"), _("演练"), _("禁演原因"), _("办理")], rows)


def blackout_table(blackouts: Sequence[Blackout]) -> Html:
    """The periods without drills, each with its kind and its reason."""
    rows = [[period_text(item), _(BLACKOUTS[item.kind]), reason(item)] for item in blackouts]
    return card_table([_("期间"), _("类别"), _("原因")], rows)


def period_text(blackout: Blackout) -> Html:
    """From when to when; a warning in force is still open."""
    if blackout.end_on is None:
        return join([unbroken(date_text(blackout.start_on)), _(" 起，尚未解除")])
    if blackout.end_on == blackout.start_on:
        return unbroken(date_text(blackout.start_on))
    return join([unbroken(date_text(blackout.start_on)), " — ", unbroken(date_text(blackout.end_on))])


def legend() -> Html:
    """What the colours and signs mean, in words."""
    signs = [
        tag("span", tag("i", cls="yy-key-closed"), _("禁演期")),
        tag("span", tag("b", _("休"), cls="yy-key-rest"), _("调休放假")),
        tag("span", tag("b", _("班"), cls="yy-key-work"), _("调休上班")),
    ]
    return tag("div", *signs, cls="yy-legend")
