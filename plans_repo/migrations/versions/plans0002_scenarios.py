"""Scenarios kept beside those of the packs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0002"
down_revision = "plans0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "scenario",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("hazard", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
    )
    op.create_index(op.f("ix_scenario_hazard"), "scenario", ["hazard"])
    op.create_index(op.f("ix_scenario_area"), "scenario", ["area"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("scenario")
