"""Tracked changes in Word: runs and whole paragraphs inserted or deleted by somebody at some time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from plans_repo.text.tokens import Op, Token

MARKS = {Op.INSERT: "w:ins", Op.DELETE: "w:del"}


class Tracker:
    """Writes runs with their fate; every mark bears author, time and an id of its own.

    *first_id* keeps the ids apart from those of the bookmarks.
    """

    def __init__(self, document: Document, *, author: str, at: datetime, first_id: int) -> None:
        self.document = document
        self.author = author
        self.date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.revisions = 0
        self._next = first_id

    def paragraph(self, tokens: Iterable[Token], style: str, *, whole: Op = Op.EQUAL) -> Paragraph:
        """Append a paragraph of tokens; *whole* says that the paragraph itself came or went."""
        paragraph = self.document.add_paragraph(style=style)
        self.fill(paragraph, tokens, whole=whole)
        return paragraph

    def fill(self, paragraph: Paragraph, tokens: Iterable[Token], *, whole: Op = Op.EQUAL) -> None:
        """Put tokens into a paragraph."""
        for token in tokens:
            if token.text:
                paragraph._p.append(self._run(token))
        if whole in MARKS:
            self._mark_paragraph(paragraph, whole)

    def table(self, table: Table, op: Op) -> None:
        """Say of every row, and of every word in it, that it came or went."""
        for row in table.rows:
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))  # the schema wants a property before the mark
            properties.append(self._mark(op))
        for cell in {id(cell._tc): cell for cell in table._cells}.values():  # a merged cell once
            for paragraph in cell.paragraphs:
                text = paragraph.text
                for run in paragraph.runs:
                    paragraph._p.remove(run._r)
                self.fill(paragraph, [Token(op=op, text=text)], whole=op)

    def _mark_paragraph(self, paragraph: Paragraph, op: Op) -> None:
        properties = paragraph._p.get_or_add_pPr()
        look = OxmlElement("w:rPr")
        look.append(self._mark(op))
        properties.append(look)

    def _run(self, token: Token) -> _Element:
        run, text = OxmlElement("w:r"), OxmlElement("w:delText" if token.op is Op.DELETE else "w:t")
        text.text = token.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        if token.op is Op.EQUAL:
            return run
        mark = self._mark(token.op)
        mark.append(run)
        self.revisions += 1
        return mark

    def _mark(self, op: Op) -> _Element:
        mark = OxmlElement(MARKS[op])
        for name, value in (("id", str(self._next)), ("author", self.author), ("date", self.date)):
            mark.set(qn(f"w:{name}"), value)
        self._next += 1
        return mark
