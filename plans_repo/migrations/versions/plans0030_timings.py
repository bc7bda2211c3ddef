"""Turnouts and what was timed in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.tables.base import UtcDateTime

revision = "plans0030"
down_revision = "plans0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; nothing was timed before."""
    op.create_table(
        "turnout",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("recorder", sa.String(length=80), nullable=False),
        sa.Column("source_file", sa.String(length=255), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_turnout_plan_id_plan")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_turnout_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turnout")),
        sa.UniqueConstraint(
            "plan_id", "kind", "title", "began_at", name=op.f("uq_turnout_plan_id_kind_title_began_at")
        ),
    )
    op.create_index(op.f("ix_turnout_plan_id"), "turnout", ["plan_id"])
    op.create_index(op.f("ix_turnout_version_id"), "turnout", ["version_id"])
    op.create_table(
        "timing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("turnout_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("entity", sa.String(length=120), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=False),
        sa.Column("ending", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["turnout_id"], ["turnout.id"], name=op.f("fk_timing_turnout_id_turnout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timing")),
        sa.UniqueConstraint(
            "turnout_id", "subject", "name", "entity", "attempt", "revision",
            name=op.f("uq_timing_turnout_id_subject_name_entity_attempt_revision"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_timing_turnout_id"), "timing", ["turnout_id"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("timing")
    op.drop_table("turnout")
