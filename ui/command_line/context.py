"""What every command gets: the installation, the actor, the arguments."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plans_repo.course.clocks import follow_calendar
from plans_repo.course.terms import follow_days
from plans_repo.store.accounts import actor_named
from plans_repo.store.actor import Actor, local_actor
from plans_repo.store.work import Store, Work
from plans_repo.text.reading.file_kind import SIZE_LIMIT_BYTES, check_size
from ui.errors import UiError
from ui.installation import Installation, bring_up_to_date, occupy, open_installation


@dataclass(frozen=True)
class Context:
    """One request: its arguments and the data directory they select."""

    arguments: Namespace

    @property
    def data(self) -> Path:
        """The data directory."""
        return Path(self.arguments.data)

    @cached_property
    def installation(self) -> Installation:
        """The installation there, brought up to date."""
        bring_up_to_date(self.data)
        installation = open_installation(self.data)
        occupy(installation)
        follow_days(installation.store)
        follow_calendar(installation.store)
        return installation

    @property
    def store(self) -> Store:
        """Its store."""
        return self.installation.store

    @cached_property
    def actor(self) -> Actor:
        """The account named with ``--as``, or whoever sits at this machine."""
        name = self.arguments.actor
        return actor_named(self.store, name, os_user=os_user()) if name else local_actor(os_user())

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A reading transaction of the actor."""
        with self.store.reading(self.actor) as work:
            yield work

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A writing transaction of the actor."""
        with self.store.work(self.actor) as work:
            yield work


def os_user() -> str:
    """The operating-system user, recorded with every event."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def read_file(path: str) -> bytes:
    """The bytes of a file, or one sentence why not; one that is too large is refused before it is read."""
    try:
        with Path(path).open("rb") as file:
            check_size(os.fstat(file.fileno()).st_size, name_of(path))
            data = file.read(SIZE_LIMIT_BYTES + 1)  # a pipe has no size of its own
    except FileNotFoundError as error:
        raise UiError("file-absent", thing=f"file {path}", rule="must exist", value=path) from error
    except IsADirectoryError as error:
        raise UiError("file-is-folder", thing=f"file {path}", rule="must be a file", value=path) from error
    except OSError as error:
        raise UiError("file-unreadable", thing=f"file {path}", rule="must be readable", value=path) from error
    check_size(len(data), name_of(path))
    return data


def name_of(path: str) -> str:
    """The last part of a path as it can be stored and shown: bytes that are no UTF-8 become �."""
    return os.fsencode(Path(path).name).decode("utf-8", errors="replace")


def require_writable(path: str) -> None:
    """Refuse a file that could not be written later, before something long is computed for it."""
    target = Path(path)
    if target.is_dir() or not os.access(target.parent, os.W_OK):
        raise UiError("file-unwritable", thing=f"file {path}", rule="must be writable", value=path)


def write_file(path: str, data: bytes) -> str:
    """Write a file whole, beside its place first, so that a full disk leaves nothing half written."""
    target = Path(path)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UiError("file-unwritable", thing=f"file {path}", rule="must be writable", value=path) from error
    return str(target)


def read_further_line() -> str:
    """Another line of standard input, "" where there is none."""
    return "" if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def read_line(purpose: str) -> str:
    """One line of standard input, such as a passphrase; it is never an argument."""
    line = sys.stdin.readline().rstrip("\n")
    if not line:
        raise UiError("line-missing", thing="standard input", rule="needs one line", value=purpose)
    return line
