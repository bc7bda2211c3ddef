"""Comments are searched, and titles with their document numbers; the index is made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0018"
down_revision = "plans0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; that no plan has a number yet tells the start that the index is to be made."""
    op.create_table(
        "search_comment",
        sa.Column("doc_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["doc_id"], ["search_doc.id"], name=op.f("fk_search_comment_doc_id_search_doc")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_search_comment_comment_id_comment")),
        sa.PrimaryKeyConstraint("doc_id", "comment_id", "ordinal", name=op.f("pk_search_comment")),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM search_span")
    op.execute("DELETE FROM search_plan")


def downgrade() -> None:
    """Back to the revision before; the index is made anew."""
    op.drop_table("search_comment")
    op.execute("DELETE FROM search_span")
    op.execute("DELETE FROM search_plan")
