"""What is compared when words are searched: width and case do not matter, figures and words are never cut.

A text is a row of units: a Han character, a whole number, a whole Latin word. Marks and blanks
between them do not count; a sentence or a line that ends is a border no word reaches across.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

JOINT = "\ue000"
"""Stands between the units of a pair; private use, so that no text has it."""

POINT = "\ue001"
"""Stands for the point within a number, which the index takes for a blank."""

_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
_BORDER = r"[\n\t\r\v\f。!?;]+"
_UNITS = re.compile(rf"[{_HAN}]|\d+(?:\.\d+)*|(?:(?![{_HAN}])[^\W\d_])+|(?P<border>{_BORDER})")

_FOREIGN = dict.fromkeys(map(ord, (JOINT, POINT)))

Piece = tuple[str, ...]
"""Units that stand one behind the other."""


@dataclass(frozen=True)
class Place:
    """A unit and where it stands in the text as stored."""

    unit: str
    start: int
    end: int


def folded(text: str) -> str:
    """Text as it is compared: full width is half width, capitals are small.

    >>> folded("ＦＡ３０分钟Ⅳ级")
    'fa30分钟iv级'
    """
    key = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", key).translate(_FOREIGN)


def pieces(text: str) -> tuple[Piece, ...]:
    """The units of a text between its borders.

    >>> pieces("接报30分钟内，报县政府。GB/T 29639")
    (('接', '报', '30', '分', '钟', '内', '报', '县', '政', '府'), ('gb', 't', '29639'))
    """
    found: list[list[str]] = [[]]
    for match in _UNITS.finditer(folded(text)):
        if match["border"]:
            found.append([])
        else:
            found[-1].append(match[0])
    return tuple(tuple(piece) for piece in found if piece)


def pairs(piece: Piece) -> Iterator[str]:
    """What the index keeps of a piece, in order: each unit with the next one, the last alone.

    >>> [pair.replace(JOINT, "+") for pair in pairs(("防", "汛"))]
    ['防+汛', '汛+']
    """
    for first, second in zip(piece, (*piece[1:], ""), strict=True):
        yield f"{first}{JOINT}{second}".replace(".", POINT)


def has(text: Iterable[Piece], wanted: Piece) -> bool:
    """Whether *wanted* stands in one of the pieces of a text.

    >>> has(pieces("应在120分钟内到位"), ("20", "分", "钟")), has(pieces("防汛、抗旱"), ("汛", "抗"))
    (False, True)
    """
    return any(bool(_starts(piece, wanted)) for piece in text)


def places(text: str) -> tuple[tuple[Place, ...], ...]:
    """The pieces of a text with the places of their units in it; empty where a character spreads over several."""
    key, origin = _traced(text)
    if key != folded(text):
        return ()
    found: list[list[Place]] = [[]]
    for match in _UNITS.finditer(key):
        if match["border"]:
            found.append([])
        else:
            start, end = origin[match.start()], origin[match.end() - 1]
            found[-1].append(Place(match[0], start[0], end[1]))
    return tuple(tuple(piece) for piece in found if piece)


def marked(text: str, wanted: Iterable[Piece]) -> tuple[tuple[int, int], ...]:
    """Where the wanted pieces stand in the text: beginnings and ends, in order, none within another.

    >>> marked("防汛抗旱指挥部，防汛办", [("防", "汛"), ("汛", "抗")])
    ((0, 3), (8, 10))
    """
    spots: list[tuple[int, int]] = []
    for piece in places(text):
        units = tuple(place.unit for place in piece)
        for one in wanted:
            spots += [(piece[at].start, piece[at + len(one) - 1].end) for at in _starts(units, one)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spots):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _starts(piece: Sequence[str], wanted: Piece) -> list[int]:
    size = len(wanted)
    return [at for at in range(len(piece) - size + 1) if tuple(piece[at : at + size]) == wanted]


def _traced(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, made group by group, and for each of its characters the group it comes from."""
    key: list[str] = []
    origin: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        made = folded(text[start:end])
        key.append(made)
        origin += [(start, end)] * len(made)
        start = end
    return "".join(key), origin
