"""Where the words of the index come from: the clauses of the versions, and their titles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from plans_repo.search.keys import Piece, pieces
from plans_repo.store.batches import batched
from plans_repo.store.tables.versions import BlobRow, NodeRow, VersionRow
from plans_repo.text.clause import Clause, ClauseKind, from_plain
from plans_repo.text.tree import Child, children

TITLE = ""
"""In the place of a clause: the title of a version."""
UNSEARCHED = frozenset({ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER})
"""Contents lists, title pages and running heads say again what stands in the text."""


@dataclass(frozen=True)
class Source:
    """The words of a clause by the hash of its blob; or a title, which no blob has."""

    hash: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Read:
    """The pieces of a source: number and title of a clause as its head, text and table as its body."""

    hash: str
    head: tuple[Piece, ...]
    body: tuple[Piece, ...]


def sources_of(title: str, blobs: Mapping[str, str]) -> dict[str, Source]:
    """What is searched of a version by clause: its clauses with their blobs, and its title."""
    digest = hashlib.sha256(f"title:{title}".encode()).hexdigest()
    return {TITLE: Source(digest, title), **{clause: Source(blob) for clause, blob in blobs.items()}}


def versions_of(session: Session, plan_id: str) -> dict[int, dict[str, Source]]:
    """The sources of every version of a plan by ordinal, oldest first; the trees are read a level at a time."""
    query = select(VersionRow.ordinal, VersionRow.title, VersionRow.tree_hash).where(VersionRow.plan_id == plan_id)
    rows = session.exec(query.order_by(col(VersionRow.ordinal))).all()
    nodes = read_nodes(session, {tree for _ordinal, _title, tree in rows})
    return {ordinal: sources_of(title, dict(_blobs(tree, nodes))) for ordinal, title, tree in rows}


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
        if source.title:
            yield Read(hash=source.hash, head=pieces(source.title), body=())
    blobs = [source.hash for source in sources if not source.title]
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


def _entries(key: str, data: bytes) -> tuple[Child, ...]:
    return children(key, lambda _key: data)


def _blobs(tree: str, nodes: Mapping[str, tuple[Child, ...]]) -> Iterator[tuple[str, str]]:
    for child in nodes[tree]:
        yield child.clause, child.blob
        if child.node:
            yield from _blobs(child.node, nodes)
