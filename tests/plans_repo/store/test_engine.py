"""Opening a database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from plans_repo.store.engine import open_engine

OPENERS = 6
FILES = 60


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    together = Barrier(OPENERS, timeout=20)

    def modes(_opener: int) -> set[str]:
        seen = set()
        for number in range(FILES):
            together.wait()
            engine = open_engine(f"sqlite:///{tmp_path / str(number)}")
            with engine.connect() as connection:
                seen.add(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
            engine.dispose()
        return seen

    with ThreadPoolExecutor(OPENERS) as pool:
        assert list(pool.map(modes, range(OPENERS))) == [{"wal"}] * OPENERS
