"""The search index knows under which subjects a plan is listed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0024"
down_revision = "plans0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; the plans there are listed at the next start."""
    op.create_table(
        "search_subject",
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["search_plan.id"], name=op.f("fk_search_subject_plan_search_plan")),
        sa.PrimaryKeyConstraint("subject", "plan", name=op.f("pk_search_subject")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("search_subject")
