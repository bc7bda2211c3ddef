"""Known drills as a calendar file. Sealed drills are not known, so they cannot be in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from drills.drill import Drill, State
from drills.register import drills_between
from plans_repo.course.working_days import ZONE
from plans_repo.store.work import Work

MARKER = {"zh": "【演练】", "en": "[DRILL] "}
"""Stands first in every title: nobody may take the entry for a real emergency."""

PRODUCT = "-//Yuyan//Drills//ZH"
STATUS = {State.PLANNED: "TENTATIVE"}


def calendar_file(work: Work, start: date, end: date, *, language: str = "zh") -> bytes:
    """The drills with a day from *start* to *end* as iCalendar text (RFC 5545)."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    for drill in drills_between(work, start, end):
        file.add_component(_event(drill, work.now, language))
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
