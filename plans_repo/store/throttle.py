"""Slowing down those who guess: failures are counted per account name and per address."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlmodel import Session

from plans_repo.store.insertion import insert_missing
from plans_repo.store.tables.accounts import ThrottleRow

FREE_PER_NAME = 5  # failures before the first delay
FREE_PER_ADDRESS = 20  # an office behind one address makes more mistakes
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def delay(failures: int, free: int) -> timedelta:
    """How long the door stays shut after so many failures; it doubles each time.

    >>> [delay(n, 5).seconds for n in (4, 5, 6, 7, 20)]
    [0, 30, 60, 120, 900]
    """
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def keys(name: str, address: str) -> tuple[tuple[str, int], ...]:
    """The counters an attempt touches, with their free failures; names are hashed, they may be mistyped secrets."""
    digest = hashlib.sha256(name.strip().lower().encode()).hexdigest()
    return ((f"name:{digest}", FREE_PER_NAME), (f"address:{address}"[:80], FREE_PER_ADDRESS))


def blocked_until(session: Session, name: str, address: str, now: datetime) -> datetime | None:
    """Until when this name or address has to wait, or None."""
    rows = (session.get(ThrottleRow, key) for key, _free in keys(name, address))
    waits = [row.blocked_until for row in rows if row and row.blocked_until and row.blocked_until > now]
    return max(waits, default=None)


def count_failure(session: Session, name: str, address: str, now: datetime) -> None:
    """Count an attempt as failed; ``forgive`` takes it back when it was not.

    Counting first keeps many attempts at once from slipping through together.
    """
    for key, free in keys(name, address):
        row = _row(session, key, now)
        row.failures += 1
        row.failed_at = now
        wait = delay(row.failures, free)
        row.blocked_until = now + wait if wait else None


def forgive(session: Session, name: str, address: str) -> None:
    """Forget the failures of this name, and one of the address, after a success."""
    (name_key, _), (address_key, _) = keys(name, address)
    if row := session.get(ThrottleRow, name_key):
        session.delete(row)
    if row := session.get(ThrottleRow, address_key):
        row.failures = max(0, row.failures - 1)
        row.blocked_until = None


def _row(session: Session, key: str, now: datetime) -> ThrottleRow:
    insert_missing(session, ThrottleRow, [{"key": key, "failures": 0, "failed_at": now}])
    row = session.get_one(ThrottleRow, key, with_for_update=True)
    if row.failed_at + FORGOTTEN_AFTER < now:
        row.failures = 0
    return row
