"""Three-way merge of plans: two texts that grew from one, put together without losing or making up anything.

Clauses are merged first (added, removed, moved), then the fields of each, then the words inside a
field on whole quantities, grades, posts and terms. What both sides did to the same thing
differently is a conflict, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from plans_repo.text.alignment import aligned
from plans_repo.text.clause import Clause, parents, with_id
from plans_repo.text.clause_merge import (
    PLACE,
    WHOLE,
    ClauseMerge,
    Conflict,
    ConflictKind,
    Decisions,
    merged_clause,
)
from plans_repo.text.order_merge import merged_order, with_levels
from plans_repo.text.rendering import clause_text
from plans_repo.text.tokens import DEFAULT_TERMS
from plans_repo.text.word_merge import Fate, Piece

__all__ = ["Conflict", "ConflictKind", "Decisions", "Fate", "Merge", "Piece", "continued", "merged", "merged_clause"]


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Two texts as one. Where a conflict is open, *clauses* has the words of ours.

    *ours* and *theirs* are the clauses each side changed, added, removed or moved; *numbers_twice* those whose
    typed number another clause beside them has too, now that both sides' clauses stand together.
    """

    clauses: tuple[Clause, ...]
    conflicts: tuple[Conflict, ...]
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    numbers_twice: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing waits for a decision."""
        return not self.conflicts

    def of(self, clause: str) -> tuple[Conflict, ...]:
        """The conflicts of one clause."""
        return tuple(conflict for conflict in self.conflicts if conflict.clause == clause)


def merged(
    base: Sequence[Clause],
    ours: Sequence[Clause],
    theirs: Sequence[Clause],
    *,
    terms: Sequence[str] = DEFAULT_TERMS,
    decisions: Mapping[str, Decisions] | None = None,
) -> Merge:
    """What *base* became when *ours* and *theirs* are put together; clauses are told by their ids.

    Of two clauses put at the same place, ours stands first. A side whose ids are not those of the base, such as a
    Word file without marks, goes through ``continued`` before. *decisions* settle conflicts, by clause and
    ``Conflict.key``.

    >>> from plans_repo.text.clause import ClauseKind
    >>> base = [Clause(id="a", kind=ClauseKind.BODY, text="应在120分钟内到位")]
    >>> ours, theirs = ([replace(base[0], text=text)] for text in ("应在20分钟内到位", "应在125分钟内到位"))
    >>> [(met.base, met.ours, met.theirs) for met in merged(base, ours, theirs).conflicts[0].pieces[1:2]]
    [('120分钟', '20分钟', '125分钟')]
    """
    return _Merging(base, ours, theirs, terms, decisions or {}).result()


def continued(base: Sequence[Clause], side: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses of *side*, each under the id of the clause of *base* it continues."""
    pairs = aligned(base, side)
    return tuple(with_id(clause, pairs.get(clause.id, clause.id)) for clause in side)


