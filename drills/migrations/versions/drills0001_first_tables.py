"""The first tables of the drills floor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard

APPEND_ONLY = ("beacon", "pledge", "revelation")


revision = "drills0001"
down_revision = None
branch_labels = ("drills",)
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "beacon",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("block", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("hash_name", sa.String(length=20), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_beacon")),
    )
    op.create_table(
        "blackout",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("reason_en", sa.String(length=300), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blackout")),
    )
    with op.batch_alter_table("blackout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blackout_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_blackout_start_on"), ["start_on"], unique=False)

    op.create_table(
        "drill",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("plans", sa.JSON(), nullable=False),
        sa.Column("content", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("blindness", sa.JSON(), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_at", sa.Time(), nullable=True),
        sa.Column("duration_min", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("participants_count", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.String(length=80), nullable=False),
        sa.Column("due_by", sa.Date(), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill")),
    )
    with op.batch_alter_table("drill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_held_on"), ["held_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_year"), ["year"], unique=False)

    op.create_table(
        "plan_facts",
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("production_safety", sa.Boolean(), nullable=False),
        sa.Column("high_risk", sa.Boolean(), nullable=False),
        sa.Column("unit_plan", sa.String(length=40), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("drilled_on", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_facts")),
    )
    op.create_table(
        "pledge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sa.UniqueConstraint("digest", name=op.f("uq_pledge_digest")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_by", sa.String(length=36), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("year", "area", name=op.f("uq_programme_year_area")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_area"), ["area"], unique=False)

    op.create_table(
        "revelation",
        sa.Column("drill_id", sa.String(length=36), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("drill_id", name=op.f("pk_revelation")),
    )
    op.create_table(
        "small_drills",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("trade", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("drills_count", sa.Integer(), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_small_drills")),
        sa.UniqueConstraint(
            "organisation_id", "month", "trade", "form", name=op.f("uq_small_drills_organisation_id_month_trade_form")
        ),
    )
    with op.batch_alter_table("small_drills", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_small_drills_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_small_drills_month"), ["month"], unique=False)
    for table in APPEND_ONLY:
        guard(op.get_bind(), table)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("small_drills", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_small_drills_month"))
        batch_op.drop_index(batch_op.f("ix_small_drills_area"))

    op.drop_table("small_drills")
    op.drop_table("revelation")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_area"))

    op.drop_table("programme")
    op.drop_table("pledge")
    op.drop_table("plan_facts")
    with op.batch_alter_table("drill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_year"))
        batch_op.drop_index(batch_op.f("ix_drill_state"))
        batch_op.drop_index(batch_op.f("ix_drill_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_drill_held_on"))
        batch_op.drop_index(batch_op.f("ix_drill_area"))

    op.drop_table("drill")
    with op.batch_alter_table("blackout", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blackout_start_on"))
        batch_op.drop_index(batch_op.f("ix_blackout_area"))

    op.drop_table("blackout")
    op.drop_table("beacon")
