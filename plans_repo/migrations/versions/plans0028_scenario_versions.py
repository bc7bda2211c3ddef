"""Scenarios and compound events are kept version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard, unguard
from plans_repo.store.tables.base import UtcDateTime

revision = "plans0028"
down_revision = "plans0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; a scenario saved before is its own first version and stays where it is."""
    op.create_table(
        "scenario_version",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_from", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.Column("saved_by_name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_version")),
        sa.UniqueConstraint("scenario_id", "number", name=op.f("uq_scenario_version_scenario_id_number")),
    )
    op.create_index("ix_scenario_version_scenario_id", "scenario_version", ["scenario_id"])
    op.create_index("ix_scenario_version_area", "scenario_version", ["area"])
    guard(op.get_bind(), "scenario_version")


def downgrade() -> None:
    """Back to the revision before."""
    unguard(op.get_bind(), "scenario_version")
    op.drop_index("ix_scenario_version_area", "scenario_version")
    op.drop_index("ix_scenario_version_scenario_id", "scenario_version")
    op.drop_table("scenario_version")
