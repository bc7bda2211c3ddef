"""Duty telephones of the demo county's units in the register; one was not verified for long, one has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from plans_repo.contacts import Contact, add_contact
from plans_repo.replacements import correct_contact
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies
from ui.demo.sources import entries

PLACE = "qingchuan"
VERIFIED_ON = date(2026, 9, 10)
LONG_AGO = date(2025, 11, 3)
CHANGED_ON = date(2026, 10, 20)
STALE = "县城管局"
MOVED, NEW_NUMBER = "县住建局", "0000-6200213"


def make_contacts(work: Work, bodies: Bodies) -> None:
    """Enter the telephones of the county's headquarters, units and townships, and correct the one that has changed."""
    for entry in entries(PLACE, "organisation"):
        day = LONG_AGO if entry["name"] == STALE else VERIFIED_ON
        kept = add_contact(
            _at(work, day),
            Contact(
                name="值班员", post="总值班室", phone=entry["duty_phone"], organisation=bodies.of(PLACE, entry["id"]),
                checked_on=day,
            ),
        )  # fmt: skip
        if entry["name"] == MOVED:
            correct_contact(_at(work, CHANGED_ON), replace(kept, phone=NEW_NUMBER))


def _at(work: Work, day: date) -> Work:
    return replace(work, now=datetime.combine(day, time(1), tzinfo=UTC))
