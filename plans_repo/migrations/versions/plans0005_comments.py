"""Comments on clauses, with what was said under them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0005"
down_revision = "plans0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("in_draft", sa.Boolean(), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=100), nullable=False),
        sa.Column("after", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_comment_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_comment_plan_id_plan")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_comment_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    for column in ("plan_id", "version_id", "clause_id", "is_open", "organisation_id"):
        op.create_index(op.f(f"ix_comment_{column}"), "comment", [column])
    op.create_table(
        "comment_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("comment_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_entry_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_entry")),
    )
    op.create_index(op.f("ix_comment_entry_comment_id"), "comment_entry", ["comment_id"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("comment_entry")
    op.drop_table("comment")
