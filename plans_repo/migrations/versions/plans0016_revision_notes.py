"""What clerks write into the table of revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0016"
down_revision = "plans0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "revision_note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("after_id", sa.String(length=36), nullable=False),
        sa.Column("before_id", sa.String(length=36), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["after_id"], ["version.id"], name=op.f("fk_revision_note_after_id_version")),
        sa.ForeignKeyConstraint(["before_id"], ["version.id"], name=op.f("fk_revision_note_before_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_note")),
        sa.UniqueConstraint(
            "after_id", "before_id", "clause_id", name=op.f("uq_revision_note_after_id_before_id_clause_id")
        ),
    )
    for column in ("after_id", "before_id"):
        op.create_index(op.f(f"ix_revision_note_{column}"), "revision_note", [column])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("revision_note")
