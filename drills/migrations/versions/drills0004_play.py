"""The log of play of drills; no line is ever changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard, unguard
from plans_repo.store.tables.base import UtcDateTime

revision = "drills0004"
down_revision = "drills0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "drill_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("drill_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("minute", sa.Float(), nullable=True),
        sa.Column("speed", sa.Float(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("once", sa.String(length=160), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drill.id"], name=op.f("fk_drill_entry_drill_id_drill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_entry")),
        sa.UniqueConstraint("drill_id", "seq", name=op.f("uq_drill_entry_drill_id_seq")),
        sa.UniqueConstraint("drill_id", "once", name=op.f("uq_drill_entry_drill_id_once")),
    )
    op.create_index(op.f("ix_drill_entry_drill_id"), "drill_entry", ["drill_id"])
    guard(op.get_bind(), "drill_entry")


def downgrade() -> None:
    """Back to the revision before."""
    unguard(op.get_bind(), "drill_entry")
    op.drop_table("drill_entry")
