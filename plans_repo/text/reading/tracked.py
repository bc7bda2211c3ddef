"""Tracked changes of a word processor: how they are taken in, and each as a suggestion that can be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
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
    *at* is the writer's local time as the file has it. *cites* are the notes whose citation comes or goes
    with it, *within* is the note it stands in.
    """

    id: str
    kind: ChangeKind
    author: str = ""
    at: str = ""
    before: str = ""
    after: str = ""
    marks: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    within: str = ""


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


NOTE_SIGN = "〔注〕"
"""Stands before the words of a note that comes or goes with its citation."""


def with_notes(changes: Iterable[Change]) -> list[Change]:
    """The changes, a note that came or went with its citation as one of them.

    >>> cited = Change(id="s1", kind=ChangeKind.INSERTION, author="陈", marks=("a",), cites=("footnote:1",))
    >>> note = {"author": "陈", "marks": ("b",), "after": "见附件", "within": "footnote:1"}
    >>> said = Change(id="s2", kind=ChangeKind.INSERTION, **note)
    >>> [(one.after, one.marks) for one in with_notes([cited, said])]
    [('〔注〕见附件', ('a', 'b'))]
    """
    known = list(changes)
    inside = {key: [one for one in known if one.within == key] for one in known for key in one.cites}
    found = []
    gone: set[str] = set()
    for change in known:
        own = [one for key in change.cites for one in inside[key] if one.kind is change.kind]
        own = [one for one in own if one.author == change.author]
        gone |= {one.id for one in own}
        if change.cites and change.kind in (ChangeKind.INSERTION, ChangeKind.DELETION):
            words = "".join(one.before + one.after for one in own).strip()
            marks = (*change.marks, *(mark for one in own for mark in one.marks))
            change = replace(change, marks=marks)
            if change.kind is ChangeKind.INSERTION:
                change = replace(change, after=f"{change.after}{NOTE_SIGN}{words}")
            else:
                change = replace(change, before=f"{change.before}{NOTE_SIGN}{words}")
        found.append(change)
    return [one for one in found if one.id not in gone]


def accepting(tracked: Tracked, marks: Iterable[str] = ()) -> Accepts:
    """Which marks count as accepted: all, none, or just *marks* where they are suggestions.

    >>> accepting(Tracked.ACCEPT)("x"), accepting(Tracked.SUGGEST)("x"), accepting(Tracked.SUGGEST, ["x"])("x")
    (True, False, True)
    """
    chosen = frozenset(marks)
    if tracked is Tracked.ACCEPT:
        return lambda mark: True
    return chosen.__contains__
