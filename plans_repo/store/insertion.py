"""Insert what is not there yet, also when two do it at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from plans_repo.store.engine import is_sqlite


def insert_missing(session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    """Add *rows* whose key is not taken; rows that exist stay as they are."""
    values = list(rows)
    if not values:
        return
    insert = sqlite.insert if is_sqlite(session.get_bind()) else postgresql.insert
    session.execute(insert(table).on_conflict_do_nothing(), values)
