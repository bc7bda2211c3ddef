"""What a filing package says of itself: which edition, by whom, in which files; signed by the sender's key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plans_repo.course.stages import PaperKind
from plans_repo.errors import PlansRepoError
from plans_repo.filing.recipients import Recipient
from plans_repo.organisations import OrganisationKind
from plans_repo.store.signing import SCHEME, HeadKey
from plans_repo.store.tables.plans import PlanKind
from sim.errors import SimError
from sim.plain import canonical, plain, unplain

FORMAT, MENDING = 2, 3
READABLE = (1, 2, 3)
"""Packages of format 1 do not say what was left out of them; in format 3 one says which earlier filing it mends."""
KIND = "yuyan-filing"
MANIFEST, SIGNATURE, VERSION = "manifest.json", "signature.json", "version.json"


@dataclass(frozen=True, kw_only=True)
class PackedFile:
    """One file of a package: its path, size and sha-256, its name for people; *paper* says which paper it is."""

    path: str
    size: int
    sha256: str
    name: str = ""
    paper: PaperKind | None = None


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who files: the body, its kind and area there, the key of its installation."""

    body: str
    kind: OrganisationKind | None
    area: str
    key: str


@dataclass(frozen=True, kw_only=True)
class SignedHead:
    """The newest head of the sender's event chains when the package was made, with its signature."""

    position: int
    chain: str
    event_position: int
    event_hash: str
    previous: str
    scheme: str
    key: str
    hash: str
    signature: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The head of a package. *edition* counts the editions of the plan; *filing* is the package's own id.

    *left_out* are the kinds of papers the sender has of the edition and did not put in. *mends* is the digest of the
    package of an earlier edition that was sent back or to be supplemented and that this edition mends, "" for none.
    """

    format: int
    kind: str
    filing: str
    plan: str
    version: str
    course: str
    edition: int
    title: str
    label: str
    plan_kind: PlanKind
    hazard: str
    root_hash: str
    tree_hash: str
    procedure_hash: str | None
    hash_name: str
    document_number: str
    issued_on: date
    effective_on: date
    trial_until: date | None
    sent_on: date
    sender: Sender
    recipients: tuple[Recipient, ...]
    files: tuple[PackedFile, ...]
    head: SignedHead | None
    made_at: datetime
    left_out: tuple[PaperKind, ...] = ()
    mends: str = ""

    @property
    def bytes(self) -> bytes:
        """The manifest as it lies in the package, in canonical form."""
        told = plain(self)
        since = {"left_out": 2, "mends": MENDING}
        return canonical({key: value for key, value in told.items() if self.format >= since.get(key, 1)})

    @property
    def digest(self) -> str:
        """The sha-256 of the manifest: what a receipt refers to, however the zip around it was packed."""
        return hashlib.sha256(self.bytes).hexdigest()

    def file(self, path: str) -> PackedFile:
        """The entry of a path."""
        return next(entry for entry in self.files if entry.path == path)


def fingerprint(key: str) -> str:
    """A key as two people read it to each other over the telephone: the first eight groups of its sha-256.

    >>> fingerprint("00" * 32)
    '6668 7AAD F862 BD77 6C8F C18B 8E9F 8E20'
    """
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest().upper()
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def signed(value: object, key: HeadKey) -> bytes:
    """The signature over the canonical form of *value*, as it lies in a file."""
    return signed_bytes(canonical(value), key)


def signed_bytes(data: bytes, key: HeadKey) -> bytes:
    """The signature over *data*, as it lies in a file."""
    return canonical({"scheme": SCHEME, "key": key.name, "signature": key.sign(data)})


def signer_of(data: bytes, signature: bytes, thing: str) -> str:
    """The key that signed *data*, or a refusal."""
    told = read_json(signature, thing, SIGNATURE)
    key, value = told.get("key"), told.get("signature")
    if told.get("scheme") != SCHEME or not isinstance(key, str) or not isinstance(value, str):
        raise PlansRepoError("package-unsigned", thing=thing, field="signature", rule=f"must be {SCHEME}")
    try:
        fits = HeadKey.checking(key).fits(data, value, key)
    except PlansRepoError as error:
        raise PlansRepoError("package-unsigned", thing=thing, field="key", rule="must be a public key") from error
    if not fits:
        raise PlansRepoError("package-signature-wrong", thing=thing, field="signature", rule="must fit the manifest")
    return key


def read_manifest(data: bytes, thing: str) -> Manifest:
    """The manifest of a package of this format, or a refusal."""
    told = read_json(data, thing, MANIFEST)
    if told.get("kind") != KIND:
        raise PlansRepoError("package-of-another-kind", thing=thing, field="kind", rule=f"must be {KIND}")
    if told.get("format") not in READABLE:
        raise PlansRepoError(
            "package-format-unknown", thing=thing, field="format", rule=f"must be {FORMAT}", value=told.get("format")
        )
    manifest: Manifest = read_value(Manifest, told, thing, MANIFEST)
    if manifest.bytes != data:
        raise PlansRepoError("package-damaged", thing=thing, field=MANIFEST, rule="must be in canonical form")
    return manifest


def read_value(kind: type[Any], told: Mapping[str, Any], thing: str, name: str) -> Any:
    """The value of *kind* that a file says, or a refusal that names the file."""
    try:
        return unplain(kind, dict(told))
    except (SimError, PlansRepoError) as error:
        rule = str(error.fields.get("rule", ""))
        raise PlansRepoError("package-damaged", thing=thing, field=name, rule=rule) from error


def read_json(data: bytes, thing: str, name: str) -> dict[str, Any]:
    """The object in a file of a package, or a refusal."""
    try:
        told = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise PlansRepoError("package-damaged", thing=thing, field=name, rule="must be JSON") from error
    if not isinstance(told, dict):
        raise PlansRepoError("package-damaged", thing=thing, field=name, rule="must be an object")
    return told
