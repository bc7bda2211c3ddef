"""Courses keep the path they take; local switches, corrections that only edit, and the day a paper bears."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard, unguard

revision = "plans0006"
down_revision = "plans0005"
branch_labels = None
depends_on = None

COURSE = sa.table(
    "course",
    *map(sa.column, ("plan_id", "stage", "process", "path")),
    sa.column("stages", sa.JSON()),
)
PLAN = sa.table("plan", *map(sa.column, ("id", "kind")))
BEING_TAKEN = ("CONSULTATION", "LINKAGE", "REVIEW", "LEGALITY", "APPROVAL", "NUMBERING")
FULL = ["draft", "consultation", "review", "legality", "approval", "numbering"]
LINKED = ["draft", "consultation", "linkage", "review", "legality", "approval", "numbering"]
SIMPLIFIED = ["draft", "approval", "numbering"]


def upgrade() -> None:
    """To this revision; what is under way is finished by the stages of the procedure it began."""
    op.add_column("course", sa.Column("path", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("course", sa.Column("stages", sa.JSON(), nullable=True))
    op.add_column("course", sa.Column("moved_on", sa.Date(), nullable=True))
    op.add_column("paper", sa.Column("dated_on", sa.Date(), nullable=True))
    _make_local_rule()
    _make_editorial_change()
    _keep_to_the_former_procedure()


def _keep_to_the_former_procedure() -> None:
    linked = COURSE.c.plan_id.in_(sa.select(PLAN.c.id).where(PLAN.c.kind == "SPECIAL"))
    full = COURSE.c.process == "FULL"
    for path, stages, fits in (
        ("earlier-linked", LINKED, sa.and_(full, linked)),
        ("earlier", FULL, sa.and_(full, sa.not_(linked))),
        ("earlier-simplified", SIMPLIFIED, COURSE.c.process == "SIMPLIFIED"),
    ):
        op.execute(COURSE.update().where(COURSE.c.stage.in_(BEING_TAKEN), fits).values(path=path, stages=stages))


def _make_local_rule() -> None:
    op.create_table(
        "local_rule",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_rule")),
    )


def _make_editorial_change() -> None:
    name = "editorial_change"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("before_id", sa.String(length=36), nullable=False),
        sa.Column("after_id", sa.String(length=36), nullable=False),
        sa.Column("before_hash", sa.String(length=64), nullable=False),
        sa.Column("after_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f(f"fk_{name}_course_id_course")),
        sa.ForeignKeyConstraint(["before_id"], ["version.id"], name=op.f(f"fk_{name}_before_id_version")),
        sa.ForeignKeyConstraint(["after_id"], ["version.id"], name=op.f(f"fk_{name}_after_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("course_id", "before_id", "after_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])
    guard(op.get_bind(), name)


def downgrade() -> None:
    """Back to the revision before."""
    unguard(op.get_bind(), "editorial_change")
    op.drop_table("editorial_change")
    op.drop_table("local_rule")
    op.drop_column("paper", "dated_on")
    for name in ("moved_on", "stages", "path"):
        op.drop_column("course", name)
