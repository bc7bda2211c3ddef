"""What a file holds before anybody decides what is a heading: lines and tables in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from plans_repo.text.clause import Table
from plans_repo.text.reading.tracked import Change


class Role(StrEnum):
    """What the file itself says about a line."""

    PLAIN = "plain"
    TITLE = "title"  # Word style Title
    FRONT = "front"  # before the plan: a notice that brings it, pages of approval
    CONTENTS = "contents"  # inside a contents field or style
    CAPTION = "caption"


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """A place in the words: so many visible characters of the line, table or aside stand before it.

    *key* says what is anchored there: ``comment:3:start``, ``change:…``, ``bookmark:…``, ``notice:2``.
    """

    key: str
    at: int = 0


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
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TableBlock:
    """A table between the lines."""

    table: Table
    media: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()


Block = Line | TableBlock


@dataclass(frozen=True, kw_only=True)
class Medium:
    """A picture of the source, named by the sha-256 of its bytes."""

    sha256: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SourceComment:
    """A comment of the file; *answers* is the key of the comment it replies to. Times are as the file has them."""

    key: str
    text: str
    author: str = ""
    at: str = ""
    answers: str = ""
    is_resolved: bool = False


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Words that stand beside the text: a note (named by *key*), a header, a footer."""

    text: str
    key: str = ""
    media: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something the author should know: a code and its fields; sentences are in the catalogue.

    *place* is the key of an anchor; once the clauses are there the field ``clause`` says where it is.
    """

    code: str
    fields: tuple[tuple[str, str], ...] = ()
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Unshown:
    """Words that no reader of the page sees, but that may bear a mark of classification: properties, hidden text."""

    place: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """Everything a file holds. *deletions* are words of tracked changes that are not taken into the text."""

    blocks: tuple[Block, ...]
    notes: tuple[Aside, ...] = ()
    headers: tuple[Aside, ...] = ()
    footers: tuple[Aside, ...] = ()
    media: tuple[Medium, ...] = ()
    comments: tuple[SourceComment, ...] = ()
    changes: tuple[Change, ...] = ()
    deletions: tuple[str, ...] = ()
    title_hint: str = ""
    notices: tuple[Notice, ...] = ()
    watermarks: tuple[str, ...] = ()
    unshown: tuple[Unshown, ...] = ()
