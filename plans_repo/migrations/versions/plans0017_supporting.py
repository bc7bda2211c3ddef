"""Work manuals and action schemes made from procedures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0017"
down_revision = "plans0016"
branch_labels = None
depends_on = None

TABLE = "supporting_document"


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("root_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_supporting_document_plan_id_plan")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_supporting_document_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supporting_document")),
        sa.UniqueConstraint("version_id", "kind", "unit", name=op.f("uq_supporting_document_version_id_kind_unit")),
    )
    op.create_index(op.f("ix_supporting_document_plan_id"), TABLE, ["plan_id"])
    op.create_index(op.f("ix_supporting_document_version_id"), TABLE, ["version_id"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table(TABLE)
