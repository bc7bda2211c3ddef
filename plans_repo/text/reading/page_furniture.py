"""Running heads, feet and page numbers of fixed pages: told from the text by coming again at one place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from plans_repo.text.reading.numbers import number_of
from plans_repo.text.reading.page_lines import InkLine

OUTER_LINES = 2  # how many lines at the top and at the bottom may be furniture
SAME_PLACE = 4.0  # points
OUTER_SHARE = 0.12  # of the height: the margins of an official paper are larger
LONE_GAP = 1.3  # line pitches between a running head and the text
NUMBER = re.compile(
    r"[—–\-─~～·\s]*(?:第\s*)?(\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})(?:\s*页)?[—–\-─~～·\s]*"
    r"(?:[，,/\s]*(?:共|of)?\s*\d{1,4}\s*页?)?\s*"
)
PAGE_COUNT = re.compile(r"第\s*\d+\s*页|共\s*\d+\s*页|\d+\s*/\s*\d+|(?<=\s)[—–-]?\s*\d{1,4}\s*[—–-]?$")
NUMBERED_PAGES = 3  # in a row, on which a numbered line is the running title of a chapter, not a heading
MARKED_NUMBER = re.compile(r"[—–\-─~～·]|第|页|/")


@dataclass(frozen=True, kw_only=True)
class PageLines:
    """The lines of one page, and the page's height."""

    lines: tuple[InkLine, ...]
    height: float


@dataclass(frozen=True, kw_only=True)
class Parted:
    """The pages without their furniture, and the furniture page by page."""

    bodies: tuple[tuple[InkLine, ...], ...]
    headers: tuple[str, ...]
    footers: tuple[str, ...]


def without_furniture(pages: Sequence[PageLines]) -> Parted:
    """Set running heads, feet and page numbers apart; nothing is dropped."""
    heads = _repeated(pages, at_top=True)
    feet = _repeated(pages, at_top=False)
    bodies: list[tuple[InkLine, ...]] = []
    headers: list[str] = []
    footers: list[str] = []
    for number, page in enumerate(pages):
        lines = list(page.lines)
        while lines and (lines[0] in heads[number] or _is_number(lines[0], page, number, at_top=True)):
            headers.append(lines.pop(0).text)
        below: list[str] = []
        while lines and (lines[-1] in feet[number] or _is_number(lines[-1], page, number, at_top=False)):
            below.insert(0, lines.pop().text)
        footers.extend(below)
        bodies.append(tuple(lines))
    return Parted(bodies=tuple(bodies), headers=tuple(headers), footers=tuple(footers))


def _repeated(pages: Sequence[PageLines], *, at_top: bool) -> list[set[InkLine]]:
    """For each page the outer lines whose words, less their figures, come again at one height on another."""
    seen: dict[str, list[tuple[int, InkLine]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line in _outer(page, at_top=at_top):
            seen[_key(line.text)].append((number, line))
    found: list[set[InkLine]] = [set() for _ in pages]
    for places in seen.values():
        height = median(line.base for _, line in places)
        same = [(number, line) for number, line in places if abs(line.base - height) <= SAME_PLACE]
        if same and _is_running({number for number, _ in same}, same[0][1]):
            for number, line in same:
                found[number].add(line)
    return found


def _is_running(numbers: set[int], line: InkLine) -> bool:
    """Whether a line comes again often enough: a numbered one is a heading unless it stands on page after page."""
    if number_of(line.text) is None:
        return len(numbers) >= 2
    return any(all(start + more in numbers for more in range(NUMBERED_PAGES)) for start in numbers)


def _outer(page: PageLines, *, at_top: bool) -> Iterable[InkLine]:
    """The first or last lines of a page, as far as they lie in its margin or stand apart from the text."""
    lines = page.lines if at_top else page.lines[::-1]
    pitch = _pitch(page.lines)
    for at, line in enumerate(lines[:OUTER_LINES]):
        in_margin = line.base < page.height * OUTER_SHARE if at_top else line.base > page.height * (1 - OUTER_SHARE)
        following = lines[at + 1] if at + 1 < len(lines) else None
        is_apart = following is None or abs(following.base - line.base) > LONE_GAP * pitch
        if in_margin or is_apart:
            yield line


def _pitch(lines: Sequence[InkLine]) -> float:
    steps = [after.base - before.base for before, after in pairwise(lines)]
    return median(steps) if steps else 0.0


def _is_number(line: InkLine, page: PageLines, number: int, *, at_top: bool) -> bool:
    """A page number in the margin: dressed with dashes or 第…页, or bare and near the page's own count."""
    in_margin = line.base < page.height * OUTER_SHARE if at_top else line.base > page.height * (1 - OUTER_SHARE)
    found = NUMBER.fullmatch(line.text.strip())
    if not found or not in_margin:
        return False
    if MARKED_NUMBER.search(line.text):
        return True
    return not found[1].isdigit() or abs(int(found[1]) - number - 1) <= max(20, number)


def _key(text: str) -> str:
    """The words of a line without the number of the page; figures within them stay."""
    return "".join(PAGE_COUNT.sub("#", text.strip()).split())
