"""The daily beacon: bytes of fixed length, there every day, drill or no drill.

A beacon is 17 cells of 32 bytes. Cell 17 is the pledge of the installation's own nonce of that day (`pledges`). Each of
the others either is 32 random bytes or hides a deposit:

    cell = SHA-256("yuyan beacon 1\\n" ‖ blinder ‖ commitment ‖ head of the access log)

with a fresh 32-byte blinder. *Hiding*: whoever does not know the blinder cannot tell such a cell from random bytes, not
even somebody who was told the commitment, for the blinder has 256 bits of its own. *Binding*: opening a cell to another
commitment needs two inputs of SHA-256 with one output; all fields have fixed lengths, so no input can be read in two
ways. A one-time pad over the commitment would hide as well and bind nothing.

Beacons are chained: each is hashed together with the hash of the one before, so a beacon kept by anybody vouches for
all earlier ones. The commitment is published at the next beacon after the draw, the newest head of the access log at
the next beacon after each reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drills.errors import DrillError
from sim.plain import digest

CELL_BYTES = 32
DEPOSIT_CELLS = 16
CELLS = DEPOSIT_CELLS + 1
BLOCK_BYTES = CELLS * CELL_BYTES
HASH_NAME = "sha256"
START = "0" * 64
_TAG = b"yuyan beacon 1\n"


@dataclass(frozen=True, kw_only=True)
class Beacon:
    """What was published on a day."""

    day: date
    block: bytes
    previous: str
    hash: str

    @property
    def pledge(self) -> str:
        """The pledge of the installation's nonce of the day."""
        return cells_of(self.block)[-1].hex()

    @property
    def is_sound(self) -> bool:
        """Whether block, day and the beacon before fit the hash."""
        return len(self.block) == BLOCK_BYTES and self.hash == beacon_hash(self.day, self.block, self.previous)


@dataclass(frozen=True, kw_only=True)
class Deposit:
    """What a cell hides: the commitment and the head of the access log after *entries* lines."""

    blinder: str
    commitment: str
    head: str
    entries: int

    @property
    def cell(self) -> bytes:
        """The 32 bytes that stand in the beacon."""
        parts = map(bytes.fromhex, (self.blinder, self.commitment, self.head))
        return hashlib.sha256(_TAG + b"".join(parts)).digest()

    def __post_init__(self) -> None:
        if any(len(field) != 2 * CELL_BYTES for field in (self.blinder, self.commitment, self.head)):
            raise DrillError("deposit-malformed", thing="deposit", rule=f"needs fields of {CELL_BYTES} bytes")


def beacon_hash(day: date, block: bytes, previous: str) -> str:
    """The hash that binds a beacon to its day and to the one before."""
    return digest({"day": day, "block": block, "previous": previous, "hash_name": HASH_NAME})


def cells_of(block: bytes) -> tuple[bytes, ...]:
    """The cells of a block.

    >>> len(cells_of(bytes(BLOCK_BYTES)))
    17
    """
    if len(block) % CELL_BYTES:
        raise DrillError(
            "beacon-malformed", thing="beacon", field="block", rule="must be whole cells", value=len(block)
        )
    return tuple(block[start : start + CELL_BYTES] for start in range(0, len(block), CELL_BYTES))


def chain_fault(beacons: Sequence[Beacon]) -> date | None:
    """The day of the first beacon that does not fit its hash or the one before it, or none."""
    previous = START
    for beacon in beacons:
        if not beacon.is_sound or beacon.previous != previous:
            return beacon.day
        previous = beacon.hash
    return None
