"""Publishing the beacon of the day into its append-only table, and reading it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlmodel import col, select

from drills.errors import DrillError
from drills.sealing.beacon import HASH_NAME, START, Beacon, beacon_hash, cells_of, chain_fault
from drills.sealing.pledges import pledge_of
from drills.sealing.vault import Vault
from drills.store.tables import BeaconRow
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.actor import SYSTEM
from plans_repo.store.work import Store, Work

CHAIN = "beacon"

PutCell = Callable[[int, bytes], None]


def keep_beacon(store: Store, vault: Vault) -> Beacon:
    """The beacon of today, published if it is not yet; for the launcher, every hour, and before a draw."""
    try:
        with store.work(SYSTEM) as work:
            return publish(work, vault)
    except PlansRepoError as error:
        if error.code != "row-exists-already":
            raise
    with store.work(SYSTEM) as work:  # another process was first; its beacon is the beacon
        return publish(work, vault)


def publish(work: Work, vault: Vault) -> Beacon:
    """Publish the beacon of today, once; anybody may, for it says nothing.

    Its hash goes into the event chain, and with it into the signed heads. A day on which the installation did not
    run has no beacon.
    """
    today, last = local_day(work.now), newest(work)
    if last is not None and last.day >= today:
        return last
    with vault.contents() as contents:
        _refill(vault, contents.cells, last, contents.put_cell)
        block = b"".join(contents.cells) + bytes.fromhex(pledge_of(vault.nonce_of(today)))
        contents.changed = True
    previous = last.hash if last else START
    beacon = Beacon(day=today, block=block, previous=previous, hash=beacon_hash(today, block, previous))
    work.session.add(_row(beacon, work))
    work.session.flush()
    events.record(work, CHAIN, "beacon-published", {"day": beacon.day, "hash": beacon.hash})
    work.after_commit(lambda: _empty(vault, beacon))
    return beacon


def beacons(work: Work, first: date | None = None, last: date | None = None) -> tuple[Beacon, ...]:
    """The published beacons, oldest first; public."""
    rows = select(BeaconRow).order_by(col(BeaconRow.day))
    if first is not None:
        rows = rows.where(BeaconRow.day >= first)
    if last is not None:
        rows = rows.where(BeaconRow.day <= last)
    return tuple(_beacon(row) for row in work.session.exec(rows))


def newest(work: Work) -> Beacon | None:
    """The newest beacon, or none."""
    row = work.session.exec(select(BeaconRow).order_by(col(BeaconRow.day).desc()).limit(1)).first()
    return _beacon(row) if row else None


def beacon_of(work: Work, day: date) -> Beacon:
    """The beacon of a day."""
    row = work.session.get(BeaconRow, day)
    if row is None:
        raise DrillError("beacon-missing", thing="beacon", field="day", rule="must have been published", value=day)
    return _beacon(row)


def first_bad_beacon(work: Work) -> date | None:
    """The day of the first beacon that does not fit the chain, or none; for ``yuyan audit verify``."""
    return chain_fault(beacons(work))


def _empty(vault: Vault, beacon: Beacon) -> None:
    """Give every published cell new random bytes; a deposit made in the meantime stays."""
    with vault.contents() as contents:
        _refill(vault, contents.cells, beacon, contents.put_cell)


def _refill(vault: Vault, cells: tuple[bytes, ...], published: Beacon | None, put: PutCell) -> None:
    """A cell that stands in a beacon already is never published twice."""
    old = cells_of(published.block) if published else ()
    for number, cell in enumerate(cells):
        if cell in old:
            put(number, vault.random(len(cell)))


def _row(beacon: Beacon, work: Work) -> BeaconRow:
    return BeaconRow(
        day=beacon.day,
        block=beacon.block,
        previous=beacon.previous,
        hash=beacon.hash,
        hash_name=HASH_NAME,
        published_at=work.now,
    )


def _beacon(row: BeaconRow) -> Beacon:
    return Beacon(day=row.day, block=row.block, previous=row.previous, hash=row.hash)
