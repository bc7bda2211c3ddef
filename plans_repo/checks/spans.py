"""Adds a span of a rule to a day, on the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from sim.figure import Figure


def added(day: date, span: Figure) -> date:
    """The day a span after *day*: months and years on the calendar, days as days.

    >>> from sim.figure import Mark
    >>> added(date(2024, 2, 29), Figure(value=3, unit="year", source="s", mark=Mark.READ))
    datetime.date(2027, 2, 28)
    """
    count = int(span.value)
    if span.unit == "day":
        return day + timedelta(days=count)
    months = day.month - 1 + count * (12 if span.unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
