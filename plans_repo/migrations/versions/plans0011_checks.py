"""Last checks of plans, changes in the register that plans name, and what authors said to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0011"
down_revision = "plans0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "check_run",
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("defects", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_check_run_plan_id_plan")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_check_run_version_id_version")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_check_run")),
    )
    op.create_table(
        "register_change",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=200), nullable=False),
        sa.Column("after", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_register_change_contact_id_contact")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_register_change_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_change")),
    )
    for column in ("area", "contact_id", "organisation_id"):
        op.create_index(op.f(f"ix_register_change_{column}"), "register_change", [column])
    op.create_table(
        "replacement_answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=False),
        sa.Column("clause_id", sa.String(length=36), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["register_change.id"], name=op.f("fk_replacement_answer_change_id_register_change")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_replacement_answer_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement_answer")),
    )
    for column in ("change_id", "plan_id"):
        op.create_index(op.f(f"ix_replacement_answer_{column}"), "replacement_answer", [column])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("replacement_answer")
    op.drop_table("register_change")
    op.drop_table("check_run")
