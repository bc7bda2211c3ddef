"""Designs of drills, as they stand now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.tables.base import UtcDateTime

revision = "drills0003"
down_revision = "drills0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "drill_design",
        sa.Column("drill_id", sa.String(length=36), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.Column("saved_by_name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drill.id"], name=op.f("fk_drill_design_drill_id_drill")),
        sa.PrimaryKeyConstraint("drill_id", name=op.f("pk_drill_design")),
    )


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("drill_design")
