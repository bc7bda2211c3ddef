"""Alembic runs this; the connection comes from `plans_repo.store.database`."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from plans_repo.store.database import is_compared
from plans_repo.store.tables.base import UtcDateTime


def render(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name plain SQLAlchemy types, so that they outlive our own."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, sa.Enum):
        return f"sa.String(length={thing.length})"
    if kind == "type" and type(thing).__name__ == "AutoString":
        return f"sa.String(length={thing.length})" if thing.length else "sa.String()"
    return False


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Whether a table in the database concerns the branch at hand."""
    is_foreign = kind == "table" and name in context.config.attributes.get("others", ())
    return is_compared(name, kind, parents) and not is_foreign


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    compare_type=True,
    render_item=render,
    include_name=is_ours,
)
context.run_migrations()
