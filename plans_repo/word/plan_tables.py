"""Tables of a plan as they stand in its clauses, with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell

from plans_repo.text.clause import Cell, Table
from plans_repo.text.table_grid import positions
from plans_repo.word.page import TEXT_WIDTH_MM


def place_plan_table(document: Document, table: Table, *, filled: bool = True) -> WordTable | None:
    """Append the table over the full width of the text; nothing for a table without cells.

    Unless *filled* its cells are left empty, to be written into.
    """
    size = _size(table)
    if size is None:
        return None
    rows, columns = size
    grid: WordTable = document.add_table(rows=rows, cols=columns, style="Table Grid")
    grid.autofit = False
    for column in grid.columns:
        column.width = Mm(TEXT_WIDTH_MM / columns)
    _fill_grid(grid, table, columns, filled=filled)
    return grid


def _fill(target: _Cell, cell: Cell) -> None:
    """The words with their automatic numbers; a table within a table stays one."""
    begun = False
    for part in cell.shown_content:
        if isinstance(part, Table):
            _place_within(target, part)
            begun = False  # Word leaves an empty paragraph behind a table, and wants one at the end of a cell
            continue
        for line in part.split("\n"):
            paragraph = target.add_paragraph() if begun else target.paragraphs[-1]
            paragraph.style = "Table Text"
            paragraph.add_run(line)
            begun = True


def _place_within(target: _Cell, table: Table) -> None:
    size = _size(table)
    if size is None:
        return
    grid = target.add_table(*size)
    grid.style = "Table Grid"
    _fill_grid(grid, table, size[1], filled=True)
    target.paragraphs[-1].style = "Table Text"


def _size(table: Table) -> tuple[int, int] | None:
    """Rows and columns; None for a table without cells."""
    places = list(positions(table))
    columns = max((column + cell.columns for _, column, cell in places), default=0)
    return (max(row + cell.rows for row, _, cell in places), columns) if columns else None


def _fill_grid(grid: WordTable, table: Table, columns: int, *, filled: bool) -> None:
    cells = grid._cells  # one walk: asking cell by cell is quadratic
    for row, column, cell in positions(table):
        target = cells[row * columns + column]
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(cells[(row + cell.rows - 1) * columns + column + cell.columns - 1])
        for paragraph in target.paragraphs:
            paragraph.style = "Table Text"
        if filled:
            _fill(target, cell)


def cells_of(grid: WordTable, table: Table) -> Iterator[_Cell]:
    """The cells of a placed table in the order of its rows, each once."""
    for row, column, _cell in positions(table):
        yield grid.cell(row, column)
