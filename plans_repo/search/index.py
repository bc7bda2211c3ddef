"""Keep the index: with every version and comment in its transaction, or made anew from those there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, delete, insert, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, select

from plans_repo.search import sources, words
from plans_repo.search.sources import TITLE, Source, comment_source, title_source
from plans_repo.search.spans import Pair, Spans
from plans_repo.search.subjects import subject_rows
from plans_repo.search.words import Words
from plans_repo.store.batches import batched
from plans_repo.store.insertion import insert_missing
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.search import (
    OPEN,
    SearchCommentRow,
    SearchCourseRow,
    SearchDocRow,
    SearchPlanRow,
    SearchSpanRow,
    SearchSubjectRow,
)
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

SPAN: Table = SearchSpanRow.__table__  # type: ignore[attr-defined]
COURSE: Table = SearchCourseRow.__table__  # type: ignore[attr-defined]
SUBJECT: Table = SearchSubjectRow.__table__  # type: ignore[attr-defined]
COMMENT: Table = SearchCommentRow.__table__  # type: ignore[attr-defined]
PLANS_AT_ONCE = 50
"""Plans whose versions are read together where all of them are."""


@dataclass(frozen=True, kw_only=True)
class IndexReport:
    """What the index holds, and whether it is what the versions say."""

    documents: int
    spans: int
    valid: bool


def add_version(session: Session, version: VersionRow, blobs: Mapping[str, str], known: Mapping[str, bytes]) -> None:
    """Take in a version that has just been stored: the blob of each clause, and the bytes of those blobs."""
    number = session.get_one(CourseRow, version.course_id).document_number
    wanted = sources.sources_of(title_source(version.title, number), blobs)
    docs = _documents(session, set(wanted.values()), known)
    plan = _number(session, version.plan_id, version.ordinal)
    session.merge(SearchCourseRow(plan=plan, course_id=version.course_id, last=version.ordinal))
    query = sa_select(SPAN.c.clause_id, SPAN.c.doc_id, SPAN.c.first).where(SPAN.c.plan == plan, SPAN.c.last == OPEN)
    is_open = {(clause, doc): first for clause, doc, first in session.execute(query)}
    spans = Spans(plan=plan, is_open=is_open)
    spans.take(version.ordinal, _pairs(wanted, docs))
    for row in spans.closed:
        named = [SPAN.c[key] == row[key] for key in ("doc_id", "plan", "clause_id", "first")]
        session.execute(update(SPAN).where(*named).values(last=row["last"]))
    _insert(session, SPAN, spans.begun)


def number_changed(session: Session, course: CourseRow, former: str) -> None:
    """The versions of an edition bear another document number than *former* from now on."""
    session.flush()
    plan = session.exec(select(SearchPlanRow.id).where(SearchPlanRow.plan_id == course.plan_id)).first()
    if plan is None:
        return
    titles = sources.titles_of(session, course.plan_id)
    docs = _documents(session, set(titles.values()), {})
    session.execute(delete(SPAN).where(SPAN.c.plan == plan, SPAN.c.clause_id == TITLE))
    spans = Spans(plan=plan)
    for ordinal, title in titles.items():
        spans.take(ordinal, _pairs({TITLE: title}, docs))
    _insert(session, SPAN, list(spans.rows()))
    named = session.exec(select(VersionRow.title).where(VersionRow.course_id == course.id))
    _forget(session, {title_source(title, former) for title in named} - set(titles.values()))


def add_comment(session: Session, comment: str, text: str, *, quotation: str = "", ordinal: int = 0) -> None:
    """Take in a comment that has just been stored, or an answer to it, which has an *ordinal*."""
    source = comment_source(quotation, text)
    docs = _documents(session, {source}, {})
    _insert(session, COMMENT, _comments([(comment, ordinal, source)], docs))


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
    """Take in all versions and comments there are; the index must be empty."""
    with words.many(session):
        for some in batched(_plans(session), PLANS_AT_ONCE):
            _fill_plans(session, some)
        for told in batched(list(sources.comments(session))):
            docs = _documents(session, {source for _comment, _ordinal, source in told}, {})
            _insert(session, COMMENT, _comments(told, docs))


def _fill_plans(session: Session, plan_ids: Sequence[str]) -> None:
    found = sources.versions_of(session, plan_ids)
    docs = _documents(session, {one for versions in found.values() for one in _all(versions)}, {})
    newest = [{"plan_id": plan, "newest": max(versions)} for plan, versions in found.items() if versions]
    _insert(session, SearchPlanRow.__table__, newest)  # type: ignore[attr-defined]
    numbers = _numbers(session, plan_ids)
    _insert(session, SUBJECT, subject_rows(session, numbers))
    courses = sources.last_versions(session, plan_ids)
    _insert(session, COURSE, _courses(courses, numbers))
    spans = (_spans(numbers[plan], versions, docs) for plan, versions in found.items() if versions)
    _insert(session, SPAN, [row for one in spans for row in one.rows()])


def clear(session: Session) -> None:
    """Empty the index; it can be made anew."""
    words.clear(session)
    for table in (SearchSpanRow, SearchCommentRow, SearchCourseRow, SearchSubjectRow, SearchPlanRow, SearchDocRow):
        session.execute(delete(table))


def verify(work: Work) -> IndexReport:
    """Compare the index with the versions."""
    work.require(Action.VERIFY_EVENTS)
    return verify_in(work.session)


def verify_in(session: Session) -> IndexReport:
    """As ``verify``, for a caller that has already asked for permission."""
    seen = _Seen(session)
    newest = dict(session.exec(select(SearchPlanRow.plan_id, SearchPlanRow.newest)).all())
    for some in batched(_plans(session), PLANS_AT_ONCE):
        numbers = _numbers(session, some)
        courses = {tuple(row.values()) for row in _courses(sources.last_versions(session, some), numbers)}
        kept = session.execute(COURSE.select().where(COURSE.c.plan.in_(numbers.values())))
        subjects = session.execute(SUBJECT.select().where(SUBJECT.c.plan.in_(numbers.values())))
        expected_subjects = {tuple(row.values()) for row in subject_rows(session, numbers)}
        seen.agree({tuple(row) for row in kept} == courses, {tuple(row) for row in subjects} == expected_subjects)
        for plan, versions in sources.versions_of(session, some).items():
            docs = seen.documents(_all(versions))
            expected = {tuple(row.values()) for row in _spans(numbers.get(plan, 0), versions, docs).rows()}
            stored = {tuple(row) for row in session.execute(SPAN.select().where(SPAN.c.plan == numbers.get(plan, 0)))}
            seen.agree(newest.get(plan, 0) == max(versions, default=0), stored == expected)
            seen.spans += len(stored)
    told = list(sources.comments(session))
    docs = seen.documents([source for _comment, _ordinal, source in told])
    rows = {tuple(row) for row in session.execute(COMMENT.select())}
    seen.agree(rows == {tuple(row.values()) for row in _comments(told, docs)})
    return seen.report()


class _Seen:
    """What of the index has been compared so far."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.counted = words.counts(session.connection())
        self.known = {key: ident for key, ident in session.exec(select(SearchDocRow.hash, SearchDocRow.id)) if ident}
        self.compared: set[str] = set()
        self.spans, self.fits = 0, True

    def documents(self, wanted: Collection[Source]) -> dict[str, int]:
        """The documents of the sources; each is compared with its words once."""
        connection = self.session.connection()
        fresh = [source for source in wanted if source.hash not in self.compared]
        for one in sources.read(self.session, fresh, {}):
            read = Words(doc=self.known.get(one.hash, 0), head=one.head, body=one.body)
            self.agree(self.counted.get(read.doc) == words.expected_count(connection, read))
            self.compared.add(one.hash)
        return {source.hash: self.known[source.hash] for source in wanted if source.hash in self.known}

    def agree(self, *facts: bool) -> None:
        """Keep in mind whether everything fitted."""
        self.fits = self.fits and all(facts)

    def report(self) -> IndexReport:
        """What was found, when everything has been looked at."""
        every = self.session.exec(select(func.count()).select_from(SearchSpanRow)).one()
        is_whole = every == self.spans and self.known.keys() == self.compared and len(self.counted) == len(self.known)
        return IndexReport(documents=len(self.known), spans=every, valid=self.fits and is_whole)


