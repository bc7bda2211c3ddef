"""References that clauses make to clauses and plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0015"
down_revision = "plans0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; versions made before are read by the numbers they say."""
    op.create_table(
        "plan_reference",
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("target_plan", sa.String(length=36), nullable=False),
        sa.Column("target_clause", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_reference_plan_id_plan")),
        sa.ForeignKeyConstraint(["target_plan"], ["plan.id"], name=op.f("fk_plan_reference_target_plan_plan")),
        sa.PrimaryKeyConstraint("plan_id", "clause_id", "words", "nth", "first", name=op.f("pk_plan_reference")),
    )
    op.create_index(op.f("ix_plan_reference_target_plan"), "plan_reference", ["target_plan"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("plan_reference")
