"""A reading after a person has set it right, or one plan out of several in it: everything finds its new place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause
from plans_repo.text.reading.anchors import Place
from plans_repo.text.reading.corrections import visible_words
from plans_repo.text.reading.parts import Part
from plans_repo.text.reading.reading import Reading
from plans_repo.text.reading.source import Notice


class _Move:
    """Finds places of a text in another division of the same text into clauses."""

    def __init__(self, before: Sequence[Clause], after: Sequence[Clause]) -> None:
        self._before = _starts(before)
        self._after = _starts(after)
        self._count = {clause.id: clause.char_count for clause in after}
        self._held = [(self._after[clause.id], clause.id) for clause in after if clause.char_count]

    def place(self, clause: str, at: int) -> Place:
        """Where the place is now; a clause that begins where it began keeps what is still in it."""
        start = self._before.get(clause)
        if start is None or (self._after.get(clause) == start and at <= self._count[clause]):
            return Place(clause=clause, at=at)
        begin, holder = max((each for each in self._held if each[0] <= start + at), default=(start, clause))
        return Place(clause=holder, at=start + at - begin)


def _starts(clauses: Sequence[Clause]) -> dict[str, int]:
    """How many visible characters stand before each clause."""
    ends = accumulate((clause.char_count for clause in clauses), initial=0)
    return dict(zip((clause.id for clause in clauses), ends, strict=False))


def reworked(reading: Reading, clauses: Sequence[Clause], title: str = "") -> Reading:
    """The reading with the corrected *clauses*, which must hold the same characters in the same order.

    Comments, suggestions and notices follow their words into the clauses that hold them now.
    """
    if visible_words(clauses) != visible_words(reading.clauses):
        raise PlansRepoError("correction-loses-characters", thing="corrections", rule="must keep every character")
    move = _Move(reading.clauses, clauses)
    return _placed(
        replace(reading, title=title.strip() or reading.title, clauses=tuple(clauses)), move, reading.clauses
    )


def _placed(reading: Reading, move: _Move, before: Sequence[Clause]) -> Reading:
    comments = []
    for comment in reading.comments:
        place = move.place(comment.clause, comment.place)
        comments.append(replace(comment, clause=place.clause, place=place.at))
    suggestions = []
    for suggestion in reading.suggestions:
        place = move.place(suggestion.clause, suggestion.place)
        suggestions.append(replace(suggestion, clause=place.clause, place=place.at))
    return replace(
        reading,
        chars_kept=sum(clause.char_count for clause in reading.clauses),
        comments=tuple(comments),
        suggestions=tuple(suggestions),
        warnings=tuple(_moved_notice(notice, move) for notice in reading.warnings),
        unplaced=tuple(replace(each, clause=move.place(each.clause, 0).clause) for each in reading.unplaced),
        bookmarks=tuple((name, move.place(clause, 0).clause) for name, clause in reading.bookmarks),
        parts=_moved_parts(reading.parts, move, before, reading.clauses),
    )


def _moved_notice(notice: Notice, move: _Move) -> Notice:
    fields = tuple((key, move.place(value, 0).clause if key == "clause" else value) for key, value in notice.fields)
    return replace(notice, fields=fields)


def _moved_parts(
    parts: Sequence[Part], move: _Move, before: Sequence[Clause], after: Sequence[Clause]
) -> tuple[Part, ...]:
    at = {clause.id: place for place, clause in enumerate(after)}
    firsts = [at[move.place(before[part.first].id, 0).clause] if part.first else 0 for part in parts]
    ends = [*firsts[1:], len(after)] if firsts else []
    return tuple(
        replace(part, first=first, end=end) for part, first, end in zip(parts, firsts, ends, strict=True) if end > first
    )


def apart(reading: Reading) -> tuple[Reading, ...]:
    """One reading for each plan of the file; together they hold every clause of it, each once."""
    if len(reading.parts) < 2:
        return (reading,)
    return tuple(_part(reading, part) for part in reading.parts)


def _part(reading: Reading, part: Part) -> Reading:
    clauses = reading.clauses[part.first : part.end]
    ids = {clause.id for clause in clauses}
    pictures = {key for clause in clauses for key in clause.media}
    is_first = part.first == 0
    count = sum(clause.char_count for clause in clauses)
    return replace(
        reading,
        title=part.title,
        clauses=clauses,
        chars_in=count if reading.chars_in == reading.chars_kept else reading.chars_in,
        chars_kept=count,
        media=tuple(medium for medium in reading.media if medium.sha256 in pictures),
        comments=tuple(each for each in reading.comments if each.clause in ids or (is_first and not each.clause)),
        suggestions=tuple(each for each in reading.suggestions if each.clause in ids or (is_first and not each.clause)),
        unplaced=tuple(each for each in reading.unplaced if each.clause in ids or (is_first and not each.clause)),
        warnings=tuple(
            each for each in reading.warnings if _clause_of(each) in ids or (is_first and not _clause_of(each))
        ),
        bookmarks=tuple(each for each in reading.bookmarks if each[1] in ids),
        parts=(),
    )


def _clause_of(notice: Notice) -> str:
    fields: Mapping[str, str] = dict(notice.fields)
    return fields.get("clause", "")
