"""Notice which covered rows a piece of work writes, until an event vouches for what it leaves behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, and_, event, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

from plans_repo.store.anchors import (
    AT_ONCE,
    BEFORE_DIGITS,
    COVERED,
    Anchor,
    anchor,
    key_of,
    row_digest,
    rows_of,
    vouched,
)
from plans_repo.store.batches import batched

_CHANGED = "rows no event speaks of yet"
_KEYS_AT_ONCE = 200

Key = tuple[Any, ...]


class WatchedSession(Session):
    """A session that remembers the covered rows it has written."""


def unspoken(session: Session) -> bool:
    """Whether covered rows were written since the last event."""
    session.flush()
    return bool(session.info.get(_CHANGED))


def left_behind(session: Session) -> list[Anchor]:
    """The anchors of all covered rows written since the last event; they count as spoken of from now on.

    The rows are read anew: what another writer has changed of them meanwhile stands in the database only.
    """
    session.flush()
    changed: dict[str, dict[Key, str]] = session.info.pop(_CHANGED, {})
    return [one for table, keys in changed.items() for one in _anchors(session, table, keys)]


def found(session: Session, *, but: Collection[tuple[str, str]]) -> Iterator[Sequence[Anchor]]:
    """In handfuls, the anchors of all rows as they are; one that no longer fits what was said of it keeps that.

    *but* are the tables and keys of rows that are spoken of anyway.
    """
    known = vouched(session)
    some: list[Anchor] = []
    for table in COVERED:
        for values in every_row(session, table):
            name = table, key_of(table, values)
            said = known.get(name)
            if name in but or (said and not said.fits(table, values)):
                continue
            some.append(anchor(table, values))
            if len(some) == AT_ONCE:
                yield some
                some = []
    yield some


def as_they_were(changed: Sequence[Anchor]) -> Sequence[Anchor]:
    """What can be said of rows that have been changed already: what they were before."""
    return [Anchor(one.table, one.key, one.before) for one in changed if one.before]


def has_rows(session: Session) -> bool:
    """Whether there is any covered row."""
    return any(session.execute(select_columns(*rows_of(table).primary_key).limit(1)).first() for table in COVERED)


def every_row(session: Session, table: str) -> Iterator[dict[str, Any]]:
    """The values of all rows of a covered table, in no order."""
    query = select_columns(*rows_of(table).columns).execution_options(yield_per=AT_ONCE)
    with session.execute(query) as rows:  # a cursor of the server is closed also when a row cannot be read
        for row in rows:
            yield dict(row._mapping)


def _anchors(session: Session, table: str, before: Mapping[Key, str]) -> Iterator[Anchor]:
    present, keys = {}, list(before)
    columns = tuple(rows_of(table).primary_key)
    for some in batched(keys, _KEYS_AT_ONCE):
        for row in session.execute(_rows(table, some)):
            one = anchor(table, dict(row._mapping))
            present[one.key] = one
    names = [column.key for column in columns]
    for key in keys:
        word = key_of(table, dict(zip(names, key, strict=True)))
        yield replace(present.get(word) or Anchor(table, word), before=before[key])


def _rows(table: str, keys: Sequence[Key]) -> Select[Any]:
    columns = tuple(rows_of(table).primary_key)
    named = or_(*(and_(*(column == value for column, value in zip(columns, key, strict=True))) for key in keys))
    return select_columns(*rows_of(table).columns).where(named)


@event.listens_for(WatchedSession, "before_flush")
def _note_before(session: AnySession, _context: object, _instances: object) -> None:
    """Remember what the rows were that are about to be changed or deleted, as they stand in the database.

    Otherwise a change made past the product would be covered up by the next one made with it.
    """
    for row in (*session.dirty, *session.deleted):
        table = str(getattr(row, "__tablename__", ""))
        if table in COVERED and (row in session.deleted or session.is_modified(row)):
            noted, key = _noted(session, table), _key(table, row)
            if key not in noted:
                found = session.connection().execute(_rows(table, [key]).with_for_update()).first()
                noted[key] = row_digest(table, dict(found._mapping))[:BEFORE_DIGITS] if found else ""


@event.listens_for(WatchedSession, "after_flush")
def _note_new(session: AnySession, _context: object) -> None:
    for row in session.new:
        table = str(getattr(row, "__tablename__", ""))
        if table in COVERED:
            _noted(session, table).setdefault(_key(table, row), "")


def _noted(session: AnySession, table: str) -> dict[Key, str]:
    found: dict[Key, str] = session.info.setdefault(_CHANGED, {}).setdefault(table, {})
    return found


def _key(table: str, row: object) -> Key:
    return tuple(getattr(row, column.key) for column in rows_of(table).primary_key)


@event.listens_for(WatchedSession, "do_orm_execute")
def _refuse_past_events(state: ORMExecuteState) -> None:
    """Rows written past the session would be left without an event."""
    if state.is_select or not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(getattr(state.statement, "table", None), "name", "")
    if table in COVERED:
        raise TypeError(f"rows of {table} are written one by one, so that an event vouches for them")
