"""The opened drill as one file, and its check without any database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from drills.drill import State
from drills.errors import DrillError
from drills.sealing import lot
from drills.sealing.access_log import Log, first_bad, head
from drills.sealing.beacon import Beacon, Deposit, cells_of
from drills.sealing.commitment import HASH_NAME, fits
from drills.sealing.pledges import Party, seed_of
from drills.sealing.record import FORMAT, SealedContent
from sim.errors import SimError
from sim.plain import canonical, digest, plain, unplain


class Part(StrEnum):
    """A part of the file that does not fit."""

    FILE = "file"  # 文件不是启封文件，或排版被改动
    DIGEST = "digest"  # 文件校验值
    COMMITMENT = "commitment"  # 内容、随机数与封存校验码
    SLATE = "slate"  # 抽签范围自身的规则
    SEED = "seed"  # 两方随机数、事先校验码与种子
    DRAW = "draw"  # 抽签结果
    LOG = "log"  # 访问记录链
    BEACON = "beacon"  # 每日信标


@dataclass(frozen=True, kw_only=True)
class PublishedBeacon:
    """A beacon as the file carries it, its block in hexadecimal."""

    day: date
    block: str
    previous: str
    hash: str

    @classmethod
    def of(cls, beacon: Beacon) -> PublishedBeacon:
        """The beacon in the form of the file."""
        return cls(day=beacon.day, block=beacon.block.hex(), previous=beacon.previous, hash=beacon.hash)

    @property
    def beacon(self) -> Beacon:
        """The beacon."""
        return Beacon(day=self.day, block=bytes.fromhex(self.block), previous=self.previous, hash=self.hash)


@dataclass(frozen=True, kw_only=True)
class Revelation:
    """Everything that is opened after a sealed drill.

    *deposits* are those that stand in one of *beacons*; a drill revealed before the next beacon has none.
    """

    format: int = FORMAT
    state: State
    reason: str
    content: dict[str, Any]
    nonce: str
    commitment: str
    hash_name: str = HASH_NAME
    deposits: tuple[Deposit, ...] = ()
    beacons: tuple[PublishedBeacon, ...] = ()
    log: Log = ()
    revealed_at: datetime

    @property
    def drill(self) -> str:
        """The id of the drill."""
        return str(self.content["drill"])

    @property
    def value(self) -> SealedContent:
        """The content as a value."""
        return unplain(SealedContent, self.content)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A part that does not fit, and where in it."""

    part: Part
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """Whether all of a revealed file fits, what does not, and since when the commitment was public.

    *published_on* is missing when no beacon of the file carries the commitment: the content fits, but nothing shows
    that it was fixed beforehand.
    """

    valid: bool
    faults: tuple[Fault, ...]
    drill: str = ""
    commitment: str = ""
    published_on: date | None = None


def file_of(revelation: Revelation) -> bytes:
    """The file for ``reveal --out``: one line of canonical JSON with a digest of itself."""
    data = plain(revelation)
    return canonical({**data, "digest": digest(data)})


def revelation_from(data: bytes) -> Revelation:
    """The revelation a file stands for; refused when it is not one."""
    try:
        words = json.loads(data)
        del words["digest"]
        return unplain(Revelation, words)
    except (ValueError, KeyError, TypeError, RecursionError, SimError) as error:
        raise DrillError("revelation-unreadable", thing="file", rule="must be a revealed drill") from error


def verify(data: bytes, known: Mapping[date, str] | None = None) -> Verification:
    """Check the file by itself; *known* are hashes of beacons somebody has kept.

    Content and nonce must give the commitment, the pledges must hold, the draw, run again, must give the same day,
    place, units and scenario, the access log must be whole, and the commitment must stand in the beacons.
    """
    try:
        revelation = revelation_from(data)
        faults = tuple(_faults(data, revelation, known or {}))
    except (DrillError, SimError, ValueError, KeyError, TypeError):
        return Verification(valid=False, faults=(Fault(part=Part.FILE),))
    return Verification(
        valid=not faults,
        faults=faults,
        drill=revelation.drill,
        commitment=revelation.commitment,
        published_on=min((beacon.day for _, beacon in _found(revelation)), default=None),
    )


def _faults(data: bytes, revelation: Revelation, known: Mapping[date, str]) -> Iterator[Fault]:
    words = json.loads(data)
    if data.rstrip(b"\r\n") != canonical(words):
        yield Fault(part=Part.FILE, where="canonical form")
    if revelation.format != FORMAT:
        yield Fault(part=Part.FILE, where="format")
    if words.pop("digest") != digest(words) or plain(revelation) != words:
        yield Fault(part=Part.DIGEST)
    if revelation.hash_name != HASH_NAME or not fits(
        revelation.commitment, revelation.content, bytes.fromhex(revelation.nonce)
    ):
        yield Fault(part=Part.COMMITMENT)
    for check in _CHECKS:
        yield from check(revelation)
    yield from _kept_faults(revelation.beacons, known)


def _draw_faults(revelation: Revelation) -> Iterator[Fault]:
    content = revelation.value
    if plain(content) != revelation.content:
        yield Fault(part=Part.FILE, where="content")
    record = content.draw
    if word := record.slate.fault():
        yield Fault(part=Part.SLATE, where=word)
    try:
        seed = seed_of(record.organiser, record.other, record.slate.digest)
    except DrillError as error:
        yield Fault(part=Part.SEED, where=error.code)
        return
    if seed.hex() != record.seed:
        yield Fault(part=Part.SEED, where="seed")
    drawn = lot.draw(record.slate, seed)
    for name in ("day", "time", "place", "units", "scenario"):
        if getattr(drawn, name) != getattr(content, name):
            yield Fault(part=Part.DRAW, where=name)


def _log_faults(revelation: Revelation) -> Iterator[Fault]:
    if (position := first_bad(revelation.log)) is not None:
        yield Fault(part=Part.LOG, where=str(position))
    for deposit in revelation.deposits:
        if deposit.entries > len(revelation.log) or head(revelation.log[: deposit.entries]) != deposit.head:
            yield Fault(part=Part.LOG, where=f"head {deposit.entries}")


def _beacon_faults(revelation: Revelation) -> Iterator[Fault]:
    for published in revelation.beacons:
        if not published.beacon.is_sound:
            yield Fault(part=Part.BEACON, where=str(published.day))
    found = {deposit.cell for deposit, _ in _found(revelation)}
    for number, deposit in enumerate(revelation.deposits, start=1):
        if deposit.cell not in found or deposit.commitment != revelation.commitment:
            yield Fault(part=Part.BEACON, where=f"deposit {number}")
    other = revelation.value.draw.other
    pledges = {published.day: published.beacon.pledge for published in revelation.beacons}
    if other.party is Party.INSTALLATION and (other.beacon_on is None or pledges.get(other.beacon_on) != other.pledge):
        yield Fault(part=Part.BEACON, where="pledge of the installation")


def _found(revelation: Revelation) -> Iterator[tuple[Deposit, Beacon]]:
    """The deposits with the beacon each stands in."""
    for deposit in revelation.deposits:
        for published in revelation.beacons:
            if deposit.cell in cells_of(published.beacon.block)[:-1]:
                yield deposit, published.beacon


def _kept_faults(beacons: Iterable[PublishedBeacon], known: Mapping[date, str]) -> Iterator[Fault]:
    for published in beacons:
        if known.get(published.day, published.hash) != published.hash:
            yield Fault(part=Part.BEACON, where=f"{published.day} differs from the one kept")


_CHECKS: tuple[Callable[[Revelation], Iterator[Fault]], ...] = (_draw_faults, _log_faults, _beacon_faults)
