"""Tables of an official document: ruled, header row repeated on every page, cells in single line."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from lxml.etree import _Element

from plans_repo.errors import PlansRepoError
from plans_repo.word.page import TEXT_WIDTH_MM

SHADE = "EDEDED"
RED = "C00000"
"""What is missing."""
SHORT_ROWS = 7
SHORT_LINES = 20
"""A table of few rows and lines stays on one page; a longer one kept together would leave a page empty before it."""
CHARACTER_MM = 3.7
"""A Han character of a cell, 10.5 points; each cell has about one more as its margins."""
UNBROKEN = re.compile(r"(?<=\d)-(?=\d)")
"""Hyphens of dates and telephones, at which no line is broken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell's text and how it stands out; ``align`` (l, c, r) overrules the column's, a head is set as one.

    What is still missing is *red*.
    """

    text: str
    bold: bool = False
    align: str = ""
    code: bool = False
    head: bool = False
    red: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of texts under a header; ``widths`` are relative, ``aligns`` one letter a column (l, c, r).

    Without a header the first column is set as the head of each row. Rows that are written in by hand are
    at least *row_mm* high.
    """

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str | Cell, ...], ...]
    widths: tuple[float, ...]
    aligns: str = ""
    row_mm: float = 0

    def __post_init__(self) -> None:
        for row in (self.header or self.widths, *self.rows):
            if len(row) != len(self.widths):
                raise PlansRepoError("table-ragged", thing="table row", field="cells",
                                     rule=f"must hold {len(self.widths)} cells", value=len(row))  # fmt: skip


_ALIGN = {"l": WD_ALIGN_PARAGRAPH.LEFT, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}


def place_table(document: Document, table: Table, *, width_mm: float = TEXT_WIDTH_MM, may_split: bool = False) -> None:
    """Append the table over the width of the text; rows that *may_split* run on over the page."""
    head = 1 if table.header else 0
    grid = document.add_table(rows=head + len(table.rows), cols=len(table.widths), style="Table Grid")
    grid.autofit = False
    widths = [Mm(width_mm * width / sum(table.widths)) for width in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    cells = iter(grid._cells)  # one walk: asking row by row is quadratic
    aligns = table.aligns or "l" * len(widths)
    for index, row in enumerate([*([table.header] if head else []), *table.rows]):
        for place, (content, cell) in enumerate(zip(row, cells, strict=False)):
            cell.width = widths[place]
            is_head = index < head or (not head and place == 0) or (isinstance(content, Cell) and content.head)
            _fill(cell, content, head=is_head, align=aligns[place])
            _align_vertically(cell, shaded=is_head, at="center" if is_head or not may_split else "top")
    for line in list(grid.rows)[head:] if table.row_mm else ():
        line.height = Mm(table.row_mm)
    if may_split:
        _repeat_header(grid)
    else:
        _keep_rows_whole(grid, header=bool(head), together=_is_short(table, width_mm))


def _is_short(table: Table, width_mm: float) -> bool:
    rows = [*([table.header] if table.header else []), *table.rows]
    shares = [width / sum(table.widths) for width in table.widths]
    lines = sum(
        max(_lines(content, share * width_mm) for content, share in zip(row, shares, strict=True)) for row in rows
    )
    return len(rows) <= SHORT_ROWS and lines <= SHORT_LINES


def _lines(content: str | Cell, width_mm: float) -> int:
    """About how many lines a cell takes; a Latin character is half as wide as a Han one."""
    text = content.text if isinstance(content, Cell) else content
    room = max(1.0, width_mm / CHARACTER_MM - 1)
    widths = (sum(0.5 if sign.isascii() else 1.0 for sign in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(width / room)) for width in widths)


def _fill(cell: _Cell, content: str | Cell, *, head: bool, align: str) -> None:
    item = content if isinstance(content, Cell) else Cell(text=content)
    lines = item.text.split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = "Table Head" if head else "Table Code" if item.code else "Table Text"
        run = paragraph.add_run()
        for at, part in enumerate([line] if item.code else UNBROKEN.split(line)):
            if at:
                run._r.append(OxmlElement("w:noBreakHyphen"))
            if part:
                run.add_text(part)
        if item.bold:
            run.bold = True
        if item.red:
            run.font.color.rgb = RGBColor.from_string(RED)
        side = _ALIGN[item.align or align]
        if not head and side is not WD_ALIGN_PARAGRAPH.LEFT:
            paragraph.alignment = side


def _align_vertically(cell: _Cell, *, shaded: bool, at: str) -> None:
    """Cell properties in the order of the schema: shade, then vertical alignment."""
    properties = cell._tc.get_or_add_tcPr()
    if shaded:
        properties.append(_element("w:shd", val="clear", color="auto", fill=SHADE))
    properties.append(_element("w:vAlign", val=at))


def _element(tag: str, **attributes: str) -> _Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _repeat_header(grid: WordTable) -> None:
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_rows_whole(grid: WordTable, *, header: bool, together: bool) -> None:
    """No row is broken over two pages, the header comes again on each; a table kept *together* is not split at all."""
    rows = list(grid.rows)
    for index, row in enumerate(rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if header and index == 0:
            properties.append(OxmlElement("w:tblHeader"))
        if together and index < len(rows) - 1:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
