"""Tables of a plan as they stand in its clauses, with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell

from plans_repo.text.clause import Cell, Table
from plans_repo.text.table_grid import positions
from plans_repo.word.column_widths import column_widths

LONG_ROWS = 8  # from here a table may reach over a page


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
    _fill_grid(grid, table, columns, filled=filled)
    _set_widths(grid, column_widths(table, columns))
    _keep_rows(grid, table)
    return grid


def _set_widths(grid: WordTable, widths: Sequence[float]) -> None:
    """The widths of the columns, and of every cell: some programs go by the one, some by the other."""
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid._tbl.tr_lst:
        at = 0
        for cell in row.tc_lst:
            cell.width = Mm(sum(widths[at : at + cell.grid_span]))
            at += cell.grid_span


def _keep_rows(grid: WordTable, table: Table) -> None:
    """No row is broken over two pages; the first one comes again on each where it is a head of its own."""
    rows = grid._tbl.tr_lst
    for row in rows:
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    is_head = len(table.rows) >= LONG_ROWS and all(cell.rows == 1 for cell in table.rows[0])
    if is_head and all(cell.text for cell in table.rows[0]):
        rows[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


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
