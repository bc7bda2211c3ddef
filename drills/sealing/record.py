"""What lies in a slot: the committed content, its nonce, the deposits, the access log."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from drills.drill import Blindness, Drill, DrillType, State
from drills.sealing.access_log import Log, head
from drills.sealing.beacon import Deposit
from drills.sealing.lot import Slate
from drills.sealing.pledges import Opening
from plans_repo.course.working_days import ZONE
from sim.plain import canonical, unplain

FORMAT = 1


class Mode(StrEnum):
    """Who can open a sealed drill before it starts."""

    PASSPHRASE = "passphrase"  # 口令：只有知道口令的人能打开，机器管理员也不能
    SERVER_KEY = "server_key"  # 服务器密钥：到时自动启封，机器管理员能够打开


@dataclass(frozen=True, kw_only=True)
class DrawRecord:
    """Everything needed to draw again: the slate, the two parties' nonces, the seed."""

    slate: Slate
    organiser: Opening
    other: Opening
    seed: str


@dataclass(frozen=True, kw_only=True)
class SealedContent:
    """What the commitment covers: the drill as drawn, and the draw."""

    format: int = FORMAT
    drill: str
    mode: Mode
    title: str
    title_en: str
    plans: tuple[str, ...]
    type: DrillType
    blindness: frozenset[Blindness]
    organisation: str | None
    area: str
    day: date
    time: str
    zone: str
    duration_min: int
    place: str
    units: tuple[str, ...]
    scenario: str
    drawn_at: datetime
    draw: DrawRecord

    @property
    def starts_at(self) -> datetime:
        """The instant T0."""
        return datetime.combine(self.day, time.fromisoformat(self.time), tzinfo=ZONE)

    def as_drill(self, state: State, note: str = "") -> Drill:
        """The drill as everybody may know it, once it is no longer sealed."""
        return Drill(
            id=self.drill,
            title=self.title,
            title_en=self.title_en,
            plans=self.plans,
            type=self.type,
            blindness=self.blindness,
            organisation=self.organisation,
            area=self.area,
            state=state,
            year=self.day.year,
            on=self.day,
            at=time.fromisoformat(self.time),
            duration_min=self.duration_min,
            place=self.place,
            units=self.units,
            scenario=self.scenario,
            note=note,
        )


@dataclass(frozen=True, kw_only=True)
class SealedRecord:
    """A sealed drill as it lies in its slot.

    *content* stays the plain data the commitment was made of; *attempts_seen* is the number of the last refused
    attempt that has been taken into the log.
    """

    format: int = FORMAT
    state: State = State.SEALED
    content: dict[str, Any]
    nonce: str
    commitment: str
    deposits: tuple[Deposit, ...] = ()
    log: Log = ()
    attempts_seen: int = 0
    reason: str = ""

    @property
    def drill(self) -> str:
        """The id of the drill."""
        return str(self.content["drill"])

    @property
    def value(self) -> SealedContent:
        """The content as a value."""
        return unplain(SealedContent, self.content)

    def with_deposit(self, blinder: bytes) -> SealedRecord:
        """The record with a deposit of the present head."""
        fresh = Deposit(blinder=blinder.hex(), commitment=self.commitment, head=head(self.log), entries=len(self.log))
        return replace(self, deposits=(*self.deposits, fresh))

    def sealed_bytes(self) -> bytes:
        """The bytes that are sealed."""
        return canonical(self)


def record_from(data: bytes) -> SealedRecord:
    """The record that the sealed bytes stand for."""
    return unplain(SealedRecord, json.loads(data))
