"""Rows of organisations, accounts, sessions and sign-in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from plans_repo.store.roles import Role
from plans_repo.store.tables.base import (
    Row,
    choice,
    identity,
    instant,
    instant_or_none,
    refers,
    refers_or_none,
)


class OrganisationKind(StrEnum):
    """What sort of body an organisation is."""

    GOVERNMENT = "government"  # 人民政府
    PARTY_COMMITTEE = "party_committee"  # 党委
    EMERGENCY_BUREAU = "emergency_bureau"  # 应急管理局
    DEPARTMENT = "department"  # 部门、成员单位
    HEADQUARTERS = "headquarters"  # 指挥机构
    TOWNSHIP = "township"  # 乡镇（街道）
    VILLAGE = "village"  # 村（社区）
    ENTERPRISE = "enterprise"  # 企业
    INSTITUTION = "institution"  # 学校、医院等单位
    TEAM = "team"  # 救援队伍
    MILITARY = "military"  # 人武部、驻军


class LoginOutcome(StrEnum):
    """How an attempt to sign in, or a session, went."""

    SIGNED_IN = "signed_in"
    WRONG = "wrong"
    LOCKED = "locked"
    DISABLED = "disabled"
    SIGNED_OUT = "signed_out"
    ENDED = "ended"
    PASSWORD_CHANGED = "password_changed"


class OrganisationRow(Row, table=True):
    """A body: its kind, the body above it and the area it is responsible for."""

    __tablename__ = "organisation"

    id: str = identity()
    name: str = Field(max_length=200, unique=True)
    name_en: str = Field(default="", max_length=200)
    kind: OrganisationKind = choice(OrganisationKind)
    parent_id: str | None = refers_or_none("organisation.id")
    area: str = Field(max_length=200, index=True)
    created_at: datetime = instant()


class AccountRow(Row, table=True):
    """A person who can sign in."""

    __tablename__ = "account"

    id: str = identity()
    name: str = Field(max_length=80, unique=True)
    display_name: str = Field(max_length=80)
    organisation_id: str | None = refers_or_none("organisation.id")
    password_hash: str = Field(max_length=300)
    must_change: bool = False
    disabled: bool = False
    demo: bool = False
    language: str = Field(default="", max_length=10)
    created_at: datetime = instant()


class AccountRoleRow(Row, table=True):
    """A role that an account holds."""

    __tablename__ = "account_role"

    account_id: str = Field(primary_key=True, foreign_key="account.id", max_length=36, ondelete="CASCADE")
    role: Role = choice(Role, primary_key=True)


class LoginSessionRow(Row, table=True):
    """A signed-in browser; of its token only the hash is kept."""

    __tablename__ = "login_session"

    id: str = identity()
    token_hash: str = Field(max_length=64, unique=True)
    account_id: str = refers("account.id")
    address: str = Field(max_length=64)
    user_agent: str = Field(max_length=300)
    created_at: datetime = instant()
    seen_at: datetime = instant()
    ended_at: datetime | None = instant_or_none()


class ThrottleRow(Row, table=True):
    """Failed attempts of one account name or one address."""

    __tablename__ = "throttle"

    key: str = Field(primary_key=True, max_length=80)
    failures: int
    failed_at: datetime = instant()
    blocked_until: datetime | None = instant_or_none()


class LoginRecordRow(Row, table=True):
    """One line of the sign-in audit; a name that is no account is not written down."""

    __tablename__ = "login_record"

    id: str = identity()
    at: datetime = instant()
    account_id: str | None = refers_or_none("account.id")
    address: str = Field(max_length=64)
    user_agent: str = Field(max_length=300)
    outcome: LoginOutcome = choice(LoginOutcome)


class WorkdayOverrideRow(Row, table=True):
    """A day that the State Council's notice makes a working day or a day off."""

    __tablename__ = "workday_override"

    day: date = Field(primary_key=True)
    is_workday: bool
    note: str = Field(max_length=200)
    entered_by: str = Field(max_length=36)
    entered_at: datetime = instant()
