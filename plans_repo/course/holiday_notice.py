"""The notice of days off 放假安排 of a year: read from its own words, checked against the calendar, entered whole.

Each autumn the General Office of the State Council says which days of the coming year are off and which weekend days
are made up for (Regulation on Public Holidays for National Annual Festivals and Memorial Days, article 7: weekends
that are exchanged are announced). Until then limits that reach into the year are reckoned by weekends alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from plans_repo import access
from plans_repo.course import clocks
from plans_repo.course.clocks import Recounted
from plans_repo.course.working_days import SATURDAY, calendar, check_year
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import WorkdayOverrideRow
from plans_repo.store.work import Work

MOST_NUMBER = 200
MOST_TEXT = 20_000
MOST_DAYS_OFF = 15
"""Longer than any holiday that was ever announced; more in one run is a slip of the pen."""

WEEKDAYS = "一二三四五六日"
_DAY = r"(?:(?P<year{0}>\d{{4}})年)?(?:(?P<month{0}>\d{{1,2}})月)?(?P<day{0}>\d{{1,2}})日(?:\((?P<beside{0}>[^)]*)\))?"
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_RUN = re.compile(_DAY.format("") + r"(?:[至到\-~–—]+" + _DAY.format("_to") + r")?")
_COUNT = re.compile(r"共(\d{1,2})天|放假(\d{1,2})天")
_YEAR = re.compile(r"(\d{4})年部分节假日")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a notice says of a *year*: its document *number* and, by day, whether one works on it.

    A day off at the end of December before belongs to it, when New Year's holiday begins there.
    """

    year: int
    number: str
    days: Mapping[date, bool]

    def __post_init__(self) -> None:
        check_year(date(self.year, 1, 1))
        if not 0 < len(self.number.strip()) <= MOST_NUMBER:
            raise _refused("notice-number", "number", f"must have 1 to {MOST_NUMBER} characters", self.number)
        if not self.days:
            raise _refused("notice-unreadable", "text", "must name days off", self.year)
        for day, is_workday in self.days.items():
            if day.year != self.year and (day.year, day.month) != (self.year - 1, 12):
                raise _refused("notice-other-year", "text", f"must be of {self.year}", day.isoformat())
            if is_workday and day.weekday() < SATURDAY:
                raise _refused("notice-not-made-up", "text", "must lie on a weekend", day.isoformat())

    @property
    def off(self) -> tuple[date, ...]:
        """The days off, in order."""
        return tuple(sorted(day for day, is_workday in self.days.items() if not is_workday))

    @property
    def made_up(self) -> tuple[date, ...]:
        """The weekend days on which one works, in order."""
        return tuple(sorted(day for day, is_workday in self.days.items() if is_workday))


@dataclass(frozen=True, kw_only=True)
class Special:
    """A day that is not what its weekday makes it, and where that is known from; *number* is "" for the library."""

    day: date
    is_workday: bool
    number: str


def read_notice(text: str, year: int, number: str) -> Notice:
    """The notice whose words are *text*; weekdays and counts it gives are checked, and a slip refuses it.

    >>> words = "二、春节:2月15日(农历腊月二十八、周日)至23日(周一)放假调休,共9天。2月14日(周六)上班。"
    >>> found = read_notice(words, 2026, "国办发明电〔2025〕7号")
    >>> len(found.off), found.made_up
    (9, (datetime.date(2026, 2, 14),))
    """
    if len(text) > MOST_TEXT:
        raise _refused("notice-too-long", "text", f"must be <= {MOST_TEXT} characters", len(text))
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    titled = _YEAR.search(plain)
    if titled is not None and int(titled[1]) != year:
        raise _refused("notice-other-year", "text", f"must be of {year}", f"{titled[1]}年")
    days: dict[date, bool] = {}
    for sentence in re.split("[。;]", plain):
        told, off, rest = sentence.partition("放假")
        if off:
            days |= dict.fromkeys(_days_off(sentence, year), False)
        before, works, _further = (rest if off else told).partition("上班")
        if works:
            days |= dict.fromkeys(_named(before, year), True)
    return Notice(year=year, number=number.strip(), days=days)


