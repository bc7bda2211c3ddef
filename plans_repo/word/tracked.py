"""Tracked changes in Word: runs, paragraph ends, styles and rows that somebody made come or go at some time."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from plans_repo.text.weave import Fate, Hand

MARKS = {Fate.CAME: "w:ins", Fate.WENT: "w:del"}
UTC_DATE = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
"""Word shows ``w:date`` as it stands, so it has the writer's local time, and reckons this one into the reader's."""
ZONE = ZoneInfo("Asia/Shanghai")
STAMP = "%Y-%m-%dT%H:%M:%SZ"


class Tracker:
    """Writes runs with their fate; every mark bears who made it, when, and an id of its own.

    *first_id* keeps the ids apart from those of the bookmarks.
    """

    def __init__(self, document: Document, *, first_id: int) -> None:
        self.document = document
        self.revisions = 0
        self._next = first_id

    def words(self, paragraph: Paragraph, text: str, fate: Fate = Fate.STAYED, hand: Hand | None = None) -> None:
        """Append words to a paragraph."""
        run, content = OxmlElement("w:r"), OxmlElement("w:delText" if fate is Fate.WENT else "w:t")
        content.text = text
        content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(content)
        self.run(paragraph._p, run, fate, hand)

    def run(self, into: _Element, run: _Element, fate: Fate, hand: Hand | None) -> None:
        """Append a run to a paragraph."""
        if fate is Fate.STAYED or hand is None:
            into.append(run)
            return
        mark = self._mark(MARKS[fate], hand)
        mark.append(run)
        into.append(mark)
        self.revisions += 1

    def end(self, paragraph: Paragraph, fate: Fate, hand: Hand | None) -> None:
        """Say that the end of a paragraph came or went: before, or after, it is one with what follows."""
        if fate is Fate.STAYED or hand is None:
            return
        if not any(True for _mark in paragraph._p.iter(qn("w:ins"), qn("w:del"))):
            self.revisions += 1
        look = OxmlElement("w:rPr")
        look.append(self._mark(MARKS[fate], hand))
        paragraph._p.get_or_add_pPr().append(look)

    def restyled(self, paragraph: Paragraph, old_style: str, hand: Hand) -> None:
        """Say that the paragraph had another style before."""
        change = self._mark("w:pPrChange", hand)
        former, style = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
        style.set(qn("w:val"), self.document.styles[old_style].style_id)
        former.append(style)
        change.append(former)
        paragraph._p.get_or_add_pPr().append(change)
        self.revisions += 1

    def row(self, table: Table, number: int, fate: Fate, hand: Hand | None) -> None:
        """Say that a row of a table came or went."""
        if fate is Fate.STAYED or hand is None:
            return
        properties = table.rows[number]._tr.get_or_add_trPr()
        if not len(properties):  # the schema wants a property before the mark
            properties.append(OxmlElement("w:cantSplit"))
        properties.append(self._mark(MARKS[fate], hand))
        self.revisions += 1

    def _mark(self, name: str, hand: Hand) -> _Element:
        mark = OxmlElement(name)
        shown = hand.at.astimezone(ZONE).strftime(STAMP)
        for key, value in (("id", str(self._next)), ("author", hand.author), ("date", shown)):
            mark.set(qn(f"w:{key}"), value)
        mark.set(UTC_DATE, hand.at.astimezone(UTC).strftime(STAMP))
        self._next += 1
        return mark
