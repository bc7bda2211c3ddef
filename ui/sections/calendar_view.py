"""What is asked of the calendar, read from the address, and the addresses that lead on from there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from drills.drill import Drill, Form, State
from drills.programme import FIRST_YEAR, LAST_YEAR
from ui.installation import here
from ui.wording.formats import HERE

PAGE = "/calendar"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The month looked at and what the drills on show must be; without a choice, everything but what is cancelled."""

    year: int
    month: int
    plan: str | None = None
    form: Form | None = None
    state: State | None = None

    def fits(self, drill: Drill) -> bool:
        """Whether a drill is among those asked for."""
        return (
            (self.plan is None or self.plan in drill.plans)
            and (self.form is None or drill.type.form is self.form)
            and (drill.state is not State.CANCELLED if self.state is None else drill.state is self.state)
        )

    def fitting(self, drills: Iterable[Drill]) -> list[Drill]:
        """The drills asked for, in their order."""
        return [drill for drill in drills if self.fits(drill)]


def today() -> date:
    """The day in China."""
    return here().store.clock().astimezone(HERE).date()


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
    return _address(month=f"{year}-{month:02}", drill="")


def drill_address(drill: Drill | str) -> str:
    """The calendar with one drill opened, month and filters kept."""
    return _address(drill=drill if isinstance(drill, str) else drill.id)


def _address(**changes: str) -> str:
    kept = {key: value for key, value in st.query_params.items() if key != "lang"}
    asked = {key: value for key, value in {**kept, **changes}.items() if value}
    return f"{PAGE}?{urlencode(asked)}" if asked else PAGE
