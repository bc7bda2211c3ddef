"""Work plans, working groups, explanations, consultations, the expert pool, panels and what they said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.guards import guard, unguard

revision = "plans0012"
down_revision = "plans0011"
branch_labels = None
depends_on = None

GUARDED = ("answer", "vote", "treatment")
TABLES = (
    "expert",
    "work_plan",
    "work_plan_entry",
    "explanation",
    "group_member",
    "public_consultation",
    "treatment",
    "consultation",
    "panel",
    "consulted_unit",
    "panel_seat",
    "review_answer",
    "answer",
    "reminder",
    "vote",
)


def upgrade() -> None:
    """To this revision."""
    _make_expert()
    _make_work_plan()
    _make_work_plan_entry()
    _make_explanation()
    _make_group_member()
    _make_public_consultation()
    _make_treatment()
    _make_consultation()
    _make_panel()
    _make_consulted_unit()
    _make_panel_seat()
    _make_review_answer()
    _make_answer()
    _make_reminder()
    _make_vote()
    for name in GUARDED:
        guard(op.get_bind(), name)


def downgrade() -> None:
    """Back to the revision before."""
    for name in GUARDED:
        unguard(op.get_bind(), name)
    for name in reversed(TABLES):
        op.drop_table(name)


def _make_expert() -> None:
    op.create_table(
        "expert",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_why", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_expert_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
    )
    op.create_index(op.f("ix_expert_area"), "expert", ["area"])
    op.create_index(op.f("ix_expert_organisation_id"), "expert", ["organisation_id"])


def _make_work_plan() -> None:
    op.create_table(
        "work_plan",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=36), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("minutes_hash", sa.String(length=64), nullable=True),
        sa.Column("copied_on", sa.Date(), nullable=True),
        sa.Column("copied_to", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["minutes_hash"], ["media.hash"], name=op.f("fk_work_plan_minutes_hash_media")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_work_plan_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_plan")),
    )
    op.create_index(op.f("ix_work_plan_area"), "work_plan", ["area"])
    op.create_index(op.f("ix_work_plan_organisation_id"), "work_plan", ["organisation_id"])
    op.create_index(op.f("ix_work_plan_year"), "work_plan", ["year"])


def _make_work_plan_entry() -> None:
    op.create_table(
        "work_plan_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("work_plan_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lead", sa.String(length=200), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["organisation.id"], name=op.f("fk_work_plan_entry_lead_id_organisation")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_work_plan_entry_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["work_plan_id"], ["work_plan.id"], name=op.f("fk_work_plan_entry_work_plan_id_work_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_plan_entry")),
    )
    op.create_index(op.f("ix_work_plan_entry_lead_id"), "work_plan_entry", ["lead_id"])
    op.create_index(op.f("ix_work_plan_entry_plan_id"), "work_plan_entry", ["plan_id"])
    op.create_index(op.f("ix_work_plan_entry_work_plan_id"), "work_plan_entry", ["work_plan_id"])


def _make_explanation() -> None:
    op.create_table(
        "explanation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_explanation_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
    )
    op.create_index(op.f("ix_explanation_course_id"), "explanation", ["course_id"])


def _make_group_member() -> None:
    op.create_table(
        "group_member",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("is_responsible", sa.Boolean(), nullable=False),
        sa.Column("has_experience", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_group_member_course_id_course")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_group_member_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_course_id"), "group_member", ["course_id"])
    op.create_index(op.f("ix_group_member_organisation_id"), "group_member", ["organisation_id"])


def _make_public_consultation() -> None:
    op.create_table(
        "public_consultation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("opinions", sa.JSON(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_public_consultation_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_consultation")),
    )
    op.create_index(op.f("ix_public_consultation_course_id"), "public_consultation", ["course_id"])


def _make_treatment() -> None:
    op.create_table(
        "treatment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("opinion_id", sa.String(length=36), nullable=False),
        sa.Column("treatment", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("resolution", sa.String(length=2000), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_treatment_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment")),
    )
    op.create_index(op.f("ix_treatment_course_id"), "treatment", ["course_id"])
    op.create_index(op.f("ix_treatment_opinion_id"), "treatment", ["opinion_id"])


def _make_consultation() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("root_hash", sa.String(length=64), nullable=False),
        sa.Column("letter_number", sa.String(length=80), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_consultation_course_id_course")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_consultation_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index(op.f("ix_consultation_course_id"), "consultation", ["course_id"])
    op.create_index(op.f("ix_consultation_version_id"), "consultation", ["version_id"])


def _make_panel() -> None:
    op.create_table(
        "panel",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("root_hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("quotas", sa.JSON(), nullable=False),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.Column("recused", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=100), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(length=36), nullable=False),
        sa.Column("head_id", sa.String(length=36), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("confirmed_hash", sa.String(length=64), nullable=False),
        sa.Column("confirmed_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_panel_course_id_course")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_panel_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
    )
    op.create_index(op.f("ix_panel_course_id"), "panel", ["course_id"])
    op.create_index(op.f("ix_panel_version_id"), "panel", ["version_id"])


def _make_consulted_unit() -> None:
    op.create_table(
        "consulted_unit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consulted_unit_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_consulted_unit_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consulted_unit")),
    )
    op.create_index(op.f("ix_consulted_unit_consultation_id"), "consulted_unit", ["consultation_id"])
    op.create_index(op.f("ix_consulted_unit_organisation_id"), "consulted_unit", ["organisation_id"])


def _make_panel_seat() -> None:
    op.create_table(
        "panel_seat",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("panel_id", sa.String(length=36), nullable=False),
        sa.Column("expert_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.Column("declined_why", sa.String(length=300), nullable=False),
        sa.Column("signed_in_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_panel_seat_expert_id_expert")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_panel_seat_panel_id_panel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_seat")),
    )
    op.create_index(op.f("ix_panel_seat_expert_id"), "panel_seat", ["expert_id"])
    op.create_index(op.f("ix_panel_seat_panel_id"), "panel_seat", ["panel_id"])


def _make_review_answer() -> None:
    op.create_table(
        "review_answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("judgement", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_review_answer_panel_id_panel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answer")),
    )
    op.create_index(op.f("ix_review_answer_panel_id"), "review_answer", ["panel_id"])


def _make_answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("opinions", sa.JSON(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("signatory", sa.String(length=80), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("media_hash", sa.String(length=64), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["media_hash"], ["media.hash"], name=op.f("fk_answer_media_hash_media")),
        sa.ForeignKeyConstraint(["unit_id"], ["consulted_unit.id"], name=op.f("fk_answer_unit_id_consulted_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_unit_id"), "answer", ["unit_id"])


def _make_reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["consulted_unit.id"], name=op.f("fk_reminder_unit_id_consulted_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_unit_id"), "reminder", ["unit_id"])


def _make_vote() -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.String(length=36), nullable=False),
        sa.Column("root_hash", sa.String(length=64), nullable=False),
        sa.Column("vote", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("opinions", sa.JSON(), nullable=False),
        sa.Column("voted_on", sa.Date(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("media_hash", sa.String(length=64), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["media_hash"], ["media.hash"], name=op.f("fk_vote_media_hash_media")),
        sa.ForeignKeyConstraint(["seat_id"], ["panel_seat.id"], name=op.f("fk_vote_seat_id_panel_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
    )
    op.create_index(op.f("ix_vote_seat_id"), "vote", ["seat_id"])
