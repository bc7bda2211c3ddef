"""A signature says on which day it was given, beside when it was entered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0021"
down_revision = "plans0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; the day of an older signature is told by its event."""
    op.add_column("sign_off", sa.Column("signed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column("sign_off", "signed_on")
