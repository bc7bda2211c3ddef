"""What a study was asked beyond its verdicts is kept beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.tables.base import UtcDateTime

revision = "plans0031"
down_revision = "plans0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; analyses asked for before were not kept."""
    op.create_table(
        "study_analysis",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_analysis_study_id_study")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_analysis")),
    )
    for column in ("study_id", "key"):
        op.create_index(op.f(f"ix_study_analysis_{column}"), "study_analysis", [column])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("study_analysis")
