"""Figures of the place: what a province, city or county has laid down otherwise than the packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from plans_repo.access import standpoint
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import OrganisationKind, row_of
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.terms import LocalFigureRow
from plans_repo.store.work import Work

PUBLICATION, FILING, RECEIPT = "publication_working_days", "filing_working_days", "receipt_working_days"
EVALUATION = "evaluation_years"
TRIAL = "trial_years"
DEEMED = "deemed_filed"
MANDATE = "filing_mandate"
BOUNDS = {
    PUBLICATION: (1, 60), FILING: (1, 60), RECEIPT: (1, 60), EVALUATION: (1, 10), TRIAL: (1, 5), DEEMED: (0, 1),
    MANDATE: (0, 1),
}  # fmt: skip
"""The keys there are, and between which values they may lie; *deemed_filed* and *filing_mandate*: 1 for yes, 0 for no.

The mandate is that of a government to the emergency bureau of its place: to answer what is filed with the government.
"""


@dataclass(frozen=True, kw_only=True)
class LocalFigure:
    """A figure of an area with the text it stands in."""

    area: str
    key: str
    value: int
    source: str
    entered_at: datetime
    entered_by: str


def local_figures(work: Work, area: str) -> dict[str, LocalFigure]:
    """The figures that count in an area, by key: of several areas it lies in the strictest limit."""
    return counting(every_figure(work), area)


def every_figure(work: Work) -> tuple[LocalFigure, ...]:
    """What all areas have laid down, oldest first; for lists over many areas."""
    return tuple(map(_figure, work.session.exec(select(LocalFigureRow).order_by(col(LocalFigureRow.entered_at)))))


def counting(figures: Iterable[LocalFigure], area: str) -> dict[str, LocalFigure]:
    """As ``local_figures``, of figures that have been read."""
    newest = {
        (one.key, one.area): one
        for one in figures
        if (area == one.area if one.key == MANDATE else area.startswith(one.area))
    }
    found: dict[str, LocalFigure] = {}
    for (key, _area), figure in sorted(newest.items(), key=lambda item: len(item[0][1])):
        if key == DEEMED or key not in found or figure.value < found[key].value:
            found[key] = figure
    return found


def mandated(work: Work) -> frozenset[str]:
    """The areas whose government has its emergency bureau answer what is filed with it."""
    newest = {one.area: one.value for one in every_figure(work) if one.key == MANDATE}
    return frozenset(area for area, value in newest.items() if value)


def enter_figure(work: Work, key: str, value: int, *, source: str) -> LocalFigure:
    """Lay down a figure for the actor's area; *source* names the text. Earlier entries stay on record."""
    work.require(Action.SET_LOCAL_RULES)
    here = standpoint(work)
    if not here.oversees:
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action=Action.SET_LOCAL_RULES.value)
    if key == MANDATE and here.organisation and row_of(work, here.organisation).kind is not OrganisationKind.GOVERNMENT:
        raise NotAllowed("mandate-of-government", thing=work.actor.name, field="key", value=key)
    _check(key, value, source)
    row = LocalFigureRow(
        id=work.new_id(),
        area=here.area,
        key=key,
        value=value,
        source=source.strip(),
        entered_at=work.now,
        entered_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload = {"key": key, "value": value, "area": here.area}
    events.record(work, "local-figures", "local-figure-entered", payload)
    return _figure(row)


def _check(key: str, value: int, source: str) -> None:
    if key not in BOUNDS:
        raise PlansRepoError("local-figure-unknown", thing=key, field="key", rule=", ".join(BOUNDS), value=key)
    low, high = BOUNDS[key]
    if not low <= value <= high:
        raise PlansRepoError(
            "local-figure-out-of-range",
            thing=key,
            field="value",
            rule=f"must lie in {low}-{high}",
            value=value,
            low=low,
            high=high,
        )
    if not source.strip() or len(source) > 300:
        raise PlansRepoError("local-figure-without-source", thing=key, field="source", rule="names the text")


def _figure(row: LocalFigureRow) -> LocalFigure:
    return LocalFigure(
        area=row.area,
        key=row.key,
        value=row.value,
        source=row.source,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
    )
