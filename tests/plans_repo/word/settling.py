"""A second, independent reading of tracked changes: plain lxml, what Word does on "accept all" and "reject all"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from tests.plans_repo.word.builders import part, part_names

NOTES = "word/footnotes.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Side:
    """What is dropped, and which kind of mark ends a paragraph no more."""

    drops: str
    is_accepting: bool


ACCEPT, REJECT = Side("del", is_accepting=True), Side("ins", is_accepting=False)


def settled(data: bytes, side: Side) -> list[Any]:
    """The body after accepting or rejecting everything: (style, words) of paragraphs, lists of rows for tables.

    A note stands in 〔〕 where it is cited.
    """
    body = etree.fromstring(part(data, "word/document.xml"))[0]
    notes = _notes(data, side)
    for mark in body.iter(f"{W}footnoteReference"):
        mark.tag = f"{W}t"
        mark.text = notes.pop(str(mark.get(f"{W}id")))  # a note is cited once
    return _story(body, side)


def _notes(data: bytes, side: Side) -> dict[str, str]:
    """The words of each note by its number."""
    if NOTES not in part_names(data):
        return {}
    found = {}
    for note in etree.fromstring(part(data, NOTES)).iterfind(f"{W}footnote"):
        lines = [text for _style_, text in _story(note, side)]
        found[str(note.get(f"{W}id"))] = "〔" + "\n".join(lines).removeprefix(" ") + "〕"
    return found


def words(data: bytes, side: Side) -> list[Any]:
    """The same without styles and empty paragraphs."""
    return [one[1] if isinstance(one, tuple) else one for one in settled(data, side) if one[1:] != ("",)]


def marks(data: bytes) -> list[tuple[str, str, str, str]]:
    """Every run that came or went: which, by whom, when, what."""
    roots = [etree.fromstring(part(data, name)) for name in ("word/document.xml", NOTES) if name in part_names(data)]
    return [
        (mark.tag.removeprefix(W), mark.get(f"{W}author"), mark.get(f"{W}date"), "".join(mark.itertext()))
        for root in roots
        for mark in root.iter(f"{W}ins", f"{W}del")
        if any(True for _words in mark.iter(f"{W}t", f"{W}delText"))
    ]


def _story(container: etree._Element, side: Side) -> list[Any]:
    found: list[Any] = []
    carried, carries = "", False
    for element in container:
        if element.tag == f"{W}tbl":
            assert not carried, "words whose paragraph end is gone stand before a table"
            if rows := _rows(element, side):
                found.append(rows)
            carries = False
        elif element.tag == f"{W}p":
            carried += _text(element, side)
            carries = element.find(f"{W}pPr/{W}rPr/{W}{side.drops}") is not None
            if not carries:
                found.append((_style(element, side), carried))
                carried = ""
    assert not (carries and carried), "words whose paragraph end is gone stand last"
    return found


def _rows(table: etree._Element, side: Side) -> list[list[str]]:
    kept = [row for row in table.findall(f"{W}tr") if row.find(f"{W}trPr/{W}{side.drops}") is None]
    return [
        ["\n".join(text for _style_, text in _story(cell, side)) for cell in row.findall(f"{W}tc") if _is_own(cell)]
        for row in kept
    ]


def _is_own(cell: etree._Element) -> bool:
    """Not the continuation of a cell above."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is None or merge.get(f"{W}val") == "restart"


def _text(paragraph: etree._Element, side: Side) -> str:
    pieces = paragraph.iter(f"{W}t", f"{W}delText", f"{W}br")
    return "".join(
        "\n" if piece.tag == f"{W}br" else piece.text or ""
        for piece in pieces
        if not any(parent.tag == W + side.drops for parent in piece.iterancestors())
    )


def _style(paragraph: etree._Element, side: Side) -> str:
    former = paragraph.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle")
    own = paragraph.find(f"{W}pPr/{W}pStyle")
    chosen = former if former is not None and not side.is_accepting else own
    return "" if chosen is None else chosen.get(f"{W}val") or ""
