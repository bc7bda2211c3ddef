"""Tables of fixed pages: the grid that the rulings draw, and the signs inside each of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Cell, Table
from plans_repo.text.reading.page_ink import Glyph, Ruling
from plans_repo.text.reading.page_lines import InkLine, lines_of

NEAR = 3.0  # points between the ends of lines that meet, and between two strokes of one line
SHORTEST = 6.0  # a shorter ruling underlines a sign
PADDING = 1.2  # sizes of blank between text and ruling that a full line of a cell leaves, at most
CUT_ROOM = 2.6  # sizes free behind a line that a page end, not the author, may have ended
Span = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class InkTable:
    """A table with its place on the page; *columns* are the upright edges, for joining what a page end cut."""

    table: Table
    top: float
    bottom: float
    columns: tuple[float, ...]
    last_full: tuple[bool, ...]  # for each cell of the last row, whether its last line fills it


def tables_of(glyphs: Sequence[Glyph], rulings: Iterable[Ruling]) -> tuple[list[InkTable], list[Glyph]]:
    """The tables of a page, and the signs that stand outside of them."""
    tables: list[InkTable] = []
    outside = list(glyphs)
    for grid in _grids(list(rulings)):
        inside = [glyph for glyph in outside if grid.holds(glyph)]
        if grid.cell_count < 2 or not any(glyph.is_ink for glyph in inside):
            continue
        taken = {glyph.order for glyph in inside}
        outside = [glyph for glyph in outside if glyph.order not in taken]
        tables.append(grid.filled(inside))
    return tables, outside


def continued(before: Table, last_full: Sequence[bool], table: Table) -> Table:
    """Two parts of one table; a row that a page end cut through is put together again.

    A row was cut when cells of it are empty although the row before has words there, and those
    that are not go on behind a line that filled its cell.
    """
    last, first = before.rows[-1], table.rows[0]
    same = len(last) == len(first) == len(last_full) and all(cell.rows == 1 for cell in (*last, *first))
    is_cut = (
        same
        and any(one.text and not other.text for one, other in zip(last, first, strict=True))
        and all(full or not other.text for full, other in zip(last_full, first, strict=True))
    )
    if not is_cut:
        return Table(rows=(*before.rows, *table.rows))
    whole = tuple(_put_together(one, other) for one, other in zip(last, first, strict=True))
    return Table(rows=(*before.rows[:-1], whole, *table.rows[1:]))


def _put_together(one: Cell, other: Cell) -> Cell:
    text = one.text + _joint(one.text, other.text) + other.text
    return Cell(content=(text,) if text else (), columns=one.columns)


class _Axis:
    """The places at which rulings of one direction lie, and how far each reaches along them."""

    def __init__(self, lines: Iterable[tuple[float, Span]]) -> None:
        self.places: list[float] = []
        self.spans: list[list[Span]] = []
        for place, span in sorted(lines):
            if self.places and place - self.places[-1] <= NEAR:
                self.spans[-1].append(span)
            else:
                self.places.append(place)
                self.spans.append([span])

    def is_drawn(self, at: int, middle: float) -> bool:
        """Whether the ruling at that place reaches past *middle*."""
        return any(low - NEAR <= middle <= high + NEAR for low, high in self.spans[at])


class _Grid:
    """One connected frame; neighbouring fields without a ruling between them are one cell."""

    def __init__(self, levels: Sequence[Ruling], uprights: Sequence[Ruling]) -> None:
        self._rows = _Axis(((line.top + line.bottom) / 2, (line.left, line.right)) for line in levels)
        self._columns = _Axis(((line.left + line.right) / 2, (line.top, line.bottom)) for line in uprights)
        self._cells = self._merged()

    @property
    def cell_count(self) -> int:
        return len(self._cells)

    def holds(self, glyph: Glyph) -> bool:
        return self._field(glyph) is not None

    def filled(self, glyphs: Iterable[Glyph]) -> InkTable:
        """The table with its words; rows in which no cell begins are not shown."""
        inside: dict[tuple[int, int], list[Glyph]] = {}
        owners = {
            field: start for start, (height, width) in self._cells.items() for field in _fields(start, height, width)
        }
        for glyph in glyphs:
            field = self._field(glyph)
            if field is not None:
                inside.setdefault(owners[field], []).append(glyph)
        rows: list[list[Cell]] = [[] for _ in self._rows.places[:-1]]
        full: list[list[bool]] = [[] for _ in rows]
        for start in sorted(self._cells):
            height, width = self._cells[start]
            right = self._columns.places[start[1] + width]
            lines = lines_of(inside.get(start, ()))
            text = _cell_text(lines, right)
            rows[start[0]].append(Cell(content=(text,) if text else (), rows=height, columns=width))
            full[start[0]].append(bool(lines) and right - lines[-1].right <= CUT_ROOM * lines[-1].size)
        return InkTable(
            table=Table(rows=tuple(tuple(row) for row in rows if row)),
            top=self._rows.places[0],
            bottom=self._rows.places[-1],
            columns=tuple(self._columns.places),
            last_full=tuple(next((each for each in reversed(full) if each), ())),
        )

    def _field(self, glyph: Glyph) -> tuple[int, int] | None:
        across, down = glyph.middle
        row, column = _between(self._rows.places, down), _between(self._columns.places, across)
        return None if row is None or column is None else (row, column)

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Where each cell begins, and how many rows and columns it covers."""
        cells: dict[tuple[int, int], tuple[int, int]] = {}
        taken: set[tuple[int, int]] = set()
        for row in range(len(self._rows.places) - 1):
            for column in range(len(self._columns.places) - 1):
                if (row, column) in taken:
                    continue
                width, height = self._width(row, column, taken), 1
                while self._goes_down(row + height, column, width, taken):
                    height += 1
                cells[row, column] = height, width
                taken.update(_fields((row, column), height, width))
        return cells

    def _width(self, row: int, column: int, taken: set[tuple[int, int]]) -> int:
        middle = (self._rows.places[row] + self._rows.places[row + 1]) / 2
        width = 1
        last = len(self._columns.places) - 1
        while (
            column + width < last
            and (row, column + width) not in taken
            and not self._columns.is_drawn(column + width, middle)
        ):
            width += 1
        return width

    def _goes_down(self, row: int, column: int, width: int, taken: set[tuple[int, int]]) -> bool:
        """Whether the cell above goes on in this row: nothing drawn between, and the same edges."""
        if row >= len(self._rows.places) - 1 or any((row, at) in taken for at in range(column, column + width)):
            return False
        edges = self._columns.places
        is_open = not any(
            self._rows.is_drawn(row, (edges[at] + edges[at + 1]) / 2) for at in range(column, column + width)
        )
        return is_open and self._width(row, column, taken) == width


