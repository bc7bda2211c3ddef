"""How high a table of a plan stands on the page, estimated from the words of its cells and the room they have."""

from __future__ import annotations

import math

from plans_repo.text.clause import Table
from plans_repo.text.table_grid import positions
from plans_repo.word.column_widths import HALF_WIDTH_MM, MARGINS, column_widths, shown_width
from plans_repo.word.styles import CHINESE

LINE_PT = 14.5  # a line of 10.5 points in single spacing
PARAGRAPH_PT = 4.0  # above and below each paragraph of a cell


def table_lines(table: Table) -> float:
    """The height in lines of the page.

    >>> from plans_repo.text.clause import Cell
    >>> table = Table(rows=((Cell(content=("序号",)), Cell(content=("单位",))),) * 3)
    >>> round(table_lines(table), 1)
    1.9
    """
    places = list(positions(table))
    columns = max((column + cell.columns for _row, column, cell in places), default=0)
    if not columns:
        return 0.0
    widths = [width / HALF_WIDTH_MM for width in column_widths(table, columns)]
    heights: dict[int, float] = {}
    for row, column, cell in places:
        room = sum(widths[column : column + cell.columns]) - MARGINS
        paragraphs = cell.shown.split("\n")
        lines = sum(max(1, math.ceil(shown_width(words) / room)) for words in paragraphs)
        each = (lines * LINE_PT + len(paragraphs) * PARAGRAPH_PT) / cell.rows
        for at in range(row, row + cell.rows):
            heights[at] = max(heights.get(at, 0.0), each)
    return sum(heights.values()) / CHINESE.line_pt
