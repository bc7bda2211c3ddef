"""Two versions of a plan side by side: what the words became, and what the procedure became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from plans_repo import plans
from plans_repo.drafting.words import terms
from plans_repo.store.work import Work
from plans_repo.text.difference import Change, ClauseChange, Requirement, changes, required_process
from sim.plain import plain
from sim.procedure import Procedure

KINDS = ("task", "pool", "target", "level")
"""The parts of a procedure that have an id, in the order they are compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureChange:
    """One field of one part of a procedure, before and after; a part added or gone has field ""."""

    kind: str
    id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class PlanDifference:
    """Everything that changed from one version to another."""

    clauses: tuple[ClauseChange, ...]
    procedure: tuple[ProcedureChange, ...]
    requirement: Requirement


def difference(work: Work, plan_id: str, before: str, after: str) -> PlanDifference:
    """What changed between two versions of a plan, by id, label or ordinal."""
    old, new = plans.text_of(work, plan_id, before), plans.text_of(work, plan_id, after)
    clauses = tuple(change for change in changes(old, new, terms=terms(work)) if change.change is not Change.UNCHANGED)
    procedure = tuple(
        procedure_changes(plans.procedure_of(work, plan_id, before), plans.procedure_of(work, plan_id, after))
    )
    return PlanDifference(clauses=clauses, procedure=procedure, requirement=required_process(clauses))


def procedure_changes(before: Procedure | None, after: Procedure | None) -> Iterator[ProcedureChange]:
    """The parts that were added, taken away or changed, field by field."""
    for kind in KINDS:
        old = _by_id(getattr(before, f"{kind}s", ()))
        new = _by_id(getattr(after, f"{kind}s", ()))
        for name in [*old, *(name for name in new if name not in old)]:
            yield from _part_changes(kind, name, old.get(name), new.get(name))


def _by_id(parts: Iterable[Any]) -> dict[str, Any]:
    return {part.id: part for part in parts}


def _part_changes(kind: str, name: str, old: Any, new: Any) -> Iterator[ProcedureChange]:
    if old is None or new is None:
        yield ProcedureChange(kind=kind, id=name, field="", before=_title(old), after=_title(new))
        return
    for field in fields(old):
        left, right = getattr(old, field.name), getattr(new, field.name)
        if left != right:
            yield ProcedureChange(kind=kind, id=name, field=field.name, before=said(left), after=said(right))


def said(value: Any) -> str:
    """A value as one reads it in a list of changes."""
    form = plain(value)
    return form if isinstance(form, str) else str(form)


def _title(part: Any) -> str:
    return "" if part is None else str(getattr(part, "title", "") or getattr(part, "label", ""))
