"""The other sides of joint plans, by edition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0025"
down_revision = "plans0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; the sides of an edition are entered with its next step."""
    op.create_table(
        "side",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_side_plan_id_plan")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_side_course_id_course")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_side_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side")),
        sa.UniqueConstraint("course_id", "name", name=op.f("uq_side_course_id_name")),
    )
    for column in ("plan_id", "course_id", "area", "organisation_id"):
        op.create_index(op.f(f"ix_side_{column}"), "side", [column])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("side")
