"""Tables that go on after a line 续表: one table again, the line as a row of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plans_repo.text.clause import Cell, Table, visible_count
from plans_repo.text.reading.holding import Held
from plans_repo.text.reading.source import Block, Line, TableBlock

CONTINUED = re.compile(
    r"\s*(?:续\s*表\s*[0-9０-９一二三四五六七八九十A-Z.．\-－—]*|(?:附?表\s*[0-9０-９一二三四五六七八九十A-Z.．\-－—]*.{0,30})?[（(]\s*续\s*[)）])[^，。；]{0,30}$"
)


def joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with each table that a line says goes on put together with what follows that line.

    >>> part = TableBlock(table=Table(rows=((Cell(content=("消防",)), Cell(content=("50人",))),)))
    >>> [block.table.text for block in joined([part, Line(text="续表1"), part])]
    ['消防\\t50人\\n续表1\\n消防\\t50人']
    """
    found: list[Block] = []
    for block in blocks:
        line = found[-1] if found else None
        before = found[-2] if len(found) > 1 else None
        if not (isinstance(block, TableBlock) and isinstance(before, TableBlock) and isinstance(line, Line)):
            found.append(block)
        elif _says_so(line) and _width(before.table) == _width(block.table):
            found[-2:] = [_one(before, line, block)]
        else:
            found.append(block)
    return found


def _says_so(line: Line) -> bool:
    return not line.media and not line.boxes and bool(CONTINUED.match(line.text))


def _width(table: Table) -> int:
    return max((sum(cell.columns for cell in row) for row in table.rows), default=0)


def _one(before: TableBlock, line: Line, after: TableBlock) -> TableBlock:
    held = Held()
    held.take([before, line, after])
    rows = before.table.rows
    if visible_count(line.text):
        rows = (*rows, (Cell(content=(line.text.strip(),), columns=_width(before.table)),))
    return TableBlock(
        table=Table(rows=(*rows, *after.table.rows)),
        media=tuple(held.media),
        notes=tuple(held.notes),
        anchors=tuple(held.anchors),
    )
