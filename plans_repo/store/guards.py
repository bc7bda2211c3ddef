"""Tables that are only ever added to: the database itself refuses changes and deletions."""

from __future__ import annotations

from sqlalchemy import Connection, text

from plans_repo.store.engine import is_sqlite

APPEND_ONLY = (
    "event",
    "head",
    "version",
    "blob",
    "node",
    "media",
    "sign_off",
    "login_record",
    "editorial_change",
    "answer",
    "vote",
    "treatment",
    "deed",
    "local_figure",
    "correspondent",
    "assessment_step",
    "scenario_version",
    "norm_figure",
)
"""History is never thinned."""


def guard(connection: Connection, table: str) -> None:
    """Have the database refuse to change or delete rows of *table*; for migrations.

    Repeat it after a migration that rebuilds the table on SQLite: its triggers go with it.
    """
    make = _guard_sqlite if is_sqlite(connection) else _guard_postgresql
    make(connection, table)


def unguard(connection: Connection, table: str) -> None:
    """Take the guard away; for migrations only."""
    for word in ("update", "delete"):
        on = "" if is_sqlite(connection) else f" ON {table}"
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{word}{on}"))


def unguarded(connection: Connection) -> tuple[str, ...]:
    """Tables that should be guarded and are not."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite(connection)
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    present = set(connection.execute(text(query)).scalars())
    return tuple(table for table in APPEND_ONLY if not {f"{table}_no_update", f"{table}_no_delete"} <= present)


def _guard_sqlite(connection: Connection, table: str) -> None:
    for word in ("update", "delete"):
        connection.execute(
            text(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{word} BEFORE {word.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        )


def _guard_postgresql(connection: Connection, table: str) -> None:
    connection.execute(
        text(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; END $$"
        )
    )
    unguard(connection, table)
    for word, on in (("update", "UPDATE"), ("delete", "DELETE OR TRUNCATE")):
        connection.execute(
            text(
                f"CREATE TRIGGER {table}_no_{word} BEFORE {on} ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        )
