"""The sealed files of an installation: always the same files, names, sizes and times, drill or no drill.

``sealed/`` holds 16 slots of 256 KiB, the cells of the next beacon, and a ring of refused attempts. All are made with
the installation. Each is encrypted as a whole under a key of this machine (``keys/sealed.key``, outside database and
backups) with its name authenticated, so free and used slots cannot be told apart, nor swapped. Whenever one of them
changes, and at every beacon, *all* are written anew under fresh nonces, and all carry one fixed time.

Who has these files but not ``keys/`` learns nothing, not even how many drills there are. Who has both (the
administrator of the machine) can count used slots, sees when one changes, and can throw one away or put back an older
one; what is in it stays closed by the director's passphrase (`container`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from drills.errors import DrillError
from drills.sealing.beacon import CELL_BYTES, DEPOSIT_CELLS
from drills.sealing.commitment import NONCE_BYTES, Randomness
from drills.sealing.container import GCM_NONCE, GCM_TAG, KEY_BYTES, SALT_BYTES, Cost, header_of, subkey
from drills.sealing.locking import locked
from sim.plain import canonical

SLOTS = 16
STANDARD_COST = Cost()
FILE_BYTES = 256 * 1024
INNER_BYTES = FILE_BYTES - GCM_NONCE - GCM_TAG
NEXT, ATTEMPTS = "next", "attempts"
SLOT_NAMES = tuple(f"{number:02}" for number in range(SLOTS))
SIZES = {**dict.fromkeys(SLOT_NAMES, INNER_BYTES), NEXT: DEPOSIT_CELLS * CELL_BYTES, ATTEMPTS: 64 * 1024}
MOST_ATTEMPTS = 200
FREE = bytes(INNER_BYTES)
WRITTEN_AT = 946_684_800  # seconds; every file says that it was written at the start of 2000


@dataclass(kw_only=True)
class Contents:
    """What the files hold; a slot without a drill is all zeros in here, and looks like the others out there."""

    parts: dict[str, bytes]
    changed: bool = False

    def slot(self, number: int) -> bytes:
        """The content of a slot."""
        return self.parts[SLOT_NAMES[number]]

    def used(self) -> tuple[int, ...]:
        """The numbers of the slots that hold something."""
        return tuple(number for number in range(SLOTS) if self.slot(number) != FREE)

    def free_slot(self) -> int:
        """The number of a slot that holds nothing."""
        free = [number for number in range(SLOTS) if self.slot(number) == FREE]
        if not free:
            raise DrillError("sealed-no-slot", thing="sealed store", rule=f"holds {SLOTS} drills", limit=SLOTS)
        return free[0]

    def put(self, number: int, content: bytes) -> None:
        """Fill a slot."""
        self._put(SLOT_NAMES[number], content)

    @property
    def cells(self) -> tuple[bytes, ...]:
        """The cells of the next beacon."""
        data = self.parts[NEXT]
        return tuple(data[start : start + CELL_BYTES] for start in range(0, len(data), CELL_BYTES))

    def put_cell(self, number: int, cell: bytes) -> None:
        """Change one cell of the next beacon."""
        cells = list(self.cells)
        cells[number] = cell
        self._put(NEXT, b"".join(cells))

    @property
    def attempts(self) -> tuple[dict[str, Any], ...]:
        """The refused attempts that are kept, oldest first, each with its number."""
        return tuple(json.loads(self.parts[ATTEMPTS].rstrip(b"\0") or b"[]"))

    def put_attempts(self, attempts: tuple[dict[str, Any], ...]) -> None:
        """Keep the newest attempts."""
        self._put(ATTEMPTS, canonical(attempts[-MOST_ATTEMPTS:]).ljust(SIZES[ATTEMPTS], b"\0"))

    def _put(self, name: str, content: bytes) -> None:
        if len(content) != SIZES[name]:
            raise DrillError("sealed-file-size", thing=f"sealed file {name}", rule=f"must be {SIZES[name]} bytes",
                             value=len(content))  # fmt: skip
        self.parts[name] = content
        self.changed = True


@dataclass(frozen=True, kw_only=True)
class Vault:
    """The sealed files in *directory*, under the machine's *key*."""

    directory: Path
    key: bytes = field(repr=False)
    random: Randomness = field(repr=False)
    cost: Cost = STANDARD_COST

    @classmethod
    def in_directory(cls, data: Path, *, random: Randomness, cost: Cost | None = None) -> Vault:
        """The vault of a data directory; key and files are made when it has none yet."""
        key = _machine_key(data / "keys" / "sealed.key", random)
        vault = cls(directory=data / "sealed", key=key, random=random, cost=cost or STANDARD_COST)
        with locked(data / "keys" / "sealed.lock"):
            if not vault.directory.exists():
                vault._create()
        return vault

    @property
    def salt(self) -> bytes:
        """The salt of this installation's passphrases; one for all slots, so that opening takes one time for all."""
        return subkey(self.key, "salt", SALT_BYTES)

    @property
    def header(self) -> bytes:
        """The header of a container made here."""
        return header_of(self.salt, self.cost)

    @property
    def server_key(self) -> bytes:
        """The key of server-key mode."""
        return subkey(self.key, "server key")

    def nonce_of(self, day: date) -> bytes:
        """The installation's own nonce of a day; its pledge stands in that day's beacon."""
        return subkey(self.key, f"nonce {day}", NONCE_BYTES)

    @contextmanager
    def contents(self) -> Iterator[Contents]:
        """What the files hold; changed contents are written when the block is left without an error."""
        with locked(self.directory.parent / "keys" / "sealed.lock"):
            contents = Contents(parts={name: self._read(name) for name in SIZES})
            yield contents
            if contents.changed:
                self._write(contents, self.directory)

    def rewrite(self) -> None:
        """Write all files anew, as happens when something changes; nothing has to have changed."""
        with self.contents() as contents:
            contents.changed = True

    def _create(self) -> None:
        """All files at once: a directory made by halves is never there."""
        parts = dict.fromkeys(SLOT_NAMES, FREE) | {NEXT: self.random(SIZES[NEXT]), ATTEMPTS: bytes(SIZES[ATTEMPTS])}
        scratch = self.directory.with_name(f"{self.directory.name}.new")
        scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write(Contents(parts=parts), scratch)
        scratch.rename(self.directory)

    def _read(self, name: str) -> bytes:
        path = self.directory / name
        try:
            sealed = path.read_bytes()
            return self._cipher.decrypt(sealed[:GCM_NONCE], sealed[GCM_NONCE:], name.encode())
        except FileNotFoundError as error:
            raise DrillError(
                "sealed-file-missing", thing=f"sealed file {name}", rule="must exist", value=name
            ) from error
        except (InvalidTag, ValueError) as error:
            raise DrillError("sealed-file-damaged", thing=f"sealed file {name}", rule="was changed from outside",
                             value=name) from error  # fmt: skip

    def _write(self, contents: Contents, directory: Path) -> None:
        """All files, whatever has changed; one after the other, each at once."""
        for name, content in contents.parts.items():
            nonce = self.random(GCM_NONCE)
            _replace(directory / name, nonce + self._cipher.encrypt(nonce, content, name.encode()))
        _sync(directory)
        for path in (*(directory / name for name in SIZES), directory):
            os.utime(path, (WRITTEN_AT, WRITTEN_AT))

    @property
    def _cipher(self) -> AESGCM:
        return AESGCM(subkey(self.key, "files"))


def _machine_key(path: Path, random: Randomness) -> bytes:
    """The key in *path*, made at the first call; only its owner can read it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(path.with_suffix(".lock")):
        if not path.exists():
            _replace(path, random(KEY_BYTES).hex().encode())
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    if len(key) != KEY_BYTES:
        raise DrillError("sealed-key-unreadable", thing="sealed key", rule=f"must be {KEY_BYTES} bytes", value=len(key))
    return key


def _replace(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, readable by its owner only."""
    scratch = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def _sync(directory: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
