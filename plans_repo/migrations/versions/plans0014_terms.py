"""When editions count, what is done for them after issue, rules of the place, keys of other installations."""

from __future__ import annotations

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard

revision = "plans0014"
down_revision = "plans0013"
branch_labels = None
depends_on = None

GUARDED = ("deed", "local_figure", "correspondent")

COURSE = sa.table("course", *map(sa.column, ("id", "plan_id", "stage", "ordinal")), sa.column("issued_on", sa.Date()))
EVENT = sa.table("event", *map(sa.column, ("chain", "position", "kind", "payload")))
TERM = sa.table(
    "term",
    *map(sa.column, ("course_id", "plan_id", "end_kind")),
    *(sa.column(name, sa.Date()) for name in ("issued_on", "effective_on", "trial_until", "ended_on")),
)
ENDS = {"supersede": "SUPERSEDED", "abolish": "ABOLISHED"}


def upgrade() -> None:
    """To this revision; an edition issued before counts from its day of issue until what its events tell."""
    op.create_table(
        "term",
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("trial_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_kind", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_term_course_id_course")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_term_plan_id_plan")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_term")),
    )
    op.create_index(op.f("ix_term_plan_id"), "term", ["plan_id"])
    op.create_index(op.f("ix_term_ended_on"), "term", ["ended_on"])
    op.create_table(
        "deed",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_deed_course_id_course")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_deed_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
        sa.UniqueConstraint("plan_id", "ordinal", name=op.f("uq_deed_plan_id_ordinal")),
    )
    for column in ("plan_id", "course_id", "kind", "about"):
        op.create_index(op.f(f"ix_deed_{column}"), "deed", [column])
    op.create_table(
        "local_figure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_figure")),
    )
    op.create_index(op.f("ix_local_figure_key"), "local_figure", ["key"])
    op.create_table(
        "correspondent",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("trusted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trusted_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correspondent")),
    )
    op.create_index(op.f("ix_correspondent_key"), "correspondent", ["key"])
    op.add_column("plan", sa.Column("origin", sa.String(length=80), nullable=False, server_default=""))
    for table in GUARDED:
        guard(op.get_bind(), table)
    _terms_of_editions_issued_before()


def downgrade() -> None:
    """Back to the revision before; what was done after issue is not kept there."""
    op.drop_column("plan", "origin")
    for table in ("correspondent", "local_figure", "deed", "term"):
        op.drop_table(table)


def _terms_of_editions_issued_before() -> None:
    bind = op.get_bind()
    ends = _ends(bind)
    courses = bind.execute(sa.select(COURSE).where(COURSE.c.issued_on.is_not(None))).mappings().all()
    rows = [
        {
            "course_id": course["id"],
            "plan_id": course["plan_id"],
            "issued_on": course["issued_on"],
            "effective_on": course["issued_on"],
            "trial_until": None,
            "ended_on": ends.get(course["id"], (None, None))[0],
            "end_kind": ends.get(course["id"], (None, None))[1],
        }
        for course in courses
    ]
    if rows:
        op.bulk_insert(TERM, rows)


def _ends(bind: sa.Connection) -> dict[str, tuple[date, str]]:
    """The day on which each edition was superseded or abolished, and which of the two."""
    told = bind.execute(sa.select(EVENT.c.payload).where(EVENT.c.kind == "moved")).scalars()
    moves = [move for move in map(json.loads, told) if move["move"] in ENDS]
    return {move["course"]: (date.fromisoformat(move["on"]), ENDS[move["move"]]) for move in moves}
