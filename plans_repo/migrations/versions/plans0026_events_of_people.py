"""What a person did is found by person and time."""

from __future__ import annotations

from alembic import op

revision = "plans0026"
down_revision = "plans0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_index("ix_event_account_at", "event", ["account_id", "at"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_index("ix_event_account_at", "event")
