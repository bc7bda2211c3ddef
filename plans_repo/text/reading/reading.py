"""A plan's file, read: clauses, counts, and everything the author should check."""

from __future__ import annotations

from dataclasses import dataclass, field

from plans_repo.text.clause import Clause
from plans_repo.text.reading.source import Medium, Notice


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """Words that are kept in a clause, but whose place in the plan is not known; *clause* '' means kept only here."""

    text: str
    where: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came out of one file.

    *chars_in* is counted by a second walk over the source, *chars_kept* over the
    clauses. Tracked deletions and automatic numbers are in neither.
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
    comments: tuple[str, ...] = ()
    tracked_deletions: int = 0
    deleted_chars: int = 0
    automatic_numbers: int = 0
