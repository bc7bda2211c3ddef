"""`/download/drill-calendar/YEAR`: the drills of a year that may be known, as iCalendar text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from drills.calendar_file import calendar_file
from drills.programme import FIRST_YEAR, LAST_YEAR
from plans_repo.errors import NotFound
from plans_repo.store.work import Work
from ui.downloads import File, download
from ui.wording import _, language

ICALENDAR = "text/calendar; charset=utf-8"


@download("drill-calendar")
def drill_calendar(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """What the person may see; a sealed drill is no known one, so it cannot be in it."""
    if not (id_.isdecimal() and FIRST_YEAR <= int(id_) <= LAST_YEAR):
        raise NotFound("download-unknown", thing="download", field="year", value=id_)
    year = int(id_)
    data = calendar_file(work, date(year, 1, 1), date(year, 12, 31), language=language())
    return File(name=_("{year}年演练日历.ics", year=year), data=data, media_type=ICALENDAR)
