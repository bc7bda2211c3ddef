"""Which lines are headings, numbered sentences or articles, and where their titles end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from plans_repo.text.clause import visible_count
from plans_repo.text.punctuation import full_width
from plans_repo.text.reading.numbers import Family, Number, number_of, number_of_label
from plans_repo.text.reading.source import Line, Role
from plans_repo.text.reading.titles import (
    Cut,
    bracket_cut,
    guessed_cut,
    is_known_title,
    run_in_cut,
    title_cut,
)

STYLED_TITLE_CHARS = 80
STYLED_SENTENCE_CHARS = 16  # from here a line in a heading's style that has no number and ends with 。 is text
NO_TITLE = Cut(title="")
WORDS = (Family.PART, Family.CHAPTER, Family.SECTION)
NUMBERED = (*WORDS, Family.HAN, Family.HAN_BRACKET, Family.DECIMAL, Family.SINGLE)
"""Kinds of numbers that tell a heading even where the line is in the style of a document's title."""
ITEM_IN_BRACKETS = re.compile(r"[（(]\s*([0-9０-９]{1,2})\s*[)）]$")


class Standing(StrEnum):
    """What a line turned out to be."""

    HEADING = "heading"
    ARTICLE = "article"
    SENTENCE = "sentence"  # numbered, without a title, a clause of its own
    BODY = "body"


class ScopeKind(StrEnum):
    """What a line opens that numbers anew."""

    PLAN = "plan"  # one of several plans in the file
    ATTACHMENT = "attachment"
    AGAIN = "again"  # behind an attachment in the middle of a plan its chapters go on


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A line opens a scope with numbers of its own; *lowest* is the first heading mark used within, 0 for none."""

    kind: ScopeKind
    lowest: int = 0
    is_plan: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line with its number and what it turned out to be."""

    at: int
    line: Line
    number: Number | None
    standing: Standing = Standing.BODY
    cut: Cut = NO_TITLE
    typed: bool = True
    opens: Opening | None = None

    @property
    def rest(self) -> str:
        """The line without its number."""
        return self.number.rest if self.number and self.typed else self.line.text.strip()

    @property
    def family(self) -> Family | None:
        return self.number.family if self.number else None

    @property
    def value(self) -> int:
        return self.number.values[0] if self.number and self.number.values else 0

    def is_(self, *families: Family) -> bool:
        return self.family in families

    def as_(self, standing: Standing, cut: Cut) -> Entry:
        return replace(self, standing=standing, cut=cut)


def entry_of(at: int, line: Line) -> Entry:
    """The line with the number it was typed with, or else the one Word gives it."""
    typed = number_of(line.text)
    if line.automatic and (typed is None or typed.family in (Family.SINGLE, Family.ITEM)):
        return Entry(at=at, line=line, number=number_of_label(line.automatic), typed=False)
    return Entry(at=at, line=line, number=typed)


def judged(entries: Sequence[Entry]) -> list[Entry]:
    """The lines of one scope (the plan, or one attachment) with their standings."""
    scope = _Scope(entries)
    return [scope.judge(place) for place in range(len(entries))]


