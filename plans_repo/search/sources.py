"""Where the words of the index come from: clauses of versions, their titles with document numbers, comments."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from plans_repo.search.keys import Piece, pieces
from plans_repo.store.batches import batched
from plans_repo.store.tables.comments import CommentEntryRow, CommentRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.versions import BlobRow, NodeRow, VersionRow
from plans_repo.text.clause import Clause, ClauseKind, from_plain
from plans_repo.text.tree import Child, children

TITLE = ""
"""In the place of a clause: the title of a version, with the document number of its edition."""
UNSEARCHED = frozenset({ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER})
"""Contents lists, title pages and running heads say again what stands in the text."""


@dataclass(frozen=True)
class Source:
    """The words of a clause by the hash of its blob; or words no blob has, told here."""

    hash: str
    head: str = ""
    body: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the words are here and not in a blob."""
        return bool(self.head or self.body)


@dataclass(frozen=True, kw_only=True)
class Read:
    """The pieces of a source: number and title of a clause as its head, text and table as its body.

    Of a comment the words it is about are the head.
    """

    hash: str
    head: tuple[Piece, ...]
    body: tuple[Piece, ...]


def title_source(title: str, number: str) -> Source:
    """The title of a version with the document number of its edition, "" while it has none."""
    called = f"{title}\n{number}" if number else title
    return Source(_digest(f"title:{called}"), head=called)


def comment_source(quotation: str, text: str) -> Source:
    """A comment with the words it is about, or an answer to one."""
    return Source(_digest(f"comment:{quotation}\0{text}"), head=quotation, body=text)


def sources_of(title: Source, blobs: Mapping[str, str]) -> dict[str, Source]:
    """What is searched of a version by clause: its clauses with their blobs, and its title."""
    return {TITLE: title, **{clause: Source(blob) for clause, blob in blobs.items()}}


def versions_of(session: Session, plan_ids: Collection[str]) -> dict[str, dict[int, dict[str, Source]]]:
    """The sources of every version of some plans by ordinal, oldest first; the trees are read a level at a time."""
    version, course = VersionRow.__table__.c, CourseRow.__table__.c  # type: ignore[attr-defined]
    query = (
        sa_select(version.plan_id, version.ordinal, version.title, course.document_number, version.tree_hash)
        .join_from(VersionRow, CourseRow, course.id == version.course_id)
        .where(version.plan_id.in_(plan_ids))
        .order_by(version.ordinal)
    )
    rows = session.execute(query).all()
    nodes = read_nodes(session, {row[-1] for row in rows})
    found: dict[str, dict[int, dict[str, Source]]] = {plan: {} for plan in plan_ids}
    for plan, ordinal, title, number, tree in rows:
        found[plan][ordinal] = sources_of(title_source(title, number), dict(_blobs(tree, nodes)))
    return found


def last_versions(session: Session, plan_ids: Collection[str]) -> list[tuple[str, str, int]]:
    """Of every edition of some plans the edition, its plan and the ordinal of its last version."""
    version = VersionRow.__table__.c  # type: ignore[attr-defined]
    query = (
        sa_select(version.course_id, version.plan_id, func.max(version.ordinal))
        .where(version.plan_id.in_(plan_ids))
        .group_by(version.course_id, version.plan_id)
    )
    return [(course, plan, last) for course, plan, last in session.execute(query)]


def titles_of(session: Session, plan_id: str) -> dict[int, Source]:
    """The titles of the versions of a plan by ordinal, oldest first."""
    query = (
        select(VersionRow.ordinal, VersionRow.title, CourseRow.document_number)
        .join(CourseRow, col(CourseRow.id) == col(VersionRow.course_id))
        .where(VersionRow.plan_id == plan_id)
        .order_by(col(VersionRow.ordinal))
    )
    return {ordinal: title_source(title, number) for ordinal, title, number in session.exec(query)}


def comments(session: Session) -> Iterator[tuple[str, int, Source]]:
    """Every comment and, counted from it, every answer with words: the id of the comment, the place, the words."""
    query = select(CommentRow.id, CommentRow.quotation, CommentRow.text).order_by(col(CommentRow.id))
    for ident, quotation, text in session.exec(query):
        yield ident, 0, comment_source(quotation, text)
    entries = select(CommentEntryRow.comment_id, CommentEntryRow.ordinal, CommentEntryRow.text)
    for ident, ordinal, text in session.exec(entries.order_by(col(CommentEntryRow.id))):
        if text:
            yield ident, ordinal, comment_source("", text)


def read_nodes(session: Session, roots: Collection[str]) -> dict[str, tuple[Child, ...]]:
    """The entries of every node under *roots*, read a level at a time."""
    nodes: dict[str, tuple[Child, ...]] = {}
    level = set(roots)
    while level:
        for some in batched(sorted(level)):
            for key, data in session.exec(select(NodeRow.hash, NodeRow.data).where(col(NodeRow.hash).in_(some))):
                nodes[key] = _entries(key, data)
        level = {child.node for key in level for child in nodes[key] if child.node} - nodes.keys()
    return nodes


def read(session: Session, sources: Collection[Source], known: Mapping[str, bytes]) -> Iterator[Read]:
    """The pieces of the sources that are searched; bytes come from *known* or from the store."""
    for source in sources:
        if source.is_told:
            head, body = pieces(source.head), pieces(source.body)
            if head or body:
                yield Read(hash=source.hash, head=head, body=body)
    blobs = [source.hash for source in sources if not source.is_told]
    yield from _searched((key, known[key]) for key in blobs if key in known)
    for some in batched([key for key in blobs if key not in known]):
        yield from _searched(session.exec(select(BlobRow.hash, BlobRow.data).where(col(BlobRow.hash).in_(some))).all())


def words_of(clause: Clause) -> tuple[str, str]:
    """What is searched of a clause: its head and its body."""
    numbers = "\n".join(number for _line, number in clause.line_numbers)
    table = clause.table.text if clause.table else ""
    return f"{clause.number} {clause.plain_title}", "\n".join(part for part in (clause.text, numbers, table) if part)


def _searched(blobs: Iterable[tuple[str, bytes]]) -> Iterator[Read]:
    for key, data in blobs:
        clause = from_plain({"id": key, **json.loads(data)})
        if clause.kind in UNSEARCHED:
            continue
        head, body = map(pieces, words_of(clause))
        if head or body:
            yield Read(hash=key, head=head, body=body)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _entries(key: str, data: bytes) -> tuple[Child, ...]:
    return children(key, lambda _key: data)


def _blobs(tree: str, nodes: Mapping[str, tuple[Child, ...]]) -> Iterator[tuple[str, str]]:
    for child in nodes[tree]:
        yield child.clause, child.blob
        if child.node:
            yield from _blobs(child.node, nodes)
