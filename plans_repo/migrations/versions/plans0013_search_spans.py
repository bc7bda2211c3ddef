"""Spans of the search index lie in the order of the documents, their plans under numbers; the index is made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0013"
down_revision = "plans0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; that no plan has a number yet tells the start that the index is to be made."""
    op.drop_table("search_span")
    op.create_table(
        "search_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_search_plan_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_plan")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_search_plan_plan_id")),
    )
    op.create_table(
        "search_span",
        sa.Column("doc_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["doc_id"], ["search_doc.id"], name=op.f("fk_search_span_doc_id_search_doc")),
        sa.ForeignKeyConstraint(["plan"], ["search_plan.id"], name=op.f("fk_search_span_plan_search_plan")),
        sa.PrimaryKeyConstraint("doc_id", "plan", "clause_id", "first", name=op.f("pk_search_span")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_span_plan", "search_span", ["plan", "last"])


def downgrade() -> None:
    """Back to the revision before; the index is made anew."""
    op.drop_table("search_span")
    op.drop_table("search_plan")
    op.create_table(
        "search_span",
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("doc_id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["doc_id"], ["search_doc.id"], name=op.f("fk_search_span_doc_id_search_doc")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_search_span_plan_id_plan")),
        sa.PrimaryKeyConstraint("plan_id", "clause_id", "first", name=op.f("pk_search_span")),
    )
    op.create_index("ix_search_span_doc", "search_span", ["doc_id"])
