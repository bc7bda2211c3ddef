"""One piece of work on the store: a transaction, who does it and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from plans_repo.errors import PlansRepoError, StaleRevision
from plans_repo.store import events
from plans_repo.store.actor import Actor, local_actor
from plans_repo.store.engine import WRITES, is_sqlite, open_engine
from plans_repo.store.roles import Action
from plans_repo.store.signing import HeadKey
from plans_repo.store.vouching import WatchedSession

__all__ = ["Actor", "Store", "Work", "local_actor", "new_uuid", "sqlite_url", "utc_now"]

Clock = Callable[[], datetime]
NewId = Callable[[], str]


def utc_now() -> datetime:
    """The wall clock, for the roof to hand in."""
    return datetime.now(UTC)


def new_uuid() -> str:
    """A random uuid, for the roof to hand in."""
    return str(uuid4())


@dataclass(kw_only=True)
class Work:
    """What a service needs: the session, the actor, the instant and new ids.

    Everything inside is one transaction; *now* does not move while it lasts. *data* is the installation's
    directory, where its local rule packs lie; without one there are none.
    """

    session: Session
    actor: Actor
    now: datetime
    new_id: NewId
    key: HeadKey | None = None
    read_only: bool = False
    data: Path | None = None
    _after: list[Callable[[], None]] = field(default_factory=list)

    def require(self, action: Action) -> None:
        """Refuse unless the actor may do *action*."""
        self.actor.require(action)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have *call* made once the transaction is safely stored."""
        self._after.append(call)

    def _committed(self) -> None:
        for call in self._after:
            call()


class Store:
    """A database with its clock and its ids; hands out pieces of work.

    Leaving ``work`` cleanly commits, an error rolls everything back.
    """

    def __init__(
        self, engine: Engine, *, clock: Clock, new_id: NewId, key: HeadKey | None = None, data: Path | None = None
    ) -> None:
        self.engine = engine
        self.data = data
        self.clock = clock
        self.new_id = new_id
        self.key = key
        self._writing = engine.execution_options(**{WRITES: True})

    @classmethod
    def open(
        cls, url: str, *, clock: Clock, new_id: NewId, key: HeadKey | None = None, data: Path | None = None
    ) -> Store:
        """The store at *url*; migrate it first (`plans_repo.store.database.migrate`).

        With *key* the heads of the event chains are signed; *data* is the directory of the local rule packs.
        """
        return cls(open_engine(url), clock=clock, new_id=new_id, key=key, data=data)

    @classmethod
    def in_directory(cls, directory: Path, *, clock: Clock, new_id: NewId, url: str = "") -> Store:
        """The store of a data directory; its signing key lies in ``keys/`` there."""
        key = HeadKey.in_directory(directory / "keys")
        return cls.open(url or sqlite_url(directory), clock=clock, new_id=new_id, key=key, data=directory)

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """One writing transaction, vouched for by events. On SQLite writers queue; keep it short."""
        with WatchedSession(self._writing, expire_on_commit=False) as session:
            work = self._of(session, actor)
            try:
                _take_lock(session)
                yield work
                events.keep(work)
                session.commit()
            except (StaleDataError, IntegrityError) as error:
                session.rollback()
                raise _as_refusal(error) from error
            except BaseException:
                session.rollback()
                raise
        work._committed()

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[Work]:
        """One transaction that sees a single state, holds nobody up and cannot write."""
        with (
            self.engine.connect() as connection,
            _forbidden_to_write(connection),
            Session(connection, autoflush=False) as session,
        ):
            yield self._of(session, actor, read_only=True)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _of(self, session: Session, actor: Actor, *, read_only: bool = False) -> Work:
        return Work(
            session=session,
            actor=actor,
            now=self.clock(),
            new_id=self.new_id,
            key=self.key,
            read_only=read_only,
            data=self.data,
        )


def sqlite_url(directory: Path) -> str:
    """The address of the embedded database of a data directory."""
    return f"sqlite:///{directory / 'yuyan.sqlite3'}"


def _as_refusal(error: StaleDataError | IntegrityError) -> PlansRepoError:
    """Two writers at once, or rows that do not fit the others, are a refusal with a sentence that says which."""
    if isinstance(error, StaleDataError):
        return StaleRevision("row-changed-meanwhile", thing="row", rule="was saved by somebody else meanwhile")
    code = BROKEN_RULES.get(_rule_broken(error), "row-breaks-rule")
    return PlansRepoError(code, thing="database", rule=str(error.orig).splitlines()[0])


UNIQUE, FOREIGN = "unique", "foreign"
BROKEN_RULES = {UNIQUE: "row-exists-already", FOREIGN: "row-refers-to-nothing"}
SQLITE_RULES = {
    "SQLITE_CONSTRAINT_UNIQUE": UNIQUE,
    "SQLITE_CONSTRAINT_PRIMARYKEY": UNIQUE,
    "SQLITE_CONSTRAINT_FOREIGNKEY": FOREIGN,
}
POSTGRESQL_RULES = {"23505": UNIQUE, "23503": FOREIGN}


def _rule_broken(error: IntegrityError) -> str:
    """Which sort of rule the driver says was broken; "" for the others."""
    name = SQLITE_RULES.get(getattr(error.orig, "sqlite_errorname", ""), "")
    return name or POSTGRESQL_RULES.get(getattr(error.orig, "sqlstate", ""), "")


def _take_lock(session: Session) -> None:
    try:
        session.connection()
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise PlansRepoError("store-busy", thing="database", rule="another writer did not finish in time") from error


@contextmanager
def _forbidden_to_write(connection: Connection) -> Iterator[None]:
    if not is_sqlite(connection):
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA query_only=ON")
    try:
        yield
    finally:
        raw.execute("PRAGMA query_only=OFF")
