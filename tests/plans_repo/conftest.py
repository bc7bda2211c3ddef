"""A store on a real SQLite file and on PostgreSQL, a clock that stands still, and people."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from plans_repo.store.database import migrate
from plans_repo.store.engine import open_engine
from plans_repo.store.roles import Role
from plans_repo.store.signing import HeadKey
from plans_repo.store.work import Actor, Store, new_uuid
from tests import postgresql_server

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


class StillClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: int) -> None:
        self.now += timedelta(**parts)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "yuyan.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(postgresql_address: str) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables, to be copied."""
    with postgresql_server.empty_database(postgresql_address) as url:
        migrate(url)
        yield str(make_url(url).database)


@pytest.fixture
def url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with all tables and no rows, this test's alone."""
    if engine_name == "sqlite":
        folder = tmp_path / "with blank"
        folder.mkdir()
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_file'), folder)}"
    else:
        with copied(request.getfixturevalue("postgresql_address"), request.getfixturevalue("migrated_database")) as url:
            yield url


@contextmanager
def copied(server: str, template: str) -> Iterator[str]:
    """The address of a copy of a PostgreSQL database."""
    name = f"yuyan_{uuid4().hex}"
    address = make_url(server)
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        try:
            yield address.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def store(url: str, clock: StillClock, tmp_path: Path) -> Iterator[Store]:
    """A store with a signing key."""
    store = Store(open_engine(url), clock=clock, new_id=new_uuid, key=HeadKey.in_directory(tmp_path / "keys"))
    yield store
    store.close()


@pytest.fixture
def author() -> Actor:
    return person("author", Role.PLAN_AUTHOR)


@pytest.fixture
def everybody() -> Actor:
    """Somebody with every role and no organisation."""
    return person("everybody", *Role)


def person(name: str, *roles: Role, organisation: str | None = None) -> Actor:
    return Actor(account=name, name=name, roles=frozenset(roles), organisation=organisation, os_user="tester")
