"""Working days in China: statutory holidays, make-up days, and what an administrator has entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays
from sqlmodel import select

from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.accounts import WorkdayOverrideRow
from plans_repo.store.work import Work

__all__ = ["SATURDAY", "ZONE", "Calendar", "DueDay", "calendar", "check_year", "local_day"]

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 2001, 2099
SATURDAY = 5
"""What ``weekday`` counts it as; before it lie the days one works on."""


@dataclass(frozen=True, kw_only=True)
class DueDay:
    """The last day of a limit; *is_provisional* when a year it crosses has no notice yet (调休未公布)."""

    on: date
    is_provisional: bool


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Working days, with the days an administrator has entered from the State Council's notice."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """True for a working day, make-up days (调休) among them.

        >>> Calendar().is_working_day(date(2026, 2, 14)), Calendar().is_working_day(date(2026, 2, 20))
        (True, False)
        """
        check_year(day)
        if day in self.overrides:
            return self.overrides[day]
        return _is_statutory(day)

    def is_announced(self, year: int) -> bool:
        """Whether the make-up days of *year* are known: from the library, or from a notice that was entered.

        Every notice since 2001 has weekend days one works on; a single day off somebody entered is no notice.

        >>> Calendar().is_announced(2026), Calendar().is_announced(2040)
        (True, False)
        """
        made_up = (day for day, is_workday in self.overrides.items() if is_workday and day.weekday() >= SATURDAY)
        return any(day.year == year for day in (*_year(year).weekend_workdays, *made_up))

    def after(self, start: date, working_days: int) -> DueDay:
        """The day on which so many working days have passed; the start itself does not count.

        Twenty working days over the Spring Festival of 2026, with two make-up Saturdays:

        >>> Calendar().after(date(2026, 2, 2), 20)
        DueDay(on=datetime.date(2026, 3, 6), is_provisional=False)
        """
        day, left = start, working_days
        while left:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return DueDay(on=day, is_provisional=not all(map(self.is_announced, {start.year, day.year})))

    def between(self, start: date, end: date) -> int:
        """Working days after *start* up to and including *end*; negative when *end* is earlier.

        >>> Calendar().between(date(2026, 9, 30), date(2026, 10, 10))
        3
        """
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))


def calendar(work: Work) -> Calendar:
    """The calendar with what has been entered."""
    rows = work.session.exec(select(WorkdayOverrideRow))
    return Calendar(overrides={row.day: row.is_workday for row in rows})


def local_day(instant: datetime) -> date:
    """The date in Shanghai at *instant*; deadlines are local dates.

    >>> local_day(datetime.fromisoformat("2026-11-20T16:30:00Z"))
    datetime.date(2026, 11, 21)
    """
    return instant.astimezone(ZONE).date()


@cache
def _year(year: int) -> HolidayBase:
    return country_holidays("CN", years=year, expand=False)


@cache
def _is_statutory(day: date) -> bool:
    """Whether the notices of the State Council make it a working day; asked for the same days over and over."""
    return _year(day.year).is_working_day(day)


def check_year(day: date) -> None:
    """Refuse a day of a year for which nobody has a calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PlansRepoError(
            "year-out-of-range",
            thing="day",
            field="year",
            rule=f"must lie in {FIRST_YEAR}-{LAST_YEAR}",
            value=day.year,
            low=FIRST_YEAR,
            high=LAST_YEAR,
        )
