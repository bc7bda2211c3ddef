"""Clauses read with the punctuation that was meant, and what was found in them told in their very words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plans_repo.text.clause import Cell, Clause, Table
from plans_repo.text.punctuation import full_width
from plans_repo.text.rendering import numbered_lines


def with_full_width(clause: Clause) -> Clause:
    """The clause, as long as before, with signs typed half-width among Chinese written full-width."""
    table = _table(clause.table) if clause.table else None
    return replace(clause, title=full_width(clause.title), text=full_width(clause.text), table=table)


def _table(table: Table) -> Table:
    return replace(table, rows=tuple(tuple(_cell(cell) for cell in row) for row in table.rows))


def _cell(cell: Cell) -> Cell:
    content = tuple(_table(each) if isinstance(each, Table) else full_width(each) for each in cell.content)
    return replace(cell, content=content)


def in_words_of(clause: Clause, found: str) -> str:
    """What was *found* in the clause with full-width signs, as its author typed it; itself where it stands nowhere."""
    for words in _words(clause):
        at = full_width(words).find(found)
        if at >= 0:
            return words[at : at + len(found)]
    return found


def _words(clause: Clause) -> Iterator[str]:
    yield numbered_lines(clause)
    yield clause.title
    for row in clause.table.rows if clause.table else ():
        yield from (cell.text for cell in row)
