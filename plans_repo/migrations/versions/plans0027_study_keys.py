"""A study is found again by what was asked; a running job keeps what another worker goes on from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans_repo.store.tables.base import UtcDateTime

revision = "plans0027"
down_revision = "plans0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; older studies have no key, so whoever asks the same again has them computed anew."""
    op.create_table(
        "study_key",
        sa.Column("study_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_key_study_id_study")),
        sa.PrimaryKeyConstraint("study_id", name=op.f("pk_study_key")),
    )
    op.create_index("ix_study_key_key", "study_key", ["key"])
    op.create_table(
        "job_keepsake",
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("spent_ms", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_keepsake_job_id_job")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_keepsake")),
    )


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("job_keepsake")
    op.drop_index("ix_study_key_key", "study_key")
    op.drop_table("study_key")
