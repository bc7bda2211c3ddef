"""Figures of a place by which norms are counted; an entry is never changed, a newer one takes its place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard, unguard
from plans_repo.store.tables.base import UtcDateTime

revision = "plans0032"
down_revision = "plans0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; the files of an installation are read as before."""
    op.create_table(
        "norm_figure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("event", sa.String(length=120), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_figure")),
    )
    op.create_index(op.f("ix_norm_figure_area"), "norm_figure", ["area"])
    guard(op.get_bind(), "norm_figure")


def downgrade() -> None:
    """Back to the revision before."""
    unguard(op.get_bind(), "norm_figure")
    op.drop_table("norm_figure")
