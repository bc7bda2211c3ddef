"""Opening a sealed drill, changing it, and closing it again; every attempt leaves its line in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from drills.errors import DrillError
from drills.sealing import publication
from drills.sealing.access_log import Access, appended
from drills.sealing.beacon import CELL_BYTES, cells_of
from drills.sealing.container import (
    Cost,
    Keys,
    Opened,
    Way,
    open_container,
    passphrase_key,
    read_header,
    rekeyed,
    resealed,
    seal,
)
from drills.sealing.record import SealedRecord, record_from
from drills.sealing.vault import FREE, INNER_BYTES, Contents, Vault
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed
from plans_repo.store.actor import SYSTEM, Actor
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

CLAIM_LENGTH = 64
MANY_DEPOSITS = 8
MOST_REFUSALS = 40  # lines a flood of refused attempts may take in a log


class Keychain(Protocol):
    """Whatever may open a container."""

    def keys_of(self, container: bytes) -> Mapping[Way, bytes]:
        """The keys to try on *container*."""


@dataclass(kw_only=True)
class PassphraseChain:
    """A passphrase, made into keys once: a second slot costs no more work than the first, none no less."""

    vault: Vault
    passphrase: str = field(repr=False)
    _made: dict[tuple[bytes, Cost], bytes] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._key(self.vault.salt, self.vault.cost)

    def keys_of(self, container: bytes) -> Mapping[Way, bytes]:
        """The keys the passphrase stands for in this container, as the director's or as the recovery passphrase."""
        found = read_header(container)
        return dict.fromkeys((Way.PASSPHRASE, Way.RECOVERY), self._key(*found)) if found else {}

    def _key(self, salt: bytes, cost: Cost) -> bytes:
        if (salt, cost) not in self._made:
            self._made[salt, cost] = passphrase_key(self.passphrase, salt, cost)
        return self._made[salt, cost]


@dataclass(frozen=True, kw_only=True)
class ServerChain:
    """The server's own key."""

    vault: Vault

    def keys_of(self, container: bytes) -> Mapping[Way, bytes]:
        """The server's key, for the containers that allow it."""
        return {Way.SERVER: self.vault.server_key}


@dataclass(kw_only=True)
class Safe:
    """A sealed drill on the table: where it lies, how it was opened, and what it holds."""

    number: int
    opened: Opened
    record: SealedRecord

    def note(self, access: Access, *, at: datetime, actor: Actor, detail: str = "", count: int = 1) -> None:
        """Add a line to the log."""
        log = appended(self.record.log, access, at=at, actor=actor, detail=detail, count=count)
        self.record = replace(self.record, log=log)


def open_safe(work: Work, contents: Contents, keys: Keychain, drill: str) -> Safe:
    """The sealed drill of that id; one refusal, whatever the reason it does not open.

    The refused attempts since the last opening are taken into the log.
    """
    found = next((safe for safe in safes(contents, keys) if safe.record.drill == drill), None)
    if found is None:
        raise DrillError("sealed-not-opened", thing="sealed drill", rule="drill or passphrase do not fit")
    found.record = _pruned(work, found.record)
    _absorb(work, contents, found)
    return found


def safes(contents: Contents, keys: Keychain) -> Iterator[Safe]:
    """Every sealed drill that *keys* open."""
    for number in contents.used():
        container = contents.slot(number)
        if (opened := open_container(container, keys.keys_of(container))) is not None:
            yield Safe(number=number, opened=opened, record=record_from(opened.data))


def refuse_unallowed(work: Work, vault: Vault, drill: str) -> None:
    """Refuse somebody who may not touch sealed drills, and keep the attempt."""
    try:
        work.require(Action.SEAL_DRILL)
    except NotAllowed:
        keep_attempt(work, vault, drill)
        raise


def keep_attempt(work: Work, vault: Vault, drill: str) -> None:
    """Keep a refused attempt for the logs of the sealed drills there may be."""
    with vault.contents() as contents:
        kept = contents.attempts
        attempt = {
            "number": kept[-1]["number"] + 1 if kept else 1,
            "at": work.now.isoformat(),
            "account": work.actor.account[:CLAIM_LENGTH],
            "os_user": work.actor.os_user[:CLAIM_LENGTH],
            "claim": drill[:CLAIM_LENGTH],
        }
        contents.put_attempts((*kept, attempt))


