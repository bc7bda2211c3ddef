"""Comments are searched, titles with their document numbers; PostgreSQL looks for tokens; the index is made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0018"
down_revision = "plans0017"
branch_labels = None
depends_on = None


WORDS = (
    "CREATE TABLE search_words_token (id serial PRIMARY KEY, token text NOT NULL UNIQUE)",
    "CREATE TABLE search_words_key (doc_id integer PRIMARY KEY REFERENCES search_doc (id), head integer NOT NULL, "
    "key text NOT NULL)",
    "CREATE TABLE search_words (doc_id integer PRIMARY KEY REFERENCES search_doc (id), tokens integer[] NOT NULL, "
    "head_tokens integer[])",
    "CREATE INDEX ix_search_words_tokens ON search_words USING gin (tokens)",
    "CREATE INDEX ix_search_words_head_tokens ON search_words USING gin (head_tokens)",
)
"""What a common word finds lies on few pages: the key, which only longer pieces are compared with, stands aside."""
OLD_WORDS = (
    "CREATE TABLE search_words (doc_id integer PRIMARY KEY REFERENCES search_doc (id), "
    "head integer NOT NULL, key text NOT NULL, codes integer[] NOT NULL)",
    "CREATE INDEX ix_search_words_codes ON search_words USING gin (codes)",
)


def upgrade() -> None:
    """To this revision; that no plan has a number yet tells the start that the index is to be made."""
    _make_words_anew(("search_words",), WORDS)
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
    _make_words_anew(("search_words", "search_words_key", "search_words_token"), OLD_WORDS)
    op.drop_table("search_comment")
    op.execute("DELETE FROM search_span")
    op.execute("DELETE FROM search_plan")


def _make_words_anew(old: tuple[str, ...], statements: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for statement in (*(f"DROP TABLE {table}" for table in old), *statements):
        op.execute(statement)
