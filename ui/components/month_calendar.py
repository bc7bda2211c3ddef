"""A month as a grid of days with links."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ui.components.html import Html, join, link, show, tag
from ui.wording import _, language


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something on a day: a label, a word before it, where it leads and a tone (good, bad, open, warn, plain)."""

    on: date
    label: str
    href: str = ""
    tone: str = "plain"
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a day is apart from its entries.

    *kind* is a day off (`rest`) or a made-up working day (`work`), *mark* one sign beside the number (休, 班);
    *closed* is a day on which nothing may stand, *note* says why in short, *full* in full.
    """

    kind: str = ""
    mark: str = ""
    closed: bool = False
    note: str = ""
    full: str = ""


def show_month_calendar(
    year: int,
    month: int,
    entries: Iterable[Entry],
    *,
    address: Callable[[int, int], str],
    today: date | None = None,
    days: dict[date, Day] | None = None,
) -> None:
    """Put the month on the page; *address* gives the link of another month."""
    show(month_calendar(year, month, entries, address=address, today=today, days=days))


def month_calendar(
    year: int,
    month: int,
    entries: Iterable[Entry],
    *,
    address: Callable[[int, int], str],
    today: date | None = None,
    days: dict[date, Day] | None = None,
) -> Html:
    """The month, Monday first, with links to the months beside it."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.on, []).append(entry)
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    rows = [
        tag("tr", *(_cell(on, month, by_day.get(on, []), today, (days or {}).get(on)) for on in week)) for week in weeks
    ]
    head = tag("tr", *(tag("th", name) for name in _weekdays()))
    body = tag("table", tag("thead", head), tag("tbody", *rows), cls="yy-month")
    return tag("div", _head(year, month, address), tag("div", body, cls="yy-scroll"))


def month_name(year: int, month: int) -> str:
    """A month as a heading.

    >>> month_name(2026, 11)
    '2026年11月'
    """
    return f"{year}年{month}月" if language() == "zh" else f"{date(year, month, 1):%B} {year}"


def _head(year: int, month: int, address: Callable[[int, int], str]) -> Html:
    before = (year - 1, 12) if month == 1 else (year, month - 1)
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    return tag(
        "div",
        link("‹ " + _("上月"), address(*before)),
        tag("strong", month_name(year, month)),
        link(_("下月") + " ›", address(*after)),
        cls="yy-month-head",
    )


def _cell(on: date, month: int, entries: list[Entry], today: date | None, day: Day | None) -> Html:
    day = day or Day()
    classes = {
        "yy-out": on.month != month,
        "yy-today": on == today,
        f"yy-day-{day.kind}": bool(day.kind),
        "yy-day-closed": day.closed,
        "yy-day-bare": not entries and not day.note,
    }
    return tag(
        "td",
        tag("span", on.day, cls="yy-number"),
        tag("span", _weekdays()[on.weekday()], cls="yy-weekday"),
        tag("span", day.mark, cls="yy-day-mark") if day.mark else "",
        tag("small", day.note, title=day.full) if day.note else "",
        join(map(_entry, entries)),
        cls=" ".join(name for name, holds in classes.items() if holds),
    )


def _entry(entry: Entry) -> Html:
    cls = f"yy-entry yy-{entry.tone}"
    label = join([tag("b", entry.word), " ", entry.label]) if entry.word else entry.label
    return link(label, entry.href, cls) if entry.href else tag("span", label, cls=cls)


def weekday_name(day: date) -> str:
    """What the day of the week is called: 周一."""
    return _weekdays()[day.weekday()]


def _weekdays() -> list[str]:
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
