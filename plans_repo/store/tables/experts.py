"""Rows of the expert pool, of panels drawn from it, and of what the experts said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from plans_repo.course.words import Judgement, Vote
from plans_repo.store.tables.base import (
    Row,
    choice,
    identity,
    instant,
    instant_or_none,
    json,
    person,
    refers,
    refers_or_none,
)


class ExpertRow(Row, table=True):
    """An expert of the pool of an area."""

    __tablename__ = "expert"

    id: str = identity()
    area: str = Field(max_length=200, index=True)
    name: str = Field(max_length=80)
    fields: list[str] = json()
    unit: str = Field(max_length=200)
    organisation_id: str | None = refers_or_none("organisation.id")
    title: str = Field(default="", max_length=120)
    phone: str = Field(default="", max_length=40)
    valid_until: date
    account_id: str | None = Field(default=None, max_length=36)
    added_at: datetime = instant()
    added_by: str = person()
    retired_at: datetime | None = instant_or_none()
    retired_why: str = Field(default="", max_length=300)


class PanelRow(Row, table=True):
    """A panel drawn for a text: what was asked, who could be drawn, who could not and why, and the seed."""

    __tablename__ = "panel"

    id: str = identity()
    course_id: str = refers("course.id")
    version_id: str = refers("version.id")
    root_hash: str = Field(max_length=64)
    size: int
    quotas: dict[str, int] = json()
    pool: list[str] = json()
    recused: dict[str, str] = json()
    seed: str = Field(max_length=100)
    drawn_at: datetime = instant()
    drawn_by: str = person()
    redraw_why: str = Field(default="", max_length=300)
    head_id: str | None = Field(default=None, max_length=36)
    met_on: date | None = Field(default=None)
    place: str = Field(default="", max_length=200)
    confirmed_hash: str = Field(default="", max_length=64)
    confirmed_by: str = Field(default="", max_length=36)


class PanelSeatRow(Row, table=True):
    """A seat of a panel; who declines leaves the reason behind."""

    __tablename__ = "panel_seat"

    id: str = identity()
    panel_id: str = refers("panel.id")
    expert_id: str = refers("expert.id")
    ordinal: int
    declined_on: date | None = Field(default=None)
    declined_why: str = Field(default="", max_length=300)
    signed_in_on: date | None = Field(default=None)


class VoteRow(Row, table=True):
    """An expert's signed opinion on a text; a later one of the same seat takes its place."""

    __tablename__ = "vote"

    id: str = identity()
    ordinal: int
    seat_id: str = refers("panel_seat.id")
    root_hash: str = Field(max_length=64)
    vote: Vote = choice(Vote)
    words: str = Field(max_length=2000)
    opinions: list[dict[str, Any]] = json()
    voted_on: date
    on_paper: bool
    media_hash: str | None = Field(default=None, foreign_key="media.hash", max_length=64)
    entered_at: datetime = instant()
    entered_by: str = person()


class ReviewAnswerRow(Row, table=True):
    """The panel's answer to one item of the review form; the newest counts."""

    __tablename__ = "review_answer"

    id: str = identity()
    ordinal: int
    panel_id: str = refers("panel.id")
    item: str = Field(max_length=40)
    judgement: Judgement = choice(Judgement)
    note: str = Field(default="", max_length=2000)
    entered_at: datetime = instant()
    entered_by: str = person()
