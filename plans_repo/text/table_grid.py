"""Where the cells of a table stand, what its columns are headed, and bare numbers with the unit their head gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plans_repo.text.clause import Cell, Table
from plans_repo.text.figures import UNITS, WIDE

BARE_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
NO_QUANTITY = re.compile(
    r"序\s*号|编\s*号|代\s*码|电\s*话|传\s*真|手\s*机|年份|年度|日期|时间|邮编|频率|坐标|经度|纬度|页"
)
"""Heads over numbers that count nothing."""
_UNIT_IN_HEAD = re.compile(rf"[（(]\s*(?:单位[：:])?({UNITS}(?:[/／每][^（()）]{{1,4}})?)\s*[)）]$")
_UNIT_OF_HEAD = (("人", re.compile(r"人口|人数|人员数|定员$")), ("户", re.compile(r"户数$")))
_PLACE = re.compile(r"(?:[省市县区乡镇]|街道)$")
_UNIT_COLUMN = re.compile(r"(?:计量)?单\s*位")
_SORTS = re.compile(r"类别|分类|种类|类型|方式|性质|来源")
"""Heads over what sorts the rows and names none of them."""
_AMOUNT_HEAD = re.compile(r"数\s*量|数目|储备量|储量|现有|库存")


def positions(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Row and column where each cell begins; cells reaching down push later ones to the right.

    >>> tall, a, b = Cell(content=("x",), rows=2), Cell(content=("a",)), Cell(content=("b",))
    >>> [(row, column) for row, column, _ in positions(Table(rows=((tall, a), (b,))))]
    [(0, 0), (0, 1), (1, 1)]
    """
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            yield row, column, cell
            column += cell.columns


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A bare number of a table: its words, its unit, and what it is about."""

    row: int
    column: int
    words: str
    unit: str
    about: str

    @property
    def number(self) -> float:
        return float(plain_number(self.words).replace(",", ""))


@dataclass(frozen=True)
class Grid:
    """A table by rows and columns."""

    table: Table

    @cached_property
    def begins(self) -> dict[tuple[int, int], Cell]:
        """The cells by the place they begin at."""
        return {(row, column): cell for row, column, cell in positions(self.table)}

    @cached_property
    def covered(self) -> dict[tuple[int, int], Cell]:
        """The cells by every place they cover."""
        return {
            (row + down, column + right): cell
            for (row, column), cell in self.begins.items()
            for down in range(cell.rows)
            for right in range(cell.columns)
        }

    @cached_property
    def width(self) -> int:
        return max((column for _row, column in self.covered), default=-1) + 1

    @cached_property
    def head_rows(self) -> int:
        """How many rows the head has: as far down as its cells reach; a line over the whole width stands above it."""
        rows = self.table.rows
        if len(rows) < 2:
            return 0
        is_caption = len(rows[0]) == 1 and rows[0][0].columns == self.width > 1
        deepest = max((cell.rows for cell in rows[0]), default=1)
        if is_caption:
            deepest += max((cell.rows for cell in rows[deepest]), default=1) if deepest < len(rows) - 1 else 0
        elif deepest == 1 and any(cell.columns > 1 for cell in rows[0]) and not _has_numbers(rows[1]):
            deepest = 2
        return min(deepest, len(rows) - 1)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The words over each column, from the top down, each once."""
        found = []
        for column in range(self.width):
            words = [self.covered[row, column].text for row in range(self.head_rows) if (row, column) in self.covered]
            found.append("".join(dict.fromkeys(re.sub(r"\s", "", word) for word in words)))
        return tuple(found)

    def last_head(self, column: int) -> str:
        """The lowest word over a column."""
        row = self.head_rows - 1
        return re.sub(r"\s", "", self.covered[row, column].text) if (row, column) in self.covered else ""

    def name(self, column: int) -> str:
        """What the numbers of a column are: its lowest head without the unit."""
        return re.sub(r"[（(][^（()）]*[)）]$", "", self.last_head(column))

    def text(self, row: int, column: int) -> str:
        """What a place shows, that of a cell reaching over it too."""
        cell = self.covered.get((row, column))
        return cell.text.strip() if cell else ""

    def about(self, row: int, column: int) -> str:
        """What a number is about: what its row is called and its column counts; 数量 says nothing more."""
        name = self.name(column)
        return " ".join(filter(None, (self.label(row, column), "" if _AMOUNT_HEAD.search(name) else name)))

    def about_cell(self, row: int, words: str) -> str:
        """What the cell of a row with just these words is about; "" where none has them."""
        found = (column for (at, column), cell in self.begins.items() if at == row and cell.text.strip() == words)
        return next((self.about(row, column) for column in found), "")

    def named(self, row: int, words: str) -> str:
        """What the row is called in whose cell such words stand among others; "" where none has them."""
        found = (column for (at, column), cell in self.begins.items() if at == row and words in cell.text)
        return next((self.label(row, column) for column in found), "")

    def label(self, row: int, column: int) -> str:
        """What the row of a number is called: its first words; those of a place or a group with the next."""
        found = ""
        for left in range(column):
            words = re.sub(r"\s", "", self.text(row, left))
            if (
                _SORTS.search(self.last_head(left))
                or len(words) < 2
                or is_bare_number(words)
                or _is_unit(words)
                or words == found
            ):
                continue
            is_group = self.covered[row, left].rows > 1 or bool(_PLACE.search(words))
            found += words
            if not is_group or found != words:
                break
        return found

    def counted(self) -> Iterator[Counted]:
        """The bare numbers whose unit the head or a column of units gives."""
        for (row, column), cell in self.begins.items():
            words = cell.text.strip()
            if row < self.head_rows or not is_bare_number(words) or NO_QUANTITY.search(self.heads[column]):
                continue
            unit = self._unit(row, column)
            if unit:
                yield Counted(row=row, column=column, words=words, unit=unit, about=self.about(row, column))

    def _unit(self, row: int, column: int) -> str:
        head = self.last_head(column)
        inside = _UNIT_IN_HEAD.search(head)
        if inside:
            return inside[1]
        if _AMOUNT_HEAD.search(head):
            units = (at for at in range(self.width) if _UNIT_COLUMN.fullmatch(self.last_head(at)))
            return next((words for at in units if _is_unit(words := self.text(row, at))), "")
        return next((unit for unit, words in _UNIT_OF_HEAD if words.search(head)), "")


def _has_numbers(row: tuple[Cell, ...]) -> bool:
    return any(re.search(r"\d", cell.text) for cell in row)


def plain_number(words: str) -> str:
    """A number with narrow digits and signs."""
    return words.strip().translate(WIDE)


def is_bare_number(words: str) -> bool:
    """Whether a cell holds a number and nothing else.

    >>> is_bare_number("1,210"), is_bare_number("12艘")
    (True, False)
    """
    return bool(BARE_NUMBER.fullmatch(plain_number(words)))


def _is_unit(words: str) -> bool:
    return bool(re.fullmatch(UNITS, words.strip()))
