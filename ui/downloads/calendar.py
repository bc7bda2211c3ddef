"""`/download/drill-calendar/YEAR`: the drills of a year that may be known, as iCalendar text.

`?plan=`, `?form=` and `?state=` narrow it as the filters of the page do.
"""

from __future__ import annotations

from collections.abc import Mapping

from drills.calendar_file import calendar_file
from drills.drill import Form, State
from drills.programme import FIRST_YEAR, LAST_YEAR
from drills.register import list_drills
from drills.selection import Selection
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
    chosen = _selection(query)
    name = _("{year}年演练日历", year=id_) if chosen.is_everything else _("{year}年演练日历（部分）", year=id_)
    data = calendar_file(chosen.fitting(list_drills(work, int(id_))), stamp=work.now, name=name, language=language())
    return File(name=f"{name}.ics", data=data, media_type=ICALENDAR)


def _selection(query: Mapping[str, str]) -> Selection:
    try:
        return Selection(
            plan=query.get("plan") or None,
            form=Form(query["form"]) if query.get("form") else None,
            state=State(query["state"]) if query.get("state") else None,
        )
    except ValueError as error:
        raise NotFound("download-unknown", thing="download", field="filter", value=str(error)) from error
