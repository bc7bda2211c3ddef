"""One sealed thing as bytes of fixed length: encrypted, padded, openable by passphrase.

    header (512 bytes: names and parameters) ‖ three key cells of 60 bytes ‖ AES-256-GCM over length ‖ data ‖ zeros

The data key is random. The key cells hold it wrapped under the director's passphrase, under the recovery passphrase,
and, in server-key mode, under the server's key; a cell without use holds random bytes. All that stands before the
ciphertext is authenticated with it: one changed byte anywhere and nothing opens.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from drills.errors import DrillError
from drills.sealing.commitment import Randomness
from sim.plain import canonical

FORMAT = 1
CIPHER = "aes-256-gcm"
KDF = "argon2id"
KEY_HASH = "hkdf-sha256"
KEY_BYTES = 32
GCM_NONCE, GCM_TAG = 12, 16
HEADER_BYTES = 512
WRAP_BYTES = GCM_NONCE + KEY_BYTES + GCM_TAG
LENGTH_BYTES = 4
SALT_BYTES = 16
LEAST_PASSPHRASE_BYTES = 8


class Way(StrEnum):
    """By which of the three cells something was opened."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    SERVER = "server"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """How much work it is to turn a passphrase into a key (RFC 9106, second recommendation)."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024

    def __post_init__(self) -> None:
        if not (1 <= self.iterations <= 64 and 1 <= self.lanes <= 64 and 64 <= self.memory_kib <= 4 * 1024 * 1024):
            raise DrillError("sealed-cost-wrong", thing="cost", rule="must lie within sane limits")


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What opens: by a person's passphrase, or the server's key, or nothing yet."""

    passphrase: bytes
    recovery: bytes | None = None
    server: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The data, by which way it was opened, and the key it lies under."""

    data: bytes
    way: Way
    data_key: bytes


def capacity(size: int) -> int:
    """How many bytes of data fit into a container of *size*.

    >>> capacity(1024)
    300
    """
    return size - HEADER_BYTES - 3 * WRAP_BYTES - GCM_NONCE - GCM_TAG - LENGTH_BYTES


def passphrase_key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a passphrase stands for; spellings that look the same count as the same."""
    words = unicodedata.normalize("NFKC", passphrase).encode()
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(words)


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too easily guessed; eight letters or three Han characters are the least."""
    if len(passphrase.strip().encode()) < LEAST_PASSPHRASE_BYTES:
        raise DrillError("passphrase-too-short", thing="passphrase", rule=f"needs {LEAST_PASSPHRASE_BYTES} letters",
                         limit=LEAST_PASSPHRASE_BYTES)  # fmt: skip


def subkey(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key of its own for one purpose."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"yuyan {purpose}".encode()).derive(key)


def header_of(salt: bytes, cost: Cost) -> bytes:
    """The header: which cipher, which hash, which cost, so that they can be replaced some day (国密)."""
    words = {
        "format": FORMAT, "cipher": CIPHER, "kdf": KDF, "key_hash": KEY_HASH, "salt": salt,
        "iterations": cost.iterations, "lanes": cost.lanes, "memory_kib": cost.memory_kib,
    }  # fmt: skip
    return canonical(words).ljust(HEADER_BYTES)


def read_header(container: bytes) -> tuple[bytes, Cost] | None:
    """Salt and cost of a container, or none when there is no container."""
    try:
        words: Mapping[str, Any] = json.loads(container[:HEADER_BYTES])
        known = (words["format"], words["cipher"], words["kdf"], words["key_hash"]) == (FORMAT, CIPHER, KDF, KEY_HASH)
        cost = Cost(iterations=words["iterations"], lanes=words["lanes"], memory_kib=words["memory_kib"])
        return (bytes.fromhex(words["salt"]), cost) if known else None
    except (ValueError, KeyError, TypeError, DrillError):
        return None


def seal(data: bytes, keys: Keys, *, header: bytes, size: int, random: Randomness) -> bytes:
    """A container of exactly *size* bytes."""
    data_key = random(KEY_BYTES)
    wraps = b"".join(
        _wrap(data_key, key, way, header, random)
        for way, key in ((Way.PASSPHRASE, keys.passphrase), (Way.RECOVERY, keys.recovery), (Way.SERVER, keys.server))
    )
    return _closed(header + wraps, data_key, data, size, random)


def resealed(container: bytes, opened: Opened, data: bytes, random: Randomness) -> bytes:
    """The container with other data, for the same passphrases."""
    return _closed(container[: HEADER_BYTES + 3 * WRAP_BYTES], opened.data_key, data, len(container), random)


def rekeyed(container: bytes, opened: Opened, way: Way, key: bytes, data: bytes, random: Randomness) -> bytes:
    """The container with other data, opened in future by *key* in that way."""
    header, wraps = container[:HEADER_BYTES], bytearray(container[HEADER_BYTES : HEADER_BYTES + 3 * WRAP_BYTES])
    start = list(Way).index(way) * WRAP_BYTES
    wraps[start : start + WRAP_BYTES] = _wrap(opened.data_key, key, way, header, random)
    return _closed(header + bytes(wraps), opened.data_key, data, len(container), random)


def _closed(front: bytes, data_key: bytes, data: bytes, size: int, random: Randomness) -> bytes:
    room = capacity(size)
    if len(data) > room:
        raise DrillError(
            "sealed-full", thing="sealed drill", rule=f"must fit into {room} bytes", value=len(data), limit=room
        )
    nonce = random(GCM_NONCE)
    body = len(data).to_bytes(LENGTH_BYTES, "big") + data + bytes(room - len(data))
    return front + nonce + AESGCM(data_key).encrypt(nonce, body, front)


def open_container(container: bytes, keys: Mapping[Way, bytes]) -> Opened | None:
    """The data, if one of *keys* opens it; otherwise none, whatever the reason."""
    front = container[: HEADER_BYTES + 3 * WRAP_BYTES]
    header, wraps = front[:HEADER_BYTES], front[HEADER_BYTES:]
    for position, way in enumerate(Way):
        cell = wraps[position * WRAP_BYTES : (position + 1) * WRAP_BYTES]
        data_key = _unwrap(cell, keys.get(way), way, header)
        if data_key is not None and (body := _decrypt(container[len(front) :], data_key, front)) is not None:
            length = int.from_bytes(body[:LENGTH_BYTES], "big")
            return Opened(data=body[LENGTH_BYTES : LENGTH_BYTES + length], way=way, data_key=data_key)
    return None


def _wrap(data_key: bytes, key: bytes | None, way: Way, header: bytes, random: Randomness) -> bytes:
    if key is None:
        return random(WRAP_BYTES)
    nonce = random(GCM_NONCE)
    return nonce + AESGCM(subkey(key, f"wrap {way.value}")).encrypt(nonce, data_key, header)


def _unwrap(cell: bytes, key: bytes | None, way: Way, header: bytes) -> bytes | None:
    if key is None:
        return None
    return _decrypt(cell, subkey(key, f"wrap {way.value}"), header)


def _decrypt(sealed: bytes, key: bytes, authenticated: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(sealed[:GCM_NONCE], sealed[GCM_NONCE:], authenticated)
    except (InvalidTag, ValueError):
        return None
