"""A list read from prose as a grid one can write in, and back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from plans_repo.text.listed import Column, Listed, ListKind, Row
from ui.wording import _, later

KINDS = {
    ListKind.DUTIES: later("职责"),
    ListKind.TEAMS: later("队伍"),
    ListKind.SUPPLIES: later("物资装备"),
    ListKind.CONTACTS: later("联系方式"),
    ListKind.CONDITIONS: later("级别条件"),
}
COLUMNS = {
    Column.UNIT: later("单位"),
    Column.DUTY: later("职责"),
    Column.NAME: later("名称"),
    Column.AMOUNT: later("数量"),
    Column.MEASURE: later("计量单位"),
    Column.NOTE: later("说明"),
    Column.CALLED: later("电话名目"),
    Column.PHONE: later("号码"),
    Column.CONDITION: later("条件"),
}
LABEL = "label"
"""The column of the labels of groups, where a list has some."""


def columns_of(listed: Listed) -> dict[str, str]:
    """The columns of the grid by code, with the words over them."""
    label = {LABEL: _("级别")} if listed.labels else {}
    return label | {column.value: _(COLUMNS[column]) for column in listed.columns}


def grid_of(listed: Listed) -> Any:
    """The rows of a list, those of a level under its label."""
    lines = [[*([row.label] if listed.labels else []), *row.cells] for row in listed.rows]
    return pd.DataFrame(lines, columns=list(columns_of(listed)), dtype=object)


def rows_of(listed: Listed, grid: Any) -> list[Row]:
    """The rows as they are filled in; what was not there before is new."""
    found = []
    for place, line in zip(grid.index, grid.itertuples(index=False), strict=True):
        words = [_word(value) for value in line]
        label = words.pop(0) if listed.labels else ""
        is_old = str(place).isdigit() and int(place) < len(listed.rows)
        found.append(Row(cells=tuple(words), label=label, origin=int(place) if is_old else None))
    return found


def _word(value: Any) -> str:
    return "" if value is None or value != value else str(value)  # an empty cell of a new row is not a number
