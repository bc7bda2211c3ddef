"""Whether a promise still stands: a target is confirmed for a sentence, and a changed sentence voids that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from plans_repo.text.clause import Clause
from sim.procedure import Procedure, Target


def reconsidered(
    procedure: Procedure | None, before: Iterable[Clause], after: Iterable[Clause], fresh: Procedure | None = None
) -> Procedure | None:
    """The procedure for a changed text: targets whose sentence is gone are proposed again.

    Where *fresh*, the proposal for the new text, finds the same promise in it, the figure,
    the start, the clause and the sentence found there are taken over. Everything else
    stays as the author left it.
    """
    if procedure is None:
        return None
    old, new = _by_id(before), _by_id(after)
    found = {target.id: target for target in fresh.targets if target.clause} if fresh else {}
    targets = tuple(
        _open_again(target, found.get(target.id)) if _is_void(target, old, new) else target
        for target in procedure.targets
    )
    return procedure if targets == procedure.targets else replace(procedure, targets=targets)


def _open_again(target: Target, found: Target | None) -> Target:
    """The target as a proposal, with what the new text says of it where it says something."""
    if found is None:
        return replace(target, proposed=True)
    return replace(
        target,
        limit_min=found.limit_min,
        starts=found.starts,
        levels=found.levels,
        circumstances=found.circumstances,
        clause=found.clause,
        source=found.source,
        mark=found.mark,
        proposed=True,
    )


def _is_void(target: Target, old: Mapping[str, Clause], new: Mapping[str, Clause]) -> bool:
    """Whether the clause of a target changed and the sentence it was read from stands there no more.

    A sentence put together from the cells of a table, and one nobody quoted, cannot be
    found again: there any change of the clause counts.
    """
    before, after = old.get(target.clause), new.get(target.clause)
    if before == after:
        return False
    return not target.source or after is None or target.source not in f"{after.title}\n{after.text}"


def _by_id(clauses: Iterable[Clause]) -> dict[str, Clause]:
    return {clause.id: clause for clause in clauses}
