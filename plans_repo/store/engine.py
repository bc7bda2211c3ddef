"""Open a database: SQLite for one office, PostgreSQL for many."""

from __future__ import annotations

import time
from sqlite3 import SQLITE_BUSY, OperationalError
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

BUSY_TIMEOUT_MS = 15_000  # a writer waits this long for another writer, then says so
RETRY_S = 0.01
CACHE_KIB = 32_000
"""Pages kept by a connection: the lists of ten thousand plans fit in it."""
POSTGRESQL = "-c jit=off -c work_mem=32MB -c random_page_cost=1.1"
"""Lists of ten thousand plans are sorted in memory; compiling a question takes longer than answering it; discs and
memory of today hardly mind in which order pages are read."""
SAMPLE_ROWS = 1000
"""Rows of each index that are looked at for its statistics."""
WRITES = "yuyan_writes"  # execution option: this connection is going to write


def open_engine(url: str) -> Engine:
    """An engine for *url* with the settings this house relies on.

    PostgreSQL plans every statement for its own values: a plan kept from when a table was empty, or for a rare
    word, takes seconds for a full table or a common one.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(url, pool_pre_ping=True, connect_args={"prepare_threshold": None, "options": POSTGRESQL})


def keep_statistics(engine: Engine) -> None:
    """Let the database count what its tables hold, so that it finds short ways through large ones.

    SQLite does so only when it is told; it looks at a sample, which takes a fraction of a second. PostgreSQL counts
    by itself.
    """
    if is_sqlite(engine):
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            connection.exec_driver_sql(f"PRAGMA analysis_limit={SAMPLE_ROWS}")
            connection.exec_driver_sql("ANALYZE")


def is_sqlite(engine: Engine | Connection) -> bool:
    """True for SQLite, false for PostgreSQL."""
    return engine.dialect.name == "sqlite"


def _sqlite(url: str) -> Engine:
    in_memory = make_url(url).database in (None, "", ":memory:")
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(url, connect_args={"check_same_thread": False}, **pool)
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def _settings(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours, see _begin
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"cache_size=-{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: SqliteConnection) -> None:
    """Readers and a writer side by side.

    The busy timeout does not cover this turn: where several connections open a new file in one moment, SQLite refuses
    all but one at once, so the others ask again for as long as they would have waited.
    """
    until_s = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except OperationalError as refusal:
            if refusal.sqlite_errorcode != SQLITE_BUSY or time.monotonic() > until_s:
                raise
            time.sleep(RETRY_S)
        else:
            return


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: SQLite gives up, without waiting, on a reader that turns writer."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
