"""Rows of the search index. It holds nothing that is not in versions and comments, and can be made anew from them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row

INDEX_TABLES = (
    "search_doc",
    "search_plan",
    "search_subject",
    "search_course",
    "search_span",
    "search_comment",
    "search_words",
)
"""Beginnings of the names of all tables of the index; FTS5 adds its own behind the last."""
OPEN = 2**31 - 1
"""The last version of a span that has not ended."""


class SearchDocRow(Row, table=True):
    """A text that is searched once, however many versions have it: the words of a clause, a title, a comment."""

    __tablename__ = "search_doc"

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(max_length=64, unique=True)


class SearchPlanRow(Row, table=True):
    """A plan under a number that never leaves the index, and the ordinal of its newest version."""

    __tablename__ = "search_plan"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id", max_length=36, unique=True)
    newest: int


class SearchSubjectRow(Row, table=True):
    """A subject under which a plan is listed."""

    __tablename__ = "search_subject"
    __table_args__ = ({"sqlite_with_rowid": False},)

    subject: str = Field(primary_key=True, max_length=40)
    plan: int = Field(primary_key=True, foreign_key="search_plan.id")


class SearchCourseRow(Row, table=True):
    """An edition of a plan and the ordinal of its last version, the one that counts once it is issued."""

    __tablename__ = "search_course"
    __table_args__ = ({"sqlite_with_rowid": False},)

    plan: int = Field(primary_key=True, foreign_key="search_plan.id")
    course_id: str = Field(primary_key=True, foreign_key="course.id", max_length=36)
    last: int


class SearchSpanRow(Row, table=True):
    """From which to which version of a plan a clause had a text; *last* is `OPEN` while it still has.

    The title of a version and its document number stand under the empty clause. Kept in the order of the
    documents: what a search finds lies together.
    """

    __tablename__ = "search_span"
    __table_args__ = (sa.Index("ix_search_span_plan", "plan", "last"), {"sqlite_with_rowid": False})

    doc_id: int = Field(primary_key=True, foreign_key="search_doc.id")
    plan: int = Field(primary_key=True, foreign_key="search_plan.id")
    clause_id: str = Field(primary_key=True, max_length=36)
    first: int = Field(primary_key=True)
    last: int


class SearchCommentRow(Row, table=True):
    """The words of a comment, *ordinal* 0, or of an answer to it; what was said is never changed or taken back."""

    __tablename__ = "search_comment"
    __table_args__ = ({"sqlite_with_rowid": False},)

    doc_id: int = Field(primary_key=True, foreign_key="search_doc.id")
    comment_id: str = Field(primary_key=True, foreign_key="comment.id", max_length=36)
    ordinal: int = Field(primary_key=True)
