"""A zip of parts (Word, OFD, OpenDocument), opened with distrust: nothing is unpacked before it was measured."""

from __future__ import annotations

import io
import re
import struct
import zipfile

from lxml import etree

from plans_repo.archives import DAMAGED
from plans_repo.errors import PlansRepoError
from plans_repo.text.reading.errors import refusal

EXPANDED_LIMIT_BYTES = 300_000_000  # a plan with maps is a tenth of it
PART_LIMIT_BYTES = 30_000_000  # XML; the text of a thousand pages is a third of it
RATIO_FREE_BYTES = 20_000_000  # below this a high ratio is only a repetitive text
RATIO_LIMIT = 200
PARTS_LIMIT = 10_000
DIRECTORY_LIMIT_BYTES = PARTS_LIMIT * 400  # the list of parts, read before the first check of zipfile
TAIL_BYTES = 66_000  # the end record and the longest comment behind it
ENDS = ((b"PK\x05\x06", "<I", 12), (b"PK\x06\x06", "<Q", 40))  # end records, and where each has the list's size
TAGS_LIMIT = 1_500_000  # of one part; the text of a thousand pages has fewer
DEPTH_MESSAGE = "Excessive depth"
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")
XML_ENDINGS = (".xml", ".rels")


class Package:
    """The parts of one zip by path, already checked for number, size, names and passwords."""

    def __init__(self, data: bytes, file_name: str) -> None:
        self.file_name = file_name
        _check_directory(data, file_name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED as error:
            raise refusal("plan-file-damaged", file_name, rule="must be a readable zip") from error
        parts = self._zip.infolist()
        _check_expansion(parts, file_name)
        _check_names(parts, file_name)
        self._parts = {info.filename.lower(): info for info in parts}

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of all parts as they are written."""
        return tuple(info.filename for info in self._parts.values())

    def has(self, path: str) -> bool:
        return path.lower() in self._parts

    def part(self, path: str) -> bytes:
        """The bytes of a part, never more than it declares; a damaged one is refused."""
        try:
            info = self._parts[path.lower()]
            with self._zip.open(info) as opened:
                found = opened.read(info.file_size)
                is_whole = len(found) == info.file_size and not opened.read(1)
        except DAMAGED as error:
            raise self._damaged("every part must be readable", path) from error
        if not is_whole:
            raise self._damaged("every part must be as long as it says", path)
        return found

    def tree(self, path: str) -> etree._Element:
        """The XML of a part, parsed without entities, without network, never huge."""
        return parsed(self.part(path), self.file_name, path)

    def _damaged(self, rule: str, path: str) -> PlansRepoError:
        return refusal("plan-file-damaged", self.file_name, rule=rule, value=path)


def parsed(data: bytes, file_name: str, path: str) -> etree._Element:
    """XML from outside: no DOCTYPE, no entities, nested no deeper than the parser's 256."""
    if any(sign in data for sign in DOCTYPES + ENTITIES):
        raise _entities(file_name, path)
    if data.count(b"<") > TAGS_LIMIT:
        raise refusal("plan-file-too-long", file_name, rule=f"at most {TAGS_LIMIT} tags", value=data.count(b"<"))
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
    except etree.XMLSyntaxError as error:
        if DEPTH_MESSAGE in str(error):
            raise too_deep(file_name) from error
        raise refusal("plan-file-damaged", file_name, rule="XML must be well formed", value=path) from error
    except ValueError as error:
        raise refusal("plan-file-damaged", file_name, rule="XML must be well formed", value=path) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities(file_name, path)
    return root


def too_deep(file_name: str) -> PlansRepoError:
    """The refusal of what is nested beyond measure."""
    return refusal("plan-file-nested", file_name, rule="must not be nested beyond measure")


def _entities(file_name: str, path: str) -> PlansRepoError:
    return refusal("plan-file-entities", file_name, rule="must not declare a DOCTYPE or entities", value=path)


def _check_directory(data: bytes, file_name: str) -> None:
    """Refuse a list of parts that is itself the bomb: zipfile would build an object for each of a million entries."""
    tail = data[-TAIL_BYTES:]
    for sign, form, offset in ENDS:
        at = tail.rfind(sign)
        field = tail[at + offset : at + offset + struct.calcsize(form)] if at >= 0 else b""
        if len(field) == struct.calcsize(form):
            (size,) = struct.unpack(form, field)
            if DIRECTORY_LIMIT_BYTES < size <= len(data):
                raise refusal("plan-file-expands", file_name, rule=f"at most {PARTS_LIMIT} parts", value=size)


def _check_expansion(parts: list[zipfile.ZipInfo], file_name: str) -> None:
    if len(parts) > PARTS_LIMIT:
        raise refusal("plan-file-expands", file_name, rule=f"at most {PARTS_LIMIT} parts", value=len(parts))
    if any(info.flag_bits & 1 for info in parts):
        raise refusal("plan-file-encrypted", file_name, rule="must not be encrypted")
    total = sum(info.file_size for info in parts)
    packed = max(sum(info.compress_size for info in parts), 1)
    too_dense = total > RATIO_FREE_BYTES and total / packed > RATIO_LIMIT
    too_large = total > EXPANDED_LIMIT_BYTES or any(
        info.file_size > PART_LIMIT_BYTES and info.filename.lower().endswith(XML_ENDINGS) for info in parts
    )
    if too_dense or too_large:
        raise refusal("plan-file-expands", file_name, rule="must not expand beyond measure", value=total)


def _check_names(parts: list[zipfile.ZipInfo], file_name: str) -> None:
    """No part lies outside the zip, and none twice: two programs would read two different plans."""
    seen: set[str] = set()
    for info in parts:
        path = info.orig_filename.lower()
        if OUTSIDE.search(path):
            raise refusal("plan-file-paths", file_name, rule="parts must lie inside the file", value=info.filename)
        if path in seen:
            raise refusal("plan-file-part-twice", file_name, rule="no part may come twice", value=info.filename)
        seen.add(path)
