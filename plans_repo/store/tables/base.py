"""What all rows share: names of constraints, instants in UTC, enums by member name."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import types
from sqlalchemy.dialects import sqlite
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_SQLITE_INSTANT = r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{6})\Z"
METADATA = sa.MetaData(naming_convention=NAMING)


class Row(SQLModel):
    """A row of the plans floor; the drills floor has a base and metadata of its own."""

    metadata = METADATA


class UtcDateTime(types.TypeDecorator[datetime]):
    """An aware instant, stored in UTC; a naive one is refused.

    SQLite keeps text: it is read back strictly, so that one instant has one spelling.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> types.TypeEngine[Any]:
        """The type the database uses."""
        if dialect.name != "sqlite":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sqlite.DATETIME(regexp=_SQLITE_INSTANT))  # type: ignore[no-untyped-call]

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """UTC on the way in; SQLite keeps no zone, so it gets none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a zone, got {value.isoformat()}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware UTC on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def identity() -> Any:
    """A uuid as primary key."""
    return Field(primary_key=True, max_length=36)


def refers(target: str, *, index: bool = True, cascade: bool = False) -> Any:
    """A uuid that points at *target* (``table.column``)."""
    if cascade:
        return Field(foreign_key=target, max_length=36, index=index, ondelete="CASCADE")
    return Field(foreign_key=target, max_length=36, index=index)


def refers_or_none(target: str) -> Any:
    """As ``refers``, and may be missing."""
    return Field(default=None, foreign_key=target, max_length=36, index=True)


def person() -> Any:
    """An account id, kept as a word: the local actor and the system have no account row."""
    return Field(max_length=36)


def instant() -> Any:
    """A moment that is always there."""
    return Field(sa_type=UtcDateTime, nullable=False)


def instant_or_none() -> Any:
    """A moment that may be missing."""
    return Field(default=None, sa_type=UtcDateTime, nullable=True)


def choice(kind: type[Enum], *, primary_key: bool = False, index: bool = False) -> Any:
    """A member of *kind*, stored by its name; names of members are therefore frozen."""
    return Field(sa_column=sa.Column(_enum(kind), primary_key=primary_key, index=index, nullable=False))


def choice_or_none(kind: type[Enum]) -> Any:
    """As ``choice``, and may be missing."""
    return Field(default=None, sa_column=sa.Column(_enum(kind), nullable=True))


def json() -> Any:
    """Plain data."""
    return Field(sa_column=sa.Column(sa.JSON, nullable=False))


def json_or_none() -> Any:
    """Plain data that may be missing."""
    return Field(default=None, sa_column=sa.Column(sa.JSON(none_as_null=True), nullable=True))


def long_text() -> Any:
    """Text without a limit."""
    return Field(sa_type=sa.Text)


def octets() -> Any:
    """Bytes as they are."""
    return Field(sa_type=sa.LargeBinary)


def _enum(kind: type[Enum]) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, create_constraint=False, length=40, validate_strings=True)
