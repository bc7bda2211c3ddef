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

    Where *fresh*, the proposal for the new text, words the same promise, its figure and
    clause take the place of the old ones. Everything else stays as the author left it.
    """
    if procedure is None:
        return None
    old, new = _words(before), _words(after)
    renewed = {target.id: target for target in fresh.targets} if fresh else {}
    targets = tuple(
        renewed.get(target.id, replace(target, proposed=True)) if _is_void(target, old, new) else target
        for target in procedure.targets
    )
    return procedure if targets == procedure.targets else replace(procedure, targets=targets)


def _is_void(target: Target, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether the sentence a target was read from stood in its clause and stands there no more."""
    return (
        bool(target.source)
        and target.source in old.get(target.clause, "")
        and target.source not in new.get(target.clause, "")
    )


def _words(clauses: Iterable[Clause]) -> dict[str, str]:
    return {clause.id: clause.text for clause in clauses}
