"""A list that stands in prose: its rows with their cells, every other word kept, so that it is written back whole.

Reading cuts a text without dropping a sign; writing puts it together again. A cell that was changed changes its own
words, a new row is worded like the row before it, numbers are counted anew only where rows came or went.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from plans_repo.errors import PlansRepoError


class ListKind(StrEnum):
    """What a list is of."""

    DUTIES = "duties"  # 职责
    TEAMS = "teams"  # 队伍
    SUPPLIES = "supplies"  # 物资
    CONTACTS = "contacts"  # 联络
    CONDITIONS = "conditions"  # 响应级别条件


class Column(StrEnum):
    """A column of a list."""

    UNIT = "unit"
    DUTY = "duty"
    NAME = "name"
    AMOUNT = "amount"
    MEASURE = "measure"
    NOTE = "note"
    CALLED = "called"
    PHONE = "phone"
    CONDITION = "condition"


COLUMNS = {
    ListKind.DUTIES: (Column.UNIT, Column.DUTY),
    ListKind.TEAMS: (Column.NAME, Column.AMOUNT, Column.MEASURE, Column.NOTE),
    ListKind.SUPPLIES: (Column.NAME, Column.AMOUNT, Column.MEASURE, Column.NOTE),
    ListKind.CONTACTS: (Column.UNIT, Column.CALLED, Column.PHONE),
    ListKind.CONDITIONS: (Column.CONDITION,),
}
OPTIONAL = frozenset({Column.NOTE})
BETWEEN = {
    ListKind.DUTIES: "\n",
    ListKind.TEAMS: "、",
    ListKind.SUPPLIES: "、",
    ListKind.CONTACTS: "，",
    ListKind.CONDITIONS: "；",
}
"""What stands between two rows where the list itself does not show it."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some words of a row: those of a column, a number that counts the rows, or words that only join."""

    words: str
    column: Column | None = None
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row: what stands between it and the row before it, and its words part by part."""

    parts: tuple[Part, ...]
    before: str = ""

    @property
    def words(self) -> str:
        return "".join(part.words for part in self.parts)

    def column(self, column: Column) -> str:
        """The words of one column."""
        return next((part.words for part in self.parts if part.column is column), "")

    def with_cells(self, cells: Sequence[tuple[Column, str]]) -> Entry:
        """The same row with other words in its cells."""
        words = dict(cells)
        return replace(
            self, parts=tuple(replace(part, words=words[part.column]) if part.column else part for part in self.parts)
        )


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows under one label, with the words before and after them."""

    entries: tuple[Entry, ...]
    label: str = ""
    opening: str = ""
    closing: str = ""

    @property
    def words(self) -> str:
        return self.opening + "".join(entry.before + entry.words for entry in self.entries) + self.closing


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as it is filled in: *origin* is its place among the rows that were read, None for a new one."""

    cells: tuple[str, ...]
    label: str = ""
    origin: int | None = None

    @property
    def is_blank(self) -> bool:
        return not any(word.strip() for word in self.cells)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list read from a text; its words put together are that text."""

    kind: ListKind
    groups: tuple[Group, ...]

    @property
    def text(self) -> str:
        return "".join(group.words for group in self.groups)

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS[self.kind]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels of its groups, none where it has one group without."""
        return tuple(group.label for group in self.groups if group.label)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row in order."""
        entries = ((group.label, entry) for group in self.groups for entry in group.entries)
        return tuple(
            Row(cells=tuple(map(entry.column, self.columns)), label=label, origin=at)
            for at, (label, entry) in enumerate(entries)
        )

    def written(self, rows: Iterable[Row]) -> Listed:
        """The list with these rows instead; every word outside the cells stays, as far as its row does.

        A new row comes last in its group, one under another label goes there. Blank rows are left out. Refused where
        a column is empty that must not be, or a label is none of the list.
        """
        asked = [row for row in map(_trimmed, rows) if not row.is_blank]
        for row in asked:
            self._check(row)
        if asked == list(self.rows):
            return self
        places = self._places()
        groups = tuple(self._group(group, [row for row in asked if self._home(row) == group.label], places)
                       for group in self.groups)  # fmt: skip
        return replace(self, groups=groups)

    def _home(self, row: Row) -> str:
        return row.label if self.labels else ""

    def _places(self) -> dict[int, tuple[str, Entry]]:
        entries = [(group.label, entry) for group in self.groups for entry in group.entries]
        return dict(enumerate(entries))

    def _check(self, row: Row) -> None:
        for column, words in zip(self.columns, row.cells, strict=True):
            if not words and column not in OPTIONAL:
                raise PlansRepoError("list-field-empty", thing="list", field=column.value, rule="must not be empty",
                                     value="".join(row.cells))  # fmt: skip
        if self.labels and row.label not in self.labels:
            raise PlansRepoError("list-label-unknown", thing="list", field="label", rule="、".join(self.labels),
                                 value=row.label)  # fmt: skip

    def _group(self, group: Group, rows: Sequence[Row], places: dict[int, tuple[str, Entry]]) -> Group:
        if not rows:
            raise PlansRepoError("list-emptied", thing="list", field="rows", rule="at least 1", value=group.label)
        stayed = [row for row in rows if row.origin is not None and places[row.origin][0] == group.label]
        come = [row for row in rows if row not in stayed]
        entries = [places[row.origin][1].with_cells(self._named(row)) for row in stayed if row.origin is not None]
        pattern = (entries or list(group.entries))[-1]
        entries += [replace(pattern, before=self._between(group)).with_cells(self._named(row)) for row in come]
        entries[0] = replace(entries[0], before="")
        for at in range(1, len(entries)):
            if not entries[at].before:
                entries[at] = replace(entries[at], before=self._between(group))
        has_changed = bool(come) or len(stayed) != len(group.entries)
        return replace(group, entries=tuple(_counted(entries, group.entries[0]) if has_changed else entries))

    def _named(self, row: Row) -> list[tuple[Column, str]]:
        return list(zip(self.columns, row.cells, strict=True))

    def _between(self, group: Group) -> str:
        """What mostly stands between two rows of the group, or of the list."""
        here = [entry.before for entry in group.entries[1:]]
        used = here or [entry.before for each in self.groups for entry in each.entries[1:]]
        return Counter(used).most_common(1)[0][0] if used else BETWEEN[self.kind]


