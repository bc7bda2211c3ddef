"""How wide the columns of a plan's table are: by what stands in them, so that no date or telephone is broken."""

from __future__ import annotations

import re
import unicodedata

from plans_repo.text.clause import Table
from plans_repo.text.table_grid import positions
from plans_repo.word.page import TEXT_WIDTH_MM

HALF_WIDTH_MM = 10.5 / 2 * 25.4 / 72  # half a character of 10.5 points
MARGINS = 2.0  # of a cell, in half characters
LEAST, MOST = 4, 44  # half characters: two Han, and from where a longer text wraps anyway
STAND_IN = 1.28  # figures of a stand-in for Times New Roman are wider by so much
STEPS = 30  # halvings of the span in which the width of the long columns lies
TOKEN = re.compile(r"[!-~]+")


def column_widths(table: Table, columns: int) -> list[float]:
    """Millimetres for each column, together the width of the text.

    Every column holds its longest word of letters and figures; short columns get what they need, and
    long ones share the rest.

    >>> from plans_repo.text.clause import Cell
    >>> words = (("序号", "单位"), ("1", "清川县人民政府办公室"))
    >>> table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in words))
    >>> [round(width) for width in column_widths(table, 2)]
    [33, 123]
    """
    least, wished = [float(LEAST)] * columns, [float(LEAST)] * columns
    for _row, column, cell in positions(table):
        if cell.columns == 1:
            least[column] = max(least[column], *(len(word) * STAND_IN for word in ["", *TOKEN.findall(cell.shown)]))
            wished[column] = max(wished[column], *map(shown_width, cell.shown.split("\n")))
    least = [min(width, MOST) + MARGINS for width in least]
    wished = [max(min(width, MOST) + MARGINS, low) for width, low in zip(wished, least, strict=True)]
    found = _capped(least, wished, TEXT_WIDTH_MM / HALF_WIDTH_MM)
    return [width * TEXT_WIDTH_MM / sum(found) for width in found]


def _capped(least: list[float], wished: list[float], room: float) -> list[float]:
    """What the columns wish for, the long ones cut down to one width so that all go into the room."""
    low, high = 0.0, max(wished)
    for _step in range(STEPS):
        cap = (low + high) / 2
        total = sum(max(few, min(many, cap)) for few, many in zip(least, wished, strict=True))
        low, high = (cap, high) if total < room else (low, cap)
    return [max(few, min(many, high)) for few, many in zip(least, wished, strict=True)]


def shown_width(line: str) -> int:
    """The width of words in half characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