def is_behind(session: Session) -> bool:
    """Whether there are versions the index knows nothing of, as after a restore or in a store of an older release."""
    known = select(SearchPlanRow.id).where(SearchPlanRow.plan_id == VersionRow.plan_id).exists()
    return session.exec(select(VersionRow.id).where(~known).limit(1)).first() is not None


def add_subjects(session: Session) -> int:
    """List the plans under their subjects that an older release left under none; how many there were."""
    listed = select(SearchSubjectRow.plan).where(SearchSubjectRow.plan == SearchPlanRow.id).exists()
    found = session.exec(select(SearchPlanRow.plan_id, SearchPlanRow.id).where(~listed)).all()
    numbers = {plan: number for plan, number in found if number is not None}
    _insert(session, SUBJECT, subject_rows(session, numbers))
    return len(numbers)


def _plans(session: Session) -> list[str]:
    return list(session.exec(select(PlanRow.id).order_by(col(PlanRow.id))))


def _all(versions: Mapping[int, Mapping[str, Source]]) -> list[Source]:
    return list(dict.fromkeys(source for wanted in versions.values() for source in wanted.values()))


def _number(session: Session, plan_id: str, newest: int) -> int:
    """The number of a plan in the index, which from now on knows *newest* as its last version."""
    row = session.exec(select(SearchPlanRow).where(SearchPlanRow.plan_id == plan_id)).first()
    is_new = row is None
    if row is None:
        row = SearchPlanRow(plan_id=plan_id, newest=newest)
    row.newest = newest
    session.add(row)
    session.flush()
    assert row.id is not None
    if is_new:
        _insert(session, SUBJECT, subject_rows(session, {plan_id: row.id}))
    return row.id


