"""A table of a plan as a grid one can write in, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from plans_repo.text.clause import Cell, Table
from plans_repo.text.table_grid import positions
from ui.wording import _

Row = tuple[Cell, ...]


def is_writable(table: Table) -> bool:
    """Whether every cell holds one text and nothing else; a table within a table is not written here."""
    return all(_is_simple(cell) for row in table.rows for cell in row)


def grid_of(table: Table) -> Any:
    """The cells in rows and columns; a cell that reaches further stands at its upper left place."""
    places = list(positions(table))
    width = max((column + cell.columns for _row, column, cell in places), default=0)
    lines = [[""] * width for _ in table.rows]
    for row, column, cell in places:
        lines[row][column] = cell.text
    return pd.DataFrame(lines, columns=[_("第{number}列", number=at + 1) for at in range(width)], dtype=object)


def table_of(table: Table, grid: Any) -> Table:
    """The table with the words of the grid; rows that were added get plain cells, empty rows are left out."""
    lines = [[_word(value) for value in line] for line in grid.itertuples(index=False)]
    if any(cell.rows > 1 or cell.columns > 1 for row in table.rows for cell in row):
        words = {(row, column): lines[row][column] for row, column, _cell in positions(table)}
        rows: list[list[Cell]] = [[] for _ in table.rows]
        for row, column, cell in positions(table):
            rows[row].append(_with_words(cell, words[row, column]))
        return Table(rows=tuple(map(tuple, rows)))
    places = [int(place) if str(place).isdigit() else len(table.rows) for place in grid.index]
    return Table(
        rows=tuple(
            _written(table.rows[place] if place < len(table.rows) else (), line)
            for place, line in zip(places, lines, strict=True)
            if place < len(table.rows) or any(line)
        )
    )


def _written(former: Row, line: list[str]) -> Row:
    """A row that was there keeps its cells; a new one has as many as the grid is wide."""
    cells = former or tuple(Cell() for _word_ in line)
    more = tuple(Cell(content=(word,)) for word in line[len(cells) :] if word)
    return (*(_with_words(cell, word) for cell, word in zip(cells, line, strict=False)), *more)


def _with_words(cell: Cell, words: str) -> Cell:
    return cell if cell.text == words else replace(cell, content=(words,) if words else ())


def _word(value: Any) -> str:
    return "" if value is None or value != value else str(value)  # an empty cell of a new row is not a number


def _is_simple(cell: Cell) -> bool:
    return not cell.content or (len(cell.content) == 1 and isinstance(cell.content[0], str))
