"""Signs of a page put together into the lines a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from plans_repo.text.reading.page_ink import NEW_FONT, Glyph, is_han

SAME_LINE = 0.45  # of the size: raised and lowered figures belong to their line
COLUMN_GAP = 1.5  # of the size: a wider gap is a tab
WORD_GAP = 0.22  # between Latin letters
HAN_GAP = 0.75  # between Han characters; less is only spacing
OPENING = "（(《〈【〔[「“‘"
CLOSING = "）)》〉】〕]」”’，。、；：？！,.;:?!%℃"
OVERLAP = 0.3  # of the width; more, and two texts lie upon each other


@dataclass(frozen=True, kw_only=True)
class InkLine:
    """One line: its words, where it reaches, and what decides whether the next line goes on."""

    text: str
    left: float
    right: float
    base: float
    size: float
    first_font: int
    last_font: int
    first_width: float  # of what may not be parted at its beginning: it would have had to fit on the line before
    order: int
    ink: int
    overlaps: int = 0


def lines_of(glyphs: Iterable[Glyph]) -> list[InkLine]:
    """The lines from top to bottom, each read from left to right."""
    rows: list[list[Glyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda each: (each.base, each.left)):
        if rows and glyph.base - base <= SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
            base += (glyph.base - base) / len(rows[-1])
        else:
            rows.append([glyph])
            base = glyph.base
    return [_line(row) for row in rows if any(glyph.is_ink for glyph in row)]


def _line(row: list[Glyph]) -> InkLine:
    row.sort(key=lambda glyph: (glyph.left, glyph.order))
    ink = [glyph for glyph in row if glyph.is_ink]
    size = median(glyph.size for glyph in ink)
    return InkLine(
        text=_words(row, size),
        left=ink[0].left,
        right=max(glyph.right for glyph in ink),
        base=median(glyph.base for glyph in ink),
        size=size,
        first_font=next((glyph.font for glyph in ink if is_han(glyph.sign)), NEW_FONT),
        last_font=next((glyph.font for glyph in reversed(ink) if is_han(glyph.sign)), NEW_FONT),
        first_width=_first_width(ink),
        order=min(glyph.order for glyph in ink),
        ink=len(ink),
        overlaps=sum(_overlaps(before, glyph) for before, glyph in pairwise(ink)),
    )


def _words(row: Sequence[Glyph], size: float) -> str:
    """The signs with the blanks between them: those of the file, and those the reader only sees as a gap."""
    found: list[str] = []
    blanks = ""
    before: Glyph | None = None
    for glyph in row:
        if not glyph.is_ink:
            blanks += glyph.sign if glyph.sign.isspace() else ""
            continue
        if before is not None:
            found.append(blanks or _gap(before, glyph, size))
        found.append(glyph.sign)
        before, blanks = glyph, ""
    return "".join(found)


def _gap(before: Glyph, glyph: Glyph, size: float) -> str:
    gap = (glyph.left - before.right) / (size or 1)
    if gap > COLUMN_GAP:
        return "\t"
    least = HAN_GAP if is_han(before.sign) or is_han(glyph.sign) else WORD_GAP
    return " " if gap > least else ""


def _first_width(ink: Sequence[Glyph]) -> float:
    """Opening brackets, one Han character or Latin word, and the marks behind it that may not begin a line."""
    at = 0
    while at < len(ink) - 1 and ink[at].sign in OPENING:
        at += 1
    while at < len(ink) - 1 and not (is_han(ink[at].sign) or is_han(ink[at + 1].sign)):
        if ink[at + 1].left - ink[at].right > WORD_GAP * ink[at].size:
            break
        at += 1
    while at < len(ink) - 1 and ink[at + 1].sign in CLOSING:
        at += 1
    return ink[at].right - ink[0].left


def _overlaps(before: Glyph, glyph: Glyph) -> bool:
    """Whether two signs stand in one place; a combining accent does."""
    width = before.right - before.left
    return width > 0 and glyph.right > glyph.left and glyph.left < before.left + OVERLAP * width
