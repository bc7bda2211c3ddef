"""One clause as two writers changed it: field by field, words on tokens, tables by cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate
from typing import Any

from plans_repo.text.clause import Cell, Clause, Table
from plans_repo.text.table_merge import Row, RowTriple, is_same_shape, row_triples, simple_text, with_text
from plans_repo.text.tokens import DEFAULT_TERMS
from plans_repo.text.word_merge import Fate, Piece, decided, merged_text, merged_words

TITLE, TEXT, TABLE, PLACE, WHOLE = "title", "text", "table", "place", ""
WORDED = (TITLE, TEXT)
VALUED = ("kind", "level", "number_raw", "title_end", "run_in", "semantic")
"""Fields that are taken whole from one side."""
SHOWN = ("number", "automatic_number")
"""Numbers that are computed: never in conflict, shown anew after a merge."""


class ConflictKind(StrEnum):
    """What two writers cannot both have."""

    WORDS = "words"  # both changed the same words, or words that together would make up a figure
    VALUE = "value"  # both set one field to something else
    REMOVAL = "removal"  # one removed what the other changed
    PLACE = "place"  # both moved it to another place


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A field of a clause that waits for a decision: what it was, what ours made of it and what theirs did.

    Of words *pieces* tell the whole field run by run. *field* is ``table.2.3`` for a cell
    (row and cell of the base from 0), ``""`` for the clause as a whole.
    """

    clause: str
    kind: ConflictKind
    field: str
    base: str
    ours: str
    theirs: str
    pieces: tuple[Piece, ...] = ()

    @property
    def swapped(self) -> Conflict:
        """The same seen from the other side."""
        pieces = tuple(piece.swapped for piece in self.pieces)
        return replace(self, ours=self.theirs, theirs=self.ours, pieces=pieces)

    @property
    def open_places(self) -> tuple[int, ...]:
        """Which of the pieces are in conflict."""
        return tuple(at for at, piece in enumerate(self.pieces) if piece.fate is Fate.CONFLICT)

    def key(self, place: int = -1) -> str:
        """What a decision is filed under: the field, for words with the place of the piece."""
        return self.field if place < 0 else f"{self.field}#{place}"


Decisions = Mapping[str, str]
"""By ``Conflict.key``: the words that shall stand there, for all but words ``ours``, ``theirs`` or ``base``."""


@dataclass(kw_only=True)
class ClauseMerge:
    """The merge of one clause under way: what is decided, and the conflicts met."""

    clause: str
    terms: Sequence[str] = DEFAULT_TERMS
    decisions: Decisions = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def words(self, name: str, base: str, ours: str, theirs: str) -> tuple[Piece, ...]:
        """The pieces of a field, those decided as they were decided."""
        pieces = merged_words(base, ours, theirs, self.terms)
        choices = {at: self.decisions[f"{name}#{at}"] for at in range(len(pieces)) if f"{name}#{at}" in self.decisions}
        pieces = decided(pieces, choices)
        if any(piece.fate is Fate.CONFLICT for piece in pieces):
            self._meet(ConflictKind.WORDS, name, base, ours, theirs, pieces)
        return pieces

    def value(self, name: str, base: Any, ours: Any, theirs: Any, told: Callable[[Any], str] = str) -> Any:
        """A field that is one side's as a whole."""
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        choice = self.decisions.get(name)
        if choice is None:
            self._meet(ConflictKind.VALUE, name, told(base), told(ours), told(theirs))
        return {"base": base, "theirs": theirs}.get(choice or "", ours)

    def removal(self, name: str, base: str, ours: str, theirs: str) -> bool:
        """Whether what one side removed and the other changed is kept; it is until somebody decides otherwise."""
        choice = self.decisions.get(name)
        if choice is None:
            self._meet(ConflictKind.REMOVAL, name, base, ours, theirs)
        return {"ours": bool(ours), "theirs": bool(theirs)}.get(choice or "", True)

    def _meet(
        self, kind: ConflictKind, name: str, base: str, ours: str, theirs: str, pieces: tuple[Piece, ...] = ()
    ) -> None:
        self.conflicts.append(
            Conflict(clause=self.clause, kind=kind, field=name, base=base, ours=ours, theirs=theirs, pieces=pieces)
        )


def merged_clause(
    base: Clause,
    ours: Clause,
    theirs: Clause,
    terms: Sequence[str] = DEFAULT_TERMS,
    decisions: Decisions | None = None,
) -> tuple[Clause, tuple[Conflict, ...]]:
    """The clause with the edits of both sides, and what waits for a decision; there ours stands.

    >>> from plans_repo.text.clause import ClauseKind
    >>> base = Clause(id="a", kind=ClauseKind.BODY, text="30分钟内到位。")
    >>> both, met = merged_clause(base, replace(base, text="20分钟内到位。"), replace(base, title="集结"))
    >>> both.title, both.text, met
    ('集结', '20分钟内到位。', ())
    """
    merge = ClauseMerge(clause=base.id, terms=terms, decisions=decisions or {})
    if ours == theirs or base in (ours, theirs):
        return (theirs if ours == base else ours), ()
    title = merge.words(TITLE, base.title, ours.title, theirs.title)
    text = merge.words(TEXT, base.text, ours.text, theirs.text)
    sides = (base, ours, theirs)
    values: dict[str, Any] = {name: merge.value(name, *(getattr(side, name) for side in sides)) for name in VALUED}
    shown: dict[str, Any] = {name: _shown(name, values["number_raw"], *sides) for name in SHOWN}
    found = replace(
        ours,
        title=merged_text(title),
        text=merged_text(text),
        table=_table(merge, base.table, ours.table, theirs.table),
        media=_media(merge, base.media, ours.media, theirs.media),
        line_numbers=_line_numbers(text, *sides),
        **values,
        **shown,
    )
    return found, tuple(merge.conflicts)


