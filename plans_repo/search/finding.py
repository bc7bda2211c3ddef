"""Search the library: what fits, grouped by plan; nothing the reader may not see is found, counted or named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from plans_repo import access
from plans_repo.course.stages import EFFECTIVE, Stage
from plans_repo.course.working_days import ZONE
from plans_repo.search import words
from plans_repo.search.keys import Piece
from plans_repo.search.passages import Part, Passage, Spot, order_of, parts_of, passages
from plans_repo.search.question import Question, Scope, parts
from plans_repo.search.sources import TITLE
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.search import SearchSpanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

PLANS_A_PAGE = 10
PASSAGES_A_PLAN = 5


@dataclass(frozen=True, kw_only=True)
class Found:
    """A plan in which something was found, the version of the newest passage, and the first passages of it."""

    plan: str
    title: tuple[Part, ...]
    kind: PlanKind
    hazard: str
    area: str
    organisation: str | None
    state: Stage
    version: str
    count: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page of what was found, and how much there is in all: plans, passages, and plans by kind, hazard and state."""

    plans: int
    passages: int
    number: int
    found: tuple[Found, ...]
    kinds: Mapping[PlanKind, int]
    hazards: Mapping[str, int]
    states: Mapping[Stage, int]

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing was found."""
        return max(1, -(-self.plans // PLANS_A_PAGE))


NOTHING = Answer(plans=0, passages=0, number=1, found=(), kinds={}, hazards={}, states={})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hit:
    """What was found in one plan, before its passages are read."""

    plan: str
    title: str
    kind: PlanKind
    hazard: str
    area: str
    organisation: str | None
    version: str
    root: str
    state: Stage
    count: int
    heads: int
    titles: int

    @property
    def rank(self) -> tuple[bool, int, int, str, str]:
        """Titles first, then headings, then how often; by title where all is equal."""
        return not self.titles, -min(self.heads, 9), -self.count, self.title, self.plan


def search(work: Work, question: Question, number: int = 1) -> Answer:
    """The page *number* of what answers the question; beyond the last page the last."""
    work.require(Action.READ_PLAN)
    wanted = question.wanted
    if not wanted:
        return NOTHING
    hits = sorted(_hits(work, question, wanted), key=lambda hit: hit.rank)
    if not hits:
        return NOTHING
    at = min(max(1, number), -(-len(hits) // PLANS_A_PAGE))
    shown = hits[(at - 1) * PLANS_A_PAGE : at * PLANS_A_PAGE]
    return Answer(
        plans=len(hits),
        passages=sum(hit.count for hit in hits),
        number=at,
        found=_found(work, question, wanted, shown),
        kinds=Counter(hit.kind for hit in hits),
        hazards=Counter(hit.hazard for hit in hits),
        states=Counter(hit.state for hit in hits),
    )


def alone(work: Work, question: Question) -> dict[str, int]:
    """For several words that find nothing together: how many plans each finds by itself."""
    several = tuple(dict.fromkeys(parts(question.words)))
    if len(several) < 2:
        return {}
    counted = {word: search(work, replace(question, words=f"“{word}”")).plans for word in several}
    return {word: count for word, count in counted.items() if count}


def _hits(work: Work, question: Question, wanted: tuple[Piece, ...]) -> Iterator[_Hit]:
    """A row for every plan in which something was found."""
    spans = _spans(work, question, wanted).subquery("found")
    heads = words.matching(work.session, wanted, head_only=True).subquery("heads")
    counted = (
        sa_select(
            spans.c.plan_id,
            func.max(spans.c.ordinal).label("ordinal"),
            func.sum(case((spans.c.clause_id == TITLE, 0), else_=1)).label("count"),
            func.sum(case((and_(heads.c.id.is_not(None), spans.c.clause_id != TITLE), 1), else_=0)).label("heads"),
            func.sum(case((spans.c.clause_id == TITLE, 1), else_=0)).label("titles"),
        )
        .select_from(spans.outerjoin(heads, heads.c.id == spans.c.doc_id))
        .group_by(spans.c.plan_id)
        .subquery("counted")
    )
    plan, version = PlanRow.__table__.c, VersionRow.__table__.c  # type: ignore[attr-defined]
    query = (
        sa_select(
            *(plan.id, plan.title, plan.kind, plan.hazard, plan.area, plan.organisation_id),
            *(version.id, version.tree_hash, col(CourseRow.stage)),
            *(counted.c["count"], counted.c.heads, counted.c.titles),
        )
        .select_from(counted)
        .join(PlanRow, plan.id == counted.c.plan_id)
        .join(VersionRow, and_(version.plan_id == counted.c.plan_id, version.ordinal == counted.c.ordinal))
        .join(CourseRow, col(CourseRow.id) == version.course_id)
    )
    for row in work.session.execute(query):
        yield _Hit(**dict(zip(_Hit.__slots__, row, strict=True)))


def _spans(
    work: Work, question: Question, wanted: tuple[Piece, ...], plan_ids: Collection[str] = ()
) -> Select[tuple[str, str, int, int]]:
    """Each text that was found with the newest version having it that the reader may see and asked for."""
    here = access.standpoint(work)
    matched = words.matching(work.session, wanted).subquery("matched")
    version, span = VersionRow.__table__.c, SearchSpanRow.__table__.c  # type: ignore[attr-defined]
    within = and_(
        version.plan_id == span.plan_id,
        version.ordinal >= span.first,
        or_(span.last.is_(None), version.ordinal <= span.last),
    )
    query = (
        sa_select(
            *(span.plan_id, span.clause_id, span.doc_id, func.max(version.ordinal).label("ordinal")),
        )
        .select_from(matched)
        .join(SearchSpanRow, span.doc_id == matched.c.id)
        .join(PlanRow, col(PlanRow.id) == span.plan_id)
        .join(VersionRow, within)
        .join(CourseRow, col(CourseRow.id) == version.course_id)
        .where(here.plans_seen(), here.versions_seen(), *_in_scope(here, question.scope), *_fitting(question))
        .group_by(span.plan_id, span.clause_id, span.doc_id)
    )
    return query.where(span.plan_id.in_(plan_ids)) if plan_ids else query


def _in_scope(here: access.Standpoint, scope: Scope) -> Iterator[ColumnElement[bool]]:
    is_in_force = col(CourseRow.stage).in_(sorted(EFFECTIVE))
    if scope is not Scope.ALL:
        yield access.is_newest_of_course()
        yield is_in_force if scope is Scope.IN_FORCE else or_(is_in_force, here.newest_course())


def _fitting(question: Question) -> Iterator[ColumnElement[bool]]:
    if question.kind:
        yield col(PlanRow.kind) == question.kind
    if question.hazard is not None:
        yield col(PlanRow.hazard) == question.hazard
    if question.area:
        yield func.substr(col(PlanRow.area), 1, len(question.area)) == question.area
    if question.state:
        yield col(CourseRow.stage) == question.state
    if question.since:
        yield col(VersionRow.created_at) >= _midnight(question.since)
    if question.until:
        yield col(VersionRow.created_at) < _midnight(question.until) + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE)


def _found(work: Work, question: Question, wanted: tuple[Piece, ...], shown: Sequence[_Hit]) -> tuple[Found, ...]:
    """The plans of a page with their first passages: headings first, then as they stand in the text."""
    spots = _spots(work, question, wanted, shown)
    read = passages(work.session, [spot for several in spots.values() for spot in several], wanted)
    return tuple(
        Found(
            plan=hit.plan,
            title=parts_of(hit.title, wanted),
            kind=hit.kind,
            hazard=hit.hazard,
            area=hit.area,
            organisation=hit.organisation,
            state=hit.state,
            version=hit.version,
            count=hit.count,
            passages=tuple(read[spot] for spot in spots[hit.plan]),
        )
        for hit in shown
    )


def _spots(work: Work, question: Question, wanted: tuple[Piece, ...], shown: Sequence[_Hit]) -> dict[str, list[Spot]]:
    spans = _spans(work, question, wanted, [hit.plan for hit in shown]).subquery("found")
    heads = words.matching(work.session, wanted, head_only=True).subquery("heads")
    version = VersionRow.__table__.c  # type: ignore[attr-defined]
    query = (
        sa_select(spans.c.plan_id, spans.c.clause_id, version.id, version.tree_hash, heads.c.id)
        .select_from(spans.outerjoin(heads, heads.c.id == spans.c.doc_id))
        .join(VersionRow, and_(version.plan_id == spans.c.plan_id, version.ordinal == spans.c.ordinal))
        .where(spans.c.clause_id != TITLE)
    )
    by_plan: dict[str, list[tuple[bool, Spot]]] = {hit.plan: [] for hit in shown}
    newest = {hit.plan: hit for hit in shown}
    for plan_id, clause, version_id, root, head in work.session.execute(query):
        is_current = version_id == newest[plan_id].version
        by_plan[plan_id].append((head is None, Spot(clause, version_id, root, is_current)))
    return {plan_id: _first(work, newest[plan_id].root, found) for plan_id, found in by_plan.items()}


def _first(work: Work, root: str, found: Sequence[tuple[bool, Spot]]) -> list[Spot]:
    order = order_of(work.session, root)

    def place(entry: tuple[bool, Spot]) -> tuple[bool, bool, int, str]:
        return entry[0], not entry[1].is_current, order.get(entry[1].clause, len(order)), entry[1].version

    return [spot for _head, spot in sorted(found, key=place)[:PASSAGES_A_PLAN]]
