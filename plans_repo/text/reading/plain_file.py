"""Plain text files: cut into lines."""

from __future__ import annotations

from plans_repo.text.reading.quirks import text_quirks
from plans_repo.text.reading.source import Line, Source


def lines_of(text: str) -> list[str]:
    """Lines, whichever line end was used."""
    return text.splitlines()


def read_plain(text: str) -> Source:
    """Each line a paragraph."""
    blocks = tuple(Line(text=line) for line in lines_of(text) if line.strip())
    return Source(blocks=blocks, notices=text_quirks(text))
