"""A PostgreSQL server that lives as long as the tests: own folder, own port on the loopback address."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy

from tests import tools_present

UNPRIVILEGED = ("postgres", "nobody")  # initdb refuses to work for root


@contextmanager
def running_server() -> Iterator[str]:
    """Give the address of a server's maintenance database: the one named in the environment, else one of our own."""
    named = os.environ.get("YUYAN_TEST_POSTGRESQL")
    if named:
        yield named
        return
    programs = tools_present.postgresql_programs()
    assert programs, tools_present.NO_POSTGRESQL
    with server_of_our_own(programs) as address:
        yield address


@contextmanager
def server_of_our_own(programs: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="yuyan-postgresql-"))
    port = free_port()
    try:
        if owner():
            shutil.chown(folder, owner())
        start(programs, folder, port)
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        call(programs / "pg_ctl", "stop", "--pgdata", folder / "data", "--mode=immediate", folder=folder, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def start(programs: Path, folder: Path, port: int) -> None:
    """Start a server that trusts loopback and does not wait for the disk: it holds test data only."""
    data = folder / "data"
    if not data.exists():
        call(programs / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8",
             "--locale=C", "--no-sync", folder=folder)  # fmt: skip
    options = f"-h 127.0.0.1 -p {port} -k '{folder}' -F"
    call(programs / "pg_ctl", "start", "--wait", "--pgdata", data, "--log", folder / "log", "--options", options,
         folder=folder)  # fmt: skip


def call(*words: str | Path, folder: Path, check: bool = True) -> None:
    """Run one of PostgreSQL's programs; its output goes to a file, for the server inherits it and keeps a pipe open."""
    with (folder / "said").open("a+") as said:
        done = subprocess.run(words, cwd=folder, stdout=said, stderr=subprocess.STDOUT, user=owner(), check=False)
        said.seek(0)
        assert done.returncode == 0 or not check, said.read()


def owner() -> str | None:
    """Return the account to run the server as, or none for the present one."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in accounts)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """Give the address of a new, empty database on *server*, and drop it afterwards."""
    name = f"yuyan_{uuid4().hex}"
    address = sqlalchemy.make_url(server)
    engine = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
        try:
            yield address.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))
