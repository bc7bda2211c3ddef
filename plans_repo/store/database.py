"""Bring a database up to date: migrations of all floors, once, after a safe copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import pathsep
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text
from sqlalchemy.engine import make_url

from plans_repo.errors import PlansRepoError
from plans_repo.store.engine import WRITES, is_sqlite, keep_statistics, open_engine
from plans_repo.store.tables import METADATA

HOME = Path(__file__).parent.parent / "migrations"
_LOCK = 0x79757962  # PostgreSQL: one process migrates, the others wait


@dataclass(frozen=True, kw_only=True)
class Branch:
    """The migrations of one floor: its Alembic label, its folder of versions, its tables."""

    label: str
    location: Path
    metadata: MetaData


PLANS = Branch(label="plans", location=HOME / "versions", metadata=METADATA)


def migrate(url: str, branches: Sequence[Branch] = (PLANS,)) -> Path | None:
    """Upgrade the database at *url* to the newest revision of every branch.

    Run it once, in the launcher, before workers start. Nothing to do, nothing done.
    An SQLite file that holds something is copied first, beside itself; the copy's path
    is returned. Afterwards SQLite counts what its tables hold: of one that a migration brought it
    would know nothing until it is told to, and find long ways through it.
    """
    engine = open_engine(url)
    try:
        config = _config(branches)
        with _alone(engine):
            if _is_current(engine, config):
                return None
            copy = _safe_copy(engine)
            _upgrade(engine, config)
            keep_statistics(engine)
            return copy
    finally:
        engine.dispose()


def is_current(url: str, branches: Sequence[Branch] = (PLANS,)) -> bool:
    """True when there is nothing to migrate."""
    engine = open_engine(url)
    try:
        return _is_current(engine, _config(branches))
    finally:
        engine.dispose()


def is_compared(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a table is compared with the code: the words of the index are the database's own affair."""
    return kind != "table" or not str(name).startswith("search_words")


def drift(url: str, branches: Sequence[Branch] = (PLANS,)) -> list[Any]:
    """What the tables in the code have that the migrations do not make, and the other way round."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_compared})
            return list(compare_metadata(context, [branch.metadata for branch in branches]))  # type: ignore[arg-type]
    finally:
        engine.dispose()


def revise(url: str, branch: Branch, message: str, revision: str, branches: Sequence[Branch] = (PLANS,)) -> None:
    """Write a new migration into *branch* from what the code has and the database at *url* has not."""
    engine = open_engine(url)
    config = _config(branches)
    first = not any(branch.location.glob("*.py"))
    with engine.connect() as connection:
        config.attributes.update(connection=connection, metadata=branch.metadata, others=_others(branch, branches))
        command.revision(
            config,
            message=message,
            autogenerate=True,
            head="base" if first else f"{branch.label}@head",
            splice=False,
            branch_label=branch.label if first else None,
            version_path=str(branch.location),
            rev_id=revision,
        )
    engine.dispose()


def _others(branch: Branch, branches: Sequence[Branch]) -> frozenset[str]:
    """Tables that belong to other floors; a migration of this one must not drop them."""
    return frozenset(table for other in branches if other.label != branch.label for table in other.metadata.tables)


def _config(branches: Sequence[Branch]) -> Config:
    config = Config()
    config.set_main_option("script_location", _escaped(str(HOME)))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", _escaped(pathsep.join(str(branch.location) for branch in branches)))
    return config


def _escaped(value: str) -> str:
    return value.replace("%", "%%")


def _is_current(engine: Engine, config: Config) -> bool:
    wanted = set(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    _refuse_unknown(config, present)
    return present == wanted


def _refuse_unknown(config: Config, present: set[str]) -> None:
    """A database written by a newer Yuyan, or by something else, is left alone."""
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if unknown := sorted(present - known):
        raise PlansRepoError(
            "database-newer", thing="database", rule="was written by a newer version", value=", ".join(unknown)
        )


def _upgrade(engine: Engine, config: Config) -> None:
    """In one transaction; a second process waits for it and then finds nothing to do."""
    writing = engine.execution_options(**{WRITES: True})
    with writing.connect() as connection, _without_foreign_keys(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")
        _check_references(connection)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds a table to change it; with foreign keys on, its children would be deleted."""
    if not is_sqlite(connection):
        yield
        return
    raw: Any = connection.connection.driver_connection  # the setting is ignored inside a transaction
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    if is_sqlite(connection) and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise PlansRepoError("migration-broke-references", thing="database", value=str(broken))


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    if is_sqlite(engine):
        yield
        return
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})


def _safe_copy(engine: Engine) -> Path | None:
    """A consistent copy of an SQLite file that holds something, named after the revision it is at."""
    path = sqlite_path(engine)
    if path is None:
        return None
    with engine.connect() as connection:
        heads = sorted(MigrationContext.configure(connection).get_current_heads())
    if not heads:
        return None
    copy = path.with_name(f"{path.name}.before-{'-'.join(heads)}")
    return copy if copy.exists() else copy_sqlite(engine, copy)


def copy_sqlite(engine: Engine, target: Path) -> Path:
    """A consistent copy of the database in *target*, which must not exist."""
    raw = engine.raw_connection()
    try:
        raw.driver_connection.execute("VACUUM INTO ?", (str(target),))  # type: ignore[union-attr]
    finally:
        raw.close()
    return target


def sqlite_path(engine: Engine) -> Path | None:
    """The file behind an SQLite engine; None in memory or for PostgreSQL."""
    name = make_url(str(engine.url)).database
    if not is_sqlite(engine) or name in (None, "", ":memory:"):
        return None
    return Path(str(name))
