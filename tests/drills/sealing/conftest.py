"""Sealing writes files and only reads the database: one kind of database is enough, but for one story on either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drills.store.branch import DRILLS
from plans_repo.store.database import PLANS, migrate
from plans_repo.store.work import Store, new_uuid
from tests.drills.conftest import StillClock


@pytest.fixture
def store(tmp_path: Path, clock: StillClock) -> Iterator[Store]:
    """A migrated SQLite store."""
    url = f"sqlite:///{tmp_path / 'yuyan.sqlite3'}"
    migrate(url, (PLANS, DRILLS))
    store = Store.open(url, clock=clock, new_id=new_uuid)
    yield store
    store.close()
