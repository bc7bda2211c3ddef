"""A table through all its states, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from plans_repo.text.clause import Cell, Table
from plans_repo.text.weave import Fate, Hand, Strand, woven
from plans_repo.word.pieces import Piece, cell_pieces

Row = tuple[Cell, ...]
TableState = tuple[Table, Hand]


@dataclass(frozen=True, kw_only=True, slots=True)
class WovenRow:
    """A row with its fate, and the words of each cell with theirs."""

    cells: Row
    fate: Fate
    hand: Hand | None
    words: tuple[tuple[Strand[Piece], ...], ...]


@dataclass(kw_only=True)
class _Thread:
    """One row through the states of its table."""

    first: Row | None
    states: list[tuple[Row, Hand]] = field(default_factory=list)
    came: Hand | None = None
    went: Hand | None = None

    @property
    def row(self) -> Row:
        """The row as it stands, or stood last."""
        if self.states:
            return self.states[-1][0]
        assert self.first is not None
        return self.first


def woven_rows(first: Table, later: Sequence[TableState]) -> tuple[WovenRow, ...] | None:
    """The rows of the first and the last state in one order; None where rows cannot be told apart one by one.

    That is so for tables within cells, and for cells reaching over rows unless no row comes or goes.
    """
    states = [first, *(table for table, _hand in later)]
    if any(_has_tables(table) for table in states):
        return None
    is_one_shape = all(_shape(table) == _shape(first) for table in states)
    if not is_one_shape and any(cell.rows > 1 for table in states for row in table.rows for cell in row):
        return None
    threads = [_Thread(first=row) for row in first.rows]
    for table, hand in later:
        threads = list(_further(threads, table.rows, hand, in_order=is_one_shape))
    shown = [thread for thread in threads if not (thread.came and thread.went)]
    return tuple(_woven(thread) for thread in shown)


def _woven(thread: _Thread) -> WovenRow:
    fate = Fate.WENT if thread.went else Fate.CAME if thread.came else Fate.STAYED
    begun = thread.first if thread.first is not None else ()
    words = []
    for at in range(len(thread.row)):
        start = cell_pieces(begun[at].shown) if at < len(begun) else ()
        states = [(cell_pieces(row[at].shown), hand) for row, hand in thread.states]
        if thread.went:
            states.append(((), thread.went))
        words.append(woven(start, states))
    return WovenRow(cells=thread.row, fate=fate, hand=thread.went or thread.came, words=tuple(words))


def _further(threads: list[_Thread], rows: Sequence[Row], hand: Hand, *, in_order: bool) -> Iterator[_Thread]:
    """One state further."""
    alive = [thread for thread in threads if not thread.went]
    pairs = list(zip(alive, rows, strict=True)) if in_order else _paired([one.row for one in alive], rows, alive)
    goes_on = {id(thread): row for thread, row in pairs if thread is not None and row is not None}
    waiting = list(pairs)
    for thread in threads:
        if thread.went:
            yield thread
            continue
        while waiting and waiting[0][0] is not thread:
            yield _fresh(waiting.pop(0)[1], hand)
        if waiting:
            waiting.pop(0)
        row = goes_on.get(id(thread))
        if row is None:
            thread.went = hand
        elif row != thread.row:
            thread.states.append((row, hand))
        yield thread
    for _none, row in waiting:
        yield _fresh(row, hand)


def _fresh(row: Row | None, hand: Hand) -> _Thread:
    assert row is not None
    return _Thread(first=None, states=[(row, hand)], came=hand)


def _paired(
    before: Sequence[Row], after: Sequence[Row], threads: Sequence[_Thread]
) -> list[tuple[_Thread | None, Row | None]]:
    """Which row goes on as which; rows of another shape do not."""
    found: list[tuple[_Thread | None, Row | None]] = []
    old, new = ([_key(row) for row in side] for side in (before, after))
    for _tag, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        shared = min(a1 - a0, b1 - b0)
        for at in range(shared):
            if _widths(before[a0 + at]) == _widths(after[b0 + at]):
                found.append((threads[a0 + at], after[b0 + at]))
            else:
                found += [(threads[a0 + at], None), (None, after[b0 + at])]
        found += [(thread, None) for thread in threads[a0 + shared : a1]]
        found += [(None, row) for row in after[b0 + shared : b1]]
    return found


def _key(row: Row) -> tuple[tuple[int, str], ...]:
    return tuple((cell.columns, cell.shown) for cell in row)


def _widths(row: Row) -> tuple[int, ...]:
    return tuple(cell.columns for cell in row)


def _shape(table: Table) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(tuple((cell.columns, cell.rows) for cell in row) for row in table.rows)


def _has_tables(table: Table) -> bool:
    return any(isinstance(part, Table) for row in table.rows for cell in row for part in cell.content)
