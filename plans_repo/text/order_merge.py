"""Three orders of clauses as one: where each clause stands when both sides added, removed and moved some."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from plans_repo.text.clause import Clause, parents
from plans_repo.text.difference import longest_rise


@dataclass(frozen=True, kw_only=True)
class Order:
    """Ids in merged order; *torn* are those that the two sides moved to different places (ours stand)."""

    ids: tuple[str, ...]
    torn: tuple[str, ...]


class Arrangement:
    """One side's clauses: their order, what they stand under and which of them moved since the base."""

    def __init__(self, clauses: Sequence[Clause], base: Sequence[Clause]) -> None:
        self.ids = [clause.id for clause in clauses]
        self.place = {name: at for at, name in enumerate(self.ids)}
        self.above = parents(clauses)
        self.level = {clause.id: clause.level for clause in clauses}
        self.moved = _moved(self.ids, [clause.id for clause in base])

    def anchors(self, name: str) -> Iterator[str]:
        """The clauses before one, nearest first."""
        yield from reversed(self.ids[: self.place[name]])


def _moved(side: Sequence[str], base: Sequence[str]) -> frozenset[str]:
    """The fewest clauses whose going elsewhere explains the other order."""
    place = {name: at for at, name in enumerate(base)}
    common = [name for name in side if name in place]
    kept = {common[at] for at in longest_rise([place[name] for name in common])}
    return frozenset(name for name in common if name not in kept)


def merged_order(
    base: Sequence[Clause],
    ours: Sequence[Clause],
    theirs: Sequence[Clause],
    kept: Collection[str],
    yielded: Collection[str] = (),
) -> Order:
    """The order of the *kept* ids; those *yielded* stand where theirs put them.

    What one side moved or added stands behind the clause it stands behind there; where both
    sides put something behind the same clause, ours comes first.
    """
    left, right = Arrangement(ours, base), Arrangement(theirs, base)
    left.moved -= frozenset(yielded)
    known = {clause.id for clause in base}
    torn = tuple(
        name
        for name in left.ids
        if name in left.moved & right.moved and name in kept and not _is_same_place(name, left, right)
    )
    placed = [
        clause.id
        for clause in base
        if clause.id in kept and clause.id not in left.moved and clause.id not in right.moved
    ]
    rank = dict.fromkeys(placed, 0)
    for number, (side, other) in enumerate(((left, right), (right, left)), start=1):
        for name in side.ids:
            if name in rank or name not in kept:
                continue
            if name in known and name not in side.moved:  # the other side moved it
                continue
            _put(placed, rank, name, number, side, other)
    return Order(ids=tuple(placed), torn=torn)


def _put(
    placed: list[str], rank: dict[str, int], name: str, number: int, side: Arrangement, other: Arrangement
) -> None:
    anchor = next((each for each in side.anchors(name) if each in rank and _holds(each, name, side, other)), "")
    at = placed.index(anchor) + 1 if anchor else 0
    while at < len(placed) and 0 < rank[placed[at]] < number and not _is_own(placed[at], side):
        at += 1  # the first side's additions at this place
    placed.insert(at, name)
    rank[name] = number


def _is_own(name: str, side: Arrangement) -> bool:
    return name in side.place and name not in side.moved


def _holds(anchor: str, name: str, side: Arrangement, other: Arrangement) -> bool:
    """Whether a clause still marks the place: what the other side moved away does so only for what stands under it."""
    if anchor not in other.moved:
        return True
    here: str = side.above[name]
    while here:
        if here == anchor or (here in other.moved and other.above.get(anchor) == side.above.get(anchor)):
            return True
        here = side.above[here]
    return False


def _is_same_place(name: str, left: Arrangement, right: Arrangement) -> bool:
    return left.above[name] == right.above[name] and _before(name, left, right) == _before(name, right, left)


def _before(name: str, side: Arrangement, other: Arrangement) -> str:
    """The nearest clause before that both sides have and neither moved."""
    moved = side.moved | other.moved
    return next((each for each in side.anchors(name) if each in other.place and each not in moved), "")


def with_levels(
    clauses: Sequence[Clause], ours: Sequence[Clause], theirs: Sequence[Clause], known: Collection[str]
) -> tuple[Clause, ...]:
    """The clauses, those one side added under a heading of which the other changed the level, shifted along."""
    level = {clause.id: clause.level for clause in clauses}
    own: dict[str, tuple[dict[str, str], dict[str, int]]] = {}
    for side in (theirs, ours):
        above, levels = parents(side), {clause.id: clause.level for clause in side}
        own |= {clause.id: (above, levels) for clause in side if clause.id not in known}
    shifted = []
    for clause in clauses:
        if clause.id in own:
            above, levels = own[clause.id]
            parent = above[clause.id]
            if parent in level and level[parent] != levels[parent]:
                level[clause.id] = max(1, clause.level + level[parent] - levels[parent])
                clause = replace(clause, level=level[clause.id])
        shifted.append(clause)
    return tuple(shifted)
