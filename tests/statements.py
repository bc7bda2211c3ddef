"""What is asked of the database while something is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from plans_repo.store.work import Work


@contextmanager
def statements(work: Work) -> Iterator[list[str]]:
    """What is asked of the database inside the block."""
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    engine = work.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
