"""A running limit says how many working days it runs, so that it can be counted anew when a year becomes known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0022"
down_revision = "plans0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; limits that run already do not say it."""
    op.add_column("deadline", sa.Column("working_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column("deadline", "working_days")
