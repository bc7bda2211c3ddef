"""Suggestions made in the text they stand beside: words put in, taken out or replaced at their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from plans_repo.text.clause import Cell, Clause, Table, is_visible, visible_count
from plans_repo.text.reading.tracked import NOTE_SIGN, ChangeKind, Suggestion

PARAGRAPH_SIGN = "¶"
WORDED = (ChangeKind.INSERTION, ChangeKind.DELETION, ChangeKind.REPLACEMENT)
FIELDS = ("number_raw", "title", "title_end", "text")


def is_plain(suggestion: Suggestion) -> bool:
    """Whether only words at one place change.

    Paragraphs, rows, moves, styles, and notes with their citation are made by reading the file anew.
    """
    words = suggestion.before + suggestion.after
    is_whole = PARAGRAPH_SIGN not in words and NOTE_SIGN not in words
    return suggestion.kind in WORDED and bool(suggestion.clause) and is_whole


def made_in(clauses: Sequence[Clause], suggestions: Iterable[Suggestion]) -> tuple[Clause, ...]:
    """The clauses with these plain suggestions made; the places are those of the clauses as given.

    >>> from plans_repo.text.clause import ClauseKind
    >>> clause = Clause(id="a", kind=ClauseKind.BODY, text="应在30分钟内到达")
    >>> change = Suggestion(id="s1", kind=ChangeKind.REPLACEMENT, before="30", after="15", clause="a", place=2)
    >>> made_in([clause], [change])[0].text
    '应在15分钟内到达'
    """
    by_clause: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        by_clause.setdefault(suggestion.clause, []).append(suggestion)
    return tuple(_with_all(clause, by_clause.get(clause.id, ())) for clause in clauses)


def _with_all(clause: Clause, suggestions: Iterable[Suggestion]) -> Clause:
    for suggestion in sorted(suggestions, key=lambda each: each.place, reverse=True):
        clause = _with_one(clause, suggestion)
    return clause


def _with_one(clause: Clause, suggestion: Suggestion) -> Clause:
    """The clause with its words at that place changed, in whichever field they stand."""
    left, gone = suggestion.place, visible_count(suggestion.before)
    for name in FIELDS:
        words: str = getattr(clause, name)
        count = visible_count(words)
        if left + gone <= count and (left < count or name == "text" or not _goes_on(clause, name)):
            changed = _changed(words, left, gone, suggestion.after)
            return _with_field(clause, name, changed)
        left -= count
    if clause.table is not None:
        return replace(clause, table=_in_table(clause.table, [left, gone], suggestion.after))
    return clause


def _goes_on(clause: Clause, name: str) -> bool:
    """Whether words of the clause follow this field in the same line."""
    after = FIELDS[FIELDS.index(name) + 1 :]
    return any(getattr(clause, each) for each in after if each != "text" or clause.run_in)


def _with_field(clause: Clause, name: str, words: str) -> Clause:
    """The clause with that field; a typed number is shown as it is typed."""
    fields: dict[str, Any] = {name: words, "number": words.strip()} if name == "number_raw" else {name: words}
    return replace(clause, **fields)


def _changed(words: str, left: int, gone: int, put: str) -> str:
    """The words with *gone* visible characters after the first *left* replaced by *put*."""
    places = [at for at, sign in enumerate(words) if is_visible(sign)]
    start = places[left] if left < len(places) else len(words.rstrip()) if left else 0
    end = places[left + gone - 1] + 1 if gone else start
    return words[:start] + put + words[end:]


def _in_table(table: Table, left: list[int], put: str) -> Table:
    """The table with the words changed in the cell that holds the place; *left* is used up on the way."""
    return Table(rows=tuple(tuple(_in_cell(cell, left, put) for cell in row) for row in table.rows))


def _in_cell(cell: Cell, left: list[int], put: str) -> Cell:
    content: list[str | Table] = []
    for part in cell.content:
        if isinstance(part, Table):
            content.append(_in_table(part, left, put))
            continue
        count = visible_count(part)
        if left[0] >= 0 and left[0] + left[1] <= count:
            content.append(_changed(part, left[0], left[1], put))
            left[0] = -1
        else:
            content.append(part)
            left[0] -= count if left[0] >= 0 else 0
    return replace(cell, content=tuple(content))
