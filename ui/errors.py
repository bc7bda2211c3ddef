"""What the roof itself refuses."""

from __future__ import annotations

from sim.errors import CodedError


class UiError(CodedError):
    """Something asked of the application or its launcher that cannot be."""
