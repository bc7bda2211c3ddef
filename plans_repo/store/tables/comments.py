"""Rows of comments. They hold what persons think and stand outside the event chains, which name ids only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, long_text, person, refers, refers_or_none


class EntryKind(StrEnum):
    """What was said under a comment."""

    REPLY = "reply"
    RESOLVE = "resolve"
    REOPEN = "reopen"


class CommentRow(Row, table=True):
    """A remark on words of a clause; *version_id* is the text it was made on (the base, for a draft).

    *said_by* is the name in a Word file whose comment was taken in, '' for one entered here.
    """

    __tablename__ = "comment"

    id: str = identity()
    plan_id: str = refers("plan.id")
    version_id: str = refers("version.id")
    in_draft: bool = False
    clause_id: str = Field(max_length=36, index=True)
    quotation: str = long_text()
    before: str = Field(max_length=100)
    after: str = Field(max_length=100)
    text: str = long_text()
    said_by: str = Field(default="", max_length=200)
    is_open: bool = Field(default=True, index=True)
    revision: int = 1
    organisation_id: str | None = refers_or_none("organisation.id")
    made_at: datetime = instant()
    made_by: str = person()


class CommentEntryRow(Row, table=True):
    """A reply to a comment, or its being resolved or opened again."""

    __tablename__ = "comment_entry"

    id: str = identity()
    comment_id: str = refers("comment.id")
    ordinal: int
    kind: EntryKind = choice(EntryKind)
    text: str = long_text()
    said_by: str = Field(default="", max_length=200)
    made_at: datetime = instant()
    made_by: str = person()
