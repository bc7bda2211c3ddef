"""What the drills floor refuses."""

from __future__ import annotations

from sim.errors import CodedError


class DrillError(CodedError):
    """Something about drills, their programme or their sealing that cannot be."""
