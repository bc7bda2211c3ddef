"""Lines of fixed pages put together into paragraphs: by how full a line is, by indent, gap, size and face."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from plans_repo.text.reading.contents_list import LEADER
from plans_repo.text.reading.numbers import Family, number_of
from plans_repo.text.reading.page_ink import NEW_FONT
from plans_repo.text.reading.page_lines import InkLine

INDENT = 1.2  # sizes; a first line set in by two characters is past it
ROOM = 1.1  # sizes that may stay free although the line is full: a mark that may not begin a line took one along
OTHER_SIZE = 0.12  # of the size
LONG_SHARE = 0.6  # of the width, from which an unfinished line is no title
WIDE_GAP = 1.45  # line pitches between paragraphs that are set apart
CENTRED = 0.12  # of the width by which the two margins of a centred line differ at most
SENTENCE_END = re.compile(r"[。；;：:！!？?]\s*$")
ITEM = re.compile(r"\s*(?:[（(]?\d{1,2}[)）.．、]|[①-⑳]|[（(][一二三四五六七八九十]+[)）]|[a-z][)）.、]|[—●•·▪◆])")
STRONG = (Family.PART, Family.CHAPTER, Family.SECTION, Family.ARTICLE, Family.HAN, Family.ATTACHMENT)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The block of text of a page: its edges, the distance of its lines, whether paragraphs are set in."""

    left: float
    right: float
    pitch: float
    is_indented: bool


def frame_of(pages: Sequence[Sequence[InkLine]]) -> Frame:
    """The frame that the lines of like pages share."""
    lines = [line for page in pages for line in page]
    long_lines = [line for line in lines if line.ink >= 15] or lines
    lefts = Counter(round(line.left / 3) for line in lines)
    least = max(2, len(lines) // 25)
    often = [place for place, count in lefts.items() if count >= least]
    left = min(often) * 3 if often else min((line.left for line in lines), default=0.0)
    rights = sorted(line.right for line in long_lines)
    steps = [after.base - before.base for page in pages for before, after in pairwise(page)]
    set_in = sum(line.left - left > INDENT * line.size for line in long_lines)
    return Frame(
        left=left,
        right=rights[int(len(rights) * 0.9)] if rights else 0.0,
        pitch=median(steps) if steps else 0.0,
        is_indented=set_in * 5 > len(long_lines),
    )


def paragraphs(lines: Sequence[InkLine], frame: Frame, *, follows: InkLine | None = None) -> Iterator[tuple[str, bool]]:
    """Each paragraph, and whether it only goes on with the line *follows* of the page before."""
    words = ""
    goes_on = False
    first = before = follows
    for line in lines:
        continues = before is not None and first is not None and _continues(before, line, first, frame)
        if continues and words:
            words = joined(words, line.text)
        else:
            if words:
                yield words, goes_on
            words, goes_on = line.text, continues
            first = line if not continues else first
        before = line
    if words:
        yield words, goes_on


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph; Latin words keep a blank between them, a divided one its hyphen."""
    is_latin = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() and after[:1].isalnum()
    return f"{before} {after}" if is_latin else before + after


def _continues(before: InkLine, line: InkLine, first: InkLine, frame: Frame) -> bool:
    """Whether *line* goes on with the sentence of *before*; *first* is the first line of its paragraph."""
    size = before.size
    if LEADER.search(before.text) or not _is_full(before, line, frame):
        return False
    if abs(line.size - size) > OTHER_SIZE * size or _other_face(before, line):
        return False
    if line.base - before.base > WIDE_GAP * frame.pitch > 0:
        return False
    if _is_centred(line, frame):
        return False
    if line.left - frame.left > INDENT * size:
        return bool(ITEM.match(first.text)) and line.left - first.left > 0.8 * size
    return not _begins_anew(before, line, frame)


def _other_face(before: InkLine, line: InkLine) -> bool:
    """Whether the Han characters at the seam are set in two faces, as a heading and its text are."""
    return line.first_font != before.last_font and NEW_FONT not in (line.first_font, before.last_font)


def _is_full(before: InkLine, line: InkLine, frame: Frame) -> bool:
    """Whether the first word of *line* had no room on the line before.

    Where paragraphs are set in, a line that is not, behind an unfinished one, goes on as well:
    word processors keep rows of figures such as 110、119、120 together and leave a gap.
    """
    if frame.right - before.right < line.first_width + ROOM * before.size:
        return True
    is_set_in = line.left - frame.left > INDENT * line.size
    is_long = before.right - frame.left > LONG_SHARE * (frame.right - frame.left)
    is_open = not SENTENCE_END.search(before.text) and number_of(line.text) is None
    return frame.is_indented and not is_set_in and is_long and is_open


def _is_centred(line: InkLine, frame: Frame) -> bool:
    width = frame.right - frame.left
    left, right = line.left - frame.left, frame.right - line.right
    return left > INDENT * line.size and right > INDENT * line.size and abs(left - right) < CENTRED * width


def _begins_anew(before: InkLine, line: InkLine, frame: Frame) -> bool:
    """Whether a line that is not set in begins with a number that opens a paragraph."""
    number = number_of(line.text)
    if number is None:
        return (
            bool(SENTENCE_END.search(before.text)) and not frame.is_indented and before.right < frame.right - line.size
        )
    if number.family in STRONG or not frame.is_indented:
        return True
    return number.family is not Family.ITEM and bool(SENTENCE_END.search(before.text))
