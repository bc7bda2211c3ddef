"""What a place is and has, entered by people with its source, for counting norms.

A figure holds for the area of whoever enters it and everything below; a nearer area goes before a wider one. One that
belongs to a single event, such as a mine's own self-rescuers, names its scenario and counts for that alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from sqlmodel import col, select

from plans_repo.access import standpoint
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.norms.norm import Norms, norms
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.norm_figures import NormFigureRow
from plans_repo.store.work import Work
from sim.figure import Figure, Mark

MOST = 1_000_000_000.0
MOST_SOURCE = 300
MOST_EVENT = 120


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A figure that can be entered: what it is and its unit."""

    key: str
    title: str
    title_en: str
    unit: str
    unit_en: str


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A figure of an area as somebody entered it; *event* is the scenario it holds for, "" for all."""

    area: str
    key: str
    event: str
    figure: Figure
    entered_at: datetime


@cache
def kinds() -> dict[str, Kind]:
    """Every figure that norms ask for, by its key.

    >>> kinds()["county_population"].unit
    '人'
    """
    text = files("plans_repo").joinpath("packs", "norm_figures.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = {key: item for key, item in loads(text).items() if isinstance(item, dict)}
    return {
        key: Kind(
            key=key,
            title=item["title"]["zh"],
            title_en=item["title"]["en"],
            unit=item["unit"]["zh"],
            unit_en=item["unit"]["en"],
        )
        for key, item in found.items()
    }


def enter(
    work: Work, key: str, value: float, *, source: str, mark: Mark = Mark.READ, area: str = "", event: str = ""
) -> Entered:
    """Keep a figure for the actor's area, or for an *area* below it; earlier entries stay on record."""
    work.require(Action.EDIT_RESOURCES)
    here = standpoint(work)
    place = area or here.area
    if not here.oversees or not place.startswith(here.area):
        raise NotAllowed("norm-figure-of-another-area", thing=work.actor.name, field="area", value=place)
    _check(key, value, source, event)
    row = NormFigureRow(
        id=work.new_id(),
        area=place,
        key=key,
        event=event,
        value=float(value),
        source=source.strip(),
        mark=mark,
        entered_at=work.now,
        entered_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    told = {"key": key, "value": str(row.value), "area": place, "scenario": event}
    events.record(work, "norm-figures", "norm-figure-entered", told)
    return _entered(row)


def may_enter(work: Work) -> bool:
    """Whether the actor may enter figures of the own area."""
    return work.actor.may(Action.EDIT_RESOURCES) and standpoint(work).oversees


def figures(work: Work, area: str, scenarios: Iterable[str] = ()) -> dict[str, Entered]:
    """The figures that count in an area for some scenarios: the event's own first, then the nearest area's newest."""
    work.require(Action.READ_STUDY)
    known = ("", *scenarios)
    rows = work.session.exec(select(NormFigureRow).order_by(col(NormFigureRow.entered_at), col(NormFigureRow.id))).all()
    fitting = [row for row in rows if area.startswith(row.area) and row.event in known]
    return {row.key: _entered(row) for row in sorted(fitting, key=lambda row: (bool(row.event), len(row.area)))}


def norms_for(work: Work, area: str, scenarios: Iterable[str] = ()) -> Norms:
    """The norms of the installation with what was entered for an area; an entry goes before the figure of a file."""
    found = norms(work.data)
    entered = {key: one.figure for key, one in figures(work, area, scenarios).items()}
    return Norms(norms=found.norms, local={**found.local, **entered})


def _check(key: str, value: float, source: str, event: str) -> None:
    if key not in kinds():
        raise PlansRepoError("norm-figure-unknown", thing="norm figure", field="key", value=key)
    if isinstance(value, bool) or not math.isfinite(value) or not 0 <= value <= MOST:
        raise PlansRepoError(
            "norm-figure-out-of-range", thing=key, field="value", rule=f"must lie in 0-{MOST:g}", value=value,
            high=int(MOST),
        )  # fmt: skip
    if not source.strip() or len(source) > MOST_SOURCE:
        raise PlansRepoError(
            "norm-figure-without-source", thing=key, field="source", rule=f"1-{MOST_SOURCE} characters",
            most=MOST_SOURCE,
        )  # fmt: skip
    if len(event) > MOST_EVENT:
        raise PlansRepoError("norm-figure-event-long", thing=key, field="event", value=len(event), most=MOST_EVENT)


def _entered(row: NormFigureRow) -> Entered:
    return Entered(
        area=row.area,
        key=row.key,
        event=row.event,
        figure=Figure(value=row.value, unit=kinds()[row.key].unit, source=row.source, mark=row.mark),
        entered_at=row.entered_at,
    )
