"""The quantity ledger of a text: every limit, threshold, grade, post, telephone and number, with its exact words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plans_repo.text.clause import Clause, ClauseKind, Table
from plans_repo.text.quantity import KIND_OF_UNIT, Quantity, QuantityKind
from plans_repo.text.quantity_sentences import quantities_in
from plans_repo.text.quantity_subjects import is_measure
from plans_repo.text.quantity_values import amount
from plans_repo.text.table_grid import Counted, Grid, plain_number
from plans_repo.text.telephones import CALLED
from plans_repo.text.tokens import DEFAULT_TERMS

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
_NUMBERED = re.compile(r"\d{5}")
"""A cell with telephones of its own names nobody they all belong to."""
_FIGURED = re.compile(r"\d\s*[\u4e00-\u9fff%℃]|^\s*\d+(?:\.\d+)?\s*$")
_NAMES_THINGS = re.compile(r"单位|部门|机构|名称|场所|安置点|地点|队伍|乡镇|村|医院|站点|企业|对象")
_KEEPERS = re.compile(r"管理|主管|责任|保管|隶属|归口|权属|所在|所属|牵头|存放")


def quantities(clauses: Iterable[Clause], terms: Sequence[str] = DEFAULT_TERMS) -> tuple[Quantity, ...]:
    """Every figure of a text that says something, in order; dates, document numbers and clause numbers are none."""
    found: list[Quantity] = []
    for clause in clauses:
        if clause.kind in UNREAD:
            continue
        found += quantities_in(clause.text, clause=clause.id, topic=clause.plain_title, terms=terms)
        found += _in_table(clause, clause.table, terms) if clause.table else ()
    return tuple(found)


def _in_table(clause: Clause, table: Table, terms: Sequence[str]) -> Iterator[Quantity]:
    """The figures of a table row by row: what its cells say, and bare numbers with the unit their head gives."""
    grid = Grid(table)
    counted: dict[int, list[Counted]] = {}
    for one in grid.counted():
        counted.setdefault(one.row, []).append(one)
    for row in range(grid.head_rows, len(table.rows)):
        words, subject = _row(grid, row), _subject(grid, row)
        for found in quantities_in(words, clause=clause.id, topic=clause.plain_title, terms=terms, is_row=True):
            yield _of_row(found, grid, row, subject)
        yield from (_counted(one, words, clause.id) for one in counted.get(row, ()))


def _row(grid: Grid, row: int) -> str:
    """A row as one text; what needs its head has it in front."""
    cells = ((grid.heads[column], cell.text) for (at, column), cell in grid.begins.items() if at == row)
    words = (f"{head if _needs_head(head, text) else ''}{text}" for head, text in cells if text)
    joined = "，".join(word.replace("\n", "，") for word in words)
    return re.sub(r"(?<=\d)，(?=\d)", " ，", joined)  # two cells with a number each are not one number with thousands


def _of_row(one: Quantity, grid: Grid, row: int, subject: str) -> Quantity:
    """A telephone belongs to the one its row is about, not to whoever stands in the cell before; a cell that is
    nothing but a figure is about its row and the head of its column.
    """
    if one.kind is QuantityKind.PHONE:
        return replace(one, about=subject) if subject and not _NUMBERED.search(subject) else one
    return (
        one if one.about else replace(one, about=grid.about_cell(row, one.quotation) or grid.named(row, one.quotation))
    )


def _counted(one: Counted, row: str, clause: str) -> Quantity:
    said = amount(f"{plain_number(one.words)}{one.unit}") if not re.search("[/／每]", one.unit) else None
    return Quantity(
        clause=clause,
        kind=next((kind for kind, units in KIND_OF_UNIT.items() if one.unit in units), QuantityKind.MEASURE),
        quotation=one.words,
        sentence=row,
        value=plain_number(one.words),
        unit=one.unit,
        low=said.low if said else one.number,
        high=said.high if said else one.number,
        common_unit=said.common_unit if said else one.unit,
        about=one.about,
        at=max(0, row.find(one.words)),
    )


def _subject(grid: Grid, row: int) -> str:
    """Whose row it is: the cell under the first head that names things; who keeps or answers for them does not."""
    for column, head in enumerate(grid.heads):
        if _NAMES_THINGS.search(head) and not _KEEPERS.search(head) and grid.text(row, column):
            return " ".join(grid.text(row, column).split())
    return ""


def _needs_head(head: str, text: str) -> bool:
    """Whether a cell says what it is about only under its head: a telephone, a number of dead."""
    return bool(CALLED.search(head) or (is_measure(head) and _FIGURED.search(text)))
