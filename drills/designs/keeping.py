"""The design of a drill that may be known: kept as it stands now, every change an event with its digest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from drills import register
from drills.access import changes
from drills.designs.design import Design
from drills.drill import COMING
from drills.errors import DrillError
from drills.scripts import keeping as scripts
from drills.store.tables import DesignRow, DrillRow
from plans_repo.errors import NotAllowed, StaleRevision
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from sim.plain import canonical, digest, unplain

NONE_YET = ""
"""What a first design is kept behind."""


@dataclass(frozen=True, kw_only=True)
class KeptDesign:
    """A design as it stands, with its digest, when it was kept and by whom."""

    design: Design
    hash: str
    saved_at: datetime
    saved_by: str


def design(work: Work, drill_id: str) -> KeptDesign | None:
    """The design of a drill, None while it has none.

    Of a blind drill it is for control staff and evaluators alone; of any other for everybody who sees the drill.
    """
    row = register.visible_row(work, drill_id)
    if row.blindness and not scripts.may_read(work, drill_id):
        raise NotAllowed("design-for-control", thing=row.title, action=Action.CONTROL_DRILL.value)
    found = work.session.get(DesignRow, row.id)
    return None if found is None else _kept(found)


def keep(work: Work, drill_id: str, value: Design, *, base: str) -> KeptDesign:
    """Keep a design in place of the one with the digest *base*; refused where somebody has kept another since."""
    row = _changeable(work, drill_id)
    present = work.session.get(DesignRow, row.id)
    seen = present.hash if present else NONE_YET
    if seen != base:
        raise StaleRevision("design-saved-meanwhile", thing=row.title, value=base[:12], present=seen[:12])
    found = digest(value)
    if found == seen and present is not None:
        return _kept(present)
    made = DesignRow(
        drill_id=row.id, data=canonical(value).decode(), hash=found, saved_at=work.now, saved_by=work.actor.account,
        saved_by_name=work.actor.name,
    )  # fmt: skip
    work.session.merge(made)
    work.session.flush()
    events.record(
        work, register.chain_of_drill(row.id), "design-kept", {"drill": row.id, "hash": found, "before": seen}
    )
    return _kept(made)


def _changeable(work: Work, drill_id: str) -> DrillRow:
    row = register.visible_row(work, drill_id)
    work.require(Action.PLAN_DRILL)
    if not changes(work, organisation=row.organisation_id, area=row.area):
        raise NotAllowed("drill-of-another-body", thing=row.title, action=Action.PLAN_DRILL.value)
    if row.state not in COMING:
        raise DrillError("design-after-start", thing=row.title, field="state", rule="must not have begun",
                         value=row.state.value)  # fmt: skip
    return row


def _kept(row: DesignRow) -> KeptDesign:
    value = unplain(Design, json.loads(row.data))
    return KeptDesign(design=value, hash=row.hash, saved_at=row.saved_at, saved_by=row.saved_by_name)
