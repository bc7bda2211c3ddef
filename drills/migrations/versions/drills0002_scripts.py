"""Scripts of drills, revision by revision; none is ever changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard, unguard
from plans_repo.store.tables.base import UtcDateTime

revision = "drills0002"
down_revision = "drills0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "drill_script",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("drill_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("injects_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.Column("saved_by_name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drill.id"], name=op.f("fk_drill_script_drill_id_drill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_script")),
        sa.UniqueConstraint("drill_id", "revision", name=op.f("uq_drill_script_drill_id_revision")),
    )
    op.create_index(op.f("ix_drill_script_drill_id"), "drill_script", ["drill_id"])
    guard(op.get_bind(), "drill_script")


def downgrade() -> None:
    """Back to the revision before."""
    unguard(op.get_bind(), "drill_script")
    op.drop_table("drill_script")
