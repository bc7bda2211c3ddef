"""Whether a promise still stands: a target is confirmed for a sentence, and a changed sentence voids that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans_repo.text.clause import Clause
from sim.figure import Mark
from sim.procedure import ALARM, Procedure, Target


def reconsidered(
    procedure: Procedure | None, before: Iterable[Clause], after: Iterable[Clause], fresh: Procedure | None = None
) -> Procedure | None:
    """The procedure for a changed text: targets whose sentence is gone are proposed again.

    Where *fresh*, the proposal for the new text, finds the same promise in it, its parts, one
    for every case the text now tells apart, take the place of those read from the old text.
    Everything else stays as the author left it.
    """
    if procedure is None:
        return None
    old, new = _by_id(before), _by_id(after)
    void = {target.id for target in procedure.targets if _is_void(target, old, new)}
    found = _Found(procedure, [target for target in fresh.targets if target.clause] if fresh else [])
    targets = tuple(_reconsidered(procedure.targets, void, found))
    return procedure if targets == procedure.targets else replace(procedure, targets=targets)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a new text promises, as far as an older procedure can be judged by it."""

    procedure: Procedure
    targets: Sequence[Target]

    def parts(self, former: Target) -> list[Target]:
        """The parts of the promise of a target, with the start it has where the procedure does not know theirs."""
        same = (target for target in self.targets if _promise(target) == _promise(former))
        fitting = (self._fitted(target, former) for target in same)
        return [target for target in fitting if target is not None]

    def _fitted(self, target: Target, former: Target) -> Target | None:
        """The target in the names of the procedure; None where it has no such level."""
        labels = {level.label for level in self.procedure.levels}
        if not labels.issuperset(target.levels):
            return None
        known = {ALARM, *(task.id for task in self.procedure.tasks)}
        return target if target.starts in known or target.start_clock else replace(target, starts=former.starts)


def _promise(target: Target) -> tuple[str, str]:
    """What the parts of one promise share: the name it has in the template, and the task."""
    return target.promise, target.task


def _reconsidered(targets: Sequence[Target], void: set[str], found: _Found) -> Iterator[Target]:
    """What a person entered stays, open again where its clause changed; what was read from the text is read anew."""
    read = [target for target in targets if target.mark is Mark.PLAN or not target.clause]
    entered = {target.id for target in targets if target not in read}
    broken = {_promise(target) for target in read if target.id in void}
    done: set[tuple[str, str]] = set()
    for target in targets:
        key = _promise(target)
        parts = found.parts(target) if key in broken and target.id not in entered else []
        if not parts:
            yield replace(target, proposed=True) if target.id in void else target
        elif key not in done:
            done.add(key)
            own = [each for each in read if _promise(each) == key]
            yield from (_part(part, own, void) for part in parts if part.id not in entered)


def _part(part: Target, own: Sequence[Target], void: set[str]) -> Target:
    """A part of the promise as the new text words it; confirmed only where one that still stands says the same."""
    standing = next((each for each in own if each.id not in void and _says_the_same(each, part)), None)
    if standing is not None:
        return standing
    former = next((each for each in own if each.id == part.id), own[0])
    return replace(part, assurance=former.assurance, share=former.share, proposed=True)


def _says_the_same(one: Target, other: Target) -> bool:
    return (one.id, one.limit_min, one.clause, one.starts) == (other.id, other.limit_min, other.clause, other.starts)


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
