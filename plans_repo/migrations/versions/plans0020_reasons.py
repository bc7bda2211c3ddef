"""A panel says why it was drawn again, a consultation which names of the text were not asked and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0020"
down_revision = "plans0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.add_column("panel", sa.Column("redraw_why", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("consultation", sa.Column("left_out", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("consultation", sa.Column("left_out_why", sa.String(length=300), nullable=False, server_default=""))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column("consultation", "left_out_why")
    op.drop_column("consultation", "left_out")
    op.drop_column("panel", "redraw_why")
