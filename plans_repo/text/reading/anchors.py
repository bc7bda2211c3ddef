"""Anchored places carried along while words are split into lines and gathered into clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Clause, is_visible
from plans_repo.text.reading.source import Anchor


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in a clause: so many of its visible characters stand before it."""

    clause: str
    at: int


def shared_out(anchors: Iterable[Anchor], counts: Sequence[int]) -> list[tuple[Anchor, ...]]:
    """The anchors of a text cut into parts of so many visible characters; between two parts the later one has it.

    The end of a commented range belongs to the part it closes.

    >>> [[each.at for each in part] for part in shared_out([Anchor(key="a", at=2), Anchor(key="b", at=1)], [2, 3])]
    [[1], [0]]
    """
    found: list[list[Anchor]] = [[] for _ in counts]
    for anchor in anchors:
        before, part = 0, 0
        while part < len(counts) - 1 and not _is_within(anchor, before, counts[part]):
            before, part = before + counts[part], part + 1
        found[part].append(Anchor(key=anchor.key, at=max(0, anchor.at - before)))
    return [tuple(part) for part in found]


def _is_within(anchor: Anchor, before: int, count: int) -> bool:
    end = before + count
    return anchor.at < end or (anchor.at == end and anchor.key.endswith((":end", ":mark")) and count > 0)


def moved(anchors: Iterable[Anchor], by: int) -> tuple[Anchor, ...]:
    """The same anchors with *by* visible characters more before them."""
    return tuple(Anchor(key=each.key, at=each.at + by) for each in anchors)


def words_of(clause: Clause, gap: str = "") -> str:
    """Everything a clause's places count in: number, title, text, table, with *gap* between them."""
    return gap.join(piece for piece in clause.pieces() if piece)


def words_between(clause: Clause, start: int, end: int, gap: str = "") -> str:
    """The words from one place of a clause to another, blanks and line ends among them.

    >>> from plans_repo.text.clause import ClauseKind
    >>> words_between(Clause(id="a", kind=ClauseKind.BODY, text="应在 30分钟内到达"), 2, 6)
    '30分钟'
    """
    words = words_of(clause, gap)
    places = [at for at, sign in enumerate(words) if is_visible(sign)]
    if start >= end or start >= len(places):
        return ""
    return words[places[start] : places[min(end, len(places)) - 1] + 1]
