"""Tracked changes of a word processor: how they are taken in, and each as a suggestion that can be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

Accepts = Callable[[str], bool]
"""Whether the tracked mark of that key counts as accepted."""


class Tracked(StrEnum):
    """What an import does with tracked changes."""

    ACCEPT = "accept"  # the text as it reads with every change made
    REJECT = "reject"  # the text as it read before the changes
    SUGGEST = "suggest"  # the text as it read before, and every change beside it for decision


class ChangeKind(StrEnum):
    """What a tracked change does."""

    INSERTION = "insertion"
    DELETION = "deletion"
    REPLACEMENT = "replacement"
    MOVE = "move"
    ROW_INSERTION = "row_insertion"
    ROW_DELETION = "row_deletion"
    CELL_INSERTION = "cell_insertion"
    CELL_DELETION = "cell_deletion"
    STYLE = "style"  # a paragraph became a heading, or another level, or got another list


@dataclass(frozen=True, kw_only=True)
class Change:
    """One tracked change as its author made it: the words it takes away and those it puts there.

    *marks* are the keys of the file's own marks that belong to it; a decision decides them all.
    *at* is the writer's local time as the file has it.
    """

    id: str
    kind: ChangeKind
    author: str = ""
    at: str = ""
    before: str = ""
    after: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A tracked change taken in for decision, with the clause and the place in it where it applies.

    *place* counts the visible characters of the clause before it; *near* are the words around it. A
    clause '' means that the place is not in the text any more.
    """

    id: str
    kind: ChangeKind
    author: str = ""
    at: str = ""
    before: str = ""
    after: str = ""
    marks: tuple[str, ...] = ()
    clause: str = ""
    place: int = 0
    near: str = ""


def accepting(tracked: Tracked, marks: Iterable[str] = ()) -> Accepts:
    """Which marks count as accepted: all, none, or just *marks* where they are suggestions.

    >>> accepting(Tracked.ACCEPT)("x"), accepting(Tracked.SUGGEST)("x"), accepting(Tracked.SUGGEST, ["x"])("x")
    (True, False, True)
    """
    chosen = frozenset(marks)
    if tracked is Tracked.ACCEPT:
        return lambda mark: True
    return chosen.__contains__
