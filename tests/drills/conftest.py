"""A store with the tables of both floors, a vault that costs little, a clock that stands still, and people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drills.sealing.vault import Vault
from drills.store.branch import DRILLS
from plans_repo.store.database import PLANS, migrate
from plans_repo.store.engine import open_engine
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store, new_uuid
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


@pytest.fixture(params=ENGINES)
def either_store(request: pytest.FixtureRequest, clock: StillClock, tmp_path: Path) -> Iterator[Store]:
    """A migrated store on a real file or server."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'yuyan.sqlite3'}" if sqlite else str(request.getfixturevalue("postgresql_url"))
    migrate(url, (PLANS, DRILLS))
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
