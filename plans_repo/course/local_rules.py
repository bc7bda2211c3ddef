"""What a place decides for itself: switches of a pack, set for an area with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import col, select

from plans_repo import access
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import LocalRuleRow
from plans_repo.store.work import Work
from sim.figure import Mark


@dataclass(frozen=True, kw_only=True)
class LocalRule:
    """A switch as it stands for an area: on or off, since when and why; no *set_at* while the pack's value holds."""

    name: str
    title: str
    title_en: str
    meaning: str
    meaning_en: str
    is_on: bool
    source: str
    source_en: str
    mark: Mark
    reason: str = ""
    set_at: datetime | None = None
    set_by: str = ""


def local_rules(work: Work, area: str) -> tuple[LocalRule, ...]:
    """Every switch as it stands for *area*."""
    return tuple(_rule(work, name, area) for name in _switches())


def switched_on(work: Work, area: str) -> frozenset[str]:
    """The names of the switches that are on for *area*."""
    return frozenset(rule.name for rule in local_rules(work, area) if rule.is_on)


def set_local_rule(work: Work, name: str, *, is_on: bool, reason: str) -> LocalRule:
    """Decide a switch for the actor's own area; plans that have left their first draft keep the way they began."""
    work.require(Action.SET_LOCAL_RULES)
    if name not in _switches():
        raise NotFound("local-rule-unknown", thing="local rule", field="name", value=name)
    if not reason.strip():
        raise PlansRepoError("reason-missing", thing=_switches()[name]["title"], field="reason", rule="must be given")
    area = access.standpoint(work).area
    row = LocalRuleRow(
        id=work.new_id(),
        area=area,
        name=name,
        is_on=is_on,
        reason=reason,
        set_at=work.now,
        set_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    events.record(work, "local-rules", "local-rule-set", {"area": area, "name": name, "is_on": is_on, "reason": reason})
    return _rule(work, name, area)


def _rule(work: Work, name: str, area: str) -> LocalRule:
    """The nearest area's newest word; the pack's where nobody has decided."""
    item, row = _switches()[name], _said(work, name, area)
    is_on = row.is_on if row else item["value"]
    return LocalRule(
        name=name,
        title=item["title"],
        title_en=item["title_en"],
        meaning=item["on" if is_on else "off"],
        meaning_en=item["on_en" if is_on else "off_en"],
        is_on=is_on,
        source=item["source"],
        source_en=item["source_en"],
        mark=Mark(item["mark"]),
        reason=row.reason if row else "",
        set_at=row.set_at if row else None,
        set_by=row.set_by if row else "",
    )


def _said(work: Work, name: str, area: str) -> LocalRuleRow | None:
    rows = work.session.exec(
        select(LocalRuleRow).where(LocalRuleRow.name == name).order_by(col(LocalRuleRow.set_at))
    ).all()
    fitting = [row for row in rows if area.startswith(row.area)]
    return max(fitting, key=lambda row: (len(row.area), row.set_at), default=None)


@cache
def _switches() -> dict[str, dict[str, Any]]:
    return {name: item for name, item in pack("course", "switches").items() if isinstance(item, dict)}
