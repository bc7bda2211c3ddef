"""The ``yuyan`` command line: one request, one answer, one sentence when refused."""

from ui.command_line.main import main

__all__ = ["main"]
