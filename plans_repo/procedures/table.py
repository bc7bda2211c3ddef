"""The tasks of a procedure as rows of plain cells, out to an editor and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from plans_repo.errors import PlansRepoError
from plans_repo.procedures.edits import TaskLine, line_of
from sim.procedure import Procedure

COLUMNS = ("id", "title", "lead", "support", "after", "clause", "from_level", "low_min", "mode_min", "high_min")
_LIST = re.compile(r"[、,，;；\s]+")


def rows_of(procedure: Procedure, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row for each task; several units or tasks stand in one cell, clauses under their label."""
    return [_row(line_of(task), labels) for task in procedure.tasks]


def lines_of(
    rows: Sequence[Mapping[str, Any]], labels: Mapping[str, str], procedure: Procedure
) -> tuple[TaskLine, ...]:
    """The rows as lines; rows without any words are passed over. *procedure* is the one the table was made from.

    Refuses a predecessor that is no task, a clause nobody knows, and minutes given in part.
    """
    clauses = {label: clause for clause, label in labels.items()}
    kept = [row for row in rows if any(_words(row.get(name)) for name in ("id", "title", "lead"))]
    ids = {task.id for task in procedure.tasks}
    return tuple(_line(row, clauses, ids) for row in kept)


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


def _line(row: Mapping[str, Any], clauses: Mapping[str, str], ids: set[str]) -> TaskLine:
    title = _words(row.get("title"))
    after = _list(row.get("after"))
    stranger = next((name for name in after if name not in ids), "")
    if stranger:
        raise PlansRepoError("table-task-unknown", thing=title, field="after", rule="must be a task", value=stranger)
    label = _words(row.get("clause"))
    if label and label not in clauses:
        raise PlansRepoError("table-clause-unknown", thing=title, field="clause", rule="must exist", value=label)
    return TaskLine(
        id=_words(row.get("id")),
        title=title,
        lead=_words(row.get("lead")),
        support=_list(row.get("support")),
        after=after,
        clause=clauses.get(label, ""),
        from_level=_words(row.get("from_level")),
        minutes=_minutes(row, title),
    )


def _minutes(row: Mapping[str, Any], title: str) -> tuple[float, float, float] | None:
    given = [_number(row.get(name)) for name in ("low_min", "mode_min", "high_min")]
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
