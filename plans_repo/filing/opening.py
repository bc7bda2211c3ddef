"""Open a filing package with distrust: sizes, paths, hashes, signature, the version itself, marks of classification."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plans_repo.archives import DAMAGED
from plans_repo.errors import PlansRepoError
from plans_repo.filing.manifest import (
    MANIFEST,
    SIGNATURE,
    VERSION,
    Manifest,
    PackedFile,
    SignedHead,
    read_json,
    read_manifest,
    read_value,
    signer_of,
)
from plans_repo.store import events
from plans_repo.store.audit import root_hash
from plans_repo.store.signing import HeadKey
from plans_repo.store.tables.events import HeadRow
from plans_repo.text.clause import Clause, from_plain
from plans_repo.text.reading.marks import classification_mark, name_mark
from plans_repo.text.tree import build_tree
from sim.errors import CodedError
from sim.plain import canonical
from sim.procedure import Procedure

FILE_LIMIT_BYTES = 300_000_000
EXPANDED_LIMIT_BYTES = 500_000_000
MEMBER_LIMIT_BYTES = 200_000_000
HEAD_LIMIT_BYTES = 20_000_000  # manifest and signature
RATIO_FREE_BYTES = 20_000_000
RATIO_LIMIT = 200
MEMBERS_LIMIT = 2_000
CLAUSES_LIMIT = 100_000
SYMLINK = 0o120000
PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
PLAIN_TEXT = (".txt", ".md", ".html", ".htm", ".csv")


@dataclass(frozen=True, kw_only=True)
class OpenedPackage:
    """A package in which everything fits: its manifest, who signed it, the version, the files by path."""

    manifest: Manifest
    signer: str
    clauses: tuple[Clause, ...]
    procedure: Procedure | None
    files: Mapping[str, bytes]

    def papers(self) -> Iterator[tuple[PackedFile, bytes]]:
        """The papers with their bytes."""
        for entry in self.manifest.files:
            if entry.paper is not None:
                yield entry, self.files[entry.path]

    def media(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of the pictures of the text."""
        for entry in self.manifest.files:
            if entry.path.startswith("media/"):
                yield entry.name, self.files[entry.path]


def open_package(data: bytes, name: str) -> OpenedPackage:
    """The package in the bytes of a file, or one refusal; nothing has been stored when it comes.

    What is in it is exactly what its signed manifest says, and the version has the root hash it claims.
    """
    if len(data) > FILE_LIMIT_BYTES:
        raise PlansRepoError("package-too-large", thing=name, rule=f"at most {FILE_LIMIT_BYTES} bytes", value=len(data))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise PlansRepoError("package-not-zip", thing=name, rule="must be a zip file") from error
    members = _members(archive, name)
    head = _read(archive, members, MANIFEST, HEAD_LIMIT_BYTES, name)
    signer = signer_of(head, _read(archive, members, SIGNATURE, HEAD_LIMIT_BYTES, name), name)
    manifest = read_manifest(head, name)
    _check_sender(manifest, signer, name)
    files = _files(archive, members, manifest, name)
    clauses, procedure = _version(manifest, files[VERSION], name)
    _check_media(clauses, manifest, name)
    package = OpenedPackage(manifest=manifest, signer=signer, clauses=clauses, procedure=procedure, files=files)
    _check_marks(package, name)
    return package


def _members(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    listed = archive.infolist()
    if len(listed) > MEMBERS_LIMIT:
        raise PlansRepoError("package-expands", thing=name, rule=f"at most {MEMBERS_LIMIT} files", value=len(listed))
    for info in listed:
        if not PATH.fullmatch(info.filename) or (info.external_attr >> 16) & 0o170000 == SYMLINK:
            raise PlansRepoError("package-path-unfit", thing=name, field="path", value=info.filename[:200])
        if info.flag_bits & 1:
            raise PlansRepoError("package-encrypted", thing=name, value=info.filename)
        if info.filename.lower() in map(str.lower, found):
            raise PlansRepoError("package-file-twice", thing=name, field="path", value=info.filename)
        found[info.filename] = info
    total, packed = sum(info.file_size for info in listed), sum(info.compress_size for info in listed)
    is_dense = total > RATIO_FREE_BYTES and total / max(packed, 1) > RATIO_LIMIT
    if is_dense or total > EXPANDED_LIMIT_BYTES:
        raise PlansRepoError("package-expands", thing=name, rule="must not expand beyond measure", value=total)
    return found


def _read(
    archive: zipfile.ZipFile,
    members: Mapping[str, zipfile.ZipInfo],
    path: str,
    limit: int,
    name: str,
    listed: int | None = None,
) -> bytes:
    """The bytes of a member; never more than *limit*, nor more than are *listed*, whatever the zip says of it."""
    info = members.get(path)
    if info is None:
        raise PlansRepoError("package-file-missing", thing=name, field="path", value=path)
    try:
        with archive.open(info) as member:
            data = member.read((limit if listed is None else listed) + 1)
    except DAMAGED as error:
        raise PlansRepoError("package-damaged", thing=name, field=path, rule="must be readable") from error
    if listed is not None and len(data) != listed:
        has = max(info.file_size, len(data)) if len(data) > listed else len(data)
        raise PlansRepoError(
            "package-file-resized",
            thing=name,
            field="size",
            rule="must be as listed",
            value=path,
            bytes=has,
            listed=listed,
        )
    if len(data) > limit:
        raise PlansRepoError("package-expands", thing=name, field=path, rule=f"at most {limit} bytes", value=len(data))
    return data


def _check_sender(manifest: Manifest, signer: str, name: str) -> None:
    if manifest.sender.key != signer:
        raise PlansRepoError("package-signature-wrong", thing=name, field="key", rule="must be the sender's")
    if manifest.head is not None and not _is_head_signed(manifest.head, signer):
        raise PlansRepoError("package-head-wrong", thing=name, field="head", rule="must be signed by the sender")


def _is_head_signed(head: SignedHead, signer: str) -> bool:
    """Whether the head of the sender's chains fits its hash and bears the signature of the key it names.

    An installation restored from a backup goes on with heads its former key has signed.
    """
    row = HeadRow(**{field: getattr(head, field) for field in SignedHead.__dataclass_fields__})
    if head.hash != events.head_hash(row):
        return False
    try:
        return HeadKey.checking(head.key or signer).fits(events.head_bytes(row), head.signature, head.key or signer)
    except PlansRepoError:
        return False


def _files(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], manifest: Manifest, name: str
) -> dict[str, bytes]:
    """The files the manifest lists, each of its size and hash; nothing else may lie beside them."""
    listed = [entry.path for entry in manifest.files]
    if len(set(listed)) != len(listed) or VERSION not in listed:
        raise PlansRepoError("package-file-missing", thing=name, field="files", value=VERSION)
    if extra := sorted(set(members) - {MANIFEST, SIGNATURE, *listed}):
        raise PlansRepoError("package-file-unlisted", thing=name, field="path", value=extra[0])
    found: dict[str, bytes] = {}
    for entry in manifest.files:
        if entry.size > MEMBER_LIMIT_BYTES:
            raise PlansRepoError("package-expands", thing=name, field=entry.path, value=entry.size)
        data = _read(archive, members, entry.path, MEMBER_LIMIT_BYTES, name, listed=entry.size)
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise PlansRepoError("package-file-altered", thing=name, field="path", value=entry.path)
        found[entry.path] = data
    return found


