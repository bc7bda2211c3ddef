"""Reading a plan from a file, whatever kind it is: every visible character is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from plans_repo.text.clause import Clause, ClauseKind, outline, visible_count
from plans_repo.text.reading.anchors import Place
from plans_repo.text.reading.assembly import assembled
from plans_repo.text.reading.beside import bookmarks, found_comments, placed_notices, suggestions
from plans_repo.text.reading.classified import refuse_classified
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.file_kind import file_kind
from plans_repo.text.reading.parts import Part, PartKind
from plans_repo.text.reading.plan_title import plan_title
from plans_repo.text.reading.readers import source_of
from plans_repo.text.reading.reading import FoundComment, Reading, Unplaced
from plans_repo.text.reading.source import Line, Medium, Notice, Source, TableBlock
from plans_repo.text.reading.source_faults import source_faults
from plans_repo.text.reading.tracked import ChangeKind, Suggestion, Tracked, accepting
from plans_repo.text.semantics import with_semantics

CHARS_LIMIT = 1_000_000  # visible ones; a plan of a thousand pages has six hundred thousand
BLOCKS_LIMIT = 60_000  # lines and tables

__all__ = [
    "ChangeKind",
    "FoundComment",
    "Medium",
    "Notice",
    "Part",
    "PartKind",
    "Reading",
    "Suggestion",
    "Tracked",
    "Unplaced",
    "read_plan",
]


def read_plan(
    data: bytes,
    name: str,
    *,
    new_id: Callable[[], str],
    tracked: Tracked = Tracked.ACCEPT,
    accepted: Collection[str] = (),
) -> Reading:
    """The clauses of the file called *name*, with the counts that show that nothing was lost.

    *tracked* says what becomes of a Word file's tracked changes; where they are taken as
    suggestions, those with a mark in *accepted* count as made already. Raises a coded error
    for a file that is empty, damaged, hostile, of another kind, or marked as classified.

    >>> from itertools import count
    >>> ids = count(1)
    >>> reading = read_plan("1 总则\\n1.1 编制目的\\n为了防汛。".encode(), "a.txt", new_id=lambda: f"c{next(ids)}")
    >>> [clause.heading for clause in reading.clauses], reading.chars_in == reading.chars_kept
    (['1 总则', '1.1 编制目的'], True)
    """
    file_name = PurePath(name.replace("\\", "/")).name or "?"
    kind = file_kind(data, file_name)
    source, chars_in = source_of(data, file_name, kind, accepting(tracked, accepted))
    if not chars_in:
        raise refusal("plan-file-without-text", file_name, rule="must contain text")
    _check_length(source, chars_in, file_name)
    refuse_classified(source, file_name)
    made = assembled(source, new_id)
    clauses = with_semantics(made.clauses)
    title = plan_title(source, clauses, file_name)
    chars_kept = sum(clause.char_count for clause in clauses)
    if chars_kept != chars_in:  # what two programs read as two texts is not guessed at
        raise refusal("plan-file-two-readings", file_name, rule="must read alike", first=chars_kept, second=chars_in)
    return Reading(
        title=title,
        source_sha256=hashlib.sha256(data).hexdigest(),
        format=kind,
        clauses=clauses,
        chars_in=chars_in,
        chars_kept=chars_kept,
        unplaced=_unplaced(source, clauses, made.places),
        warnings=tuple(_warnings(source, clauses, tracked, made.places)),
        media=source.media,
        comments=found_comments(source.comments, clauses, made.places),
        tracked=tracked,
        tracked_changes=len(source.changes),
        suggestions=suggestions(source.changes, clauses, made.places, accepted) if tracked is Tracked.SUGGEST else (),
        bookmarks=bookmarks(made.places),
        parts=_named_parts(made.parts, title),
        tracked_deletions=len(source.deletions),
        deleted_chars=sum(map(visible_count, source.deletions)),
        automatic_numbers=_automatic_count(clauses),
    )


def _check_length(source: Source, chars_in: int, file_name: str) -> None:
    """Refuse what is longer than any plan, before hours are spent on its outline."""
    if chars_in > CHARS_LIMIT or len(source.blocks) > BLOCKS_LIMIT:
        size = max(chars_in, len(source.blocks))
        raise refusal("plan-file-too-long", file_name, rule=f"at most {CHARS_LIMIT} characters", value=size)


def _unplaced(source: Source, clauses: Sequence[Clause], places: Mapping[str, Place]) -> tuple[Unplaced, ...]:
    """Notes nobody cites, kept at the end; comments that stand nowhere, kept beside the text."""
    cited = {key for block in source.blocks for key in _cited(block)}
    lost = {note.text for note in source.notes if note.key not in cited}
    notes = [
        Unplaced(text=clause.text, where="note", clause=clause.id)
        for clause in clauses
        if clause.kind is ClauseKind.NOTE and clause.text in lost
    ]
    homeless = (each for each in found_comments(source.comments, clauses, places) if not each.clause)
    return (*notes, *(Unplaced(text=each.text, where="comment") for each in homeless))


def _named_parts(parts: tuple[Part, ...], title: str) -> tuple[Part, ...]:
    """The parts; the one without a heading of its own is called as the file is."""
    return tuple(part if part.title else replace(part, title=title) for part in parts)


def _cited(block: Line | TableBlock) -> list[str]:
    inner = block.boxes if isinstance(block, Line) else ()
    return [*block.notes, *(key for box in inner for key in _cited(box))]


def _warnings(
    source: Source, clauses: tuple[Clause, ...], tracked: Tracked, places: Mapping[str, Place]
) -> list[Notice]:
    found = [*placed_notices(source.notices, clauses, places), *source_faults(clauses)]
    if source.changes:
        count = len(source.changes if tracked is Tracked.SUGGEST else source.deletions)
        code = {Tracked.ACCEPT: "changes-accepted", Tracked.REJECT: "changes-rejected"}.get(
            tracked, "changes-suggested"
        )
        found.append(Notice(code=code, fields=(("count", str(len(source.changes))), ("left_out", str(count)))))
    if not outline(clauses):
        found.append(Notice(code="no-heading-found"))
    return found


def _automatic_count(clauses: Sequence[Clause]) -> int:
    shown = [clause for clause in clauses if clause.kind is not ClauseKind.NOTE]
    return sum(bool(clause.automatic_number) + len(clause.line_numbers) for clause in shown)