def _spans(plan: int, versions: Mapping[int, Mapping[str, Source]], docs: Mapping[str, int]) -> Spans:
    spans = Spans(plan=plan)
    for ordinal, wanted in versions.items():
        spans.take(ordinal, _pairs(wanted, docs))
    return spans


def _pairs(wanted: Mapping[str, Source], docs: Mapping[str, int]) -> set[Pair]:
    return {(clause, docs[source.hash]) for clause, source in wanted.items() if source.hash in docs}


def _numbers(session: Session, plan_ids: Collection[str]) -> dict[str, int]:
    query = select(SearchPlanRow.plan_id, SearchPlanRow.id).where(col(SearchPlanRow.plan_id).in_(plan_ids))
    return {plan: number for plan, number in session.exec(query) if number is not None}


def _courses(found: Iterable[tuple[str, str, int]], numbers: Mapping[str, int]) -> list[dict[str, object]]:
    """A row for every edition that has a version."""
    return [{"plan": numbers.get(plan, 0), "course_id": course, "last": last} for course, plan, last in found]


def _comments(told: Iterable[tuple[str, int, Source]], docs: Mapping[str, int]) -> list[dict[str, object]]:
    """A row for every comment and answer that has words."""
    return [
        {"doc_id": docs[source.hash], "comment_id": comment, "ordinal": ordinal}
        for comment, ordinal, source in told
        if source.hash in docs
    ]


def _insert(session: Session, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    for some in batched(rows):
        session.execute(insert(table), list(some))


def _forget(session: Session, several: Collection[Source]) -> None:
    """Take out documents no span has any more."""
    docs = _known(session, {source.hash for source in several})
    is_used = set(session.execute(sa_select(SPAN.c.doc_id).where(SPAN.c.doc_id.in_(docs.values()))).scalars())
    gone = {key: doc for key, doc in docs.items() if doc not in is_used}
    read = sources.read(session, [source for source in several if source.hash in gone], {})
    words.remove(session, [Words(doc=gone[one.hash], head=one.head, body=one.body) for one in read])
    session.execute(delete(SearchDocRow).where(col(SearchDocRow.id).in_(gone.values())))


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
