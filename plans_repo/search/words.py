"""The words of the index in the database: FTS5 of SQLite, an array of codes with a GIN index in PostgreSQL.

Both find the same: where the units of a piece stand one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from sqlalchemy import BindParameter, Connection, Integer, TextualSelect, bindparam, column, text
from sqlmodel import Session

from plans_repo.search.keys import Piece, pairs
from plans_repo.store.engine import is_sqlite

_MARK = "\x1f"
"""Around every unit of the key PostgreSQL compares; no unit holds it."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is searched of one document: its head, which weighs more, and its body."""

    doc: int
    head: tuple[Piece, ...]
    body: tuple[Piece, ...]


def add(session: Session, documents: Sequence[Words]) -> None:
    """Put documents into the index; none of them may be there."""
    if not documents:
        return
    if is_sqlite(session.get_bind()):
        session.execute(
            text("INSERT INTO search_words (rowid, head, body) VALUES (:doc, :head, :body)"),
            [{"doc": one.doc, "head": _row(one.head), "body": _row(one.body)} for one in documents],
        )
        return
    session.execute(
        text(
            "INSERT INTO search_words (doc_id, head, key, codes) VALUES (:doc, :head, :key, CAST(:codes AS integer[]))"
        ),
        [
            {
                "doc": one.doc,
                "head": len(_key(one.head)),
                "key": _key(one.head) + _key(one.body),
                "codes": sorted(_codes(one.head) | _codes(one.body)),
            }
            for one in documents
        ],
    )


def remove(session: Session, documents: Sequence[Words]) -> None:
    """Take documents out again; their words must be those they were put in with."""
    for one in documents:
        if is_sqlite(session.get_bind()):
            asked = text(
                "INSERT INTO search_words (search_words, rowid, head, body) VALUES ('delete', :doc, :head, :body)"
            )
            session.execute(asked, {"doc": one.doc, "head": _row(one.head), "body": _row(one.body)})
        else:
            session.execute(text("DELETE FROM search_words WHERE doc_id = :doc"), {"doc": one.doc})


def clear(session: Session) -> None:
    """Empty the index."""
    is_fts = is_sqlite(session.get_bind())
    session.execute(
        text("INSERT INTO search_words (search_words) VALUES ('delete-all')" if is_fts else "DELETE FROM search_words")
    )


def matching(session: Session, wanted: Iterable[Piece], *, head_only: bool = False) -> TextualSelect:
    """The documents that have every wanted piece; with *head_only* in their head."""
    if is_sqlite(session.get_bind()):
        asked = " AND ".join(map(_phrase, wanted))
        found = text("SELECT rowid AS id FROM search_words WHERE search_words MATCH :asked")
        bound: BindParameter[str] = bindparam("asked", f"{{head}} : ({asked})" if head_only else asked, unique=True)
        return found.bindparams(bound).columns(column("id", Integer))
    return _matching_codes(list(wanted), head_only=head_only)


def _matching_codes(wanted: list[Piece], *, head_only: bool) -> TextualSelect:
    """The codes find what may fit by the index, the key decides."""
    conditions = ["codes @> CAST(:codes AS integer[])"]
    values: dict[str, object] = {"codes": sorted(set().union(*map(_asked, wanted)))}
    for number, piece in enumerate(wanted):
        place = f"strpos(key, :piece{number})"
        conditions.append(f"{place} BETWEEN 1 AND head" if head_only else f"{place} > 0")
        values[f"piece{number}"] = _key((piece,))
    found = text(f"SELECT doc_id AS id FROM search_words WHERE {' AND '.join(conditions)}")
    bound: list[BindParameter[Any]] = [bindparam(name, value, unique=True) for name, value in values.items()]
    return found.bindparams(*bound).columns(column("id", Integer))


def counts(connection: Connection) -> dict[int, int]:
    """How many pairs or codes the index has of each document, for the verification."""
    if not is_sqlite(connection):
        rows = connection.execute(text("SELECT doc_id, cardinality(codes) FROM search_words"))
        return {row[0]: row[1] for row in rows}
    connection.execute(
        text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_seen USING fts5vocab(main, search_words, instance)")
    )
    rows = connection.execute(text("SELECT doc, count(*) FROM search_seen GROUP BY doc"))
    return {row[0]: row[1] for row in rows}


def expected_count(connection: Connection, words: Words) -> int:
    """What ``counts`` should say of a document."""
    if is_sqlite(connection):
        return sum(len(piece) for part in (words.head, words.body) for piece in part)
    return len(_codes(words.head) | _codes(words.body))


def _row(part: Iterable[Piece]) -> str:
    return " ".join(pair for piece in part for pair in pairs(piece))


def _phrase(piece: Piece) -> str:
    """A piece in the language of FTS5; units are letters and figures only, so that nothing needs escaping."""
    found = list(pairs(piece))
    return f'"{" ".join(found[:-1])}"' if len(found) > 1 else f'"{found[0]}" *'


def _key(part: Iterable[Piece]) -> str:
    return "".join(f"{_MARK}{_MARK.join(piece)}{_MARK}" for piece in part)


def _codes(part: Iterable[Piece]) -> set[int]:
    return {code for piece in part for code in (*map(_code, piece), *map(_code, list(pairs(piece))[:-1]))}


def _asked(piece: Piece) -> set[int]:
    return set(map(_code, list(pairs(piece))[:-1])) if len(piece) > 1 else {_code(piece[0])}


def _code(token: str) -> int:
    """A token as a number; that two may share one costs a comparison, never a wrong answer."""
    return crc32(token.encode()) & 0x7FFFFFFF
