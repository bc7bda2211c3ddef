"""The demo's catalogue: every line that a rule asks for, or a plan stands on, has its code."""

from __future__ import annotations

from datetime import date

from plans_repo.store.roles import Role
from plans_repo.writing import catalogue
from ui.demo.papers import working_day
from ui.demo.sources import CITY
from ui.demo.texts import As

PLACES = ("qingchuan", "shiling", CITY)
"""The counties before their city, so that each numbers its own."""


def make_catalogue(on: As, today: date) -> None:
    """The catalogue taken up in each place, once its plans are there."""
    for place in PLACES:
        catalogue.take_up(on(Role.PLAN_AUTHOR, place, working_day(today)))
