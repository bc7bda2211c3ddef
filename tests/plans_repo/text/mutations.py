"""Files damaged on purpose, the same way every time: bytes in the zip, elements dropped, doubled, swapped, altered."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from lxml import etree

Mutation = Callable[[bytes, random.Random], bytes]
ODD_VALUES = ("", "0", "-1", "99999999999", "x", "\u4e00", "true", "../../x", "rId999", "decimal", "NaN", "1e309")


def truncated(data: bytes, luck: random.Random) -> bytes:
    return data[: luck.randrange(len(data))]


def bytes_changed(data: bytes, luck: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(luck.randint(1, 6)):
        changed[luck.randrange(len(changed))] = luck.randrange(256)
    return bytes(changed)


def piece_moved(data: bytes, luck: random.Random) -> bytes:
    start, end = sorted(luck.randrange(len(data)) for _ in range(2))
    place = luck.randrange(len(data))
    piece = data[start : min(end, start + 400)]
    return data[:place] + piece + data[place:]


def part_changed(data: bytes, luck: random.Random) -> bytes:
    """One part of the zip with changed bytes, whole again for the zip's own checks."""
    return _with_part(data, luck, lambda part: bytes_changed(part, luck) if part else part)


def part_lost(data: bytes, luck: random.Random) -> bytes:
    parts = _parts(data)
    parts.pop(luck.choice(sorted(parts)))
    return _zipped(parts)


def elements_changed(data: bytes, luck: random.Random) -> bytes:
    """One XML part with up to five elements dropped, doubled, moved, renamed, or with another value."""

    def change(part: bytes) -> bytes:
        try:
            root = etree.fromstring(part)
        except etree.XMLSyntaxError:
            return part
        for _ in range(luck.randint(1, 5)):
            _change_element(root, luck)
        return etree.tostring(root)

    return _with_part(data, luck, change)


def _change_element(root: etree._Element, luck: random.Random) -> None:
    elements = [each for each in root.iter() if isinstance(each.tag, str) and each is not root]
    if not elements:
        return
    each, other = luck.choice(elements), luck.choice(elements)
    parent = each.getparent()
    assert parent is not None
    way = luck.randrange(6)
    if way == 0:
        parent.remove(each)
    elif way == 1:
        parent.append(etree.fromstring(etree.tostring(each, with_tail=False)))
    elif way == 2 and other not in each.iterancestors() and other is not each:
        other.append(each) if each not in other.iterancestors() else None
    elif way == 3 and each.attrib:
        each.set(luck.choice(sorted(each.attrib)), luck.choice(ODD_VALUES))
    elif way == 4:
        each.tag = other.tag
    else:
        each.text, other.text = other.text, each.text


def _with_part(data: bytes, luck: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    parts = _parts(data)
    path = luck.choice(sorted(parts))
    return _zipped({**parts, path: change(parts[path])})


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, part in parts.items():
            package.writestr(path, part)
    return out.getvalue()


PLAIN: tuple[Mutation, ...] = (truncated, bytes_changed, piece_moved)
ZIPPED: tuple[Mutation, ...] = (elements_changed, elements_changed, elements_changed, part_changed, part_lost, *PLAIN)