def newest_attempt(contents: Contents) -> int:
    """The number of the newest refused attempt."""
    kept = contents.attempts
    return int(kept[-1]["number"]) if kept else 0


def put_new(vault: Vault, contents: Contents, record: SealedRecord, keys: Keys) -> SealedRecord:
    """Seal a record into a free slot and deposit its commitment for the next beacon."""
    number = contents.free_slot()
    record = _deposited(vault, contents, number, record)
    container = seal(record.sealed_bytes(), keys, header=vault.header, size=INNER_BYTES, random=vault.random)
    contents.put(number, container)
    return record


def put_back(vault: Vault, contents: Contents, safe: Safe) -> None:
    """Close the safe again, with a deposit of its new head."""
    safe.record = _deposited(vault, contents, safe.number, safe.record)
    container = contents.slot(safe.number)
    contents.put(safe.number, resealed(container, safe.opened, safe.record.sealed_bytes(), vault.random))


def put_back_with(vault: Vault, contents: Contents, safe: Safe, passphrase: str) -> None:
    """Close the safe again; in future the director's passphrase is *passphrase*."""
    safe.record = _deposited(vault, contents, safe.number, safe.record)
    container = contents.slot(safe.number)
    salt, cost = read_header(container) or (vault.salt, vault.cost)
    key = passphrase_key(passphrase, salt, cost)
    data = safe.record.sealed_bytes()
    contents.put(safe.number, rekeyed(container, safe.opened, Way.PASSPHRASE, key, data, vault.random))


def empty(vault: Vault, keys: Keychain, drill: str) -> None:
    """Free the slot of a drill that has been revealed."""
    with vault.contents() as contents:
        for safe in safes(contents, keys):
            if safe.record.drill == drill:
                contents.put(safe.number, FREE)


def keys_for(vault: Vault, passphrase: str, recovery: str, *, server: bool) -> Keys:
    """The keys a new sealed drill is closed with."""
    return Keys(
        passphrase=passphrase_key(passphrase, vault.salt, vault.cost),
        recovery=passphrase_key(recovery, vault.salt, vault.cost) if recovery else None,
        server=vault.server_key if server else None,
    )


def _deposited(vault: Vault, contents: Contents, number: int, record: SealedRecord) -> SealedRecord:
    """Have the next beacon vouch for the commitment and for the log as it stands."""
    record = record.with_deposit(vault.random(CELL_BYTES))
    contents.put_cell(number, record.deposits[-1].cell)
    return record


def _pruned(work: Work, record: SealedRecord) -> SealedRecord:
    """The record without deposits that were overtaken before a beacon carried them; the last may still be carried."""
    if len(record.deposits) < MANY_DEPOSITS:
        return record
    found = publication.beacons(work, local_day(record.value.drawn_at))
    cells = {cell for item in found for cell in cells_of(item.block)}
    kept = tuple(item for item in record.deposits[:-1] if item.cell in cells)
    return replace(record, deposits=(*kept, record.deposits[-1]))


def _absorb(work: Work, contents: Contents, safe: Safe) -> None:
    """Take refused attempts into the log: one line for each account, and whether it named this drill."""
    fresh = [item for item in contents.attempts if item["number"] > safe.record.attempts_seen]
    if not fresh:
        return
    lost = fresh[-1]["number"] - safe.record.attempts_seen - len(fresh)
    groups = Counter((item["account"], item["os_user"], item["claim"] == safe.record.drill) for item in fresh)
    for (account, os_user, named), count in groups.most_common(MOST_REFUSALS):
        actor = Actor(account=account, name=account, roles=frozenset(), os_user=os_user)
        detail = f"{fresh[0]['at']} - {fresh[-1]['at']}" + (", this drill" if named else "")
        safe.note(Access.REFUSED, at=work.now, actor=actor, detail=detail, count=count)
    rest = lost + sum(count for _, count in groups.most_common()[MOST_REFUSALS:])
    if rest:
        safe.note(Access.REFUSED, at=work.now, actor=SYSTEM, detail="not kept one by one", count=rest)
    safe.record = replace(safe.record, attempts_seen=fresh[-1]["number"])
