"""Small builders for clauses and readings; what matters to a test is given by name."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from plans_repo.text.clause import Clause, ClauseKind, outline
from plans_repo.text.reading import Reading, read_plan


def ids() -> Callable[[], str]:
    """Names c1, c2, …"""
    numbers = count(1)
    return lambda: f"c{next(numbers)}"


def a_clause(clause_id: str, *, level: int = 1, title: str = "", text: str = "", **fields: object) -> Clause:
    return Clause(id=clause_id, kind=ClauseKind.HEADING, level=level, title=title, text=text, **fields)  # type: ignore[arg-type]


def reading_of(text: str, name: str = "plan.txt") -> Reading:
    """The reading of a plain text or Markdown file."""
    return read_plan(text.encode(), name, new_id=ids())


def reading_of_word(data: bytes, name: str = "plan.docx") -> Reading:
    return read_plan(data, name, new_id=ids())


def headings(reading: Reading) -> list[tuple[int, str]]:
    """Level and heading of each line of the outline."""
    return [(clause.level, clause.heading) for clause in outline(reading.clauses)]


def kinds(reading: Reading) -> list[tuple[str, str]]:
    """Kind and words of every clause."""
    return [
        (clause.kind.value, clause.heading or clause.text or (clause.table.text if clause.table else ""))
        for clause in reading.clauses
    ]
