"""Supporting documents of a plan: whose manual or scheme was made from which version, and which are out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from plans_repo import access, versions
from plans_repo.store import events
from plans_repo.store.tables.supporting import SupportingRow, SupportKind
from plans_repo.store.work import Work
from plans_repo.writing.manual import manual

__all__ = ["SupportKind", "Supporting", "enter", "supporting_documents", "units_with"]


@dataclass(frozen=True, kw_only=True)
class Supporting:
    """A manual or scheme of a unit; *is_stale* when the plan has a newer version than the one it was made from."""

    kind: SupportKind
    unit: str
    version: str
    label: str
    made_at: datetime
    made_by: str
    is_stale: bool


def enter(work: Work, plan_id: str, kind: SupportKind, unit: str) -> Supporting:
    """Say that the document of a unit was made from the newest version; saying it twice changes nothing."""
    plan = access.changeable_plan(work, plan_id)
    newest = versions.version_row(work, plan.id)
    unit = manual(work, plan.id, unit, newest.id).unit  # a unit without tasks gets none
    found = (SupportingRow.version_id == newest.id, SupportingRow.kind == kind, SupportingRow.unit == unit)
    row = work.session.exec(select(SupportingRow).where(*found)).first()
    if row is None:
        row = SupportingRow(
            id=work.new_id(),
            plan_id=plan.id,
            version_id=newest.id,
            kind=kind,
            unit=unit,
            root_hash=newest.root_hash,
            made_at=work.now,
            made_by=work.actor.account,
        )
        work.session.add(row)
        work.session.flush()
        payload = {"version": newest.id, "kind": kind, "unit": unit, "root_hash": newest.root_hash}
        events.record(work, events.chain_of_plan(plan.id), "supporting-document-made", payload)
    return _value(work, row, newest.id)


def supporting_documents(work: Work, plan_id: str) -> tuple[Supporting, ...]:
    """The newest document of every unit and kind, of the versions the actor may read."""
    plan = access.visible_plan(work, plan_id)
    seen = [row.id for row in versions.visible_versions(work, plan)]
    query = select(SupportingRow).where(SupportingRow.plan_id == plan.id, col(SupportingRow.version_id).in_(seen))
    newest: dict[tuple[SupportKind, str], SupportingRow] = {}
    for row in work.session.exec(query.order_by(col(SupportingRow.made_at))):
        newest[row.kind, row.unit] = row
    last = seen[-1] if seen else ""
    return tuple(_value(work, row, last) for _key, row in sorted(newest.items()))


def units_with(work: Work, plan_id: str, kind: SupportKind) -> frozenset[str]:
    """The units that have a document of that kind which is not out of date."""
    found = supporting_documents(work, plan_id)
    return frozenset(each.unit for each in found if each.kind is kind and not each.is_stale)


def _value(work: Work, row: SupportingRow, newest: str) -> Supporting:
    return Supporting(
        kind=row.kind,
        unit=row.unit,
        version=row.version_id,
        label=versions.version_row(work, row.plan_id, row.version_id).label,
        made_at=row.made_at,
        made_by=row.made_by,
        is_stale=row.version_id != newest,
    )
