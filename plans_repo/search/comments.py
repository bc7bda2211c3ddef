"""Search the comments: what was said about a text and answered, for those who may read it, open ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import col

from plans_repo import access, people
from plans_repo.comment_sight import comments_seen
from plans_repo.linkage.subjects import named_in
from plans_repo.search import words
from plans_repo.search.keys import Piece
from plans_repo.search.passages import LENGTH, Part, Spot, parts_of, passages
from plans_repo.search.question import Question
from plans_repo.search.sight import midnight, plans_wanted
from plans_repo.store.roles import Action
from plans_repo.store.tables.comments import CommentEntryRow, CommentRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.search import SearchCommentRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

COMMENTS_A_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class FoundComment:
    """A comment in which something was found: on which words of which clause, by whom, and whether it is settled.

    *answer* is what was answered where the words stand there and not in the comment itself. *number* is that of the
    clause in the text the comment was made on; "" for one a draft had added. *author_name* is "" for the machine.
    """

    id: str
    plan: str
    title: str
    kind: PlanKind
    hazard: str
    version: str
    clause: str
    number: str
    quotation: tuple[Part, ...]
    words: tuple[Part, ...]
    answer: tuple[Part, ...]
    author: str
    author_name: str
    organisation: str | None
    at: datetime
    is_open: bool
    answers: int


@dataclass(frozen=True, kw_only=True)
class CommentAnswer:
    """A page of the comments found, and how many there are in all: open ones, of how many plans, by kind, hazard and
    subject.
    """

    comments: int
    open: int
    plans: int
    number: int
    found: tuple[FoundComment, ...]
    kinds: Mapping[PlanKind, int]
    hazards: Mapping[str, int]
    subjects: Mapping[str, int]

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing was found."""
        return max(1, -(-self.comments // COMMENTS_A_PAGE))


NOTHING = CommentAnswer(comments=0, open=0, plans=0, number=1, found=(), kinds={}, hazards={}, subjects={})


def search_comments(work: Work, question: Question, number: int = 1) -> CommentAnswer:
    """The page *number* of the comments that answer the question, open ones first, then the newest.

    Words must stand together in a comment or in one answer to it; its scope does not matter, its days are those on
    which the comment was made, its state that of the edition it was made on.
    """
    work.require(Action.READ_PLAN)
    wanted = question.wanted
    if not wanted:
        return NOTHING
    seen = _seen(work, question, wanted)
    kinds: Counter[PlanKind] = Counter()
    hazards: Counter[str] = Counter()
    subjects: Counter[str] = Counter()
    plans: set[str] = set()
    total = still_open = 0
    for plan, title, kind, hazard, count, open_count in work.session.execute(_counts(seen)):
        kinds[kind] += count
        hazards[hazard] += count
        subjects.update(dict.fromkeys(named_in(title), count))
        plans.add(plan)
        total, still_open = total + count, still_open + open_count
    at = min(max(1, number), max(1, -(-total // COMMENTS_A_PAGE)))
    rows = work.session.execute(_page(seen, at)).all()
    found = tuple(_found(work, rows, wanted))
    return CommentAnswer(
        comments=total,
        open=still_open,
        plans=len(plans),
        number=at,
        found=found,
        kinds=kinds,
        hazards=hazards,
        subjects=subjects,
    )


def _seen(work: Work, question: Question, wanted: tuple[Piece, ...]) -> Any:
    """The comments the words find and the reader may see; *first* is where the words stand first, 0 for the comment."""
    here = access.standpoint(work)
    matched = words.matching(work.session, wanted).subquery("matched")
    hit = SearchCommentRow.__table__.c  # type: ignore[attr-defined]
    comment, plan = CommentRow.__table__.c, PlanRow.__table__.c  # type: ignore[attr-defined]
    hits = (
        select(hit.comment_id, func.min(hit.ordinal).label("first"))
        .select_from(matched)
        .join(SearchCommentRow, hit.doc_id == words.outer(work.session, matched.c.id))
        .group_by(hit.comment_id)
        .subquery("hits")
    )
    query = (
        select(
            *(comment.id, comment.plan_id, comment.is_open, comment.made_at),
            *(plan.title, plan.kind, plan.hazard, hits.c.first),
        )
        .select_from(hits)
        .join(CommentRow, comment.id == hits.c.comment_id)
        .join(PlanRow, plan.id == comment.plan_id)
        .join(VersionRow, col(VersionRow.id) == comment.version_id)
        .join(CourseRow, col(CourseRow.id) == col(VersionRow.course_id))
        .where(here.plans_seen(), comments_seen(work), *plans_wanted(here, question))
        .where(*_comments_wanted(question))
    )
    return query.cte("seen")


def _comments_wanted(question: Question) -> Iterator[Any]:
    if question.state:
        yield col(CourseRow.stage) == question.state
    if question.since:
        yield col(CommentRow.made_at) >= midnight(question.since)
    if question.until:
        yield col(CommentRow.made_at) < midnight(question.until, days=1)


def _counts(seen: Any) -> Select[Any]:
    is_open = func.sum(case((seen.c.is_open, 1), else_=0))
    of_plan = (seen.c.plan_id, seen.c.title, seen.c.kind, seen.c.hazard)
    return select(*of_plan, func.count(), is_open).group_by(*of_plan)


def _page(seen: Any, number: int) -> Select[Any]:
    return (
        select(seen.c.id, seen.c.first)
        .order_by(seen.c.is_open.desc(), seen.c.made_at.desc(), seen.c.id)
        .limit(COMMENTS_A_PAGE)
        .offset((number - 1) * COMMENTS_A_PAGE)
    )


def _found(work: Work, rows: Sequence[Any], wanted: tuple[Piece, ...]) -> Iterator[FoundComment]:
    """The comments of a page with their clauses, authors and answers, read for all of them together."""
    ids = [row[0] for row in rows]
    read = {row[0].id: row for row in work.session.execute(_facts(ids))}
    entries = _entries(work, ids)
    names = people.display_names(work, {row[0].made_by for row in read.values()})
    spots = {ident: _spot(*read[ident]) for ident in ids}
    places = passages(work.session, list(spots.values()), wanted)
    for ident, first in rows:
        comment, plan, _tree = read[ident]
        answer = next((entry.text for entry in entries.get(ident, ()) if entry.ordinal == first), "")
        yield FoundComment(
            id=ident,
            plan=plan.id,
            title=plan.title,
            kind=plan.kind,
            hazard=plan.hazard,
            version=comment.version_id,
            clause=comment.clause_id,
            number=places[spots[ident]].number if spots[ident] in places else "",
            quotation=parts_of(_line(comment.quotation), wanted, length=LENGTH),
            words=parts_of(_line(comment.text), wanted, length=LENGTH),
            answer=parts_of(_line(answer), wanted, length=LENGTH),
            author=comment.made_by,
            author_name=comment.said_by or names.get(comment.made_by, ""),
            organisation=comment.organisation_id,
            at=comment.made_at,
            is_open=comment.is_open,
            answers=sum(bool(entry.text) for entry in entries.get(ident, ())),
        )


def _facts(ids: Sequence[str]) -> Any:
    return (
        select(CommentRow, PlanRow, VersionRow.tree_hash)  # type: ignore[call-overload]
        .join(PlanRow, col(PlanRow.id) == col(CommentRow.plan_id))
        .join(VersionRow, col(VersionRow.id) == col(CommentRow.version_id))
        .where(col(CommentRow.id).in_(ids))
    )


def _entries(work: Work, ids: Sequence[str]) -> dict[str, list[CommentEntryRow]]:
    query = select(CommentEntryRow).where(col(CommentEntryRow.comment_id).in_(ids))
    found: dict[str, list[CommentEntryRow]] = {}
    for entry in work.session.execute(query.order_by(col(CommentEntryRow.ordinal))).scalars():
        found.setdefault(entry.comment_id, []).append(entry)
    return found


def _spot(comment: CommentRow, _plan: PlanRow, tree: str) -> Spot:
    return Spot(comment.clause_id, comment.version_id, tree, is_current=True)


def _line(text: str) -> str:
    return " ".join(text.split())
