"""Search the library: what fits, grouped by plan; nothing the reader may not see is found, counted or named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, case, func, literal, or_, select, union_all
from sqlmodel import col

from plans_repo import access
from plans_repo.course.stages import Stage
from plans_repo.course.terms import Validity, of_row
from plans_repo.course.working_days import local_day
from plans_repo.linkage.subjects import named_in
from plans_repo.search import words
from plans_repo.search.keys import Piece
from plans_repo.search.passages import Part, Passage, Spot, orders_of, parts_of, passages
from plans_repo.search.question import Question, parts
from plans_repo.search.sight import is_few, readable
from plans_repo.search.sources import TITLE, read_nodes
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.search import OPEN, SearchCourseRow, SearchPlanRow, SearchSpanRow
from plans_repo.store.tables.terms import TermRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

PLANS_A_PAGE = 10
PASSAGES_A_PLAN = 5
MOST_PASSAGES = 5_000
"""So many passages are counted; of a word that stands nearly everywhere more is not worth knowing."""
FEW_PLANS = 300
"""Where a person sees so few plans, their texts are looked through; else the words are looked for first."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A plan in which something was found, the version of the newest passage, and the first passages of it.

    *document_number* is that of the edition of this version, with what was found in it marked, and *validity* how
    that edition stands today; None where the version is not the text of an issued one.
    """

    plan: str
    title: tuple[Part, ...]
    document_number: tuple[Part, ...]
    kind: PlanKind
    hazard: str
    area: str
    organisation: str | None
    state: Stage
    version: str
    count: int
    passages: tuple[Passage, ...]
    validity: Validity | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page of what was found, and how much there is in all: plans, passages, and plans by kind, hazard and subject.

    Where *is_capped*, there is more than was counted.
    """

    plans: int
    passages: int
    is_capped: bool
    number: int
    found: tuple[Found, ...]
    kinds: Mapping[PlanKind, int]
    hazards: Mapping[str, int]
    subjects: Mapping[str, int]

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing was found."""
        return max(1, -(-self.plans // PLANS_A_PAGE))


NOTHING = Answer(plans=0, passages=0, is_capped=False, number=1, found=(), kinds={}, hazards={}, subjects={})


@dataclass(frozen=True, slots=True)
class _Hit:
    """What was found in one plan, before its passages are read."""

    number: int
    plan: str
    title: str
    kind: PlanKind
    hazard: str
    area: str
    organisation: str | None
    ordinal: int
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
    here, today = access.standpoint(work), local_day(work.now)
    looked, is_narrow = readable(here, question, today), is_few(work.session, here, question, FEW_PLANS)
    hits = sorted(_hits(work, looked, wanted, is_narrow=is_narrow), key=lambda hit: hit.rank)
    if not hits:
        return NOTHING
    at = min(max(1, number), -(-len(hits) // PLANS_A_PAGE))
    shown = hits[(at - 1) * PLANS_A_PAGE : at * PLANS_A_PAGE]
    count = sum(hit.count for hit in hits)
    return Answer(
        plans=len(hits),
        passages=count,
        is_capped=count >= MOST_PASSAGES,
        number=at,
        found=_found(work, readable(here, question, today, [hit.number for hit in shown]), wanted, shown),
        kinds=Counter(hit.kind for hit in hits),
        hazards=Counter(hit.hazard for hit in hits),
        subjects=Counter(subject for hit in hits for subject in named_in(hit.title)),
    )


def alone(work: Work, question: Question) -> dict[str, int]:
    """For several words that find nothing together: how many plans each finds by itself."""
    several = tuple(dict.fromkeys(parts(question.words)))
    if len(several) < 2:
        return {}
    counted = {word: search(work, replace(question, words=f"“{word}”")).plans for word in several}
    return {word: count for word, count in counted.items() if count}


def _hits(work: Work, looked: CTE, wanted: tuple[Piece, ...], *, is_narrow: bool) -> Iterator[_Hit]:
    """A row for every plan in which something was found; heads are counted in full, so that they lead."""
    spans = _spans_within if is_narrow else _spans
    both = (_by_plan(spans(work, looked, wanted, head_only=only), head_only=only) for only in (False, True))
    asked = union_all(*both).subquery("counted")
    plan, numbered = PlanRow.__table__.c, SearchPlanRow.__table__.c  # type: ignore[attr-defined]
    total = [func.max(asked.c[name]) for name in ("ordinal", "passages", "heads", "titles")]
    summed = select(asked.c.plan, *(each.label(f"n{at}") for at, each in enumerate(total)))
    counted = summed.group_by(asked.c.plan).subquery("summed")
    query = (
        select(
            *(counted.c.plan, plan.id, plan.title, plan.kind, plan.hazard, plan.area, plan.organisation_id),
            *(counted.c.n0, counted.c.n1, counted.c.n2, counted.c.n3),
        )
        .select_from(counted)
        .join(SearchPlanRow, numbered.id == counted.c.plan)
        .join(PlanRow, plan.id == numbered.plan_id)
    )
    for row in work.session.execute(query):
        yield _Hit(*row)


def _by_plan(spans: Select[Any], *, head_only: bool) -> Select[Any]:
    """Of each plan the newest version in which something stands, its passages, those in heads, its titles."""
    found = spans.limit(MOST_PASSAGES).subquery()
    passages_found = func.sum(case((found.c.clause_id == TITLE, 0), else_=1))
    titles = func.sum(case((found.c.clause_id == TITLE, 1), else_=0))
    return select(
        found.c.plan,
        func.max(found.c.ordinal).label("ordinal"),
        passages_found.label("passages"),
        (passages_found if head_only else literal(0)).label("heads"),
        (titles if head_only else literal(0)).label("titles"),
    ).group_by(found.c.plan)


def _spans(work: Work, looked: CTE, wanted: tuple[Piece, ...], *, head_only: bool) -> Select[Any]:
    """Each text that was found with the newest version having it; the words are looked for first."""
    matched = words.matching(work.session, wanted, head_only=head_only)
    span = words.each_found(work.session, matched, SearchSpanRow.__table__)  # type: ignore[attr-defined]
    is_of_plan = looked.c.plan == words.outer(work.session, span.c.plan)
    return (
        select(span.c.plan, span.c.clause_id, _newest(looked, span))
        .select_from(span)
        .join(looked, and_(is_of_plan, *_in_range(looked, span)))
    )


def _spans_within(work: Work, looked: CTE, wanted: tuple[Piece, ...], *, head_only: bool) -> Select[Any]:
    """The same, beginning with the texts of the plans, which are few."""
    matched = words.matching(work.session, wanted, head_only=head_only).subquery()
    span = SearchSpanRow.__table__  # type: ignore[attr-defined]
    return (
        select(span.c.plan, span.c.clause_id, _newest(looked, span))
        .select_from(looked)
        .join(span, and_(span.c.plan == looked.c.plan, *_in_range(looked, span)))
        .where(words.outer(work.session, span.c.doc_id).in_(select(matched.c.id)))
    )


def _spans_of(work: Work, looked: CTE, wanted: tuple[Piece, ...], numbers: Collection[int]) -> Select[Any]:
    """The same for some plans: of their texts those the words find."""
    table = SearchSpanRow.__table__  # type: ignore[attr-defined]
    span = table.c
    is_found, is_head = (words.stands_in(work.session, wanted, span.doc_id, head_only=only) for only in (False, True))
    return (
        select(span.plan, span.clause_id, _newest(looked, table), is_head)
        .select_from(table)
        .join(looked, and_(looked.c.plan == span.plan, *_in_range(looked, table)))
        .where(span.plan.in_(numbers), is_found, span.clause_id != TITLE)
    )


def _newest(looked: CTE, span: FromClause) -> ColumnElement[int]:
    return case((span.c.last < looked.c.high, span.c.last), else_=looked.c.high).label("ordinal")


def _in_range(looked: CTE, span: FromClause) -> tuple[ColumnElement[bool], ...]:
    is_last = or_(span.c.last < looked.c.until, looked.c.until == OPEN)
    return span.c.first <= looked.c.high, span.c.last >= looked.c.low, is_last


def _found(work: Work, looked: CTE, wanted: tuple[Piece, ...], shown: Sequence[_Hit]) -> tuple[Found, ...]:
    """The plans of a page with their first passages: headings first, then as they stand in the text."""
    query = _spans_of(work, looked, wanted, [hit.number for hit in shown])
    spans: dict[int, list[tuple[str, int, bool]]] = {hit.number: [] for hit in shown}
    for number, clause, ordinal, is_head in work.session.execute(query):
        spans[number].append((clause, ordinal, bool(is_head)))
    facts = _versions(work, [(hit.plan, hit.ordinal) for hit in shown])
    roots = {facts[hit.plan, hit.ordinal].root for hit in shown}
    nodes = read_nodes(work.session, roots)
    orders = orders_of(nodes, roots)
    chosen = {hit.plan: _first(orders[facts[hit.plan, hit.ordinal].root], spans[hit.number]) for hit in shown}
    facts |= _versions(work, [(plan, ordinal) for plan, several in chosen.items() for _clause, ordinal in several])
    spots = {
        hit.plan: [facts[hit.plan, at].spot(clause, is_current=at == hit.ordinal) for clause, at in chosen[hit.plan]]
        for hit in shown
    }
    read = passages(work.session, [spot for several in spots.values() for spot in several], wanted, nodes)
    return tuple(
        Found(
            plan=hit.plan,
            title=parts_of(hit.title, wanted),
            document_number=parts_of(facts[hit.plan, hit.ordinal].number, wanted),
            kind=hit.kind,
            hazard=hit.hazard,
            area=hit.area,
            organisation=hit.organisation,
            state=facts[hit.plan, hit.ordinal].state,
            version=facts[hit.plan, hit.ordinal].id,
            count=hit.count,
            passages=tuple(read[spot] for spot in spots[hit.plan]),
            validity=facts[hit.plan, hit.ordinal].validity,
        )
        for hit in shown
    )


@dataclass(frozen=True)
class _Version:
    id: str
    root: str
    state: Stage
    number: str
    validity: Validity | None

    def spot(self, clause: str, *, is_current: bool) -> Spot:
        return Spot(clause, self.id, self.root, is_current, self.validity)


def _versions(work: Work, wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], _Version]:
    if not wanted:
        return {}
    version = VersionRow.__table__.c  # type: ignore[attr-defined]
    course = (col(CourseRow.stage), col(CourseRow.document_number))
    is_text = and_(col(SearchCourseRow.course_id) == col(CourseRow.id), col(SearchCourseRow.last) == version.ordinal)
    query = (
        select(*(version.plan_id, version.ordinal, version.id, version.tree_hash), *course, TermRow)
        .join(CourseRow, col(CourseRow.id) == version.course_id)
        .outerjoin(SearchCourseRow, is_text)
        .outerjoin(TermRow, col(TermRow.course_id) == col(SearchCourseRow.course_id))
        .where(or_(*(and_(version.plan_id == plan, version.ordinal == ordinal) for plan, ordinal in set(wanted))))
    )
    today = local_day(work.now)
    return {
        (row[0], row[1]): _Version(row[2], row[3], row[4], row[5], of_row(row[6]).on(today) if row[6] else None)
        for row in work.session.execute(query)
    }


def _first(order: Mapping[str, int], found: Sequence[tuple[str, int, bool]]) -> list[tuple[str, int]]:
    """The passages to show: headings, then the newest version, then the order of the text."""

    def place(entry: tuple[str, int, bool]) -> tuple[bool, int, int, str]:
        clause, ordinal, is_head = entry
        return not is_head, -ordinal, order.get(clause, len(order)), clause

    return [(clause, ordinal) for clause, ordinal, _head in sorted(found, key=place)[:PASSAGES_A_PLAN]]
