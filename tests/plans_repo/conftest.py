"""A store on a real SQLite file and on PostgreSQL, a clock that stands still, and people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plans_repo.store.engine import open_engine
from plans_repo.store.roles import Role
from plans_repo.store.signing import HeadKey
from plans_repo.store.work import Actor, Store, new_uuid
from tests import databases

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
BOTH = pytest.mark.parametrize("engine_name", ENGINES)
"""Of a test whose module stays with one engine: what the database decides in it is tried on both."""


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
def migrated_database(postgresql_address: str) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables, to be copied."""
    with databases.template(postgresql_address) as name:
        yield name


@pytest.fixture
def url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with all tables and no rows, this test's alone."""
    if engine_name == "sqlite":
        yield databases.new_file(tmp_path / "with blank")
    else:
        server, name = map(request.getfixturevalue, ("postgresql_address", "migrated_database"))
        with databases.copied(server, name) as url:
            yield url


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
