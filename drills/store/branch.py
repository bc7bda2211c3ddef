"""The Alembic branch of this floor, for the launcher to register."""

from __future__ import annotations

from pathlib import Path

from drills.store.tables import METADATA
from plans_repo.store.database import Branch

DRILLS = Branch(label="drills", location=Path(__file__).parent.parent / "migrations" / "versions", metadata=METADATA)
"""``migrate(url, (PLANS, DRILLS))`` makes the tables of both floors."""
