"""By when the proposed lines of a year's work plan might be done: spread over the year, no body with all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from plans_repo.course.working_days import Calendar
from plans_repo.packs.reading import pack


@dataclass
class SpreadDays:
    """The days left in a year for lines of a work plan; those of *taken* (who leads, when due) already stand there.

    A line goes into the month with the fewest lines, of those into the one with the fewest of its leading body, of
    those into the earliest: what is placed first is due first. A line that was accepted keeps its place, so that the
    days of the others stay as they were proposed.
    """

    year: int
    today: date
    calendar: Calendar
    taken: Iterable[tuple[str, date]] = ()
    _lines: Counter[int] = field(init=False, default_factory=Counter)
    _of_body: Counter[tuple[str, int]] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        for lead, due_on in self.taken:
            if due_on.year == self.year:
                self._count(lead, due_on)

    def place(self, lead: str, until: date) -> date:
        """A working day for a line that *lead* leads, not later than *until*; the first line gets the first month.

        What had to be done before any of the months is to be done by that day, or if it is past at once.
        """
        months = [month for month in _due()["months"] if self._is_open(month, until)]
        if not months:
            return self.set(lead, max(min(until, self._day(12)), self.today, self._day(1)))
        month = min(months, key=lambda one: (self._lines[one], self._of_body[lead, one], one))
        return self.set(lead, self._day(month))

    def set(self, lead: str, due_on: date) -> date:
        """A line whose day is not chosen, because a rule or a person has set it."""
        self._count(lead, due_on)
        return due_on

    def _count(self, lead: str, due_on: date) -> None:
        self._lines[due_on.month] += 1
        self._of_body[lead, due_on.month] += 1

    def _is_open(self, month: int, until: date) -> bool:
        day = self._day(month)
        return day >= self.today + timedelta(days=_due()["notice_days"]) and day <= until

    def _day(self, month: int) -> date:
        day = date(self.year, month, _due()["day"])
        while not self.calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day


@cache
def _due() -> dict[str, Any]:
    found: dict[str, Any] = pack("rules", "work_plan")["due"]
    return found
