"""What happened, in chains that show every later change.

Each event carries the hash of the one before it in its chain. A second chain, that of
the heads, runs through all events in the order they were written and is signed with a
key that lies outside the database. Payloads hold person ids, never personal data.
An event also vouches for the rows written since the one before it (`plans_repo.store.anchors`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from plans_repo.store import vouching
from plans_repo.store.anchors import ROWS, Anchor
from plans_repo.store.engine import is_sqlite
from plans_repo.store.signing import SCHEME, HeadKey
from plans_repo.store.tables.events import EventRow, HeadRow
from sim.plain import canonical

if TYPE_CHECKING:
    from plans_repo.store.work import Work

HASH_NAME = "sha256"
START = "0" * 64
STATE_CHAIN = "rows"
"""The chain that begins with the state the rows were in when events first vouched for them."""
TAKEN_OVER, KEPT = "state-taken-over", "rows-kept"
_LOCK = 0x79757961  # one number for all processes: the head chain is written by one at a time


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to the subject of a chain."""

    chain: str
    position: int
    kind: str
    at: datetime
    account: str
    os_user: str
    payload: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """The newest link of the chain of heads, as printed on papers."""

    position: int
    hash: str
    signature: str
    key: str


def record(work: Work, chain: str, kind: str, payload: Mapping[str, Any]) -> Event:
    """Append an event to *chain*; it is stored, or not, together with the rest of *work*.

    It vouches for every covered row that *work* has written since its last event.
    """
    _one_writer(work.session)
    if rows := vouching.left_behind(work.session):
        _begin(work, rows)
    return _append(work, chain, kind, payload, rows)


def keep(work: Work) -> None:
    """Vouch for rows that were written after the last event of *work*, if any were."""
    if vouching.unspoken(work.session):
        record(work, STATE_CHAIN, KEPT, {})


def take_over(work: Work) -> None:
    """Vouch for all rows as they are found, once, in a store whose events did not; later it changes nothing."""
    keep(work)
    if not is_begun(work.session) and vouching.has_rows(work.session):
        _one_writer(work.session)
        _begin(work, ())


def is_begun(session: Session) -> bool:
    """Whether events of this store vouch for all covered rows."""
    return _last(session, STATE_CHAIN) is not None


def _begin(work: Work, spoken: Sequence[Anchor]) -> None:
    if is_begun(work.session):
        return
    but = {(one.table, one.key) for one in spoken}
    batches = [*vouching.found(work.session, but=but), vouching.as_they_were(spoken)]
    for rows in list(filter(None, batches)) or [[]]:
        _append(work, STATE_CHAIN, TAKEN_OVER, {"found": len(rows)}, rows)


def _append(work: Work, chain: str, kind: str, payload: Mapping[str, Any], rows: Sequence[Anchor]) -> Event:
    last = _last(work.session, chain)
    whole = {**payload, ROWS: [one.plain() for one in rows]} if rows else payload
    row = EventRow(
        chain=chain,
        position=last.position + 1 if last else 1,
        kind=kind,
        at=work.now,
        account_id=work.actor.account,
        os_user=work.actor.os_user,
        payload=canonical(whole).decode(),
        previous=last.hash if last else START,
        hash="",
        hash_name=HASH_NAME,
    )
    row.hash = event_hash(row)
    work.session.add(row)
    work.session.flush()
    _extend_heads(work, row)
    return _event(row)


def history(work: Work, chain: str) -> tuple[Event, ...]:
    """The events of a chain, oldest first."""
    rows = work.session.exec(select(EventRow).where(EventRow.chain == chain).order_by(col(EventRow.position)))
    return tuple(_event(row) for row in rows)


def newest_head(work: Work) -> Head | None:
    """The head to print on papers, or None before the first event."""
    row = _last_head(work.session)
    return None if row is None else Head(position=row.position, hash=row.hash, signature=row.signature, key=row.key)


def event_hash(row: EventRow) -> str:
    """The hash that binds an event to its content, its place and the event before it."""
    return _digest(
        {
            "chain": row.chain,
            "position": row.position,
            "kind": row.kind,
            "at": row.at,
            "account": row.account_id,
            "os_user": row.os_user,
            "payload": row.payload,
            "previous": row.previous,
            "hash_name": row.hash_name,
        }
    )


def head_bytes(row: HeadRow) -> bytes:
    """What is hashed and signed of a head."""
    return canonical(
        {
            "position": row.position,
            "chain": row.chain,
            "event_position": row.event_position,
            "event_hash": row.event_hash,
            "previous": row.previous,
            "scheme": row.scheme,
            "key": row.key,
        }
    )


def head_hash(row: HeadRow) -> str:
    """The hash of a head."""
    return hashlib.sha256(head_bytes(row)).hexdigest()


def in_order(session: Session) -> Iterator[EventRow]:
    """All events, chain by chain."""
    yield from session.exec(select(EventRow).order_by(col(EventRow.chain), col(EventRow.position)))


def heads(session: Session) -> Iterator[HeadRow]:
    """All heads in the order they were written."""
    yield from session.exec(select(HeadRow).order_by(col(HeadRow.position)))


def _digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def _event(row: EventRow) -> Event:
    return Event(
        chain=row.chain,
        position=row.position,
        kind=row.kind,
        at=row.at,
        account=row.account_id,
        os_user=row.os_user,
        payload={name: value for name, value in json.loads(row.payload).items() if name != ROWS},
        hash=row.hash,
    )


def _one_writer(session: Session) -> None:
    if not is_sqlite(session.get_bind()):  # SQLite has one writer anyway
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _last(session: Session, chain: str) -> EventRow | None:
    return session.exec(
        select(EventRow).where(EventRow.chain == chain).order_by(col(EventRow.position).desc()).limit(1)
    ).first()


def _last_head(session: Session) -> HeadRow | None:
    return session.exec(select(HeadRow).order_by(col(HeadRow.position).desc()).limit(1)).first()


def _extend_heads(work: Work, event: EventRow) -> None:
    last = _last_head(work.session)
    row = HeadRow(
        position=last.position + 1 if last else 1,
        chain=event.chain,
        event_position=event.position,
        event_hash=event.hash,
        previous=last.hash if last else START,
        hash="",
        signature="",
        scheme=SCHEME if work.key else "",
        key=work.key.name if work.key else "",
    )
    row.hash = head_hash(row)
    row.signature = work.key.sign(head_bytes(row)) if work.key else ""
    work.session.add(row)
    work.session.flush()
    if work.key:
        _remember(work, work.key, row.position, row.hash)


def _remember(work: Work, key: HeadKey, position: int, head: str) -> None:
    work.after_commit(lambda: key.remember(position, head))


def chain_of_plan(plan_id: str) -> str:
    """The name of a plan's chain."""
    return f"plan:{plan_id}"
