"""A signature of the head of a body names him and his post, beside the account that entered it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plans0023"
down_revision = "plans0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision; older signatures name nobody."""
    op.add_column("sign_off", sa.Column("signer_name", sa.String(40), nullable=False, server_default=""))
    op.add_column("sign_off", sa.Column("signer_post", sa.String(120), nullable=False, server_default=""))


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_column("sign_off", "signer_post")
    op.drop_column("sign_off", "signer_name")
