"""Clauses as plain text, the way a clerk would type them."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.text.clause import Clause


def plain_text(clauses: Iterable[Clause], *, with_automatic_numbers: bool = False) -> str:
    """The words of all clauses, one paragraph a line; visible characters are exactly those kept.

    With automatic numbers it reads like the page; without them it counts like the source.

    >>> from plans_repo.text.clause import ClauseKind
    >>> purpose = Clause(id="a", kind=ClauseKind.BODY, number_raw="1.1", title="目的", title_end="。", text="略。")
    >>> plain_text([purpose])
    '1.1 目的。\\n略。\\n'
    """
    return "".join(clause_text(clause, with_automatic_numbers=with_automatic_numbers) for clause in clauses)


def clause_text(clause: Clause, *, with_automatic_numbers: bool = False) -> str:
    """One clause as lines, each closed by a line end; empty for a picture."""
    number = clause.number_raw or (clause.automatic_number if with_automatic_numbers else "")
    gap = " " if clause.title and number and number[-1] not in "、）)．.：:" else ""
    first = f"{number}{gap}{clause.title}{clause.title_end}"
    body = numbered_lines(clause) if with_automatic_numbers else clause.text
    joint = "" if clause.run_in or not (first and body) else "\n"
    parts = [first + joint + body, clause.table.text if clause.table else ""]
    return "".join(f"{part}\n" for part in parts if part)


def numbered_lines(clause: Clause) -> str:
    """The text of a clause with the numbers Word shows before its lines."""
    labels = dict(clause.line_numbers)
    lines = clause.text.split("\n") if clause.text else []
    return "\n".join(f"{labels[at]} {line}" if at in labels else line for at, line in enumerate(lines))