def enter_notice(work: Work, notice: Notice) -> tuple[Recounted, ...]:
    """Keep a notice in place of what was entered of its year before; the clocks that ran on other days, counted anew.

    Those of plans the actor sees are told. Limits told to somebody in a letter stay as they were told.
    """
    work.require(Action.MANAGE_CALENDAR)
    if not may_enter(work):
        raise NotAllowed("notice-of-the-area", thing="notice", field="number", value=notice.number)
    before = calendar(work)
    _forget(work, notice.year)
    for day, is_workday in sorted(notice.days.items()):
        work.session.merge(
            WorkdayOverrideRow(
                day=day,
                is_workday=is_workday,
                note=notice.number,
                entered_by=work.actor.account,
                entered_at=work.now,
            )
        )
    work.session.flush()
    payload = {"year": notice.year, "number": notice.number, "off": notice.off, "made_up": notice.made_up}
    events.record(work, "calendar", "notice-entered", payload)
    moved = clocks.recount(work, before)
    seen = access.visible_ids(work, {one.plan for one in moved})
    return tuple(one for one in moved if one.plan in seen)


def may_enter(work: Work) -> bool:
    """Whether the actor enters notices: the calendar is everybody's here, so that it takes a body that oversees."""
    return work.actor.may(Action.MANAGE_CALENDAR) and access.standpoint(work).oversees


def special_days(work: Work, year: int) -> tuple[Special, ...]:
    """The days of a year that are not what their weekday makes them, in order."""
    check_year(date(year, 1, 1))
    known = calendar(work)
    notes = {row.day: row.note for row in work.session.exec(select(WorkdayOverrideRow))}
    every = (date(year, 1, 1) + timedelta(days=count) for count in range(366))
    return tuple(
        Special(day=day, is_workday=known.is_working_day(day), number=notes.get(day, ""))
        for day in every
        if day.year == year and known.is_working_day(day) != (day.weekday() < SATURDAY)
    )


def _forget(work: Work, year: int) -> None:
    """Take out what was entered of a year, with the days of December before that the same notices told."""
    since = select(WorkdayOverrideRow).where(col(WorkdayOverrideRow.day) >= date(year - 1, 12, 1))
    rows = [row for row in work.session.exec(since) if row.day.year <= year]
    numbers = {row.note for row in rows if row.day.year == year}
    for row in rows:
        if row.day.year == year or row.note in numbers:
            work.session.delete(row)
    work.session.flush()


def _days_off(sentence: str, year: int) -> list[date]:
    """The days of the holiday a sentence tells, which must be as many as it says."""
    found = _named(sentence.split("放假")[0], year)
    counted = _COUNT.search(sentence)
    said = int(counted[1] or counted[2]) if counted else len(found)
    if said != len(found):
        raise _refused("notice-count", "text", f"must be {len(found)} days", said, sentence=sentence, found=len(found))
    return found


def _named(words: str, year: int) -> list[date]:
    """The days named behind the name of a holiday and its colon."""
    return [day for run in _runs(words.rpartition(":")[2], year) for day in run]


def _runs(words: str, year: int) -> Iterator[list[date]]:
    """The runs of days some words name; the month holds until another is named."""
    month: int | None = None
    for match in _RUN.finditer(words):
        first, month = _day(match, "", year, month)
        last = first
        if match["day_to"] is not None:
            last, month = _day(match, "_to", first.year, month)
        length = (last - first).days + 1
        if not 1 <= length <= MOST_DAYS_OFF:
            raise _refused("notice-run", "text", f"must have 1 to {MOST_DAYS_OFF} days", match[0])
        yield [first + timedelta(days=count) for count in range(length)]


def _day(match: re.Match[str], which: str, year: int, month: int | None) -> tuple[date, int]:
    """One day of a run, held against the weekday beside it."""
    said_month = int(match[f"month{which}"] or month or 0)
    try:
        day = date(int(match[f"year{which}"] or year), said_month, int(match[f"day{which}"]))
    except ValueError:
        raise _refused("notice-no-such-day", "text", "must be a day of the calendar", match[0]) from None
    weekday = _WEEKDAY.search(match[f"beside{which}"] or "")
    if weekday is not None and WEEKDAYS.index(weekday[1].replace("天", "日")) != day.weekday():
        is_on = f"周{WEEKDAYS[day.weekday()]}"
        raise _refused("notice-weekday", "text", f"must be {is_on}", match[0], day=day, weekday=is_on)
    return day, said_month


def _refused(code: str, field: str, rule: str, value: object, **more: object) -> PlansRepoError:
    return PlansRepoError(code, thing="notice", field=field, rule=rule, value=value, **more)
