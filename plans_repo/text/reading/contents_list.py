"""Contents lists: lines that only announce headings which come again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.numbers import Family, number_of
from plans_repo.text.reading.source import Block, Line, Role
from plans_repo.text.reading.titles import title_cut

RUN_LENGTH = 3  # fewer lines in a row are no list
BODY_DISTANCE = 12  # without a title of its own, a list is followed soon by what it announces
ENTRY_CHARS = 70
LINE_LENGTH = 300  # a longer line, however few of its characters are visible, is no entry
ANNOUNCED = re.compile(r"\s*[*_]*(?:\S{2,30}(?:预案|方案))?(?:目\s*[录次]|contents)[*_]*\s*[:：]?\s*$", re.IGNORECASE)
PAGE = re.compile(
    r"(?:[.．。·•…⋯‥_—–-]{2,}|…|[\t\u3000 ]+)[\s.．·…]*[—–(（-]?\s*(?:\d{1,3}|[ivxIVX]{1,5})\s*[)）]?[—–-]?\s*$"
)
LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|⋯+|_{3,}|\t)[.…·\s]*[—–(（-]?\s*\d{1,3}\s*[)）]?[—–-]?\s*$")
GLUED = re.compile(r"(?<=[\u4e00-\u9fff）)])\d{1,3}\s*$")
"""A page number that lost its leader on the way: 1.1 编制目的3."""
LINK = re.compile(r"^\s*(?:[-*+]\s+)?\[(.*?)\]\([^)]*\)\s*$")
BLANK_RUN = re.compile(r"(\s{4})\s+")
PUNCTUATION = re.compile(r"[\s.．、。：:]")


class _Later:
    """Where each announced title stands, so that its next appearance can be asked for."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._places: dict[str, list[int]] = {}
        for at, block in enumerate(blocks):
            if isinstance(block, Line) and block.role is not Role.CONTENTS:
                run_in = re.split("[。：:]", block.text.strip(), maxsplit=1)[0]
                for key in {*keys(block.text), *keys(run_in)}:
                    self._places.setdefault(key, []).append(at)

    def next_after(self, key: str, at: int) -> int | None:
        places = self._places.get(key, [])
        place = bisect_right(places, at)
        return places[place] if place < len(places) else None


def contents_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Which blocks belong to a contents list, its own title among them."""
    found = {at for at, block in enumerate(blocks) if isinstance(block, Line) and block.role is Role.CONTENTS}
    later = _Later(blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Line) and ANNOUNCED.match(block.text):
            run = _announced_run(at + 1, blocks, later)
            found.update([at, *run] if run or at + 1 in found else [])
    at = 0
    while at < len(blocks):
        run = [] if at in found else _returning_run(at, blocks, later)
        found.update(*(part for part in (run, run[1:]) if _is_contents(part, blocks, later)))
        at = run[-1] + 1 if run else at + 1
    return frozenset(found)


def keys(text: str) -> tuple[str, str]:
    """What a line announces, with and without its number, for comparison."""
    if len(text) > LINE_LENGTH:
        return "", ""
    short = _short(text)
    link = LINK.match(short)
    line = link[1] if link else short
    number = number_of(line)
    is_bare_attachment = number is not None and number.family is Family.ATTACHMENT and not number.rest
    bare = line if is_bare_attachment else PAGE.sub("", line)
    whole = PUNCTUATION.sub("", bare)
    numbered = number_of(bare)
    return whole, PUNCTUATION.sub("", numbered.rest) if numbered and numbered.rest else whole


def _announced_run(start: int, blocks: Sequence[Block], later: _Later) -> list[int]:
    """The entries under a line 目录: up to where the first title comes again, or as long as entries return."""
    titles: list[int] = []
    first = ""
    for at in range(start, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Line) or not _is_title_like(block):
            break
        whole, title = keys(block.text)
        if titles and first in (whole, title):
            return _without_plan_name(titles, blocks, later)
        first = first or title
        titles.append(at)
    run: list[int] = []
    for at in titles:
        if not _returns(blocks[at], at, later, numberless=True):
            break
        run.append(at)
    return run


def _without_plan_name(run: list[int], blocks: Sequence[Block], later: _Later) -> list[int]:
    """The run less its last lines when they announce nothing: the plan's name before chapter one."""
    while (
        run
        and number_of(_text(blocks[run[-1]])) is None
        and not _returns(blocks[run[-1]], run[-1], later, numberless=True)
    ):
        run = run[:-1]
    return run


def _returning_run(start: int, blocks: Sequence[Block], later: _Later) -> list[int]:
    """Numbered titles in a row, all different, all of which return."""
    run: list[int] = []
    seen: set[str] = set()
    for at in range(start, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Line) or not _returns(block, at, later, numberless=False):
            break
        whole, _ = keys(block.text)
        if whole in seen:
            break
        seen.add(whole)
        run.append(at)
    return run


def _is_contents(run: Sequence[int], blocks: Sequence[Block], later: _Later) -> bool:
    """Whether a run nobody announced is a list: long enough, with pages or soon followed by its first title."""
    if len(run) < RUN_LENGTH:
        return False
    if all(LEADER.search(_text(blocks[at])) for at in run):
        return True
    again = _again(_text(blocks[run[0]]), run[-1], later)
    return again is not None and again - run[-1] <= BODY_DISTANCE


def _returns(block: Block, at: int, later: _Later, *, numberless: bool) -> bool:
    """Whether the line is an entry: it has a page leader, or its title comes again."""
    text = _text(block)
    if not isinstance(block, Line) or block.outline_level or _is_long(text):
        return False
    if LEADER.search(text):
        return True
    whole, title = keys(text)
    number = number_of(text)
    if not whole or (number.family is Family.ITEM if number else not numberless):
        return False
    again = _again(text, at, later) or (later.next_after(title, at) if numberless else None)
    return again is not None and _is_title_like(block)


def _again(text: str, at: int, later: _Later) -> int | None:
    """Where an entry's number and title come again, its page number left off."""
    return later.next_after(keys(text)[0], at) or later.next_after(keys(GLUED.sub("", text))[0], at)


def _is_title_like(line: Line) -> bool:
    if line.outline_level or line.media or _is_long(line.text):
        return False
    text = _short(line.text)
    link = LINK.match(text)
    bare = PAGE.sub("", link[1] if link else text)
    number = number_of(bare)
    return bool(link or LEADER.search(text)) or title_cut(number.rest or bare if number else bare) is not None


def _text(block: Block) -> str:
    return _short(block.text) if isinstance(block, Line) else ""


def _short(text: str) -> str:
    """The line with its long runs of blanks cut short: a pattern that ends in blanks tries every way to part them."""
    return BLANK_RUN.sub(r"\1", text)


def _is_long(text: str) -> bool:
    return len(text) > LINE_LENGTH or visible_count(text) > ENTRY_CHARS
