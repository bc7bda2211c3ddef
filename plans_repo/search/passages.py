"""The passages an answer shows: where they stand, and their words with what was found marked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from plans_repo.course.terms import Validity
from plans_repo.search.keys import Piece, marked
from plans_repo.search.sources import read_nodes, words_of
from plans_repo.store.batches import batched
from plans_repo.store.tables.versions import BlobRow
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause, from_plain
from plans_repo.text.tree import Child

Nodes = Mapping[str, tuple[Child, ...]]
"""The entries of the nodes of trees, by the hash of the node."""
BEFORE, LENGTH = 24, 120
"""Characters of a passage before the first mark, and in all."""


@dataclass(frozen=True)
class Part:
    """A run of words, marked or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A clause in which something was found: where it stands, its heading or the nearest above it, its words.

    *validity* is that of the edition whose text this is; None where it is not the text of an issued one.
    """

    clause: str
    version: str
    number: str
    heading: tuple[Part, ...]
    words: tuple[Part, ...]
    is_current: bool
    validity: Validity | None = None


@dataclass(frozen=True)
class Spot:
    """A clause with the version it is shown in and the root of that version's tree."""

    clause: str
    version: str
    root: str
    is_current: bool
    validity: Validity | None = None


def passages(
    session: Session, spots: Sequence[Spot], wanted: Iterable[Piece], known: Nodes | None = None
) -> dict[Spot, Passage]:
    """The passage of each spot whose tree has its clause; trees and texts are read for all of them together.

    Trees that are whole in *known* are not read again.
    """
    pieces = tuple(wanted)
    lines = _lines(session, spots, known or {})
    texts = _texts(session, {child.blob for line in lines.values() for child in line})
    return {spot: _passage(spot, [_clause(one, texts) for one in line], pieces) for spot, line in lines.items()}


def orders_of(nodes: Nodes, roots: Collection[str]) -> dict[str, dict[str, int]]:
    """Of each tree the place of every clause in the text."""
    return {root: {line[-1].clause: place for place, line in enumerate(_walk(root, nodes, ()))} for root in roots}


def parts_of(text: str, wanted: Iterable[Piece], *, length: int = 0) -> tuple[Part, ...]:
    """The text with what was found marked; of a long one only what is around the first mark.

    >>> [(part.text, part.is_marked) for part in parts_of("县防汛办", [("防", "汛")])]
    [('县', False), ('防汛', True), ('办', False)]
    """
    spots = marked(text, wanted)
    start = max(0, spots[0][0] - BEFORE) if spots and length else 0
    end = min(len(text), start + length) if length else len(text)
    return tuple(_cut(text, spots, start, end))


def _cut(text: str, spots: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    if start:
        yield Part("…")
    at = start
    for first, last in spots:
        if last > end:
            break
        if first > at:
            yield Part(text[at:first])
        yield Part(text[first:last], is_marked=True)
        at = last
    if at < end:
        yield Part(text[at:end])
    if end < len(text):
        yield Part("…")


def _lines(session: Session, spots: Iterable[Spot], known: Nodes) -> dict[Spot, tuple[Child, ...]]:
    """For each spot the entries from the top of the tree down to its clause."""
    by_root: dict[str, dict[str, list[Spot]]] = {}
    for spot in spots:  # two plans may have the same tree
        by_root.setdefault(spot.root, {}).setdefault(spot.clause, []).append(spot)
    nodes = {**known, **read_nodes(session, by_root.keys() - known.keys())}
    found: dict[Spot, tuple[Child, ...]] = {}
    for root, wanted in by_root.items():
        for line in _walk(root, nodes, ()):
            found |= dict.fromkeys(wanted.get(line[-1].clause, ()), line)
    return found


def _walk(key: str, nodes: Mapping[str, tuple[Child, ...]], above: tuple[Child, ...]) -> Iterator[tuple[Child, ...]]:
    for child in nodes[key]:
        line = (*above, child)
        yield line
        if child.node:
            yield from _walk(child.node, nodes, line)


def _texts(session: Session, hashes: Iterable[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for some in batched(sorted(hashes)):
        rows = session.exec(select(BlobRow.hash, BlobRow.data).where(col(BlobRow.hash).in_(some)))
        found |= {key: json.loads(data) for key, data in rows}
    return found


def _clause(child: Child, texts: Mapping[str, dict[str, Any]]) -> Clause:
    return from_plain({"id": child.clause, **texts[child.blob]})


def _passage(spot: Spot, line: Sequence[Clause], wanted: tuple[Piece, ...]) -> Passage:
    clause = line[-1]
    titled = next((one for one in reversed(line) if one.title), None)
    _head, body = words_of(clause)
    heading = titled.plain_title if titled else ""
    return Passage(
        clause=clause.id,
        version=spot.version,
        number=citations(line)[clause.id],
        heading=parts_of(heading, wanted if titled is clause else ()),
        words=parts_of(" ".join(body.split()) if clause.table else body.replace("\n", " "), wanted, length=LENGTH),
        is_current=spot.is_current,
        validity=spot.validity,
    )
