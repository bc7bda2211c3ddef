"""What is asked of the calendar, read from the address, and the addresses that lead on from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from drills.drill import Drill
from drills.programme import FIRST_YEAR, LAST_YEAR
from drills.rules import rule_pack
from drills.scheduling import Blackout
from drills.selection import Selection
from ui.installation import here
from ui.wording.formats import HERE

PAGE = "/calendar"
RESCHEDULE = "reschedule"


@dataclass(frozen=True, kw_only=True)
class Asked(Selection):
    """The month looked at and what the drills on show must be."""

    year: int
    month: int


def today() -> date:
    """The day in China."""
    return here().store.clock().astimezone(HERE).date()


def touches_month(blackout: Blackout, asked: Asked, day: date) -> bool:
    """Whether a period has a day in the month, as far as is known on *day*."""
    last_day = blackout.last_day(today=day, hold_days=rule_pack().hold_days)
    first, last = (blackout.start_on.year, blackout.start_on.month), (last_day.year, last_day.month)
    return first <= (asked.year, asked.month) <= last


def month_of(words: str, day: date) -> tuple[int, int]:
    """The month written as `2026-11`; that of *day* when it is no month a programme can be made for.

    >>> month_of("2027-03", date(2026, 11, 20)), month_of("2027-13", date(2026, 11, 20))
    ((2027, 3), (2026, 11))
    """
    try:
        asked = date.fromisoformat(f"{words}-01")
    except ValueError:
        return day.year, day.month
    return (asked.year, asked.month) if FIRST_YEAR <= asked.year <= LAST_YEAR else (day.year, day.month)


def month_address(year: int, month: int) -> str:
    """The calendar at another month, the filters kept."""
    return _address(month=f"{year}-{month:02}", drill="", step="")


def drill_address(drill: Drill | str) -> str:
    """The calendar with one drill opened, month and filters kept."""
    return _address(drill=drill if isinstance(drill, str) else drill.id, step="")


def design_address(drill_id: str) -> str:
    """The page on which a drill is designed."""
    return f"/drill?id={drill_id}"


def play_address(drill_id: str) -> str:
    """The page on which a drill is played."""
    return f"/play?id={drill_id}"


def reschedule_address(drill: Drill) -> str:
    """The calendar with one drill opened at the form for another day, month and filters kept."""
    return _address(drill=drill.id, step=RESCHEDULE)


def wants_reschedule() -> bool:
    """Whether the address asks for the form for another day."""
    return st.query_params.get("step", "") == RESCHEDULE


def elsewhere_address(drill: Drill, *, step: str = "") -> str:
    """Where a drill is shown, as a link from another page.

    >>> elsewhere_address(Drill(id="7", title="演练", year=2027, on=date(2027, 3, 24)), step="reschedule")
    '/calendar?month=2027-03&drill=7&step=reschedule'
    """
    month = {"month": f"{drill.on:%Y-%m}"} if drill.on else {}
    return f"{PAGE}?{urlencode({**month, 'drill': drill.id} | ({'step': step} if step else {}))}"


def _address(**changes: str) -> str:
    kept = {key: value for key, value in st.query_params.items() if key != "lang"}
    asked = {key: value for key, value in {**kept, **changes}.items() if value}
    return f"{PAGE}?{urlencode(asked)}" if asked else PAGE
