"""The key that signs the heads of the event chains; it lies outside the database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from plans_repo.errors import PlansRepoError

SCHEME = "ed25519"  # stored with every signature, so that it can be replaced


@dataclass(frozen=True, kw_only=True)
class HeadKey:
    """Signs and checks heads, and remembers the newest one beside the key.

    The remembered head shows when the end of the chains has been cut off.
    """

    private: Ed25519PrivateKey
    witness: Path | None = None

    @classmethod
    def fresh(cls) -> HeadKey:
        """A new key that lives as long as the process."""
        return cls(private=Ed25519PrivateKey.generate())

    @classmethod
    def in_directory(cls, directory: Path) -> HeadKey:
        """The key of a data directory, made at the first call; only its owner can read it."""
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = directory / "heads.key"
        _make_key(path)
        return cls(private=_read_key(path), witness=directory / "head.txt")

    def sign(self, data: bytes) -> str:
        """The signature of *data*, in hexadecimal."""
        return self.private.sign(data).hex()

    def fits(self, data: bytes, signature: str) -> bool:
        """True when *signature* over *data* was made with this key."""
        try:
            self.public.verify(bytes.fromhex(signature), data)
        except (InvalidSignature, ValueError):
            return False
        return signature == signature.lower()  # one signature has one spelling

    @property
    def public(self) -> Ed25519PublicKey:
        """The half that may be printed."""
        return self.private.public_key()

    @property
    def name(self) -> str:
        """The public key in hexadecimal, as printed on papers."""
        return self.public.public_bytes_raw().hex()

    def remember(self, position: int, head: str) -> None:
        """Keep the newest head outside the database."""
        if self.witness is None or ((known := self.remembered()) and known[0] >= position):
            return
        scratch = self.witness.with_suffix(f".{os.getpid()}.new")
        scratch.write_text(f"{position} {head}\n", encoding="ascii")
        scratch.replace(self.witness)

    def remembered(self) -> tuple[int, str] | None:
        """The newest head known outside the database: position and hash."""
        if self.witness is None or not self.witness.exists():
            return None
        position, head = self.witness.read_text(encoding="ascii").split()
        return int(position), head


def _make_key(path: Path) -> None:
    """Write a new key unless there is one; of two processes at once, one wins."""
    if path.exists():
        return
    scratch = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_pem(Ed25519PrivateKey.generate()))
    try:
        os.link(scratch, path)
    except FileExistsError:
        pass  # the other process was first; its key is the key
    finally:
        scratch.unlink()


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _read_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise PlansRepoError("signing-key-unreadable", thing=str(path), rule="must be a PEM private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise PlansRepoError("signing-key-unreadable", thing=str(path), rule="must be an Ed25519 private key")
    return key
