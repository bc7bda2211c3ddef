"""The tracked changes of a part of a Word file, each put together from the marks Word scattered for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.tracked import Change, ChangeKind
from plans_repo.text.reading.word_inline import SIGNS, chosen, symbol
from plans_repo.text.reading.word_marks import (
    ADDING,
    RUN_MARKS,
    Site,
    author_of,
    cell_mark,
    key_of,
    paragraph_marks,
    place_element,
    row_mark,
    site_of,
    time_of,
)
from plans_repo.text.reading.word_names import attribute, child, name

Describe = Callable[[etree._Element | None], str]
"""What a paragraph's properties make of it: its style and whether it is numbered."""

WORDS = frozenset({"w:t", "w:delText", "m:t", "a:t"})
SHOWN_OTHERWISE = frozenset({"w:drawing", "w:pict", "w:object", "w:footnoteReference", "w:endnoteReference"})
PROPERTIES = frozenset({"w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:tblGrid"})
PARAGRAPH_SIGN = "¶"


@dataclass(kw_only=True)
class _Item:
    """A mark, or all marks of a row or cell, with the words it puts there or takes away."""

    element: etree._Element
    adds: bool
    author: str
    at: str
    keys: list[str]
    words: str = ""
    ends_paragraph: bool = False
    move: str = ""
    kind: ChangeKind | None = None
    before: str = ""


def changes_in(root: etree._Element, describe: Describe, new_id: Callable[[], str]) -> list[Change]:
    """The changes of the part in order; an anchor ``change:<id>`` is left in the tree where each stands."""
    finder = _Finder(describe)
    finder.walk(root)
    return [_change(group, new_id()) for group in finder.groups()]


class _Finder:
    """One walk over a part: neighbouring marks of one author become one change."""

    def __init__(self, describe: Describe) -> None:
        self._describe = describe
        self._groups: list[list[_Item]] = []
        self._open: list[_Item] | None = None
        self._moves: dict[str, str] = {}

    def groups(self) -> Iterator[list[_Item]]:
        """The changes' items; the two places of a move come together at its first."""
        seen: set[str] = set()
        for group in self._groups:
            move = group[0].move
            if not move:
                yield group
            elif move not in seen:
                seen.add(move)
                yield [item for each in self._groups for item in each if item.move == move]

    def walk(self, element: etree._Element) -> None:
        for each in element:
            short = name(each)
            if short in PROPERTIES:
                continue
            if short in RUN_MARKS:
                self._runs(each)
            elif short == "w:p":
                self._paragraph(each)
            elif short == "w:tr" and row_mark(each) is not None:
                self._whole(each, row_mark(each), (ChangeKind.ROW_INSERTION, ChangeKind.ROW_DELETION))
            elif short == "w:tc" and cell_mark(each) is not None:
                self._whole(each, cell_mark(each), (ChangeKind.CELL_INSERTION, ChangeKind.CELL_DELETION))
            elif short == "mc:AlternateContent":
                for branch in chosen(each):
                    self.walk(branch)
            else:
                self._other(each, short)

    def _other(self, each: etree._Element, short: str) -> None:
        if short in ("w:moveFromRangeStart", "w:moveToRangeStart"):
            self._moves[attribute(each, "id") or ""] = attribute(each, "name") or ""
        elif short in ("w:moveFromRangeEnd", "w:moveToRangeEnd"):
            self._moves.pop(attribute(each, "id") or "", None)
        elif short in WORDS or short in SIGNS or short in SHOWN_OTHERWISE or short in ("w:tbl", "w:sym"):
            self._separate()
        self.walk(each)
        if short == "w:tbl":
            self._separate()

    def _paragraph(self, paragraph: etree._Element) -> None:
        former = child(paragraph, "w:pPr", "w:pPrChange")
        if former is not None:
            self._style(paragraph, former)
        self.walk(paragraph)
        marks = paragraph_marks(paragraph)
        for mark in marks:
            self._add(self._item(mark, PARAGRAPH_SIGN, ends_paragraph=True))
        if not marks:
            self._separate()

    def _style(self, paragraph: etree._Element, former: etree._Element) -> None:
        before, after = self._describe(child(former, "w:pPr")), self._describe(child(paragraph, "w:pPr"))
        if before != after:
            item = self._item(former, after)
            item.kind, item.before = ChangeKind.STYLE, before
            self._groups.append([item])

    def _runs(self, element: etree._Element) -> None:
        """The mark's own words, then marks of others within it."""
        inner = [each for each in element.iter() if each is not element and name(each) in RUN_MARKS]
        inner = [each for each in inner if site_of(each) is Site.RUNS]
        within = {each for mark in inner for each in mark.iter()}
        self._add(self._item(element, _words(element, within)))
        for mark in inner:
            self._add(self._item(mark, _words(mark, set())))

    def _whole(
        self, element: etree._Element, mark: etree._Element | None, kinds: tuple[ChangeKind, ChangeKind]
    ) -> None:
        """A row or cell that was put in or taken out, with everything in it."""
        if mark is None:
            return
        self._separate()
        item = self._item(mark, _words(element, set(), between="\t"))
        inside = (each for each in element.iter() if name(each) in RUN_MARKS)
        item.keys += [key_of(each) for each in inside if (name(each) in ADDING) == item.adds and each is not mark]
        item.kind, item.element = kinds[0 if item.adds else 1], element
        self._groups.append([item])

    def _item(self, mark: etree._Element, words: str, *, ends_paragraph: bool = False) -> _Item:
        short = name(mark)
        is_move = short in ("w:moveFrom", "w:moveTo")
        return _Item(
            element=mark,
            adds=short in ADDING,
            author=author_of(mark),
            at=time_of(mark),
            keys=[key_of(mark)],
            words=words,
            ends_paragraph=ends_paragraph,
            move=next(reversed(self._moves.values()), "") if is_move else "",
        )

    def _add(self, item: _Item) -> None:
        if self._open is not None and _joins(self._open, item):
            self._open.append(item)
        else:
            self._open = [item]
            self._groups.append(self._open)

    def _separate(self) -> None:
        self._open = None


