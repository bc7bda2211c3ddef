import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from plans_repo.errors import NotAllowed
from plans_repo.store import audit, events
from plans_repo.store.database import migrate
from plans_repo.store.engine import open_engine
from plans_repo.store.roles import Role
from plans_repo.store.signing import HeadKey
from plans_repo.store.work import Actor, Store, new_uuid
from tests.plans_repo.conftest import StillClock, person

AUDITOR = person("auditor", Role.AUDIT_ADMINISTRATOR)
CHAINS = ("plan:a", "plan:b", "accounts")


def test_events_of_a_chain_are_numbered_and_linked(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        first = events.record(work, "plan:a", "plan-created", {"title": "防汛预案"})
        events.record(work, "plan:b", "plan-created", {})
        second = events.record(work, "plan:a", "moved", {"to": "review"})
    with store.reading(author) as work:
        assert events.history(work, "plan:a") == (first, second)
        assert [event.position for event in events.history(work, "plan:a")] == [1, 2]
        assert first.os_user == "tester"


def test_an_untouched_store_is_valid(store: Store, author: Actor) -> None:
    fill(store, author)
    with store.reading(AUDITOR) as work:
        assert audit.verify(work) == audit.Verification(events=9, valid=True, first_bad=None)


def test_only_the_auditor_verifies(store: Store, author: Actor) -> None:
    with store.reading(author) as work, pytest.raises(NotAllowed):
        audit.verify(work)


@pytest.mark.parametrize("statement", ["UPDATE {table} SET hash = ''", "DELETE FROM {table}"])
@pytest.mark.parametrize("table", ["event", "head"])
def test_the_database_refuses_to_change_or_delete_events(
    store: Store, author: Actor, table: str, statement: str
) -> None:
    fill(store, author)
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement.format(table=table)))
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_a_removed_guard_is_noticed(store: Store, author: Actor) -> None:
    fill(store, author)
    on = "" if store.engine.dialect.name == "sqlite" else " ON event"
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER event_no_update{on}"))
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).first_bad == audit.Fault(where="table event", why="not-guarded")


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HeadKey]:
    """A small store whose guards have been taken away."""
    folder = tmp_path_factory.mktemp("pristine")
    key = HeadKey.in_directory(folder / "keys")
    path = folder / "a.sqlite3"
    migrate(f"sqlite:///{path}")
    store = Store(open_engine(f"sqlite:///{path}"), clock=StillClock(), new_id=new_uuid, key=key)
    fill(store, person("author", Role.PLAN_AUTHOR))
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("PRAGMA journal_mode=DELETE")
    return path, key


COLUMNS = {
    "event": ("chain", "position", "kind", "at", "account_id", "os_user", "payload", "previous", "hash", "hash_name"),
    "head": (
        "position", "chain", "event_position", "event_hash", "previous", "hash", "signature", "scheme", "key",
    ),
}  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.sampled_from([(table, column) for table, columns in COLUMNS.items() for column in columns]),
    row=st.integers(0, 8),
    byte=st.integers(0, 400),
    bit=st.integers(0, 7),
)
@example(place=("event", "at"), row=0, byte=10, bit=0)  # the blank between date and time
@example(place=("head", "signature"), row=0, byte=3, bit=5)  # a hexadecimal digit in capitals
def test_any_flipped_bit_is_found(
    pristine: tuple[Path, HeadKey], tmp_path: Path, place: tuple[str, str], row: int, byte: int, bit: int
) -> None:
    original, key = pristine
    path = Path(shutil.copy(original, tmp_path / "copy.sqlite3"))
    flip(path, *place, row=row, byte=byte, bit=bit)
    fault = verified(path, key).first_bad
    assert fault is not None
    assert fault.why != "not-guarded"


@pytest.mark.parametrize("row", range(9))
def test_the_first_altered_event_is_named(pristine: tuple[Path, HeadKey], tmp_path: Path, row: int) -> None:
    original, key = pristine
    path = Path(shutil.copy(original, tmp_path / "copy.sqlite3"))
    chain, position = flip(path, "event", "payload", row=row, byte=3, bit=0)
    assert verified(path, key).first_bad == audit.Fault(where=f"{chain}#{position}", why="altered")


def test_events_cut_off_at_the_end_are_missed(pristine: tuple[Path, HeadKey], tmp_path: Path) -> None:
    original, key = pristine
    path = Path(shutil.copy(original, tmp_path / "copy.sqlite3"))
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM event WHERE chain = 'plan:b' AND position = 3")
        raw.execute("DELETE FROM head WHERE position = 9")
    assert verified(path, key).first_bad == audit.Fault(where="head#9", why="cut-off")


def test_a_whole_chain_forged_without_the_key_is_found(pristine: tuple[Path, HeadKey], tmp_path: Path) -> None:
    _original, key = pristine
    path = tmp_path / "copy.sqlite3"
    migrate(f"sqlite:///{path}")
    forger = Store(open_engine(f"sqlite:///{path}"), clock=StillClock(), new_id=new_uuid, key=HeadKey.fresh())
    fill(forger, person("author", Role.PLAN_AUTHOR))
    forger.close()
    assert verified(path, key).first_bad == audit.Fault(where="head#1", why="signature-wrong")


def fill(store: Store, actor: Actor) -> None:
    for number in range(3):
        with store.work(actor) as work:
            for chain in CHAINS[number:] + CHAINS[:number]:
                events.record(work, chain, "edited", {"number": number, "说明": "修改"})


def flip(path: Path, table: str, column: str, *, row: int, byte: int, bit: int) -> tuple[str, int]:
    """Flip a bit of a stored value, wherever it lies; the row's first two columns are given back."""
    with closing(sqlite3.connect(path)) as raw, raw:
        order = "chain, position" if table == "event" else "position"
        (rowid, kind, value, first, second) = raw.execute(
            f"SELECT rowid, typeof({column}), CAST({column} AS BLOB), {order.split(',')[0]}, position "
            f"FROM {table} ORDER BY {order} LIMIT 1 OFFSET ?",
            (row,),
        ).fetchone()
        changed = bytearray(value)
        changed[byte % len(changed)] ^= 1 << bit
        new = "CAST(? AS TEXT)" if kind == "text" else "?"
        stored: object = bytes(changed) if kind == "text" else int(value) + (1 << (bit + 5))
        raw.execute(f"UPDATE {table} SET {column} = {new} WHERE rowid = ?", (stored, rowid))
    return first, second


def verified(path: Path, key: HeadKey) -> audit.Verification:
    engine = open_engine(f"sqlite:///{path}")
    try:
        with Session(engine) as session:
            return audit.verification(session, key)
    finally:
        engine.dispose()
