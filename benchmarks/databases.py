"""The database a measurement runs in: SQLite or PostgreSQL, for this once or kept in a folder and used again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy
from sqlmodel import Session

from plans_repo.store.database import migrate
from plans_repo.store.engine import is_sqlite
from plans_repo.store.work import sqlite_url
from tests import postgresql_server, tools_present
from ui.installation import BRANCHES

NAME = "yuyan_scale"


def server_ms(session: Session) -> float:
    """Processor time so far of the process of PostgreSQL that answers; 0 for SQLite, and where the system is silent."""
    if is_sqlite(session.get_bind()):
        return 0.0
    pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    told = Path(f"/proc/{pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e6 if told.exists() else 0.0


@contextmanager
def database(engine: str, keep: Path | None) -> Iterator[str]:
    """The address of an up-to-date database; with *keep* it is the same one every time."""
    with _sqlite(keep) if engine == "sqlite" else _postgresql(keep) as url:
        migrate(url, BRANCHES)
        yield url


@contextmanager
def _sqlite(keep: Path | None) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="yuyan-scale-") as folder:
        data = keep or Path(folder)
        data.mkdir(exist_ok=True, parents=True)
        yield sqlite_url(data)


@contextmanager
def _postgresql(keep: Path | None) -> Iterator[str]:
    if keep is None:
        with postgresql_server.running_server() as server, postgresql_server.empty_database(server) as url:
            yield url
        return
    with _kept_server(keep.resolve()) as server:
        yield _database_of(server)


@contextmanager
def _kept_server(folder: Path) -> Iterator[str]:
    """A server on the loopback address whose data stay in *folder*, with the settings PostgreSQL comes with."""
    programs = tools_present.postgresql_programs()
    assert programs, tools_present.NO_POSTGRESQL
    folder.mkdir(exist_ok=True, parents=True)
    if owner := postgresql_server.owner():
        shutil.chown(folder, owner)
    port = postgresql_server.free_port()
    postgresql_server.start(programs, folder, port)
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        postgresql_server.call(
            programs / "pg_ctl", "stop", "--pgdata", folder / "data", "--mode=fast", folder=folder, check=False
        )


def _database_of(server: str) -> str:
    address = sqlalchemy.make_url(server)
    engine = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        asked = sqlalchemy.text("SELECT 1 FROM pg_database WHERE datname = :name")
        if connection.execute(asked, {"name": NAME}).first() is None:
            connection.execute(sqlalchemy.text(f"CREATE DATABASE {NAME}"))
    return address.set(database=NAME).render_as_string(hide_password=False)
