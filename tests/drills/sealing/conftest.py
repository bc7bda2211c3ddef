"""Sealing writes files and only reads the database: one kind of database is enough, but for one story on either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from plans_repo.store.work import Store, new_uuid
from tests import databases
from tests.drills.conftest import StillClock


@pytest.fixture
def store(tmp_path: Path, clock: StillClock) -> Iterator[Store]:
    """A migrated SQLite store."""
    store = Store.open(databases.new_file(tmp_path, databases.BOTH), clock=clock, new_id=new_uuid)
    yield store
    store.close()
