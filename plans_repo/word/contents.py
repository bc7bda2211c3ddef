"""A contents list whose result is already written, with page numbers estimated from the 22 x 28 grid.

Word refreshes it on opening because the field is marked dirty; LibreOffice shows what is written. A short
report carries no contents list; a plan does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from plans_repo.word.page import CHARACTERS_PER_LINE, LINES_PER_PAGE

DEPTH = 2  # what plans print: chapters and sections
HEAD_LINES = 2  # the title of the list and a blank line


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the contents list."""

    level: int
    text: str
    bookmark: str
    page: int


class Grid:
    """Counts the lines a text takes on the page, to guess on which page a heading falls.

    >>> grid = Grid(first_page=2)
    >>> [grid.place(lines) for lines in (20, 1, 3, 1)]
    [2, 2, 2, 3]
    """

    def __init__(self, *, first_page: int = 1) -> None:
        self._first = first_page
        self._lines = 0.0

    def place(self, lines: float, *, keep_with_next: bool = False) -> int:
        """Take *lines* and return the page they begin on; a heading does not stay alone at the bottom."""
        page, used = divmod(self._lines, LINES_PER_PAGE)
        if keep_with_next and used + lines > LINES_PER_PAGE - 1:
            page += 1
            self._lines = page * LINES_PER_PAGE
        self._lines += lines
        return self._first + int(page)

    @property
    def pages(self) -> int:
        """The pages taken so far."""
        return math.ceil(self._lines / LINES_PER_PAGE)

    def turn(self) -> None:
        """Go on at the top of the next page, unless a page has just begun."""
        page, used = divmod(self._lines, LINES_PER_PAGE)
        if used:
            self._lines = (page + 1) * LINES_PER_PAGE


def lines_of(text: str, *, indent: int = 2) -> int:
    """Lines a paragraph takes: a Han character is one cell of 28, a Latin one half.

    >>> lines_of("汉" * 26), lines_of("汉" * 27), lines_of("")
    (1, 2, 1)
    """
    cells = indent + sum(0.5 if character.isascii() else 1.0 for character in text)
    return max(1, math.ceil(cells / CHARACTERS_PER_LINE))


def pages_of(entries: int) -> int:
    """Pages the contents list itself takes."""
    return math.ceil((entries + HEAD_LINES) / LINES_PER_PAGE)


def place_contents(document: Document, title: str, entries: Sequence[Entry]) -> None:
    """Append the list."""
    document.add_paragraph(title, style="TOC Heading")
    document.add_paragraph(style="Normal")
    for number, entry in enumerate(entries):
        paragraph = document.add_paragraph(style=f"toc {entry.level}")
        if number == 0:
            _append(paragraph, _begin_xml(f' TOC \\o "1-{DEPTH}" \\f \\h \\z \\u ', dirty=True))
        paragraph._p.append(_entry(entry))
        if number == len(entries) - 1:
            _append(paragraph, ['<w:fldChar w:fldCharType="end"/>'])
    _ask_for_refresh(document)


def mark_entry(paragraph: Paragraph, text: str, level: int) -> None:
    """Have the contents list name a paragraph in other words than its own; the mark itself shows nothing."""
    words = text.replace("\\", "\\\\").replace('"', '\\"')
    instruction = escape(f' TC "{words}" \\f C \\l "{level}" ')
    begin, code = '<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve">{instruction}</w:instrText>'
    _append(paragraph, [begin, code, '<w:fldChar w:fldCharType="end"/>'])


def start_new_page(document: Document, *, after: int) -> None:
    """Begin a page with the first paragraph behind the first *after* ones (a break of its own would leave a line)."""
    for paragraph in document.paragraphs[after : after + 1]:
        paragraph.paragraph_format.page_break_before = True


def _entry(entry: Entry) -> _Element:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), entry.bookmark)
    link.set(qn("w:history"), "1")
    text = OxmlElement("w:t")
    text.text = entry.text
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run = OxmlElement("w:r")
    run.append(text)
    link.append(run)
    pieces = ["<w:tab/>", *_begin_xml(f" PAGEREF {entry.bookmark} \\h ", dirty=False)]
    pieces += [f"<w:t>{entry.page}</w:t>", '<w:fldChar w:fldCharType="end"/>']
    for piece in pieces:
        link.append(parse_xml(_run_xml(piece)))
    return link


def _begin_xml(instruction: str, *, dirty: bool) -> list[str]:
    flag = ' w:dirty="true"' if dirty else ""
    return [
        f'<w:fldChar w:fldCharType="begin"{flag}/>',
        f'<w:instrText xml:space="preserve">{instruction}</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
    ]


def _append(paragraph: Paragraph, pieces: Sequence[str]) -> None:
    for piece in pieces:
        paragraph._p.append(parse_xml(_run_xml(piece)))


def _run_xml(piece: str) -> str:
    return f"<w:r {nsdecls('w')}>{piece}</w:r>"


def _ask_for_refresh(document: Document) -> None:
    """w:updateFields, which the schema wants before w:compat."""
    for compat in document.settings.element.findall(qn("w:compat")):
        compat.addprevious(parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))
