"""Many rows at once: by COPY into PostgreSQL, one statement for all into SQLite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from plans_repo.store.engine import is_sqlite


def write(connection: Connection, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Add *rows*, each of which names every column."""
    if is_sqlite(connection):
        connection.execute(insert(table), rows)
        return
    columns = table.__table__.columns  # type: ignore[attr-defined]
    bound = {one.key: _bound(one.type.dialect_impl(connection.dialect), connection) for one in columns}
    names = ", ".join(f'"{one.name}"' for one in columns)
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {table.__tablename__} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([bind(row[key]) for key, bind in bound.items()])


def _bound(kind: Any, connection: Connection) -> Callable[[Any], Any]:
    process = kind.bind_processor(connection.dialect)
    return process or (lambda value: value)
