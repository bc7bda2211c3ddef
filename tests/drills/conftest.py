"""A store with the tables of both floors, a vault that costs little, a clock that stands still, and people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drills.sealing.vault import Vault
from plans_repo.store.engine import open_engine
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store, new_uuid
from tests import databases
from tests.drills.builders import a_vault, person

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


class StillClock:
    """Stands still until it is moved. It starts on Friday 20 November 2026, nine in the morning in Shanghai."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: int) -> None:
        self.now += timedelta(**parts)

    def set(self, words: str) -> None:
        self.now = datetime.fromisoformat(words)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(scope="session")
def migrated_by_both(postgresql_address: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the tables of both floors, to be copied."""
    with databases.template(postgresql_address, databases.BOTH) as name:
        yield name


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the tables of both floors on a real file or server."""
    if request.param == "sqlite":
        yield databases.new_file(tmp_path, databases.BOTH)
    else:
        server, name = map(request.getfixturevalue, ("postgresql_address", "migrated_by_both"))
        with databases.copied(server, name) as url:
            yield url


@pytest.fixture
def either_store(url: str, clock: StillClock) -> Iterator[Store]:
    """A store on either."""
    store = Store(open_engine(url), clock=clock, new_id=new_uuid)
    yield store
    store.close()


@pytest.fixture
def store(either_store: Store) -> Store:
    return either_store


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return a_vault(tmp_path)


@pytest.fixture
def everybody() -> Actor:
    """Somebody with every role and no organisation."""
    return person("everybody", *Role)


@pytest.fixture
def organiser() -> Actor:
    return person("organiser", Role.DRILL_ORGANISER)
