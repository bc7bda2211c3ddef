"""Keys of other installations: which body somebody has found a key to belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import col, select

from plans_repo.course import deeds
from plans_repo.course.deeds import DeedKind
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.filing.manifest import fingerprint
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.terms import CorrespondentRow
from plans_repo.store.work import Work


class KeyStanding(StrEnum):
    """What is known of a key that signed something."""

    CONFIRMED = "confirmed"  # 已核对
    UNCONFIRMED = "unconfirmed"  # 未核对
    OTHER = "other"  # 与该单位已核对的密钥不同


@dataclass(frozen=True, kw_only=True)
class Correspondent:
    """A body and the key of its installation, as somebody has confirmed it."""

    key: str
    body: str
    note: str
    trusted_at: datetime
    trusted_by: str

    @property
    def fingerprint(self) -> str:
        """The key as it is read over the telephone."""
        return fingerprint(self.key)


@dataclass(frozen=True, kw_only=True)
class SeenKey:
    """A key that signed something received, for which body, and what is known of it."""

    key: str
    body: str
    standing: KeyStanding

    @property
    def fingerprint(self) -> str:
        """The key as it is read over the telephone."""
        return fingerprint(self.key)


def correspondents(work: Work) -> tuple[Correspondent, ...]:
    """The keys somebody has confirmed, by body; of a body the newest counts."""
    rows = work.session.exec(select(CorrespondentRow).order_by(col(CorrespondentRow.trusted_at)))
    newest = {row.body: row for row in rows}
    return tuple(
        Correspondent(key=row.key, body=row.body, note=row.note, trusted_at=row.trusted_at, trusted_by=row.trusted_by)
        for _body, row in sorted(newest.items())
    )


def standing(work: Work, key: str, body: str) -> KeyStanding:
    """What is known here of the key that signs for *body*."""
    known = next((one for one in correspondents(work) if one.body == body), None)
    if known is None:
        return KeyStanding.UNCONFIRMED
    return KeyStanding.CONFIRMED if known.key == key else KeyStanding.OTHER


def seen_keys(work: Work) -> tuple[SeenKey, ...]:
    """Every key seen with the body it signed for, those to be checked first; for who files or receives."""
    _require_desk(work)
    pairs = {(str(value["key"]), str(value.get("sender") or value.get("receiver") or "")) for value in _signed(work)}
    seen = [SeenKey(key=key, body=body, standing=standing(work, key, body)) for key, body in pairs]
    return tuple(sorted(seen, key=lambda one: (one.standing is KeyStanding.CONFIRMED, one.body, one.key)))


def confirm_key(work: Work, print_: str, body: str, *, note: str) -> Correspondent:
    """Say that a key seen in something received belongs to *body*; *note* says how it was checked."""
    _require_desk(work)
    if not note.strip() or not body.strip():
        raise PlansRepoError("words-missing", thing="correspondent", field="note", rule="says how the key was checked")
    key = next((one for one in _keys_seen(work) if _same(fingerprint(one), print_)), None)
    if key is None:
        raise NotFound("key-unseen", thing="key", field="fingerprint", value=print_)
    row = CorrespondentRow(
        id=work.new_id(),
        key=key,
        body=body.strip()[:200],
        note=note.strip()[:300],
        trusted_at=work.now,
        trusted_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    events.record(work, "correspondents", "key-confirmed", {"key": key})
    return next(one for one in correspondents(work) if one.body == row.body)


def _require_desk(work: Work) -> None:
    """Keys are for those who file or receive."""
    if not (work.actor.may(Action.RECEIPT_FILING) or work.actor.may(Action.FILE_PLAN)):
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action=Action.RECEIPT_FILING.value)


def _keys_seen(work: Work) -> set[str]:
    return {str(value["key"]) for value in _signed(work)}


def _signed(work: Work) -> Iterator[Mapping[str, Any]]:
    """What came from elsewhere under a key; what a body of this installation answered bears our own."""
    kinds = (DeedKind.RECEIVED, DeedKind.RECEIPT, DeedKind.RECEIPT_HELD, DeedKind.SUPPLEMENT_REQUEST)
    found = deeds.deeds_by_course(work, *kinds).values()
    own = work.key.name if work.key else ""
    for deed in (deed for some in found for deed in some):
        if deed.value.get("key") not in (None, "", own) and not deed.value.get("organisation"):
            yield deed.value


def is_of(key: str, print_: str) -> bool:
    """Whether that is the fingerprint of a key, however it is spaced."""
    return _same(fingerprint(key), print_)


def _same(one: str, other: str) -> bool:
    return one.replace(" ", "") == other.replace(" ", "").replace(":", "").upper()
