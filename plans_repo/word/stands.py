"""Both texts of a redline as one walk, and where each of them ends on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from plans_repo.text.alignment import aligned
from plans_repo.text.clause import Clause
from plans_repo.text.difference import longest_rise
from plans_repo.text.weave import Fate
from plans_repo.word.clause_lines import is_footnote
from plans_repo.word.footnotes import last_in


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """What to write next: a clause that stays (both), came (*new* only) or went (*old* only)."""

    old: Clause | None = None
    new: Clause | None = None


def stands(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[Stand]:
    """Both texts as one walk: what went stands where it stood, before what follows it."""
    stayed = _in_order(old, new)
    kept = {clause.id for clause in stayed.values()}
    waiting = list(old)
    for clause in new:
        before = stayed.get(clause.id)
        while before is not None and waiting:
            gone = waiting.pop(0)
            if gone.id == before.id:
                break
            yield Stand(old=gone)
        yield Stand(old=before, new=clause)
    yield from (Stand(old=gone) for gone in waiting if gone.id not in kept)


def _in_order(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, Clause]:
    """For the id of each new clause the old one it continues, as far as their order is the same."""
    pairs = aligned(old, new)
    place = {clause.id: at for at, clause in enumerate(old)}
    going_on = [clause.id for clause in new if clause.id in pairs]
    places = [place[pairs[name]] for name in going_on]
    return {going_on[at]: old[places[at]] for at in longest_rise(places)}


def cites(following: Sequence[Stand]) -> bool:
    """Whether notes that stayed are cited behind a clause, seen from what follows it."""
    for stand in following:
        sides = [clause for clause in (stand.old, stand.new) if clause is not None]
        if not all(map(is_footnote, sides)):
            return False
        if len(sides) == 2:
            return True
    return False


class Places:
    """Where the older and the newer text end so far: a note is cited there."""

    def __init__(self) -> None:
        self.old: _Element | None = None
        self.new: _Element | None = None

    def stands_in(self, paragraph: _Element, fate: Fate) -> None:
        """Words were written into a paragraph of that fate."""
        self.old = self.old if fate is Fate.CAME else paragraph
        self.new = self.new if fate is Fate.WENT else paragraph

    def stands_in_rows(self, rows: Sequence[tuple[_Element, Fate]]) -> None:
        """A table was written, each row of some fate."""
        old, new = (last_in(row for row, fate in rows if fate is not gone) for gone in (Fate.CAME, Fate.WENT))
        self.old = self.old if old is None else old
        self.new = self.new if new is None else new

    def holds(self, stand: Stand) -> bool:
        """Whether a clause, all its sides, is a note that can be cited."""
        return all(
            clause is None or (is_footnote(clause) and place is not None)
            for clause, place in ((stand.old, self.old), (stand.new, self.new))
        )

    def sides(self, stand: Stand) -> list[Stand]:
        """The stand, or both its sides apart: a note that is cited elsewhere now, or is no note any more."""
        if stand.old is None or stand.new is None:
            return [stand]
        apart = [Stand(old=stand.old), Stand(new=stand.new)]
        notes = [self.holds(side) for side in apart]
        is_together = not any(notes) or (all(notes) and self.old is self.new)
        return [stand] if is_together else apart