def _shown(name: str, number_raw: str, base: Clause, ours: Clause, theirs: Clause) -> str:
    """The computed number of the side whose typed number stands."""
    if number_raw != ours.number_raw:
        return str(getattr(theirs if number_raw == theirs.number_raw else base, name))
    present = str(getattr(ours, name))
    return present if present != getattr(base, name) else str(getattr(theirs, name))


def _media(
    merge: ClauseMerge, base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """Pictures that either side added; one that both sides replaced is a conflict."""
    gone_ours, gone_theirs = set(base) - set(ours), set(base) - set(theirs)
    new_ours, new_theirs = [one for one in ours if one not in base], [one for one in theirs if one not in base]
    both_replaced = gone_ours & gone_theirs and new_ours and new_theirs and new_ours != new_theirs
    if ours == theirs or base in (ours, theirs) or both_replaced:
        return tuple(merge.value("media", base, ours, theirs, "、".join))
    kept = [one for one in base if one not in gone_ours | gone_theirs]
    return (*kept, *new_ours, *(one for one in new_theirs if one not in new_ours))


def _line_numbers(pieces: Sequence[Piece], base: Clause, ours: Clause, theirs: Clause) -> tuple[tuple[int, str], ...]:
    """The automatic numbers of lines, each with the line it belongs to in the merged text."""
    text = merged_text(pieces)
    for side in (ours, theirs, base):
        if text == side.text:
            return side.line_numbers
    found: dict[int, str] = {}
    for name, side in (("theirs", theirs), ("ours", ours)):
        found |= dict(_carried(pieces, name, side))
    return tuple(sorted(found.items()))


def _carried(pieces: Sequence[Piece], name: str, side: Clause) -> Iterator[tuple[int, str]]:
    """The labels of a side's lines that begin with words the merged text has."""
    lines = side.text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    merged = merged_text(pieces)
    for line, label in side.line_numbers:
        place, passed = starts[line], 0
        here = 0
        for piece in pieces:
            own = getattr(piece, name)
            if passed <= place < passed + len(own) and own == piece.text:
                yield merged.count("\n", 0, here + place - passed), label
                break
            passed += len(own)
            here += len(piece.text)


# ---- Tables ----------------------------------------------------------------------------------------------------------


def _table(merge: ClauseMerge, base: Table | None, ours: Table | None, theirs: Table | None) -> Table | None:
    triples = row_triples(base, ours, theirs) if base and ours and theirs and len({base, ours, theirs}) == 3 else None
    if triples is None:
        found: Table | None = merge.value(TABLE, base, ours, theirs, lambda table: table.text if table else "")
        return found
    rows = (_row(merge, f"{TABLE}.{at}", triple) for at, triple in enumerate(triples))
    return Table(rows=tuple(row for row in rows if row is not None))


def _row(merge: ClauseMerge, name: str, triple: RowTriple) -> Row | None:
    base, ours, theirs = triple.base, triple.ours, triple.theirs
    if base is None or ours is None or theirs is None:
        return _lone_row(merge, name, triple)
    if is_same_shape(base, ours, theirs):
        cells = zip(base, ours, theirs, strict=True)
        return tuple(_cell(merge, f"{name}.{at}", *triple_) for at, triple_ in enumerate(cells))
    found: Row = merge.value(name, base, ours, theirs, _told)
    return found


def _lone_row(merge: ClauseMerge, name: str, triple: RowTriple) -> Row | None:
    """A row that was added, or removed by a side: away unless the other changed it."""
    present = triple.ours if triple.ours is not None else triple.theirs
    if triple.base is None or present is None:
        return present
    if present == triple.base:
        return None
    told = [_told(row) if row is not None else "" for row in (triple.base, triple.ours, triple.theirs)]
    return present if merge.removal(name, *told) else None


def _cell(merge: ClauseMerge, name: str, base: Cell, ours: Cell, theirs: Cell) -> Cell:
    words = [simple_text(cell) for cell in (base, ours, theirs)]
    if ours == theirs or base in (ours, theirs) or None in words:
        found: Cell = merge.value(name, base, ours, theirs, lambda cell: cell.text)
        return found
    return with_text(ours, merged_text(merge.words(name, *(word or "" for word in words))))


def _told(row: Row) -> str:
    return "\t".join(cell.text for cell in row)
