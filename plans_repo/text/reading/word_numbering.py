"""Automatic numbers: what Word shows before a paragraph, computed from numbering.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from plans_repo.text.reading.number_formats import counter_text
from plans_repo.text.reading.word_names import attribute, child, is_on, name, number_attribute
from plans_repo.text.reading.word_styles import Styles
from plans_repo.text.reading.word_symbols import drawn

LEVELS = 9


@dataclass(frozen=True, kw_only=True)
class NumberLevel:
    """How one level of a list counts and looks."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart_after: int | None = None  # None: after any higher level; 0: never
    legal: bool = False
    style: str = ""
    font: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberList:
    """One w:num: its levels, the counters it shares, and where it starts anew."""

    abstract: str
    levels: tuple[NumberLevel, ...]
    starts: tuple[tuple[int, int], ...] = ()


class Numbering:
    """Counts paragraphs in order of appearance and says what Word shows before each."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._lists = _lists(root, styles) if root is not None else {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()

    def level_of_style(self, num_id: int, style_id: str) -> int | None:
        """The level of the list that names this paragraph style."""
        found = self._lists.get(num_id)
        levels = found.levels if found else ()
        return next((at for at, level in enumerate(levels) if level.style and level.style == style_id), None)

    def next_label(self, num_id: int, level: int) -> str:
        """The label of the next paragraph of that list and level; '' when the list shows none."""
        found = self._lists.get(num_id)
        if not found or not 0 <= level < LEVELS:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        self._count(found, num_id, level, counters)
        return _label(found, level, counters)

    def _count(self, found: NumberList, num_id: int, level: int, counters: list[int | None]) -> None:
        starts = dict(found.starts)
        value = counters[level]
        if level in starts and (num_id, level) not in self._started:
            value = None
        self._started.add((num_id, level))
        start = starts.get(level, found.levels[level].start)
        counters[level] = start if value is None else value + 1
        for deeper in range(level + 1, LEVELS):
            after = found.levels[deeper].restart_after
            if after is None or (after > 0 and level < after):
                counters[deeper] = None


def _label(found: NumberList, level: int, counters: list[int | None]) -> str:
    shown = found.levels[level]
    if shown.format == "bullet":
        return "".join(drawn(sign, shown.font) for sign in shown.text).strip() or "•"

    def counter(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        value = counters[at]
        other = found.levels[at]
        if value is None:
            value = counters[at] = other.start
        return counter_text(value, "decimal" if shown.legal and other.format != "none" else other.format)

    return re.sub(r"%([1-9])", counter, shown.text).strip()


def _lists(root: etree._Element, styles: Styles) -> dict[int, NumberList]:
    abstracts = {attribute(each, "abstractNumId") or "": each for each in root if name(each) == "w:abstractNum"}
    nums = {number_attribute(each, "numId"): each for each in root if name(each) == "w:num"}
    found: dict[int, NumberList] = {}
    for num_id, num in nums.items():
        abstract_id = _abstract_of(num, nums, abstracts, styles)
        if num_id is not None and abstract_id in abstracts:
            found[num_id] = _number_list(num, abstract_id, abstracts[abstract_id])
    return found


def _abstract_of(
    num: etree._Element,
    nums: dict[int | None, etree._Element],
    abstracts: dict[str, etree._Element],
    styles: Styles,
) -> str:
    """The abstract list, through w:numStyleLink where the list only names a style."""
    abstract_id = attribute(child(num, "w:abstractNumId")) or ""
    link = attribute(child(abstracts.get(abstract_id), "w:numStyleLink"))
    if not link:
        return abstract_id
    for other_id, other in abstracts.items():
        if attribute(child(other, "w:styleLink")) == link:
            return other_id
    linked, _ = styles.numbering(link)
    target = nums.get(linked)
    return attribute(child(target, "w:abstractNumId")) or abstract_id


def _number_list(num: etree._Element, abstract_id: str, abstract: etree._Element) -> NumberList:
    levels = [NumberLevel()] * LEVELS
    for element in abstract:
        if name(element) == "w:lvl":
            _place(levels, element)
    starts: dict[int, int] = {}
    for override in (each for each in num if name(each) == "w:lvlOverride"):
        at = number_attribute(override, "ilvl")
        replaced = child(override, "w:lvl")
        if replaced is not None:
            _place(levels, replaced, at)
        start = number_attribute(child(override, "w:startOverride"))
        if at is not None and start is not None:
            starts[at] = start
    return NumberList(abstract=abstract_id, levels=tuple(levels), starts=tuple(starts.items()))


def _place(levels: list[NumberLevel], element: etree._Element, at: int | None = None) -> None:
    at = number_attribute(element, "ilvl") if at is None else at
    if at is not None and 0 <= at < LEVELS:
        levels[at] = _number_level(element)


def _number_level(element: etree._Element) -> NumberLevel:
    level = NumberLevel(
        format=attribute(child(element, "w:numFmt")) or "decimal",
        text=attribute(child(element, "w:lvlText")) or "",
        restart_after=number_attribute(child(element, "w:lvlRestart")),
        legal=is_on(child(element, "w:isLgl")),
        style=attribute(child(element, "w:pStyle")) or "",
        font=attribute(child(element, "w:rPr", "w:rFonts"), "ascii") or "",
    )
    start = number_attribute(child(element, "w:start"))
    return level if start is None else replace(level, start=start)
