"""A Word file as a zip of parts, opened with distrust."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.word_names import REL_ID, name

EXPANDED_LIMIT_BYTES = 300_000_000  # a plan with maps is a tenth of it
PART_LIMIT_BYTES = 60_000_000
RATIO_FREE_BYTES = 20_000_000  # below this a high ratio is only a repetitive text
RATIO_LIMIT = 200
PARTS_LIMIT = 10_000
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, kw_only=True)
class Relation:
    """Where a part points to: the last word of its type, the target's path, or an address outside."""

    kind: str
    target: str
    external: bool


class Archive:
    """Parts of one Word file by path, already checked for size."""

    def __init__(self, data: bytes, file_name: str) -> None:
        self.file_name = file_name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refusal("plan-file-damaged", file_name, rule="must be a readable Word file") from error
        _check_expansion(self._zip.infolist(), file_name)
        self._names = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}

    def has(self, path: str) -> bool:
        return path.lower() in self._names

    def part(self, path: str) -> bytes:
        """The bytes of a part; a damaged one is refused."""
        try:
            return self._zip.read(self._names[path.lower()])
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise refusal(
                "plan-file-damaged", self.file_name, rule="every part must be readable", value=path
            ) from error

    def tree(self, path: str) -> etree._Element:
        """The XML of a part, parsed without entities, without network, never huge."""
        data = self.part(path)
        if any(sign in data for sign in DOCTYPES + ENTITIES):
            raise refusal(
                "plan-file-entities", self.file_name, rule="must not declare a DOCTYPE or entities", value=path
            )
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise refusal("plan-file-damaged", self.file_name, rule="XML must be well formed", value=path) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusal(
                "plan-file-entities", self.file_name, rule="must not declare a DOCTYPE or entities", value=path
            )
        return root

    def relations(self, path: str) -> dict[str, Relation]:
        """What the part at *path* points to, by relation id."""
        folder, leaf = posixpath.split(path)
        rels = posixpath.join(folder, "_rels", f"{leaf}.rels")
        if not self.has(rels):
            return {}
        return {
            element.get("Id", ""): _relation(element, folder)
            for element in self.tree(rels)
            if name(element).endswith("Relationship")
        }

    def main_part(self) -> str:
        """The path of the document itself."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        raise refusal("plan-file-not-document", self.file_name, rule="the zip must contain a Word document")


def _relation(element: etree._Element, folder: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(
        kind=element.get("Type", "").rsplit("/", 1)[-1], target=target if external else path, external=external
    )


def relation_id(element: etree._Element, attribute: str = "id") -> str:
    """The relation an element names by r:id, r:embed or r:link."""
    for space in REL_ID:
        found = element.get(f"{{{space}}}{attribute}")
        if found:
            return found
    return ""


def _check_expansion(parts: list[zipfile.ZipInfo], file_name: str) -> None:
    if len(parts) > PARTS_LIMIT:
        raise refusal("plan-file-expands", file_name, rule=f"at most {PARTS_LIMIT} parts", value=len(parts))
    if any(info.flag_bits & 1 for info in parts):
        raise refusal("plan-file-encrypted", file_name, rule="must not be encrypted")
    total = sum(info.file_size for info in parts)
    packed = max(sum(info.compress_size for info in parts), 1)
    too_dense = total > RATIO_FREE_BYTES and total / packed > RATIO_LIMIT
    too_large = total > EXPANDED_LIMIT_BYTES or any(
        info.file_size > PART_LIMIT_BYTES and info.filename.endswith((".xml", ".rels")) for info in parts
    )
    if too_dense or too_large:
        raise refusal("plan-file-expands", file_name, rule="must not expand beyond measure", value=total)