def _trimmed(row: Row) -> Row:
    """The row without line breaks and blanks around its words."""
    if row.origin is None:
        return replace(row, cells=tuple(" ".join(word.split("\n")).strip() for word in row.cells))
    return replace(row, cells=tuple(" ".join(word.split("\n")) for word in row.cells))


def _counted(entries: Sequence[Entry], first: Entry) -> list[Entry]:
    """The rows with their numbers counted from that of the *first* one on."""
    start = next((_value(part.words) for part in first.parts if part.is_number), 1)
    return [
        replace(entry, parts=tuple(replace(part, words=_number(part.words, start + at)) if part.is_number else part
                                   for part in entry.parts))
        for at, entry in enumerate(entries)
    ]  # fmt: skip


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _value(words: str) -> int:
    digits = re.search(r"\d+", words)
    if digits:
        return int(digits[0])
    circled = next((sign for sign in words if sign in _CIRCLED), "")
    return _CIRCLED.index(circled) + 1 if circled else 1


def _number(words: str, value: int) -> str:
    """The number in the form it has.

    >>> _number("（2）", 11), _number("③", 4)
    ('（11）', '④')
    """
    if re.search(r"\d+", words):
        return re.sub(r"\d+", str(value), words, count=1)
    return "".join(_CIRCLED[value - 1] if sign in _CIRCLED and value <= len(_CIRCLED) else sign for sign in words)
