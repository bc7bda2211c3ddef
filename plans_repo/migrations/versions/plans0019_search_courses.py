"""The search index knows the last version of each edition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0019"
down_revision = "plans0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; what the index holds already stays."""
    op.create_table(
        "search_course",
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_search_course_course_id_course")),
        sa.ForeignKeyConstraint(["plan"], ["search_plan.id"], name=op.f("fk_search_course_plan_search_plan")),
        sa.PrimaryKeyConstraint("plan", "course_id", name=op.f("pk_search_course")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO search_course (plan, course_id, last) SELECT search_plan.id, version.course_id, "
        "max(version.ordinal) FROM version JOIN search_plan ON search_plan.plan_id = version.plan_id "
        "GROUP BY search_plan.id, version.course_id"
    )


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("search_course")
