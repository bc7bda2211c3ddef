"""The catalogue of plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0008"
down_revision = "plans0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("basis_en", sa.String(length=300), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=True),
        sa.Column("waived_why", sa.String(length=500), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_catalogue_entry_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_catalogue_entry_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_catalogue_entry_code")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "title", name=op.f("uq_catalogue_entry_organisation_id_kind_title")
        ),
    )
    op.create_index(op.f("ix_catalogue_entry_organisation_id"), "catalogue_entry", ["organisation_id"])
    op.create_index(op.f("ix_catalogue_entry_plan_id"), "catalogue_entry", ["plan_id"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("catalogue_entry")
