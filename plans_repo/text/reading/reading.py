"""A plan's file, read: clauses, counts, and everything the author should check."""

from __future__ import annotations

from dataclasses import dataclass, field

from plans_repo.text.clause import Clause
from plans_repo.text.reading.parts import Part
from plans_repo.text.reading.source import Medium, Notice
from plans_repo.text.reading.tracked import Suggestion, Tracked


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """Words that are kept in a clause, but whose place in the plan is not known; *clause* '' means kept only here."""

    text: str
    where: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class FoundComment:
    """A comment of the file, anchored to the words it was written about.

    *clause* is '' where the file does not say what it is about; *place* counts the visible
    characters of the clause before the quotation. *answers* is the key of the comment it
    replies to. *at* is the writer's local time as the file has it.
    """

    key: str
    text: str
    author: str = ""
    at: str = ""
    clause: str = ""
    place: int = 0
    quotation: str = ""
    answers: str = ""
    is_resolved: bool = False


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came out of one file.

    *chars_in* is counted by a second walk over the source, *chars_kept* over the
    clauses; words of tracked changes that are not made, and automatic numbers, are in
    neither. *suggestions* are the tracked changes taken in for decision.
    """

    title: str
    source_sha256: str
    format: str
    clauses: tuple[Clause, ...]
    chars_in: int
    chars_kept: int
    unplaced: tuple[Unplaced, ...] = ()
    warnings: tuple[Notice, ...] = ()
    media: tuple[Medium, ...] = field(default=(), repr=False)
    comments: tuple[FoundComment, ...] = ()
    tracked: Tracked = Tracked.ACCEPT
    tracked_changes: int = 0
    suggestions: tuple[Suggestion, ...] = ()
    parts: tuple[Part, ...] = ()
    bookmarks: tuple[tuple[str, str], ...] = ()
    tracked_deletions: int = 0
    deleted_chars: int = 0
    automatic_numbers: int = 0
