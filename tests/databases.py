"""Databases with all tables and no rows: migrated once, copied for every test."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, make_url, text

from drills.store.branch import DRILLS
from plans_repo.store.database import PLANS, Branch, migrate
from tests import once, postgresql_server

NAME = "yuyan.sqlite3"
BOTH = (PLANS, DRILLS)
ONLY_PLANS = (PLANS,)


def new_file(folder: Path, branches: Sequence[Branch] = ONLY_PLANS) -> str:
    """The address of a new SQLite file in *folder* with the tables of *branches*."""
    name = "-".join(["tables", *(branch.label for branch in branches)])
    made, _none = once.made_once(name, partial(_migrate_in, branches=branches))
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{shutil.copy(made / NAME, folder)}"


def _migrate_in(folder: Path, *, branches: Sequence[Branch]) -> None:
    migrate(f"sqlite:///{folder / NAME}", branches)


@contextmanager
def template(server: str, branches: Sequence[Branch] = ONLY_PLANS) -> Iterator[str]:
    """The name of a PostgreSQL database with the tables of *branches*, to be copied."""
    with postgresql_server.empty_database(server) as url:
        migrate(url, branches)
        yield str(make_url(url).database)


@contextmanager
def copied(server: str, original: str) -> Iterator[str]:
    """The address of a copy of a PostgreSQL database."""
    name = f"yuyan_{uuid4().hex}"
    address = make_url(server)
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {original}"))
        try:
            yield address.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
