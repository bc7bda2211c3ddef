"""The words of the index in the database: FTS5 of SQLite, an array of tokens with a GIN index in PostgreSQL.

Both find the same: where the units of a piece stand one behind the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    TextualSelect,
    and_,
    bindparam,
    cast,
    column,
    func,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session

from plans_repo.search.keys import Piece, pairs
from plans_repo.store.engine import is_sqlite

_MARK = "\x1f"
"""Around every unit of the key PostgreSQL compares; no unit holds it."""
NO_TOKEN = 0
"""The number of a token no text has."""
ARRAYS = ("tokens", "head_tokens")
"""What PostgreSQL looks in, each with an index."""


_WORDS = table(
    "search_words", column("doc_id", Integer), column("tokens", ARRAY(Integer)), column("head_tokens", ARRAY(Integer))
)
_KEY = table("search_words_key", column("doc_id", Integer), column("head", Integer), column("key", Text))
"""The tables of PostgreSQL; what it asks of them is in no other database."""


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
    known = _numbers(session, set().union(*(_tokens(one.head) | _tokens(one.body) for one in documents)), make=True)
    keys = [{"doc": one.doc, "head": len(_key(one.head)), "key": _key(one.head) + _key(one.body)} for one in documents]
    rows = [
        {
            "doc": one.doc,
            "tokens": sorted(known[token] for token in _tokens(one.head) | _tokens(one.body)),
            "head_tokens": sorted(known[token] for token in _tokens(one.head)) or None,
        }
        for one in documents
    ]
    values = "VALUES (:doc, CAST(:tokens AS integer[]), CAST(:head_tokens AS integer[]))"
    session.execute(text(f"INSERT INTO search_words (doc_id, tokens, head_tokens) {values}"), rows)
    session.execute(text("INSERT INTO search_words_key (doc_id, head, key) VALUES (:doc, :head, :key)"), keys)


def _numbers(session: Session, tokens: Collection[str], *, make: bool = False) -> dict[str, int]:
    """The numbers PostgreSQL knows tokens by; those it does not know are left out, or made."""
    if make:
        values = [{"token": token} for token in sorted(tokens)]
        session.execute(text("INSERT INTO search_words_token (token) VALUES (:token) ON CONFLICT DO NOTHING"), values)
    asked = text("SELECT token, id FROM search_words_token WHERE token = ANY(CAST(:tokens AS text[]))")
    return {row[0]: row[1] for row in session.execute(asked, {"tokens": sorted(tokens)})}


@contextmanager
def many(session: Session) -> Iterator[None]:
    """Inside the block very many documents are added: PostgreSQL makes its indexes at the end."""
    if is_sqlite(session.get_bind()):
        yield
        return
    for array in ARRAYS:
        session.execute(text(f"DROP INDEX ix_search_words_{array}"))
    yield
    for array in ARRAYS:
        session.execute(text(f"CREATE INDEX ix_search_words_{array} ON search_words USING gin ({array})"))
    for name in ("search_words", "search_words_key", "search_words_token"):
        session.execute(text(f"ANALYZE {name}"))


def remove(session: Session, documents: Sequence[Words]) -> None:
    """Take documents out again; their words must be those they were put in with."""
    for one in documents:
        if is_sqlite(session.get_bind()):
            asked = text(
                "INSERT INTO search_words (search_words, rowid, head, body) VALUES ('delete', :doc, :head, :body)"
            )
            session.execute(asked, {"doc": one.doc, "head": _row(one.head), "body": _row(one.body)})
        else:
            for table in ("search_words", "search_words_key"):
                session.execute(text(f"DELETE FROM {table} WHERE doc_id = :doc"), {"doc": one.doc})


def clear(session: Session) -> None:
    """Empty the index."""
    if is_sqlite(session.get_bind()):
        session.execute(text("INSERT INTO search_words (search_words) VALUES ('delete-all')"))
        return
    for name in ("search_words", "search_words_key", "search_words_token"):
        session.execute(text(f"DELETE FROM {name}"))


def matching(session: Session, wanted: Iterable[Piece], *, head_only: bool = False) -> Select[Any] | TextualSelect:
    """The documents, as *id*, that have every wanted piece; with *head_only* in their head."""
    if is_sqlite(session.get_bind()):
        asked = " AND ".join(map(_phrase, wanted))
        found = text("SELECT rowid AS id FROM search_words WHERE search_words MATCH :asked")
        bound: BindParameter[str] = bindparam("asked", f"{{head}} : ({asked})" if head_only else asked, unique=True)
        return found.bindparams(bound).columns(column("id", Integer))
    source, condition = _condition(session, list(wanted), head_only=head_only)
    return select(_WORDS.c.doc_id.label("id")).select_from(source).where(condition)


def stands_in(
    session: Session, wanted: Iterable[Piece], doc: ColumnElement[int], *, head_only: bool = False
) -> ColumnElement[bool]:
    """Whether a document has every wanted piece, where few documents are asked about.

    PostgreSQL looks at each of them; FTS5 is quicker when it finds all that have it first.
    """
    if is_sqlite(session.get_bind()):
        matched = matching(session, wanted, head_only=head_only).subquery()
        return outer(session, doc).in_(select(matched.c.id))
    source, condition = _condition(session, list(wanted), head_only=head_only)
    # A scalar: what EXISTS or IN ask PostgreSQL may answer by finding all first.
    return select(condition).select_from(source).where(_WORDS.c.doc_id == doc).scalar_subquery()


def _condition(session: Session, wanted: list[Piece], *, head_only: bool) -> tuple[FromClause, ColumnElement[bool]]:
    """The tokens decide on one unit and on two; of longer pieces they find what may fit, and the key decides."""
    asked = set().union(*map(_asked, wanted))
    known = _numbers(session, asked)
    numbers = sorted(known.values()) if len(known) == len(asked) else [NO_TOKEN]
    tokens = _WORDS.c.head_tokens if head_only else _WORDS.c.tokens
    has_tokens = tokens.contains(cast(numbers, ARRAY(Integer)))
    places = [func.strpos(_KEY.c.key, _key((piece,))) for piece in wanted if len(piece) > 2]
    if not places:
        return _WORDS, has_tokens
    is_there = (place.between(1, _KEY.c.head) if head_only else place > 0 for place in places)
    return _WORDS.join(_KEY, _KEY.c.doc_id == _WORDS.c.doc_id), and_(has_tokens, *is_there)


def each_found(session: Session, query: Select[Any] | TextualSelect, spans: Table) -> FromClause:
    """The *spans* of what the words find, one document after the other, so that a limit ends the search early."""
    if is_sqlite(session.get_bind()):
        found = query.subquery()
        joined = found.join(spans, spans.c.doc_id == outer(session, found.c.id))
        return select(*spans.c).select_from(joined).subquery()
    matched = query.cte().prefix_with("MATERIALIZED")
    # OFFSET keeps PostgreSQL from looking at every span there is, and from
    # repeating for each document what is joined to them.
    beside = select(*spans.c).where(spans.c.doc_id == matched.c.id).offset(0).lateral()
    return select(*beside.c).select_from(matched.join(beside, true())).offset(0).subquery()


def outer(session: Session, found: ColumnElement[int]) -> ColumnElement[int]:
    """A column of what the words find, as the other side of a join.

    With the sum SQLite cannot look the other way round, beginning with what is not found yet; PostgreSQL reckons by
    what it knows of the column.
    """
    return found + 0 if is_sqlite(session.get_bind()) else found


def counts(connection: Connection) -> dict[int, int]:
    """How many pairs or tokens the index has of each document, for the verification."""
    if not is_sqlite(connection):
        rows = connection.execute(text("SELECT doc_id, cardinality(tokens) FROM search_words"))
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
    return len(_tokens(words.head) | _tokens(words.body))


def _row(part: Iterable[Piece]) -> str:
    return " ".join(pair for piece in part for pair in pairs(piece))


def _phrase(piece: Piece) -> str:
    """A piece in the language of FTS5; units are letters and figures only, so that nothing needs escaping."""
    found = list(pairs(piece))
    return f'"{" ".join(found[:-1])}"' if len(found) > 1 else f'"{found[0]}" *'


def _key(part: Iterable[Piece]) -> str:
    return "".join(f"{_MARK}{_MARK.join(piece)}{_MARK}" for piece in part)


def _tokens(part: Iterable[Piece]) -> set[str]:
    """Every unit, and every pair of neighbours."""
    return {token for piece in part for token in (*piece, *list(pairs(piece))[:-1])}


def _asked(piece: Piece) -> set[str]:
    return set(list(pairs(piece))[:-1]) if len(piece) > 1 else {piece[0]}
