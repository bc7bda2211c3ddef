"""Three tables as one: row by row, cell by cell, and inside a cell on tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from plans_repo.text.clause import Cell, Table

Row = tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class RowTriple:
    """A row on the three sides; None where a side does not have it."""

    base: Row | None
    ours: Row | None
    theirs: Row | None


def row_triples(base: Table, ours: Table, theirs: Table) -> tuple[RowTriple, ...] | None:
    """The rows of three tables that are one another; None where cells that reach over rows forbid to tell them apart.

    Rows that one side added stand behind the row they follow there, ours before theirs.
    """
    left, right = _pairs(base, ours), _pairs(base, theirs)
    is_regular = len(left) == len(base.rows) == len(ours.rows) and len(right) == len(base.rows) == len(theirs.rows)
    if not is_regular and any(_reaches(table) for table in (base, ours, theirs)):
        return None
    return tuple(_triples(base, ours, theirs, left, right))


def _triples(
    base: Table, ours: Table, theirs: Table, left: dict[int, int], right: dict[int, int]
) -> Iterator[RowTriple]:
    new_ours, new_theirs = _added(ours, left), _added(theirs, right)
    yield from _fresh(new_ours.get(-1, []), new_theirs.get(-1, []))
    for at, row in enumerate(base.rows):
        yield RowTriple(
            base=row,
            ours=ours.rows[left[at]] if at in left else None,
            theirs=theirs.rows[right[at]] if at in right else None,
        )
        yield from _fresh(new_ours.get(at, []), new_theirs.get(at, []))


def _fresh(ours: Sequence[Row], theirs: Sequence[Row]) -> Iterator[RowTriple]:
    """Rows both sides added at one place; the same row is added once."""
    for row in ours:
        yield RowTriple(base=None, ours=row, theirs=row if row in theirs else None)
    for row in theirs:
        if row not in ours:
            yield RowTriple(base=None, ours=None, theirs=row)


def _added(side: Table, pairs: dict[int, int]) -> dict[int, list[Row]]:
    """The rows only this side has, by the base row they follow; -1 at the top."""
    base_of = {to: at for at, to in pairs.items()}
    found: dict[int, list[Row]] = {}
    last = -1
    for at, row in enumerate(side.rows):
        if at in base_of:
            last = base_of[at]
        else:
            found.setdefault(last, []).append(row)
    return found


def _reaches(table: Table) -> bool:
    return any(cell.rows > 1 for row in table.rows for cell in row)


def _pairs(base: Table, side: Table) -> dict[int, int]:
    """Which row of the side continues which of the base, in order: equal ones, then those that stand in their place."""
    before, after = [_words(row) for row in base.rows], [_words(row) for row in side.rows]
    found: dict[int, int] = {}
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and a1 - a0 == b1 - b0):
            found |= dict(zip(range(a0, a1), range(b0, b1), strict=True))
        elif tag == "replace":
            found |= _alike(before, after, range(a0, a1), range(b0, b1))
    return found


def _alike(before: list[str], after: list[str], olds: range, news: range) -> dict[int, int]:
    """Rows of unlike numbers in order, each with the first that shares half its words or its first cell."""
    found: dict[int, int] = {}
    start = news.start
    for old in olds:
        for new in range(start, news.stop):
            first = before[old].split("\t")[0]
            is_same_first = bool(first) and first == after[new].split("\t")[0]
            if is_same_first or SequenceMatcher(None, before[old], after[new], autojunk=False).ratio() >= 0.5:
                found[old] = new
                start = new + 1
                break
    return found


def _words(row: Row) -> str:
    return "\t".join(cell.text for cell in row)


def is_same_shape(*rows: Row) -> bool:
    """Whether rows have the same cells reaching equally far."""
    return len({tuple((cell.columns, cell.rows) for cell in row) for row in rows}) == 1


def simple_text(cell: Cell) -> str | None:
    """The words of a cell that holds nothing but one text; None for another."""
    if not cell.content:
        return ""
    return cell.content[0] if len(cell.content) == 1 and isinstance(cell.content[0], str) else None


def with_text(cell: Cell, words: str) -> Cell:
    """The cell with these words."""
    return replace(cell, content=(words,) if words else ())
