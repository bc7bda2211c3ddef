"""Who read what of a sealed drill, and who was refused: a chain inside the sealed store itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from plans_repo.store.actor import Actor
from sim.plain import digest, plain

START = "0" * 64


class Access(StrEnum):
    """What somebody did, or tried to do."""

    DRAWN = "drawn"  # 抽签封存
    READ = "read"  # 查阅
    REFUSED = "refused"  # 被拒绝的查阅
    CHANGED = "changed"  # 更换口令
    STARTED = "started"  # 开始演练
    RELEASED = "released"  # 到时自动启封
    CANCELLED = "cancelled"  # 取消
    REVEALED = "revealed"  # 启封公开


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the log, bound to the line before it. *count* is for refusals gathered into one line."""

    position: int
    at: datetime
    account: str
    os_user: str
    access: Access
    detail: str = ""
    count: int = 1
    previous: str
    hash: str = ""


Log = tuple[Entry, ...]


def appended(log: Log, access: Access, *, at: datetime, actor: Actor, detail: str = "", count: int = 1) -> Log:
    """The log with one line more."""
    entry = Entry(
        position=len(log) + 1,
        at=at,
        account=actor.account,
        os_user=actor.os_user,
        access=access,
        detail=detail,
        count=count,
        previous=head(log),
    )
    return (*log, replace(entry, hash=_hash(entry)))


def head(log: Log) -> str:
    """The hash of the last line.

    >>> head(()) == START
    True
    """
    return log[-1].hash if log else START


def first_bad(log: Sequence[Entry]) -> int | None:
    """The position of the first line that does not fit, or none."""
    previous = START
    for position, entry in enumerate(log, start=1):
        if entry.position != position or entry.previous != previous or entry.hash != _hash(entry):
            return position
        previous = entry.hash
    return None


def _hash(entry: Entry) -> str:
    body = plain(entry)
    del body["hash"]
    return digest(body)