class _Scope:
    """Lines that share one numbering; what they use decides what a lone 1. or （一） means."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.has_articles = any(entry.is_(Family.ARTICLE) for entry in entries)
        self.decimal_first = self._is_decimal()
        self.loose_han = not self.decimal_first and not self.has_articles
        self.chapters = self._chapters() if self.decimal_first else frozenset()
        self.thirds = frozenset() if self.decimal_first or self.has_articles else self._thirds()
        self.items = self._titled_items()

    def judge(self, place: int) -> Entry:
        entry = self.entries[place]
        if entry.line.outline_level:
            return _styled(_as_chapter(entry) if self.decimal_first else entry)
        is_text = entry.line.role is Role.PLAIN or (entry.line.role is Role.TITLE and entry.is_(*NUMBERED))
        if not is_text or entry.number is None:
            return entry
        return self._by_family(entry, place)

    def _by_family(self, entry: Entry, place: int) -> Entry:
        if entry.is_(*WORDS):
            return self._worded(entry)
        if entry.is_(Family.ARTICLE):
            return _article(entry, self._has_body(place))
        if entry.is_(Family.DECIMAL):
            return self._decimal(entry, place)
        if entry.is_(Family.HAN, Family.HAN_BRACKET):
            return self._han(entry, place) if self.loose_han else self._strict_han(entry, place)
        if place in self.items:
            return entry.as_(Standing.HEADING, title_cut(entry.rest) or Cut(title=entry.rest))
        return self._single(entry, place) if entry.is_(Family.SINGLE) else entry

    def _is_decimal(self) -> bool:
        """Whether 1.1 rules: such titles exist and no 一、 title came before them."""
        for entry in self.entries:
            if entry.is_(Family.DECIMAL) and (entry.line.outline_level or _is_titled(entry)):
                return True
            if entry.is_(Family.HAN) and title_cut(entry.rest):
                return False
        return False

    def _chapters(self) -> frozenset[int]:
        """Places of lone numbers that are chapters: 1.x follows, or they continue the chapters before them."""
        announced = {
            place
            for place, entry in enumerate(self.entries)
            if entry.is_(Family.SINGLE) and _is_titled(entry) and self._next_decimal(place) == entry.value
        }
        separators = {self._separator(place) for place in announced if self.entries[place].value == 1} or {
            self._separator(place) for place in announced
        }
        found: set[int] = set()
        last, listed = 0, 0  # the chapter we are in; the last lone number that was an item of a list
        for place, entry in enumerate(self.entries):
            if entry.is_(Family.DECIMAL):
                last, listed = entry.value, 0
            elif entry.is_(Family.SINGLE):
                expected = entry.value == last + 1 or (place in announced and entry.value != last)
                jumps = entry.value > last + 1 and is_known_title(entry.rest)
                same = place in announced or not separators or self._separator(place) in separators
                is_item = self._is_list_item(place) or (listed and listed == entry.value - 1)
                if (expected or jumps) and same and _is_titled(entry) and not is_item:
                    found.add(place)
                    last, listed = entry.value, 0
                else:
                    listed = entry.value
        return frozenset(found)

    def _separator(self, place: int) -> str:
        number = self.entries[place].number
        return number.separator if number else ""

    def _next_decimal(self, place: int) -> int | None:
        """The first figure of the next decimal number, when no other lone chapter stands between."""
        mine = self.entries[place].value
        for entry in self.entries[place + 1 :]:
            if entry.is_(Family.DECIMAL):
                return entry.value
            if entry.is_(Family.SINGLE) and entry.value == mine:
                return None
        return None

    def _thirds(self) -> frozenset[int]:
        """Places of 1. 2. 3. that are titles with a body under them, not items of a list."""
        singles = [place for place, entry in enumerate(self.entries) if entry.is_(Family.SINGLE)]
        sure = {
            place
            for place in singles
            if not self._is_list_item(place)
            and ((title_cut(self.entries[place].rest) and self._has_body(place)) or self._runs_in(place))
        }
        found = self._without_lists(sure, singles)
        for before, place in pairwise(singles):
            neighbours = self.entries[place].value == self.entries[before].value + 1
            fits = neighbours and title_cut(self.entries[place].rest) and not self._is_list_item(place)
            if before in found and fits and self._same_section(before, place):
                found.add(place)
        return frozenset(found)

    def _without_lists(self, sure: set[int], singles: Sequence[int]) -> set[int]:
        """The titles less those that run into their text while a neighbour in the same list is a plain sentence."""
        lists: list[list[int]] = []
        for place in singles:
            goes_on = lists and self.entries[place].value == self.entries[lists[-1][-1]].value + 1
            if goes_on and self._same_section(lists[-1][-1], place):
                lists[-1].append(place)
            else:
                lists.append([place])
        mixed = {place for each in lists for place in each if any(other not in sure for other in each)}
        return {place for place in sure if place not in mixed or title_cut(self.entries[place].rest)}

    def _titled_items(self) -> frozenset[int]:
        """Places of （1）（2）… that are titles, each with sentences under it; a list of mere words is none."""
        found: set[int] = set()
        row: list[int] = []
        for place, entry in enumerate([*self.entries, None]):
            value = _item_value(entry) if entry else 0
            if value and value == len(row) + 1 and self._is_titled_item(place):
                row.append(place)
                continue
            if entry is not None and entry.number is None and not entry.line.outline_level:
                continue
            found |= set(row) if len(row) > 1 and not value else set()
            row = [place] if value == 1 and self._is_titled_item(place) else []
        return frozenset(found)

    def _is_titled_item(self, place: int) -> bool:
        cut = title_cut(self.entries[place].rest)
        following = self.entries[place + 1] if place + 1 < len(self.entries) else None
        has_text = following is not None and following.number is None and not following.line.outline_level
        ends = following.line.text.rstrip()[-1:] if following and has_text else ""
        return cut is not None and not cut.end and ends in ("。", "；", "：")

    def _same_section(self, before: int, place: int) -> bool:
        between = self.entries[before + 1 : place]
        return not any(entry.is_(Family.HAN, Family.HAN_BRACKET, *WORDS) for entry in between)

    def _runs_in(self, place: int) -> bool:
        cut = run_in_cut(self.entries[place].rest, colon=False)
        return cut is not None and visible_count(cut.text) >= 10 and "，" not in full_width(cut.title)

    def _is_list_item(self, place: int) -> bool:
        """Whether the line before leads into a list, or is one of its items."""
        before = self.entries[place - 1].line.text.rstrip() if place else ""
        leads = before.endswith(("：", ":", "；", ";")) and not self._is_heading_line(place - 1)
        return leads or self.entries[place].line.text.rstrip().endswith(("；", ";"))

    def _is_heading_line(self, place: int) -> bool:
        entry = self.entries[place]
        if entry.line.outline_level:
            return True
        return bool(entry.is_(Family.DECIMAL, Family.HAN, Family.HAN_BRACKET, *WORDS) and title_cut(entry.rest))

    def _has_body(self, place: int) -> bool:
        """Whether the next line is neither of the same family nor a heading."""
        following = self.entries[place + 1] if place + 1 < len(self.entries) else None
        if following is None or following.family is self.entries[place].family or following.line.outline_level:
            return False
        if place + 1 in self.chapters:
            return False
        return following.number is None or following.is_(Family.ITEM, Family.SINGLE, Family.HAN_BRACKET)

    def _has_section(self, place: int) -> bool:
        """Whether the next line is a section of this one by its number: 2. 街道概况。 ⏎ 2.1 自然地理。"""
        following = self.entries[place + 1] if place + 1 < len(self.entries) else None
        values = self.entries[place].number.values if self.entries[place].number else ()  # type: ignore[union-attr]
        if following is None or following.number is None or not following.is_(Family.DECIMAL) or not values:
            return False
        return following.number.values[:-1] == values

    def _cut(self, place: int, *, colon: bool = True) -> Cut | None:
        """The title of a numbered line; one closed by a full stop needs a body under it, else it is a sentence."""
        rest = self.entries[place].rest
        cut = title_cut(rest) or run_in_cut(rest, colon=colon) or guessed_cut(rest)
        has_content = self._has_body(place) or self._has_section(place)
        is_sentence = cut is not None and cut.end == "。" and not cut.text and not has_content
        return None if is_sentence else cut

    def _worded(self, entry: Entry) -> Entry:
        cut = title_cut(entry.rest) or run_in_cut(entry.rest) or guessed_cut(entry.rest)
        if cut is None and not entry.rest:
            cut = Cut(title="")
        return entry.as_(Standing.HEADING, cut) if cut else entry

    def _decimal(self, entry: Entry, place: int) -> Entry:
        if not entry.rest:
            return entry
        cut = self._cut(place)
        if cut:
            return entry.as_(Standing.HEADING, cut)
        return entry.as_(Standing.SENTENCE, Cut(title="", text=entry.rest)) if self.decimal_first else entry

    def _single(self, entry: Entry, place: int) -> Entry:
        if place in self.chapters:
            cut = self._cut(place)
            return _as_chapter(entry).as_(Standing.HEADING, cut) if cut else entry
        if place in self.thirds:
            cut = self._cut(place, colon=False)
            return entry.as_(Standing.HEADING, cut) if cut else entry
        return entry

    def _han(self, entry: Entry, place: int) -> Entry:
        """Where 一、（一） rule: titles, run-in titles, and else numbered sentences; items of a list stay body."""
        is_item = self._is_list_item(place)
        cut = self._cut(place, colon=not is_item)
        if cut and not (is_item and not title_cut(entry.rest) and entry.is_(Family.HAN_BRACKET)):
            return entry.as_(Standing.HEADING, cut)
        if is_item or not entry.rest:
            return entry
        return entry.as_(Standing.SENTENCE, Cut(title="", text=entry.rest))

    def _strict_han(self, entry: Entry, place: int) -> Entry:
        """Where decimals or articles rule: a heading only with a body under it."""
        cut = title_cut(entry.rest)
        plausible = self._has_body(place) and not self._is_list_item(place)
        return entry.as_(Standing.HEADING, cut) if cut and plausible else entry


def _as_chapter(entry: Entry) -> Entry:
    """Where decimals rule a lone 1. is the chapter 1."""
    if not entry.number or not entry.is_(Family.SINGLE):
        return entry
    return replace(entry, number=replace(entry.number, family=Family.DECIMAL, label=str(entry.value)))


def _item_value(entry: Entry) -> int:
    """The figure of （3）; 0 for everything else."""
    match = ITEM_IN_BRACKETS.match(entry.number.label) if entry.number and entry.is_(Family.ITEM) else None
    return int(match[1]) if match else 0


def _is_titled(entry: Entry) -> bool:
    return bool(title_cut(entry.rest) or run_in_cut(entry.rest) or guessed_cut(entry.rest))


def _styled(entry: Entry) -> Entry:
    """A line the file marks as heading; one that is plainly a sentence stays a numbered sentence."""
    if entry.is_(Family.ARTICLE):
        return _article(entry, followed_by_body=True)
    whole = entry.rest
    if entry.number is None and whole.endswith("。") and visible_count(whole) > STYLED_SENTENCE_CHARS:
        return entry
    cut = title_cut(whole) or run_in_cut(whole)
    if cut is None and visible_count(whole) <= STYLED_TITLE_CHARS:
        ends = whole[-1:] if whole[-1:] in "。：:" else ""
        cut = Cut(title=whole.removesuffix(ends) if ends else whole, end=ends)
    if cut is None:
        return entry.as_(Standing.SENTENCE, Cut(title="", text=whole))
    return entry.as_(Standing.HEADING, cut)


def _article(entry: Entry, followed_by_body: bool) -> Entry:
    """第一条: a title only when it stands alone in its line or in brackets."""
    title = title_cut(entry.rest)
    if title and followed_by_body and not title.end:
        return entry.as_(Standing.ARTICLE, title)
    return entry.as_(Standing.ARTICLE, bracket_cut(entry.rest) or Cut(title="", text=entry.rest))


def known_titles(entries: Sequence[Entry]) -> list[Entry]:
    """For plans that lost their numbers: lines that are nothing but a title all plans share."""
    return [
        entry.as_(Standing.HEADING, Cut(title=entry.line.text.strip()))
        if entry.number is None and entry.line.role is Role.PLAIN and is_known_title(entry.line.text)
        else entry
        for entry in entries
    ]
