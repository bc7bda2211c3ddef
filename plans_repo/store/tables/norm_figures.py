"""Rows of what a place has and is, by which norms are counted."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, person
from sim.figure import Mark


class NormFigureRow(Row, table=True):
    """A figure of an area (its population, its ambulances) with its source; the newest of a key, area and event counts.

    A figure that holds for one event alone, a mine's own equipment, names the scenario in *event*.
    """

    __tablename__ = "norm_figure"

    id: str = identity()
    area: str = Field(max_length=200, index=True)
    key: str = Field(max_length=80)
    event: str = Field(default="", max_length=120)
    value: float
    source: str = Field(max_length=300)
    mark: Mark = choice(Mark)
    entered_at: datetime = instant()
    entered_by: str = person()
