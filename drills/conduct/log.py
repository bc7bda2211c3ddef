"""The log of play in the database: read, written behind its last line, looked over for changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from sqlmodel import col, select

from drills.conduct.entry import OF_CLOCK, Entry, EntryKind
from drills.scripts.script import Script
from drills.store.tables import DrillRow, EntryRow, ScriptRow
from plans_repo.store.work import Work
from sim.plain import digest, unplain

FIRST = "0" * 64
"""What the first line follows."""
UNSCRIPTED_MIN = 60
"""How long a drill without a script lasts where nobody has said."""


def entries(work: Work, drill_id: str, *, behind: int = 0) -> tuple[Entry, ...]:
    """The lines of a drill's log as they were written, those behind place *behind* alone; whoever asks."""
    return tuple(map(entry_of, rows_of(work, drill_id, behind=behind)))


def rows_of(work: Work, drill_id: str, *, behind: int = 0) -> Sequence[EntryRow]:
    """The rows of a drill's log, first to last."""
    query = select(EntryRow).where(EntryRow.drill_id == drill_id, EntryRow.seq > behind).order_by(col(EntryRow.seq))
    return work.session.exec(query).all()


def is_begun(work: Work, drill_id: str) -> bool:
    """Whether play of a drill was begun here."""
    query = select(EntryRow.id).where(EntryRow.drill_id == drill_id).limit(1)
    return work.session.exec(query).first() is not None


def standstill(work: Work, drill_id: str) -> Entry | None:
    """The line that stopped play, while it is stopped."""
    last = work.session.exec(
        select(EntryRow)
        .where(EntryRow.drill_id == drill_id, col(EntryRow.kind).in_(OF_CLOCK))
        .order_by(col(EntryRow.seq).desc())
        .limit(1)
    ).first()
    return entry_of(last) if last is not None and last.kind is EntryKind.STOPPED else None


def append(work: Work, drill_id: str, several: Sequence[tuple[Entry, str]]) -> int:
    """Write lines behind the last one, each with what may not be written twice; answers how many were new.

    The drill's row is held meanwhile, so that two writers follow one another. What a device took down and the log has
    already is left out.
    """
    work.session.get(DrillRow, drill_id, with_for_update=True, populate_existing=True)
    last = work.session.exec(
        select(EntryRow).where(EntryRow.drill_id == drill_id).order_by(col(EntryRow.seq).desc()).limit(1)
    ).first()
    seq, previous = (last.seq, last.hash) if last else (0, FIRST)
    known = _known(work, drill_id, [entry.id for entry, _once in several if entry.device])
    made = []
    for entry, once in several:
        if entry.id in known:
            continue
        seq += 1
        row = _row(work, drill_id, entry, once, seq=seq, previous=previous)
        previous = row.hash
        made.append(row)
    work.session.add_all(made)
    work.session.flush()
    return len(made)


def now_of(work: Work, drill_id: str) -> datetime:
    """The instant of a new line: now, never before the last line written at the server."""
    latest = work.session.exec(
        select(EntryRow.at)
        .where(EntryRow.drill_id == drill_id, EntryRow.device == "")
        .order_by(col(EntryRow.seq).desc())
        .limit(1)
    ).first()
    return work.now if latest is None else max(work.now, latest)


def script_of(work: Work, drill: DrillRow, entries: Iterable[Entry]) -> Script:
    """The script play was begun with; without one, an empty one as long as the drill."""
    begun = next((one for one in entries if one.kind is EntryKind.STARTED), None)
    query = select(ScriptRow).where(ScriptRow.drill_id == drill.id).order_by(col(ScriptRow.revision).desc())
    if begun is not None:
        query = query.where(ScriptRow.hash == begun.about)
    found = work.session.exec(query).first()
    if found is None:
        return Script(duration_min=max(1, drill.duration_min or UNSCRIPTED_MIN))
    return _read(found.hash, found.data)


def first_changed(work: Work, drill_id: str) -> int | None:
    """The place of the first line that no longer fits what was written, or None where all do.

    The lines lie in the order of their places, without a gap, each bound to the one before it.
    """
    previous = FIRST
    for place, row in enumerate(rows_of(work, drill_id), start=1):
        if row.seq != place or row.previous != previous or row.hash != _hash(row):
            return place
        previous = row.hash
    return None


def entry_of(row: EntryRow) -> Entry:
    """The line of a row."""
    return Entry(
        id=row.id, kind=row.kind, at=row.at, by=row.by, name=row.name, unit=row.unit, about=row.about,
        minute=row.minute, speed=row.speed, text=row.text, device=row.device,
    )  # fmt: skip


@lru_cache(maxsize=8)  # a page that looks every two seconds reads a script once
def _read(_hash: str, data: str) -> Script:
    return unplain(Script, json.loads(data))


def _known(work: Work, drill_id: str, ids: list[str]) -> set[str]:
    query = select(EntryRow.id).where(EntryRow.drill_id == drill_id, col(EntryRow.id).in_(ids))
    return set(work.session.exec(query))


def _row(work: Work, drill_id: str, entry: Entry, once: str, *, seq: int, previous: str) -> EntryRow:
    row = EntryRow(
        id=entry.id, drill_id=drill_id, seq=seq, kind=entry.kind, at=entry.at, by=entry.by, name=entry.name,
        unit=entry.unit, about=entry.about, minute=entry.minute, speed=entry.speed, text=entry.text,
        device=entry.device, once=once, recorded_at=work.now, previous=previous, hash="",
    )  # fmt: skip
    row.hash = _hash(row)
    return row


def _hash(row: EntryRow) -> str:
    return digest(
        {"drill": row.drill_id, "seq": row.seq, "entry": entry_of(row), "once": row.once,
         "recorded_at": row.recorded_at, "previous": row.previous}
    )  # fmt: skip
