"""Rows of the resource register and of contacts."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from plans_repo.store.tables.base import (
    Row,
    choice,
    choice_or_none,
    identity,
    instant,
    instant_or_none,
    refers,
    refers_or_none,
)
from sim.figure import Mark

MOST_REASON = 300
"""The longest reason, in characters."""


class ResourceClass(StrEnum):
    """What a resource is; the first five are the classes of stock."""

    LIVING_RELIEF = "living_relief"  # 生活救助类
    FIRE_RESCUE = "fire_rescue"  # 消防救援类
    FOREST_FIRE = "forest_fire"  # 森林防灭火类
    FLOOD = "flood"  # 防汛抗旱类
    MINE_RESCUE = "mine_rescue"  # 矿山救援类
    TEAM = "team"  # 队伍
    VEHICLE = "vehicle"  # 车辆装备
    SHELTER = "shelter"  # 避难场所
    DECISION_MAKER = "decision_maker"  # 指挥决策人员
    EXPERT = "expert"  # 专家
    LINE = "line"  # 值班席位、通信线路


class Holding(StrEnum):
    """How stock is held; each form has its own delay."""

    OWN = "own"  # 实物储备
    CONTRACT = "contract"  # 协议储备
    KEPT_BY_FIRM = "kept_by_firm"  # 企业代储
    CAPACITY = "capacity"  # 产能储备


class ContactRow(Row, table=True):
    """A person to be reached. Personal data: never in an event, a version or a log."""

    __tablename__ = "contact"

    id: str = identity()
    name: str = Field(max_length=80)
    post: str = Field(default="", max_length=120)
    phone: str = Field(default="", max_length=40)
    phone_spare: str = Field(default="", max_length=40)
    organisation_id: str | None = refers_or_none("organisation.id")
    checked_on: date | None = Field(default=None)
    updated_at: datetime = instant()


class ResourceRow(Row, table=True):
    """A quantity of something useful, where it is and who keeps it."""

    __tablename__ = "resource"

    id: str = identity()
    title: str = Field(max_length=200)
    title_en: str = Field(default="", max_length=200)
    kind: ResourceClass = choice(ResourceClass, index=True)
    holding: Holding | None = choice_or_none(Holding)
    quantity: int
    unit: str = Field(max_length=40)
    ready_share: float
    place: str = Field(default="", max_length=200)
    longitude: float | None = Field(default=None)
    latitude: float | None = Field(default=None)
    area: str = Field(max_length=200, index=True)
    keeper_id: str = refers("organisation.id")
    contact_id: str | None = refers_or_none("contact.id")
    pool: str = Field(default="", max_length=80, index=True)
    quantity_per_unit: int = 1
    source: str = Field(default="", max_length=300)
    source_en: str = Field(default="", max_length=300)
    mark: Mark = choice(Mark)
    checked_on: date | None = Field(default=None)
    updated_at: datetime = instant()
    retired_at: datetime | None = instant_or_none()
    revision: int = 1


class ResourceReasonRow(Row, table=True):
    """Why an entry was corrected or retired, and as which revision. Free words: never in an event."""

    __tablename__ = "resource_reason"

    id: str = identity()
    resource_id: str = refers("resource.id")
    revision: int
    reason: str = Field(max_length=MOST_REASON)
    given_at: datetime = instant()
