"""The assessment of a study, step by step; a step is never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard, unguard
from plans_repo.store.tables.base import UtcDateTime

revision = "plans0029"
down_revision = "plans0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; studies made before have no assessment yet."""
    op.create_table(
        "assessment_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_assessment_step_study_id_study")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_step")),
        sa.UniqueConstraint("study_id", "position", name=op.f("uq_assessment_step_study_id_position")),
    )
    op.create_index(op.f("ix_assessment_step_study_id"), "assessment_step", ["study_id"])
    guard(op.get_bind(), "assessment_step")


def downgrade() -> None:
    """Back to the revision before."""
    unguard(op.get_bind(), "assessment_step")
    op.drop_table("assessment_step")
