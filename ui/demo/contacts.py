"""Duty telephones of the demo county's units in the register; one was not verified for long, one has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from plans_repo.replacements import correct_contact
from plans_repo.resources import Contact, add_contact
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies

PLACE = "qingchuan"
VERIFIED_ON = date(2026, 9, 10)
LONG_AGO = date(2025, 11, 3)
CHANGED_ON = date(2026, 10, 20)
UNITS = (
    ("县应急局", "0000-6200106"), ("县水利局", "0000-6200107"), ("县气象局", "0000-6200108"),
    ("县公安局", "0000-6200109"), ("县消防救援大队", "0000-6200110"), ("县自然资源局", "0000-6200111"),
    ("县林业局", "0000-6200112"), ("县住建局", "0000-6200113"), ("县城管局", "0000-6200114"),
    ("县交通运输局", "0000-6200115"), ("县发改局", "0000-6200116"), ("县教育局", "0000-6200118"),
    ("县卫健局", "0000-6200119"),
)  # fmt: skip
STALE = "县城管局"
MOVED, NEW_NUMBER = "县住建局", "0000-6200213"


def make_contacts(work: Work, bodies: Bodies) -> None:
    """Enter the telephones, and correct the one that has changed."""
    for name, phone in UNITS:
        day = LONG_AGO if name == STALE else VERIFIED_ON
        kept = add_contact(
            _at(work, day),
            Contact(name="值班员", post="总值班室", phone=phone, organisation=bodies.of(PLACE, name), checked_on=day),
        )
        if name == MOVED:
            correct_contact(_at(work, CHANGED_ON), replace(kept, phone=NEW_NUMBER))


def _at(work: Work, day: date) -> Work:
    return replace(work, now=datetime.combine(day, time(1), tzinfo=UTC))
