"""The saves of a draft are kept for the version made from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0007"
down_revision = "plans0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "clause_save",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_clause_save_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_save")),
        sa.UniqueConstraint("draft_id", "ordinal", name=op.f("uq_clause_save_draft_id_ordinal")),
    )
    for column in ("draft_id", "version_id"):
        op.create_index(op.f(f"ix_clause_save_{column}"), "clause_save", [column])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("clause_save")
