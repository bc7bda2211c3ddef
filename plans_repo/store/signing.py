"""The key that signs the heads of the event chains; it lies outside the database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from plans_repo.errors import PlansRepoError

FORMER = "heads.former"
SCHEME = "ed25519"  # stored with every signature, so that it can be replaced


@dataclass(frozen=True, kw_only=True)
class HeadKey:
    """Signs and checks heads, and remembers the newest one beside the key.

    The remembered head shows when the end of the chains has been cut off. Heads of a
    store restored from a backup were signed by the key of the installation before it;
    its public half is in *former*.
    """

    private: Ed25519PrivateKey
    witness: Path | None = None
    former: tuple[Ed25519PublicKey, ...] = ()

    @classmethod
    def fresh(cls) -> HeadKey:
        """A new key that lives as long as the process."""
        return cls(private=Ed25519PrivateKey.generate())

    @classmethod
    def checking(cls, name: str) -> HeadKey:
        """A key that checks what the key of that *name* has signed."""
        return cls(private=Ed25519PrivateKey.generate(), former=(_public_key(name),))

    @classmethod
    def in_directory(cls, directory: Path) -> HeadKey:
        """The key of a data directory, made at the first call; only its owner can read it."""
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = directory / "heads.key"
        _make_key(path)
        former = directory / FORMER
        names = former.read_text(encoding="ascii").split() if former.exists() else ()
        keys = tuple(_public_key(name) for name in names)
        return cls(private=_read_key(path), witness=directory / "head.txt", former=keys)

    def sign(self, data: bytes) -> str:
        """The signature of *data*, in hexadecimal."""
        return self.private.sign(data).hex()

    def fits(self, data: bytes, signature: str, name: str = "") -> bool:
        """True when *signature* over *data* was made with this key, or with the former key of that *name*."""
        keys = {self.name: self.public} | {key.public_bytes_raw().hex(): key for key in self.former}
        key = keys.get(name or self.name)
        is_signed = key is not None and _fits(key, data, signature)
        return is_signed and signature == signature.lower()  # one signature has one spelling

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


def trust_former(directory: Path, name: str) -> None:
    """Have the installation in *directory* accept heads signed by the key of that *name*."""
    _public_key(name)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    (directory / FORMER).write_text(f"{name}\n", encoding="ascii")


def _fits(key: Ed25519PublicKey, data: bytes, signature: str) -> bool:
    try:
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _public_key(name: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(name))
    except ValueError as error:
        raise PlansRepoError("signing-key-unreadable", thing=name, rule="must be an Ed25519 public key") from error


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
