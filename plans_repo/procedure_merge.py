"""Three-way merge of procedures: part by part, field by field, the same rules as for words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from plans_repo import access, plans, versions
from plans_repo.errors import StaleRevision
from plans_repo.plan_difference import KINDS, said
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from sim.errors import SimError
from sim.procedure import Procedure

ONE_SAYING = {
    "target": (("kind", "task", "limit_min", "starts", "clock", "share"),),
    "task": (("after", "join"), ("tries", "success_share")),
    "pool": (("units", "changes"),),
    "level": (("rank", "label"),),
}
"""Fields that say one thing together: 30 minutes from the alarm. Two writers who touch two of them are in conflict."""


@dataclass(frozen=True, kw_only=True)
class ProcedureConflict:
    """A field (or a whole part, field "") that both sides changed differently; fields that say one thing are joined."""

    kind: str
    id: str
    field: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, kw_only=True)
class ProcedureMerge:
    """Two procedures as one. Where a conflict is open ours stands; *procedure* is None where no procedure results.

    That is so when the parts of both sides do not go together, as when one side's task waits for
    a task the other took away; *refusal* says why.
    """

    procedure: Procedure | None
    conflicts: tuple[ProcedureConflict, ...]
    refusal: SimError | None = None

    @property
    def is_clean(self) -> bool:
        """Whether there is a procedure and nothing waits for a decision."""
        return self.procedure is not None and not self.conflicts


def merged_procedure(base: Procedure | None, ours: Procedure | None, theirs: Procedure | None) -> ProcedureMerge:
    """What *base* became when *ours* and *theirs* are put together; parts are told by their ids."""
    if ours == theirs or theirs == base:
        return ProcedureMerge(procedure=ours, conflicts=())
    if ours == base:
        return ProcedureMerge(procedure=theirs, conflicts=())
    if base is None or ours is None or theirs is None:
        whole = ProcedureConflict(kind="procedure", id="", field="", base="", ours="", theirs="")
        return ProcedureMerge(procedure=ours or theirs, conflicts=(whole,))
    conflicts: list[ProcedureConflict] = []
    parts: dict[str, Any] = {
        f"{kind}s": tuple(_merged_parts(kind, _sides(kind, base, ours, theirs), conflicts)) for kind in KINDS
    }
    for name in ("hazard", "spread"):
        parts[name] = _value("procedure", "", (name,), (base, ours, theirs), conflicts)[name]
    try:
        return ProcedureMerge(procedure=replace(ours, **parts), conflicts=tuple(conflicts))
    except SimError as error:
        return ProcedureMerge(procedure=None, conflicts=tuple(conflicts), refusal=error)


def set_procedure_from(
    work: Work, plan_id: str, procedure: Procedure, *, base: str, reason: str
) -> plans.VersionSummary:
    """Store a procedure that was made from the version *base*, merged with what others made of it since.

    Refused, with every field in conflict, where both changed the same thing; nothing is stored then.
    """
    plan = access.changeable_plan(work, plan_id)
    newest, former = versions.version_row(work, plan_id), versions.version_row(work, plan_id, base)
    found = merged_procedure(versions.procedure(work, former), versions.procedure(work, newest), procedure)
    if found.procedure is None or found.conflicts:
        raise StaleRevision(
            "procedure-in-conflict",
            thing=plan.title,
            value=newest.label,
            base=former.label,
            count=len(found.conflicts),
            places=_told(found.conflicts),
        ) from found.refusal
    return plans.set_procedure(work, plan_id, found.procedure, reason=reason, trigger=Trigger.EDITING)


def _told(conflicts: Iterable[ProcedureConflict]) -> str:
    return "；".join(f"{met.kind} {met.id} {met.field}: {met.base} → {met.ours} / {met.theirs}" for met in conflicts)


Sides = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]


def _sides(kind: str, *procedures: Procedure) -> Sides:
    base, ours, theirs = ({part.id: part for part in getattr(each, f"{kind}s")} for each in procedures)
    return base, ours, theirs


def _merged_parts(kind: str, sides: Sides, conflicts: list[ProcedureConflict]) -> Iterator[Any]:
    """The parts in the order of ours, then what only theirs has."""
    base, ours, theirs = sides
    for name in dict.fromkeys([*ours, *theirs, *base]):
        present = _present(kind, name, (base.get(name), ours.get(name), theirs.get(name)), conflicts)
        if present is not None:
            yield present


def _present(kind: str, name: str, triple: tuple[Any, Any, Any], conflicts: list[ProcedureConflict]) -> Any:
    base, ours, theirs = triple
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if base is None or ours is None or theirs is None:
        conflicts.append(_conflict(kind, name, "", [said(part) if part else "" for part in triple]))
        return ours or theirs
    return _merged_fields(kind, name, triple, conflicts)


def _merged_fields(kind: str, name: str, triple: tuple[Any, Any, Any], conflicts: list[ProcedureConflict]) -> Any:
    joined = ONE_SAYING.get(kind, ())
    lone = ((field.name,) for field in fields(triple[0]) if not any(field.name in group for group in joined))
    values: dict[str, Any] = {}
    for group in (*joined, *lone):
        values |= _value(kind, name, group, triple, conflicts)
    try:
        return replace(triple[1], **values)
    except SimError:  # two fields that are right on their own sides and wrong together
        conflicts.append(_conflict(kind, name, "", [said(part) for part in triple]))
        return triple[1]


def _value(
    kind: str, name: str, group: tuple[str, ...], triple: tuple[Any, Any, Any], conflicts: list[ProcedureConflict]
) -> dict[str, Any]:
    """Fields that are one side's together."""
    base, ours, theirs = ({field: getattr(part, field) for field in group} for part in triple)
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    differing = [field for field in group if ours[field] != base[field] or theirs[field] != base[field]]
    told = ["、".join(said(side[field]) for field in differing) for side in (base, ours, theirs)]
    conflicts.append(_conflict(kind, name, "、".join(differing), told))
    return ours


def _conflict(kind: str, name: str, field: str, told: list[str]) -> ProcedureConflict:
    return ProcedureConflict(kind=kind, id=name, field=field, base=told[0], ours=told[1], theirs=told[2])
