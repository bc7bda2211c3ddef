"""Back up a whole installation into one file, and restore it into an empty directory.

The signing key stays behind: a backup that is read by somebody else must not let him
sign. Its public half is in the manifest, and the restored installation, which signs with
a key of its own, goes on accepting what the former key has signed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, MetaData, Table, func, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from plans_repo.archives import DAMAGED_ON_DISK
from plans_repo.errors import PlansRepoError
from plans_repo.search import index
from plans_repo.store.audit import verification
from plans_repo.store.database import PLANS, Branch, copy_sqlite, migrate, sqlite_path
from plans_repo.store.engine import open_engine
from plans_repo.store.roles import Action
from plans_repo.store.signing import HeadKey, trust_former
from plans_repo.store.tables.search import INDEX_TABLES
from plans_repo.store.work import Store, Work
from sim.plain import canonical

T = TypeVar("T")
FORMAT = 1
DATABASE = "yuyan.sqlite3"
MANIFEST = "manifest.json"
MANIFEST_LIMIT_BYTES = 1_000_000


@dataclass(frozen=True, kw_only=True)
class BackupReport:
    """How many rows are in the file, and whether everything in it fits its hashes."""

    rows: int
    valid: bool


def back_up(store: Store, work: Work, target: Path) -> BackupReport:
    """Write a consistent copy of the SQLite store to the zip file *target*, which must not exist."""
    work.require(Action.BACK_UP)
    if sqlite_path(store.engine) is None:
        raise PlansRepoError("backup-needs-sqlite", thing="database", rule="PostgreSQL is backed up with pg_dump")
    if target.exists():
        raise PlansRepoError("file-exists", thing=str(target), rule="must not exist yet")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = copy_sqlite(store.engine, Path(folder) / DATABASE)
        _without_index(copy)
        manifest = _manifest(copy, store, work)
        scratch = Path(folder) / "backup.zip"
        _write(scratch, copy, manifest)
        scratch.replace(target)
    return BackupReport(rows=sum(manifest["rows"].values()), valid=manifest["valid"])


def restore(source: Path, directory: Path, branches: Sequence[Branch] = (PLANS,)) -> BackupReport:
    """Unpack the backup *source* into *directory*, which must be empty or not exist, and verify it.

    One made by an earlier release is brought up to date first. Nothing is left behind when the file is damaged.
    """
    if directory.exists() and any(directory.iterdir()):
        raise PlansRepoError("directory-not-empty", thing=str(directory), rule="must be empty")
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent) as folder:
        copy = Path(folder) / DATABASE
        manifest = _unpack(source, copy)
        report = _checked(source, copy, manifest, branches)
        _with_index(copy)
        directory.mkdir(exist_ok=True, mode=0o700)
        shutil.move(copy, directory / DATABASE)
        if manifest["key"]:
            trust_former(directory / "keys", manifest["key"])
    return report


def _without_index(copy: Path) -> None:
    """The search index says nothing that is not in the versions; it need not be carried about."""
    with _session(copy) as session:
        index.clear(session)
        session.commit()
    with closing(sqlite3.connect(copy)) as base:
        base.execute("VACUUM")


def _with_index(copy: Path) -> None:
    with _session(copy) as session:
        index.rebuild_in(session)
        session.commit()


@contextmanager
def _session(copy: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{copy}")
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _manifest(copy: Path, store: Store, work: Work) -> dict[str, Any]:
    rows = _read(copy, _row_counts)
    is_valid = _read(copy, lambda engine: _is_valid(engine, store.key))
    return {
        "format": FORMAT,
        "made_at": work.now,
        "rows": rows,
        "valid": is_valid,
        "sha256": _file_digest(copy),
        "key": store.key.name if store.key else "",
    }


def _write(path: Path, copy: Path, manifest: dict[str, Any]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, canonical(manifest))
        archive.write(copy, DATABASE)


def _unpack(source: Path, copy: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(source) as archive:
            with archive.open(MANIFEST) as packed:
                manifest = json.loads(packed.read(MANIFEST_LIMIT_BYTES))
            _check_room(source, archive.getinfo(DATABASE).file_size, copy.parent)
            with archive.open(DATABASE) as packed, copy.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)  # never more than the size that was checked
    except FileNotFoundError as error:
        raise PlansRepoError("file-unknown", thing=str(source), rule="must exist") from error
    except DAMAGED_ON_DISK as error:
        raise PlansRepoError("backup-unreadable", thing=str(source), rule="must be a backup") from error
    except (IsADirectoryError, PermissionError) as error:
        raise PlansRepoError("backup-unreadable", thing=str(source), rule="must be a readable file") from error
    if not (isinstance(manifest, dict) and isinstance(manifest.get("rows"), dict) and "key" in manifest):
        raise PlansRepoError("backup-unreadable", thing=str(source), rule="must have its manifest")
    return manifest


def _check_room(source: Path, size: int, folder: Path) -> None:
    """Refuse a backup that would fill the disk before it turns out to be none."""
    free = shutil.disk_usage(folder).free
    if size > free:
        raise PlansRepoError("backup-too-large", thing=str(source), rule=f"must fit into {free} bytes", value=size)


def _checked(source: Path, copy: Path, manifest: dict[str, Any], branches: Sequence[Branch]) -> BackupReport:
    if manifest.get("format") != FORMAT or manifest.get("sha256") != _file_digest(copy):
        raise PlansRepoError("backup-damaged", thing=str(source), rule="must match its manifest")
    try:
        rows = _read(copy, _row_counts)
        migrate(f"sqlite:///{copy}", branches)
        key = HeadKey.checking(manifest["key"]) if manifest["key"] else None
        is_valid = _read(copy, lambda engine: _is_valid(engine, key))
    except (DatabaseError, ValueError) as error:  # whoever makes the file also makes the digest in its manifest
        raise PlansRepoError("backup-damaged", thing=str(source), rule="must hold a database") from error
    if rows != manifest["rows"]:
        raise PlansRepoError("backup-damaged", thing=str(source), rule="must match its manifest")
    return BackupReport(rows=sum(rows.values()), valid=is_valid)


def _read(copy: Path, question: Callable[[Engine], T]) -> T:
    engine = open_engine(f"sqlite:///{copy}")
    try:
        return question(engine)
    finally:
        engine.dispose()


def _is_valid(engine: Engine, key: HeadKey | None) -> bool:
    with Session(engine) as session:
        return verification(session, key).valid


def _row_counts(engine: Engine) -> dict[str, int]:
    """Rows of every table there is, those of other floors too; the search index is made anew, not kept."""
    found = MetaData()
    found.reflect(engine, only=lambda name, _metadata: not name.startswith(INDEX_TABLES))
    with engine.connect() as connection:
        return {table.name: connection.execute(_count(table)).scalar_one() for table in found.sorted_tables}


def _count(table: Table) -> Any:
    return select(func.count()).select_from(table)


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
