"""Tables of a returned Word file: cells that say what they said stay, and numbers Word counts stay counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from plans_repo.text.clause import Cell, Table, visible_count


def revised_table(old: Table | None, new: Table | None) -> Table | None:
    """The table as it came back.

    >>> cell = Cell(content=("会商；",), automatic_number="1.")
    >>> typed = Cell(content=("1. 会商研判；",))
    >>> revised_table(Table(rows=((cell,),)), Table(rows=((typed,),))).rows[0][0]
    Cell(content=('会商研判；',), columns=1, rows=1, automatic_number='1.')
    """
    if old is None or new is None:
        return new
    if _said(old) == _said(new):
        return old
    by_row = _rows_matched(old, new)
    return Table(rows=tuple(_revised_row(by_row.get(at, ()), row) for at, row in enumerate(new.rows)))


def _said(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(_bare(cell), cell.columns, cell.rows) for cell in row] for row in table.rows]


def _bare(cell: Cell) -> str:
    """What a reader sees in it, without blank lines."""
    return "\n".join(line.strip(" ") for line in cell.shown.split("\n") if visible_count(line))


def _rows_matched(old: Table, new: Table) -> dict[int, Sequence[Cell]]:
    before, after = ([tuple(map(_bare, row)) for row in table.rows] for table in (old, new))
    found: dict[int, Sequence[Cell]] = {}
    for _tag, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for step in range(min(a1 - a0, b1 - b0)):
            found[b0 + step] = old.rows[a0 + step]
    return found


def _revised_row(former: Sequence[Cell], row: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(_revised_cell(former[at] if at < len(former) else Cell(), cell) for at, cell in enumerate(row))


def _revised_cell(before: Cell, cell: Cell) -> Cell:
    if _bare(before) == _bare(cell):
        return replace(before, columns=cell.columns, rows=cell.rows)
    tables = iter([part for part in before.content if isinstance(part, Table)])
    known = {label for label in before.automatic_number.split("\n") if label}
    own = iter(cell.automatic_number.split("\n"))
    content: list[str | Table] = []
    labels: list[str] = []
    for part in cell.content:
        if isinstance(part, Table):
            content.append(revised_table(next(tables, None), part) or part)
            continue
        lines = [_parted(line, next(own, ""), known) for line in part.split("\n")]
        labels += [label for label, _text in lines]
        content.append("\n".join(text for _label, text in lines))
    numbers = "\n".join(labels) if any(labels) else "" if cell.content else cell.automatic_number
    bare = tuple(part for part in content if isinstance(part, Table) or visible_count(part))
    return replace(cell, content=bare, automatic_number=numbers)


def _parted(line: str, counted: str, known: set[str]) -> tuple[str, str]:
    """The number that is counted by Word and the words; one that was printed before the words counts still."""
    if counted:
        return counted, line
    label, _gap, rest = line.partition(" ")
    return (label, rest) if label in known else ("", line)
