"""The tasks of a procedure as rows of plain cells, out to an editor and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from plans_repo.errors import PlansRepoError
from plans_repo.procedures.edits import TaskLine, line_of
from sim.procedure import Procedure

MINUTES = ("low_min", "mode_min", "high_min")
COLUMNS = ("id", "title", "lead", "support", "after", "clause", "from_level", *MINUTES)
_LIST = re.compile(r"[、,，;；\s]+")


def rows_of(procedure: Procedure, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row for each task; several units or tasks stand in one cell, clauses under their label."""
    return [_row(line_of(task), labels) for task in procedure.tasks]


def lines_of(
    rows: Sequence[Mapping[str, Any]], labels: Mapping[str, str], procedure: Procedure
) -> tuple[TaskLine, ...]:
    """The rows as lines; rows without any words are passed over. *procedure* is the one the table was made from.

    A cell that says what it was shown with keeps what stands behind it, also where the cell cannot say it all.
    Refuses a predecessor that is no task, a clause nobody knows, and minutes given in part.
    """
    clauses = {label: clause for clause, label in labels.items()}
    kept = [row for row in rows if any(_words(row.get(name)) for name in ("id", "title", "lead"))]
    former = {task.id: line_of(task) for task in procedure.tasks}
    return tuple(_line(row, clauses, labels, former) for row in kept)


def _row(line: TaskLine, labels: Mapping[str, str]) -> dict[str, Any]:
    low, mode, high = line.minutes or (None, None, None)
    return {
        "id": line.id,
        "title": line.title,
        "lead": line.lead,
        "support": "、".join(line.support),
        "after": "、".join(line.after),
        "clause": labels.get(line.clause),
        "from_level": line.from_level or None,
        "low_min": low,
        "mode_min": mode,
        "high_min": high,
    }


def _line(
    row: Mapping[str, Any], clauses: Mapping[str, str], labels: Mapping[str, str], former: Mapping[str, TaskLine]
) -> TaskLine:
    entered: dict[str, Any] = {
        "title": _words(row.get("title")),
        "lead": _words(row.get("lead")),
        "support": _list(row.get("support")),
        "after": _after(row, former),
        "clause": _clause(row, clauses),
        "from_level": _words(row.get("from_level")),
        "minutes": _minutes(row, _words(row.get("title"))),
    }
    name = _words(row.get("id"))
    if name not in former:
        return TaskLine(id="", **entered)
    shown = _row(former[name], labels)
    return replace(former[name], **{field: value for field, value in entered.items() if _is_changed(field, row, shown)})


def _is_changed(field: str, row: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    if field == "minutes":
        return any(_number(row.get(name)) != _number(shown[name]) for name in MINUTES)
    return _words(row.get(field)) != _words(shown[field])


def _after(row: Mapping[str, Any], former: Mapping[str, TaskLine]) -> tuple[str, ...]:
    names, title = _list(row.get("after")), _words(row.get("title"))
    stranger = next((name for name in names if name not in former), "")
    if stranger:
        raise PlansRepoError("table-task-unknown", thing=title, field="after", rule="must be a task", value=stranger)
    return names


def _clause(row: Mapping[str, Any], clauses: Mapping[str, str]) -> str:
    label, title = _words(row.get("clause")), _words(row.get("title"))
    if label and label not in clauses:
        raise PlansRepoError("table-clause-unknown", thing=title, field="clause", rule="must exist", value=label)
    return clauses.get(label, "")


def _minutes(row: Mapping[str, Any], title: str) -> tuple[float, float, float] | None:
    given = [_number(row.get(name)) for name in MINUTES]
    if all(value is None for value in given):
        return None
    low, mode, high = given
    if low is None or mode is None or high is None:
        rule = "all three or none"
        raise PlansRepoError("table-minutes-incomplete", thing=title, field="minutes", rule=rule)
    return low, mode, high


def _number(cell: Any) -> float | None:
    if cell is None or cell == "" or cell != cell:  # NaN is what an empty cell of a table of numbers holds
        return None
    return float(cell)


def _words(cell: Any) -> str:
    return "" if cell is None or cell != cell else " ".join(str(cell).split())


def _list(cell: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, _LIST.split(_words(cell)))))
