"""Texts of a draft by revision, texts that wait beside it, and who is at it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0010"
down_revision = "plans0009"
branch_labels = None
depends_on = None


def _of_draft(table: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f(f"fk_{table}_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_draft_id"), table, ["draft_id"])


def upgrade() -> None:
    """To this revision."""
    _of_draft(
        "draft_save",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.UniqueConstraint(
            "draft_id", "clause_id", "revision", name=op.f("uq_draft_save_draft_id_clause_id_revision")
        ),
    )
    _of_draft(
        "draft_conflict",
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("base", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("other", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_draft(
        "draft_presence",
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("draft_id", "account", name=op.f("uq_draft_presence_draft_id_account")),
    )


def downgrade() -> None:
    """Back to the revision before."""
    for table in ("draft_presence", "draft_conflict", "draft_save"):
        op.drop_table(table)
