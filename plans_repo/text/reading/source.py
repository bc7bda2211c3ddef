"""What a file holds before anybody decides what is a heading: lines and tables in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from plans_repo.text.clause import Table


class Role(StrEnum):
    """What the file itself says about a line."""

    PLAIN = "plain"
    TITLE = "title"  # Word style Title
    CONTENTS = "contents"  # inside a contents field or style
    CAPTION = "caption"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One paragraph, or one line of it. *outline_level* 0 means: not marked as a heading."""

    text: str
    outline_level: int = 0
    automatic: str = ""
    role: Role = Role.PLAIN
    media: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    boxes: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TableBlock:
    """A table between the lines."""

    table: Table
    media: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


Block = Line | TableBlock


@dataclass(frozen=True, kw_only=True)
class Medium:
    """A picture of the source, named by the sha-256 of its bytes."""

    sha256: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something the author should know: a code and its fields; sentences are in the catalogue."""

    code: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """Everything a file holds. Notes are named by key; asides are header and footer texts."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, str], ...] = ()
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    media: tuple[Medium, ...] = ()
    comments: tuple[str, ...] = ()
    deletions: tuple[str, ...] = ()
    title_hint: str = ""
    notices: tuple[Notice, ...] = ()
    watermarks: tuple[str, ...] = ()