class _Merging:
    """One merge under way."""

    def __init__(
        self,
        base: Sequence[Clause],
        ours: Sequence[Clause],
        theirs: Sequence[Clause],
        terms: Sequence[str],
        decisions: Mapping[str, Decisions],
    ) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.terms, self.decisions = terms, decisions
        self.by_id = [{clause.id: clause for clause in side} for side in (base, ours, theirs)]
        self.found: dict[str, Clause] = {}
        self.conflicts: dict[str, list[Conflict]] = {}

    def result(self) -> Merge:
        known = dict.fromkeys(clause.id for side in (self.base, self.ours, self.theirs) for clause in side)
        for name in known:
            self._settle(name)
        self._keep_what_others_stand_under()
        yielded = [name for name, chosen in self.decisions.items() if chosen.get(PLACE) == "theirs"]
        order = merged_order(self.base, self.ours, self.theirs, self.found.keys(), yielded)
        self._note_torn(order.torn)
        clauses = with_levels([self.found[name] for name in order.ids], self.ours, self.theirs, self.by_id[0].keys())
        return Merge(
            clauses=clauses,
            conflicts=tuple(met for name in order.ids for met in self.conflicts.get(name, ())),
            ours=self._touched(self.ours, self.by_id[1]),
            theirs=self._touched(self.theirs, self.by_id[2]),
            numbers_twice=_numbers_twice(clauses, (self.ours, self.theirs)),
        )

    def _settle(self, name: str) -> None:
        """Whether a clause stays, and what it says."""
        base, ours, theirs = (side.get(name) for side in self.by_id)
        if base is None:
            self._settle_added(name, ours, theirs)
        elif ours is not None and theirs is not None:
            clause, met = merged_clause(base, ours, theirs, self.terms, self.decisions.get(name))
            self.found[name] = clause
            self.conflicts[name] = list(met)
        elif (ours or theirs or base) != base:
            self._settle_removed(name, base, ours, theirs)

    def _settle_added(self, name: str, ours: Clause | None, theirs: Clause | None) -> None:
        if ours is None or theirs is None:
            present = ours or theirs
            assert present is not None
            self.found[name] = present
            return
        nothing = Clause(id=name, kind=ours.kind, level=ours.level)
        self.found[name], met = merged_clause(nothing, ours, theirs, self.terms, self.decisions.get(name))
        self.conflicts[name] = list(met)

    def _settle_removed(self, name: str, base: Clause, ours: Clause | None, theirs: Clause | None) -> None:
        """One side removed it; it is away unless the other changed what it says."""
        present = ours or theirs
        if present is None or _said(present) == _said(base):
            return
        self._keep(name, present, base, ours, theirs)

    def _keep(self, name: str, present: Clause, base: Clause, ours: Clause | None, theirs: Clause | None) -> None:
        merge = ClauseMerge(clause=name, decisions=self.decisions.get(name, {}))
        told = (clause_text(side).rstrip("\n") if side else "" for side in (base, ours, theirs))
        if merge.removal(WHOLE, *told):
            self.found[name] = present
            self.conflicts[name] = merge.conflicts

    def _keep_what_others_stand_under(self) -> None:
        """A heading that one side removed stays while something of the other side stands under it."""
        for side, other in ((self.ours, self.by_id[2]), (self.theirs, self.by_id[1])):
            above = parents(side)
            mine = {clause.id: clause for clause in side}
            for clause in side:
                parent = above[clause.id]
                while clause.id in self.found and clause.id not in other and parent and parent not in self.found:
                    if parent in self.by_id[0]:
                        base = self.by_id[0][parent]
                        is_ours = side is self.ours
                        self._keep(
                            parent, mine[parent], base, mine[parent] if is_ours else None,
                            None if is_ours else mine[parent],
                        )  # fmt: skip
                    parent = above[parent]

    def _note_torn(self, torn: Sequence[str]) -> None:
        for name in torn:
            if self.decisions.get(name, {}).get(PLACE) is None:
                places = [_place(name, side) for side in (self.base, self.ours, self.theirs)]
                self.conflicts.setdefault(name, []).append(
                    Conflict(
                        clause=name, kind=ConflictKind.PLACE, field=PLACE,
                        base=places[0], ours=places[1], theirs=places[2],
                    )
                )  # fmt: skip

    def _touched(self, side: Sequence[Clause], own: Mapping[str, Clause]) -> tuple[str, ...]:
        changed = [clause.id for clause in side if self.by_id[0].get(clause.id) != clause]
        return (*changed, *(clause.id for clause in self.base if clause.id not in own))


def _said(clause: Clause) -> Clause:
    """What a clause says, whatever its number and its depth."""
    return replace(clause, number="", number_raw="", automatic_number="", level=1)


def _place(name: str, side: Sequence[Clause]) -> str:
    """Where a clause stands: the heading of the clause above it and of the one before it."""
    above = parents(side)[name]
    headings = {clause.id: clause.heading or clause.text[:20] for clause in side}
    before = next((former.id for former, clause in pairwise(side) if clause.id == name), "")
    return "；".join(part for part in (headings.get(above, ""), headings.get(before, "")) if part)


def _numbers_twice(clauses: Sequence[Clause], sides: Sequence[Sequence[Clause]]) -> tuple[str, ...]:
    """Clauses beside one that has the same typed number, where neither side had that."""
    former = {name for side in sides for name in _twins(side)}
    return tuple(name for name in _twins(clauses) if name not in former)


def _twins(clauses: Sequence[Clause]) -> Iterator[str]:
    above = parents(clauses)
    seen: dict[tuple[str, str], str] = {}
    for clause in clauses:
        key = (above[clause.id], clause.number_raw)
        if clause.number_raw and key in seen:
            yield clause.id
        seen.setdefault(key, clause.id)