def _joins(group: Sequence[_Item], item: _Item) -> bool:
    """Whether a mark goes on what the marks before it began: same author, at most one paragraph end in each."""
    last, ends = group[-1], any(each.ends_paragraph for each in group)
    if last.author != item.author or last.move != item.move:
        return False
    if last.adds == item.adds:
        return not (ends and (item.ends_paragraph or not group[0].ends_paragraph))
    turned = any(each.adds != last.adds for each in group)
    return not (turned or ends or item.ends_paragraph or item.move)


def _words(element: etree._Element, without: set[etree._Element], *, between: str = "") -> str:
    found: list[str] = []
    for each in element.iter():
        short = name(each)
        if each in without:
            continue
        if short in WORDS:
            found.append(each.text or "")
        elif short in SIGNS:
            found.append(SIGNS[short])
        elif short == "w:sym":
            found.append(symbol(each))
        elif short in ("w:drawing", "w:pict", "w:object"):
            found.append("〔图〕")
        elif short == "w:tc" and between and found:
            found.append(between)
    return "".join(found)


def _change(group: Sequence[_Item], change_id: str) -> Change:
    _anchor(group[0], change_id)
    before = "".join(item.words for item in group if not item.adds)
    after = "".join(item.words for item in group if item.adds)
    first = group[0]
    if first.kind is ChangeKind.STYLE:
        before, after = first.before, first.words
    return Change(
        id=change_id,
        kind=first.kind or _kind(first, before, after),
        author=first.author,
        at=first.at,
        before=before,
        after=after,
        marks=tuple(key for item in group for key in item.keys),
        cites=tuple(key for item in group for key in _cited(item.element)),
        within=_note_around(first.element),
    )


def _cited(element: etree._Element) -> Iterator[str]:
    """The keys of the notes cited in a mark."""
    for each in element.iter("{*}footnoteReference", "{*}endnoteReference"):
        yield f"{name(each).removeprefix('w:').removesuffix('Reference')}:{attribute(each, 'id')}"


def _note_around(element: etree._Element) -> str:
    """The key of the note a mark stands in."""
    for each in element.iterancestors("{*}footnote", "{*}endnote"):
        return f"{name(each).removeprefix('w:')}:{attribute(each, 'id')}"
    return ""


def _kind(first: _Item, before: str, after: str) -> ChangeKind:
    if first.move:
        return ChangeKind.MOVE
    if before and after:
        return ChangeKind.REPLACEMENT
    return ChangeKind.INSERTION if after or (not before and first.adds) else ChangeKind.DELETION


def _anchor(item: _Item, change_id: str) -> None:
    """Leave the change's place in the tree."""
    place = place_element(f"change:{change_id}")
    element = item.element
    if item.kind is ChangeKind.STYLE or item.ends_paragraph:
        paragraph = next(each for each in element.iterancestors() if name(each) == "w:p")
        if item.ends_paragraph:
            paragraph.append(place)
        else:
            paragraph.insert(1, place)
    else:
        element.addprevious(place)


def taken_words(change: Change) -> str:
    """The words a change takes away, as far as they are words."""
    words = change.before.replace(PARAGRAPH_SIGN, "")
    return words if change.kind is not ChangeKind.STYLE and visible_count(words) else ""


def put_words(change: Change) -> str:
    """The words a change puts in."""
    words = change.after.replace(PARAGRAPH_SIGN, "")
    return words if change.kind is not ChangeKind.STYLE and visible_count(words) else ""
