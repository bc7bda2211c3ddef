"""Known drills as a calendar file. Sealed drills are not known, so they cannot be in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from drills.drill import Drill, State
from plans_repo.course.working_days import ZONE

MARKER = {"zh": "【演练】", "en": "[DRILL] "}
"""Stands first in every title: nobody may take the entry for a real emergency."""

PRODUCT = "-//Yuyan//Drills//ZH"
STATUS = {State.PLANNED: "TENTATIVE", State.CANCELLED: "CANCELLED"}
ZONE_FROM, ZONE_TO = date(1992, 1, 1), date(2099, 1, 1)
"""The years for which the file explains its time zone: China has kept one offset since the last summer time of 1991."""


def calendar_file(drills: Iterable[Drill], *, stamp: datetime, name: str = "", language: str = "zh") -> bytes:
    """The drills with a day as iCalendar text (RFC 5545), its time zone explained in it; *name* says what it holds."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    if name:
        file.add("x-wr-calname", name)
    for drill in drills:
        if drill.on is not None:
            file.add_component(_event(drill, stamp, language))
    file.add_missing_timezones(first_date=ZONE_FROM, last_date=ZONE_TO)
    return bytes(file.to_ical())


def _event(drill: Drill, stamp: datetime, language: str) -> Event:
    event = Event()
    title = drill.title_en if language == "en" and drill.title_en else drill.title
    event.add("uid", f"{drill.id}@yuyan")
    event.add("dtstamp", stamp)
    event.add("summary", MARKER[language] + title)
    event.add("status", STATUS.get(drill.state, "CONFIRMED"))
    if drill.place:
        event.add("location", drill.place)
    _add_time(event, drill)
    return event


def _add_time(event: Event, drill: Drill) -> None:
    """A whole day until an hour is known."""
    assert drill.on is not None
    if drill.at is None:
        event.add("dtstart", drill.on)
        event.add("dtend", drill.on + timedelta(days=1))
        return
    start = datetime.combine(drill.on, drill.at, tzinfo=ZONE)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=drill.duration_min or 60))
