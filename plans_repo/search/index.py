"""Keep the index: with every version in the same transaction, or made anew from the versions there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, func, select

from plans_repo.search import sources, words
from plans_repo.search.sources import Source
from plans_repo.search.spans import Pair, Spans
from plans_repo.search.words import Words
from plans_repo.store.batches import batched
from plans_repo.store.insertion import insert_missing
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.search import SearchDocRow, SearchSpanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

SPAN = SearchSpanRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class IndexReport:
    """What the index holds, and whether it is what the versions say."""

    documents: int
    spans: int
    valid: bool


def add_version(session: Session, version: VersionRow, blobs: Mapping[str, str], known: Mapping[str, bytes]) -> None:
    """Take in a version that has just been stored: the blob of each clause, and the bytes of those blobs."""
    wanted = sources.sources_of(version.title, blobs)
    docs = _documents(session, set(wanted.values()), known)
    query = select(SearchSpanRow).where(SearchSpanRow.plan_id == version.plan_id, col(SearchSpanRow.last).is_(None))
    is_open = {(row.clause_id, row.doc_id): row.first for row in session.exec(query)}
    spans = Spans(plan=version.plan_id, is_open=is_open)
    spans.take(version.ordinal, _pairs(wanted, docs))
    for row in spans.closed:
        named = (SPAN.c.plan_id == row["plan_id"], SPAN.c.clause_id == row["clause_id"], SPAN.c.first == row["first"])
        session.execute(update(SPAN).where(*named, SPAN.c.doc_id == row["doc_id"]).values(last=row["last"]))
    _insert(session, spans.begun)


def rebuild(work: Work) -> IndexReport:
    """Make the whole index anew from the versions; nothing else is touched."""
    work.require(Action.BACK_UP)
    return rebuild_in(work.session)


def rebuild_in(session: Session) -> IndexReport:
    """As ``rebuild``, for a caller that has already asked for permission."""
    clear(session)
    for plan_id in _plans(session):
        versions = sources.versions_of(session, plan_id)
        docs = _documents(session, _all(versions), {})
        _insert(session, list(_spans(plan_id, versions, docs).rows()))
    return verify_in(session)


def clear(session: Session) -> None:
    """Empty the index; it can be made anew."""
    words.clear(session)
    session.execute(delete(SPAN))
    session.execute(delete(SearchDocRow))


def verify(work: Work) -> IndexReport:
    """Compare the index with the versions."""
    work.require(Action.VERIFY_EVENTS)
    return verify_in(work.session)


def verify_in(session: Session) -> IndexReport:
    """As ``verify``, for a caller that has already asked for permission."""
    connection = session.connection()
    counted = words.counts(connection)
    unused = set(session.exec(select(SearchDocRow.hash)))
    documents, spans, fits = len(unused), 0, True
    seen: set[str] = set()
    for plan_id in _plans(session):
        versions = sources.versions_of(session, plan_id)
        docs = _known(session, {source.hash for source in _all(versions)})
        for one in sources.read(session, [source for source in _all(versions) if source.hash not in seen], {}):
            read = Words(doc=docs.get(one.hash, 0), head=one.head, body=one.body)
            fits = fits and counted.get(read.doc) == words.expected_count(connection, read)
            seen.add(one.hash)
            unused.discard(one.hash)
        expected = {tuple(row.values()) for row in _spans(plan_id, versions, docs).rows()}
        stored = {tuple(row) for row in session.execute(SPAN.select().where(SPAN.c.plan_id == plan_id))}
        fits = fits and {_ordered(row) for row in stored} == expected
        spans += len(stored)
    every = session.exec(select(func.count()).select_from(SearchSpanRow)).one()
    fits = fits and not unused and len(counted) == documents and every == spans
    return IndexReport(documents=documents, spans=every, valid=fits)


def is_behind(session: Session) -> bool:
    """Whether there are versions the index knows nothing of, as after a restore or in a store of an older release."""
    known = select(SearchSpanRow.plan_id).where(SearchSpanRow.plan_id == VersionRow.plan_id).exists()
    return session.exec(select(VersionRow.id).where(~known).limit(1)).first() is not None


def _ordered(row: tuple[object, ...]) -> tuple[object, ...]:
    """A stored row in the order in which ``Spans`` tells one."""
    named = dict(zip(SPAN.columns.keys(), row, strict=True))
    return tuple(named[key] for key in ("plan_id", "clause_id", "first", "doc_id", "last"))


def _plans(session: Session) -> list[str]:
    return list(session.exec(select(PlanRow.id).order_by(col(PlanRow.id))))


def _all(versions: Mapping[int, Mapping[str, Source]]) -> list[Source]:
    return list(dict.fromkeys(source for wanted in versions.values() for source in wanted.values()))


def _spans(plan_id: str, versions: Mapping[int, Mapping[str, Source]], docs: Mapping[str, int]) -> Spans:
    spans = Spans(plan=plan_id)
    for ordinal, wanted in versions.items():
        spans.take(ordinal, _pairs(wanted, docs))
    return spans


def _pairs(wanted: Mapping[str, Source], docs: Mapping[str, int]) -> set[Pair]:
    return {(clause, docs[source.hash]) for clause, source in wanted.items() if source.hash in docs}


def _insert(session: Session, rows: list[dict[str, object]]) -> None:
    for some in batched(rows):
        session.execute(insert(SPAN), list(some))


def _documents(session: Session, wanted: Collection[Source], known: Mapping[str, bytes]) -> dict[str, int]:
    """The documents of the sources that are searched, put into the index where they are new."""
    docs = _known(session, {source.hash for source in wanted})
    fresh = {one.hash: one for one in sources.read(session, [s for s in wanted if s.hash not in docs], known)}
    if not fresh:
        return docs
    insert_missing(session, SearchDocRow, ({"hash": key} for key in sorted(fresh)))
    made = _known(session, fresh.keys())
    words.add(session, [Words(doc=made[key], head=one.head, body=one.body) for key, one in fresh.items()])
    return docs | made


def _known(session: Session, hashes: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batched(sorted(hashes)):
        query = select(SearchDocRow.hash, SearchDocRow.id).where(col(SearchDocRow.hash).in_(some))
        found |= {key: ident for key, ident in session.exec(query) if ident is not None}
    return found
