"""Two parties' nonces, each pledged by a digest before either is opened; their hash is the seed.

The organiser's pledge covers the slate (all that may be drawn), so the slate cannot be trimmed once the other nonce is
known. The other party pledges a nonce without knowing that there is a drill. Neither can steer the seed: whoever opens
last is bound by a digest given first.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from drills.errors import DrillError
from drills.sealing.commitment import NONCE_BYTES

_PLEDGE, _SEED = b"yuyan pledge 1\n", b"yuyan seed 1\n"


class Party(StrEnum):
    """Who stands behind a nonce."""

    ORGANISER = "organiser"  # 组织者
    WITNESS = "witness"  # 见证人：事先登记了校验码的账户
    SLIP = "slip"  # 见证人当场交出的随机数，事先校验码由其自行保存
    INSTALLATION = "installation"  # 本系统：当日信标中已公布其校验码


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A nonce (hexadecimal) with the pledge that was given for it, by whom and when.

    *beacon_on* names the beacon in which the installation's pledge stands.
    """

    party: Party
    name: str
    nonce: str
    pledge: str
    pledged_at: datetime | None = None
    beacon_on: date | None = None

    @property
    def raw(self) -> bytes:
        """The nonce as bytes."""
        return nonce_from(self.nonce)


def nonce_from(words: str) -> bytes:
    """The nonce that 64 hexadecimal digits stand for."""
    try:
        nonce = bytes.fromhex(words.strip())
    except ValueError:
        nonce = b""
    return _sized(nonce)


def _sized(nonce: bytes) -> bytes:
    if len(nonce) != NONCE_BYTES:
        raise DrillError("nonce-wrong-size", thing="nonce", field="nonce", rule=f"must be {NONCE_BYTES} bytes",
                         limit=2 * NONCE_BYTES)  # fmt: skip
    return nonce


def pledge_of(nonce: bytes, slate_digest: str = "") -> str:
    """The digest by which a nonce is pledged; the organiser's covers the slate.

    >>> pledge_of(bytes(32)) == pledge_of(bytes(32), "00" * 32)
    False
    """
    return hashlib.sha256(_PLEDGE + _sized(nonce) + bytes.fromhex(slate_digest)).hexdigest()


def seed_of(organiser: Opening, other: Opening, slate_digest: str) -> bytes:
    """The seed of the draw; refused unless both nonces keep their pledges and come from two parties."""
    _check(organiser, pledge_of(organiser.raw, slate_digest))
    _check(other, pledge_of(other.raw))
    if organiser.raw == other.raw or other.party is Party.ORGANISER:
        raise DrillError("draw-needs-two-parties", thing="draw", field="nonces", rule="must come from two parties")
    return hashlib.sha256(_SEED + organiser.raw + other.raw + bytes.fromhex(slate_digest)).digest()


def _check(opening: Opening, pledge: str) -> None:
    if not hmac.compare_digest(opening.pledge, pledge):
        raise DrillError(
            "pledge-not-kept", thing=f"party {opening.party.value}", field="nonce", rule="must fit the pledge"
        )
