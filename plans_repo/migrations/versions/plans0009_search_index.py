"""The search index: documents, the spans in which clauses had them, and their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0009"
down_revision = "plans0008"
branch_labels = None
depends_on = None

FTS = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "head, body, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0')"
)
"""Contentless: the words stand in the blobs already, here is only where to find them."""


def upgrade() -> None:
    """To this revision; the index itself is made by ``yuyan search rebuild`` or at the next start."""
    op.create_table(
        "search_doc",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_doc")),
        sa.UniqueConstraint("hash", name=op.f("uq_search_doc_hash")),
    )
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
    op.create_index("ix_version_course_ordinal", "version", ["course_id", "ordinal"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS)
        return
    op.execute(
        "CREATE TABLE search_words (doc_id integer PRIMARY KEY REFERENCES search_doc (id), "
        "head integer NOT NULL, key text NOT NULL, codes integer[] NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_words_codes ON search_words USING gin (codes)")


def downgrade() -> None:
    """Back to the revision before; the index can be made anew."""
    op.execute("DROP TABLE search_words")
    op.drop_index("ix_version_course_ordinal", table_name="version")
    op.drop_table("search_span")
    op.drop_table("search_doc")
