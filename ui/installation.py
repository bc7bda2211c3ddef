"""The installation this process serves: its data directory and its store.

The launcher, the worker and the tests occupy one; pages ask `here()`.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from drills.sealing.vault import Vault
from drills.store.branch import DRILLS
from plans_repo.search import index
from plans_repo.store import accounts, events
from plans_repo.store.actor import SYSTEM
from plans_repo.store.database import PLANS, Branch, is_current, migrate
from plans_repo.store.engine import WRITES, open_engine
from plans_repo.store.work import Clock, NewId, Store, new_uuid, sqlite_url, utc_now
from ui.errors import UiError

BRANCHES: tuple[Branch, ...] = (PLANS, DRILLS)  # the migrations of every floor that keeps something


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A data directory with its open store."""

    data: Path
    store: Store


def database_url() -> str:
    """Where the database is when it is not the file in the data directory: `YUYAN_DATABASE`, or nothing."""
    return os.environ.get("YUYAN_DATABASE", "")


def bring_up_to_date(data: Path) -> None:
    """Make the data directory and its database what this version of the programme expects."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # who can read the data directory is trusted
        url = database_url() or sqlite_url(data)
        if not is_current(url, BRANCHES):
            migrate(url, BRANCHES)
            _index(url)
            _vouch(data, url)
    except OSError as error:
        raise UiError("data-unusable", thing="data directory", rule="must be a folder", value=str(data)) from error
    except (DatabaseError, CommandError) as error:
        raise UiError("database-damaged", thing="database", rule="must be one of ours", value=str(data)) from error


def _index(url: str) -> None:
    """Make the search index of a store that was written before there was one, or add what it lacks."""
    engine = open_engine(url)
    try:
        with Session(engine.execution_options(**{WRITES: True})) as session:
            if index.is_behind(session):
                index.rebuild_in(session)
            index.add_subjects(session)
            session.commit()
    finally:
        engine.dispose()


def _vouch(data: Path, url: str) -> None:
    """Take over the state of a store whose rows no event vouched for; there is nothing to do in an empty one."""
    store = Store.in_directory(data, clock=utc_now, new_id=new_uuid, url=url)
    try:
        with store.work(SYSTEM) as work:
            events.take_over(work)
    finally:
        store.close()


def open_installation(data: Path, *, clock: Clock = utc_now, new_id: NewId = new_uuid) -> Installation:
    """The installation in *data*; its database must have been migrated."""
    return Installation(data=data, store=Store.in_directory(data, clock=clock, new_id=new_id, url=database_url()))


def is_demo(installation: Installation) -> bool:
    """Whether what it holds is the invented data of the demo."""
    return accounts.has_demo_data(installation.store)


def vault_of(installation: Installation) -> Vault:
    """The sealed files of an installation; made with their key when there are none yet."""
    return Vault.in_directory(installation.data, random=secrets.token_bytes)


def occupy(installation: Installation | None) -> None:
    """Make *installation* the one this process serves."""
    _occupied[:] = [installation] if installation else []


def here() -> Installation:
    """The installation this process serves."""
    if not _occupied:
        raise UiError("installation-not-open", thing="application", rule="is started with `yuyan serve`")
    return _occupied[0]


def secret_of(data: Path) -> str:
    """The installation's cookie secret, made at the first start and readable by its owner only."""
    path = data / "keys" / "cookie-secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


_occupied: list[Installation] = []
