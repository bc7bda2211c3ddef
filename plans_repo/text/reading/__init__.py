"""Reading a plan from a .docx, .txt or .md file: every visible character is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import PurePath

from plans_repo.text.clause import Clause, ClauseKind, outline, visible_count
from plans_repo.text.reading import source_count
from plans_repo.text.reading.assembly import assembled
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.file_kind import file_kind
from plans_repo.text.reading.markdown_file import read_markdown
from plans_repo.text.reading.marks import classification_mark, name_mark
from plans_repo.text.reading.number_order import number_notices
from plans_repo.text.reading.plain_file import decoded, read_plain
from plans_repo.text.reading.plan_title import plan_title
from plans_repo.text.reading.reading import Reading, Unplaced
from plans_repo.text.reading.source import Line, Medium, Notice, Source, TableBlock
from plans_repo.text.reading.word_document import read_word
from plans_repo.text.semantics import with_semantics

__all__ = ["Medium", "Notice", "Reading", "Unplaced", "read_plan"]


def read_plan(data: bytes, name: str, *, new_id: Callable[[], str]) -> Reading:
    """The clauses of the file called *name*, with the counts that show that nothing was lost.

    Raises a coded error for a file that is empty, damaged, hostile, of another
    kind, or marked as classified.

    >>> from itertools import count
    >>> ids = count(1)
    >>> reading = read_plan("1 总则\\n1.1 编制目的\\n为了防汛。".encode(), "a.txt", new_id=lambda: f"c{next(ids)}")
    >>> [clause.heading for clause in reading.clauses], reading.chars_in == reading.chars_kept
    (['1 总则', '1.1 编制目的'], True)
    """
    file_name = PurePath(name.replace("\\", "/")).name or "?"
    kind = file_kind(data, file_name)
    source, chars_in = _source(data, file_name, kind)
    if not chars_in:
        raise refusal("plan-file-without-text", file_name, rule="must contain text")
    _refuse_classified(source, file_name)
    clauses = with_semantics(assembled(source, new_id))
    return Reading(
        title=plan_title(source, clauses, file_name),
        source_sha256=hashlib.sha256(data).hexdigest(),
        format=kind,
        clauses=clauses,
        chars_in=chars_in,
        chars_kept=sum(clause.char_count for clause in clauses),
        unplaced=_unplaced(source, clauses),
        warnings=tuple(_warnings(source, clauses, chars_in)),
        media=source.media,
        comments=source.comments,
        tracked_deletions=len(source.deletions),
        deleted_chars=sum(map(visible_count, source.deletions)),
        automatic_numbers=_automatic_count(clauses),
    )


def _source(data: bytes, file_name: str, kind: str) -> tuple[Source, int]:
    """What the file holds, and how many characters a second walk over it counts."""
    if kind == "docx":
        source = read_word(data, file_name)
        return source, source_count.count_word(data)
    text = decoded(data, file_name)
    if kind == "md":
        return read_markdown(text), source_count.count_markdown(text)
    return read_plain(text), source_count.count_plain(text)


def _refuse_classified(source: Source, file_name: str) -> None:
    texts = [*source.headers, *source.footers, *source.deletions, *(text for _, text in source.notes)]
    for block in source.blocks:
        texts.extend(_texts(block))
    found = classification_mark(texts) or name_mark(file_name)
    if found:
        raise refusal("plan-file-classified", file_name, rule="classified matter must not enter", value=found)


def _texts(block: Line | TableBlock) -> list[str]:
    if isinstance(block, TableBlock):
        return [block.table.text]
    return [block.text, *(text for box in block.boxes for text in _texts(box))]


def _unplaced(source: Source, clauses: Sequence[Clause]) -> tuple[Unplaced, ...]:
    """Notes nobody cites, kept at the end; comments, kept beside the text."""
    cited = {key for block in source.blocks for key in _cited(block)}
    lost = {text for key, text in source.notes if key not in cited}
    notes = [
        Unplaced(text=clause.text, where="note", clause=clause.id)
        for clause in clauses
        if clause.kind is ClauseKind.NOTE and clause.text in lost
    ]
    return (*notes, *(Unplaced(text=text, where="comment") for text in source.comments))


def _cited(block: Line | TableBlock) -> list[str]:
    inner = block.boxes if isinstance(block, Line) else ()
    return [*block.notes, *(key for box in inner for key in _cited(box))]


def _warnings(source: Source, clauses: tuple[Clause, ...], chars_in: int) -> list[Notice]:
    found = [*source.notices, *number_notices(clauses)]
    if source.deletions:
        found.append(Notice(code="deletions-left-out", fields=(("count", str(len(source.deletions))),)))
    if not outline(clauses):
        found.append(Notice(code="no-heading-found"))
    kept = sum(clause.char_count for clause in clauses)
    if kept != chars_in:
        found.append(Notice(code="characters-differ", fields=(("chars_in", str(chars_in)), ("chars_kept", str(kept)))))
    return found


def _automatic_count(clauses: Sequence[Clause]) -> int:
    shown = [clause for clause in clauses if clause.kind is not ClauseKind.NOTE]
    return sum(bool(clause.automatic_number) + len(clause.line_numbers) for clause in shown)
