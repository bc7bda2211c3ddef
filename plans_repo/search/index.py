"""Keep the index: with every version in the same transaction, or made anew from the versions there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, select

from plans_repo.search import sources, words
from plans_repo.search.sources import Source
from plans_repo.search.spans import Pair, Spans
from plans_repo.search.words import Words
from plans_repo.store.batches import batched
from plans_repo.store.insertion import insert_missing
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.search import OPEN, SearchDocRow, SearchPlanRow, SearchSpanRow
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
    plan = _number(session, version.plan_id, version.ordinal)
    query = sa_select(SPAN.c.clause_id, SPAN.c.doc_id, SPAN.c.first).where(SPAN.c.plan == plan, SPAN.c.last == OPEN)
    is_open = {(clause, doc): first for clause, doc, first in session.execute(query)}
    spans = Spans(plan=plan, is_open=is_open)
    spans.take(version.ordinal, _pairs(wanted, docs))
    for row in spans.closed:
        named = [SPAN.c[key] == row[key] for key in ("doc_id", "plan", "clause_id", "first")]
        session.execute(update(SPAN).where(*named).values(last=row["last"]))
    _insert(session, spans.begun)


def rebuild(work: Work) -> IndexReport:
    """Make the whole index anew from the versions; nothing else is touched."""
    work.require(Action.BACK_UP)
    return rebuild_in(work.session)


def rebuild_in(session: Session) -> IndexReport:
    """As ``rebuild``, for a caller that has already asked for permission."""
    clear(session)
    fill(session)
    return verify_in(session)


def fill(session: Session) -> None:
    """Take in all versions there are; the index must be empty."""
    for plan_id in _plans(session):
        versions = sources.versions_of(session, plan_id)
        docs = _documents(session, _all(versions), {})
        if versions:
            number = _number(session, plan_id, max(versions))
            _insert(session, list(_spans(number, versions, docs).rows()))


def clear(session: Session) -> None:
    """Empty the index; it can be made anew."""
    words.clear(session)
    for table in (SearchSpanRow, SearchPlanRow, SearchDocRow):
        session.execute(delete(table))


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
        found = session.exec(select(SearchPlanRow).where(SearchPlanRow.plan_id == plan_id)).first()
        fits = fits and (found.newest if found else 0) == max(versions, default=0)
        number = found.id if found and found.id else 0
        expected = {tuple(row.values()) for row in _spans(number, versions, docs).rows()}
        stored = {tuple(row) for row in session.execute(SPAN.select().where(SPAN.c.plan == number))}
        fits = fits and stored == expected
        spans += len(stored)
    every = session.exec(select(func.count()).select_from(SearchSpanRow)).one()
    fits = fits and not unused and len(counted) == documents and every == spans
    return IndexReport(documents=documents, spans=every, valid=fits)


def is_behind(session: Session) -> bool:
    """Whether there are versions the index knows nothing of, as after a restore or in a store of an older release."""
    known = select(SearchPlanRow.id).where(SearchPlanRow.plan_id == VersionRow.plan_id).exists()
    return session.exec(select(VersionRow.id).where(~known).limit(1)).first() is not None


def _plans(session: Session) -> list[str]:
    return list(session.exec(select(PlanRow.id).order_by(col(PlanRow.id))))


def _all(versions: Mapping[int, Mapping[str, Source]]) -> list[Source]:
    return list(dict.fromkeys(source for wanted in versions.values() for source in wanted.values()))


def _number(session: Session, plan_id: str, newest: int) -> int:
    """The number of a plan in the index, which from now on knows *newest* as its last version."""
    row = session.exec(select(SearchPlanRow).where(SearchPlanRow.plan_id == plan_id)).first()
    if row is None:
        row = SearchPlanRow(plan_id=plan_id, newest=newest)
    row.newest = newest
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _spans(plan: int, versions: Mapping[int, Mapping[str, Source]], docs: Mapping[str, int]) -> Spans:
    spans = Spans(plan=plan)
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