def _fields(start: tuple[int, int], height: int, width: int) -> list[tuple[int, int]]:
    return [(row, column) for row in range(start[0], start[0] + height) for column in range(start[1], start[1] + width)]


def _between(places: Sequence[float], place: float) -> int | None:
    for at in range(len(places) - 1):
        if places[at] <= place < places[at + 1]:
            return at
    return None


def _grids(rulings: list[Ruling]) -> list[_Grid]:
    """Frames of rulings that meet, from top to bottom."""
    found: list[_Grid] = []
    for group in _connected([line for line in rulings if _length(line) >= SHORTEST]):
        levels = [line for line in group if line.is_level]
        uprights = [line for line in group if not line.is_level]
        if len(levels) > 1 and len(uprights) > 1:
            found.append(_Grid(levels, uprights))
    return found


def _length(line: Ruling) -> float:
    return max(line.right - line.left, line.bottom - line.top)


def _connected(lines: list[Ruling]) -> list[list[Ruling]]:
    """Groups of rulings of which each touches another; a sweep from top to bottom keeps it short."""
    groups: list[tuple[list[Ruling], float]] = []  # a group and how far down it reaches
    for line in sorted(lines, key=lambda each: each.top):
        touching = [
            at for at, (group, bottom) in enumerate(groups) if bottom >= line.top - NEAR and _meets(line, group)
        ]
        merged = [line]
        bottom = line.bottom
        for at in reversed(touching):
            group, low = groups.pop(at)
            merged = group + merged
            bottom = max(bottom, low)
        groups.append((merged, bottom))
    return [group for group, _ in groups]


def _meets(line: Ruling, group: Iterable[Ruling]) -> bool:
    return any(
        line.left <= other.right + NEAR
        and other.left <= line.right + NEAR
        and line.top <= other.bottom + NEAR
        and other.top <= line.bottom + NEAR
        for other in group
    )


def _cell_text(lines: Sequence[InkLine], right: float) -> str:
    """The lines of a cell; one that fills its width goes on in the next."""
    text = ""
    before: InkLine | None = None
    for line in lines:
        if before is None:
            text = line.text
        else:
            is_full = right - before.right <= line.first_width + PADDING * before.size or before.ink == line.ink == 1
            text += _joint(text, line.text) + line.text if is_full else f"\n{line.text}"
        before = line
    return text


def _joint(before: str, after: str) -> str:
    """A blank between Latin words that a line end parts."""
    return (
        " " if before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum() else ""
    )