def _version(manifest: Manifest, data: bytes, name: str) -> tuple[tuple[Clause, ...], Procedure | None]:
    """The version, rebuilt: its tree, its procedure and both together have the hashes the manifest gives."""
    told = read_json(data, name, VERSION)
    listed = told.get("clauses")
    if not isinstance(listed, list) or len(listed) > CLAUSES_LIMIT:
        raise PlansRepoError("package-damaged", thing=name, field=VERSION, rule="needs a list of clauses")
    try:
        clauses = tuple(map(from_plain, listed))
        tree = build_tree(clauses)
    except (CodedError, RecursionError, TypeError, ValueError) as error:
        raise PlansRepoError("package-damaged", thing=name, field=VERSION, rule="must hold clauses") from error
    form = told.get("procedure")
    procedure = read_value(Procedure, form, name, VERSION) if isinstance(form, dict) else None
    procedure_hash = hashlib.sha256(canonical(procedure)).hexdigest() if procedure else None
    has_hashes = (tree.root_hash, procedure_hash) == (manifest.tree_hash, manifest.procedure_hash)
    if not has_hashes or root_hash(tree.root_hash, procedure_hash) != manifest.root_hash:
        raise PlansRepoError("package-root-hash", thing=name, field="root_hash", value=manifest.root_hash[:12])
    return clauses, procedure


def _check_media(clauses: tuple[Clause, ...], manifest: Manifest, name: str) -> None:
    there = {entry.sha256 for entry in manifest.files if entry.path.startswith("media/")}
    for clause in clauses:
        if lacking := sorted(set(clause.media) - there):
            raise PlansRepoError("package-file-missing", thing=name, field="media", value=lacking[0][:12])


def _check_marks(package: OpenedPackage, name: str) -> None:
    """Classified matter never enters: neither in the text nor in a paper or a name."""
    for where, lines in _texts(package):
        if found := classification_mark(lines):
            raise PlansRepoError("package-classified", thing=name, field=where, value=found)
    for entry in package.manifest.files:
        if found := name_mark(entry.name):
            raise PlansRepoError("package-classified", thing=name, field=entry.name, value=found)


def _texts(package: OpenedPackage) -> Iterator[tuple[str, list[str]]]:
    manifest = package.manifest
    yield "manifest", [manifest.title, manifest.label, manifest.document_number, manifest.sender.body]
    for clause in package.clauses:
        yield clause.heading or clause.id, ["".join(clause.pieces()), clause.title, *clause.text.splitlines()]
    for entry, data in package.papers():
        yield entry.name, _lines_of(entry.path, data)
    yield "text", _lines_of("text.docx", package.files.get("text.docx", b""))


def _lines_of(path: str, data: bytes) -> list[str]:
    """The lines of a paper as far as they can be read without its own program."""
    if path.endswith(".docx"):
        return _word_lines(data)
    if path.endswith(PLAIN_TEXT):
        return _decoded(data).splitlines()
    return []


def _word_lines(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as word:
            names = [info for info in word.infolist() if re.fullmatch(r"word/.*\.xml", info.filename)]
            if sum(info.file_size for info in names) > MEMBER_LIMIT_BYTES:
                raise PlansRepoError("package-expands", thing="word file", rule="must not expand beyond measure")
            return [line for info in names for line in _xml_lines(word.read(info))]
    except DAMAGED:
        return []


def _xml_lines(xml: bytes) -> list[str]:
    """The paragraphs of a part of a Word file, their runs joined."""
    words = xml.decode("utf-8", errors="replace")
    return ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph)) for paragraph in words.split("</w:p>")]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
