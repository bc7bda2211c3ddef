"""Reasons of corrections and retirements stand in rows of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0004"
down_revision = "plans0003"
branch_labels = None
depends_on = None

ENTRY = sa.table(
    "resource", sa.column("id"), sa.column("revision"), sa.column("retired_at"), sa.column("retired_why", sa.String())
)
REASON = sa.table(
    "resource_reason",
    *map(sa.column, ("id", "resource_id", "revision", "given_at")),
    sa.column("reason", sa.String()),
)
RETIREMENT = sa.and_(REASON.c.resource_id == ENTRY.c.id, REASON.c.revision == ENTRY.c.revision)


def upgrade() -> None:
    """To this revision; an entry retires once, so its own id will do for the row of its reason."""
    op.create_table(
        "resource_reason",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("resource_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_reason_resource_id_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_reason")),
    )
    op.create_index(op.f("ix_resource_reason_resource_id"), "resource_reason", ["resource_id"])
    columns = ["id", "resource_id", "revision", "reason", "given_at"]
    found = sa.select(
        ENTRY.c.id, ENTRY.c.id, ENTRY.c.revision, sa.func.substr(ENTRY.c.retired_why, 1, 300), ENTRY.c.retired_at
    )
    op.execute(REASON.insert().from_select(columns, found.where(ENTRY.c.retired_at.is_not(None))))
    op.drop_column("resource", "retired_why")


def downgrade() -> None:
    """Back to the revision before; the reasons of corrections are not kept there."""
    op.add_column("resource", sa.Column("retired_why", sa.String(length=300), nullable=False, server_default=""))
    why = sa.select(REASON.c.reason).where(RETIREMENT).scalar_subquery()
    retired = sa.and_(ENTRY.c.retired_at.is_not(None), sa.exists().where(RETIREMENT))
    op.execute(ENTRY.update().where(retired).values(retired_why=why))
    op.drop_table("resource_reason")
