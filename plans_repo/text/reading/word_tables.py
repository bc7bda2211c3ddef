"""Tables of a Word file: merged cells stand once, tables within cells stay tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from plans_repo.text.clause import Cell, Table, visible_count
from plans_repo.text.reading.numbers import Family, number_of
from plans_repo.text.reading.source import Block, Line, TableBlock
from plans_repo.text.reading.titles import title_cut
from plans_repo.text.reading.word_inline import anchor_key, chosen
from plans_repo.text.reading.word_names import attribute, child, name, number_attribute

CHAPTERS = (Family.CHAPTER, Family.SECTION, Family.HAN, Family.DECIMAL, Family.SINGLE)
ReadCell = Callable[[etree._Element], list[Block]]


def table_of(element: etree._Element, read_cell: ReadCell, anchor: Callable[[str], None]) -> Table:
    """The table; *anchor* is told what is anchored between its rows and cells.

    A cell that only continues the one above it (w:vMerge) lengthens that one. What stands in a
    table outside its rows, or in a row outside its cells, becomes a cell of its own.
    """
    rows: list[list[Cell]] = []
    open_above: dict[int, tuple[int, int]] = {}  # grid column → (row, place in row) of the cell being continued
    for row_element in _within(element):
        key = anchor_key(row_element, name(row_element))
        if key:
            anchor(key)
            continue
        is_row = name(row_element) == "w:tr"
        column = number_attribute(child(row_element, "w:trPr", "w:gridBefore")) or 0 if is_row else 0
        row: list[Cell] = []
        rows.append(row)
        for cell_element in _within(row_element) if is_row else (row_element,):
            key = anchor_key(cell_element, name(cell_element))
            if key:
                anchor(key)
                continue
            cell, continues = _cell(cell_element, read_cell)
            above = open_above.get(column)
            if continues and above and not visible_count(cell.text):
                at_row, at = above
                rows[at_row][at] = replace(rows[at_row][at], rows=len(rows) - at_row)
            else:
                open_above[column] = (len(rows) - 1, len(row))
                row.append(cell)
            column += cell.columns
    return Table(rows=tuple(tuple(row) for row in rows if row))


def framed(element: etree._Element) -> etree._Element | None:
    """The one cell of a table that only draws a frame around chapters; None for a table that is one.

    A table that our own export wrote is one.
    """
    rows = [each for each in element if name(each) == "w:tr"]
    cells = [each for each in rows[0] if name(each) == "w:tc"] if len(rows) == 1 else []
    if len(cells) != 1 or any(anchor_key(each, name(each)).startswith("bookmark:") for each in element.iter()):
        return None
    texts = [text for each in cells[0] if name(each) == "w:p" and visible_count(text := _typed(each))]
    number = number_of(texts[0]) if len(texts) > 1 else None
    is_chapter = number is not None and number.family in CHAPTERS and title_cut(number.rest) is not None
    return cells[0] if is_chapter else None


def _typed(paragraph: etree._Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter() if name(each) == "w:t")


def wrapped(element: etree._Element) -> etree._Element:
    """A copy of *element* as the only child of a container, so that it is read as content."""
    wrapper = etree.Element("wrapper")
    wrapper.append(deepcopy(element))
    return wrapper


PROPERTIES = frozenset({"w:tblPr", "w:tblGrid", "w:trPr", "w:tblPrEx", "w:sdtPr", "w:sdtEndPr"})
CONTAINERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"})


def _within(element: etree._Element) -> Iterator[etree._Element]:
    """What a table or a row holds, also inside content controls and tracked insertions."""
    for each in element:
        short = name(each)
        if short == "mc:AlternateContent":
            for branch in chosen(each):
                yield from _within(branch)
        elif short in CONTAINERS:
            yield from _within(each)
        elif short not in PROPERTIES:
            yield each


def _cell(element: etree._Element, read_cell: ReadCell) -> tuple[Cell, bool]:
    properties = child(element, "w:tcPr")
    merge = child(properties, "w:vMerge")
    continues = merge is not None and attribute(merge) in (None, "continue")
    columns = number_attribute(child(properties, "w:gridSpan")) or 1
    blocks = read_cell(element if name(element) == "w:tc" else wrapped(element))
    return Cell(content=_content(blocks), columns=max(columns, 1), automatic_number=cell_labels(blocks)), continues


def cell_labels(blocks: list[Block]) -> str:
    """The automatic numbers, each on the line of its words; where a cell has no words, those alone."""
    lines = [block for block in blocks if isinstance(block, Line)]
    if not any(visible_count(block.text) for block in lines):
        return "\n".join(block.automatic for block in lines if block.automatic)
    found: list[str] = []
    for line in lines:
        if visible_count(line.text):
            found += [line.automatic, *("" for _more in line.text.split("\n")[1:])]
        found += ["" for text in _box_texts(line) if visible_count(text) for _each in text.split("\n")]
    return "\n".join(found) if any(found) else ""


def _content(blocks: list[Block]) -> tuple[str | Table, ...]:
    """Neighbouring lines become one text; tables stay."""
    found: list[str | Table] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            found.append(block.table)
            continue
        for text in (block.text, *(each for each in _box_texts(block))):
            if visible_count(text):
                _add_line(found, text)
    return tuple(found)


def _add_line(found: list[str | Table], text: str) -> None:
    last = found[-1] if found else None
    if isinstance(last, str):
        found[-1] = f"{last}\n{text}"
    else:
        found.append(text)


def _box_texts(line: Line) -> Iterator[str]:
    for block in line.boxes:
        if isinstance(block, TableBlock):
            yield block.table.text
        else:
            yield block.text
            yield from _box_texts(block)
