"""Entries of the register carry a mark and an English source, and can be retired with a reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0003"
down_revision = "plans0002"
branch_labels = None
depends_on = None

INVENTED = "演示数据（虚构）"


def upgrade() -> None:
    """To this revision; what was entered without a mark is to be confirmed, what says it is invented is so marked."""
    op.add_column("resource", sa.Column("source_en", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("resource", sa.Column("mark", sa.String(length=40), nullable=False, server_default="TO_BE_CONFIRMED"))
    op.add_column("resource", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("resource", sa.Column("retired_why", sa.String(length=300), nullable=False, server_default=""))
    entry = sa.table("resource", sa.column("mark"), sa.column("source"), sa.column("source_en"))
    invented = entry.update().where(entry.c.source == INVENTED)
    op.execute(invented.values(mark="DEMO", source_en="Demo data (invented)"))


def downgrade() -> None:
    """Back to the revision before."""
    for name in ("retired_why", "retired_at", "mark", "source_en"):
        op.drop_column("resource", name)
