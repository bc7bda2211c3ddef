"""What the words of a version point at: remembered with it, so that a reference outlives renumbering."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, insert, update
from sqlmodel import Session, col, select

from plans_repo import access
from plans_repo.course.stages import EFFECTIVE
from plans_repo.linkage.mentions import Mention, MentionKind, mentions, short_titles
from plans_repo.linkage.numbering import Numbering
from plans_repo.standpoint import is_newest_of_course
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.references import ReferenceRow
from plans_repo.store.tables.search import OPEN
from plans_repo.store.tables.versions import BlobRow, NodeRow, VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.tree import clauses_of

LINK = ReferenceRow.__table__  # type: ignore[attr-defined]
MOST_WORDS = 120
_EDITION = re.compile(r"（[^（）]*）$")

Key = tuple[str, str, int]
"""A mention: its clause, its words, which one of those words in the clause."""


@dataclass(frozen=True)
class Target:
    """What a mention points at; a whole plan where *clause* is empty."""

    plan: str
    clause: str


def keyed(found: Iterable[Mention]) -> Iterator[tuple[Key, Mention]]:
    """Each mention under its key."""
    counted: dict[tuple[str, str], int] = {}
    for mention in found:
        words = mention.words[:MOST_WORDS]
        nth = counted[mention.clause, words] = counted.get((mention.clause, words), 0) + 1
        yield (mention.clause, words, nth), mention


def add_version(work: Work, version: VersionRow, clauses: Sequence[Clause]) -> None:
    """Remember what the words of a version that has just been stored point at.

    Words that stood there before go on meaning what they meant; new ones mean what has that number now.
    """
    plan = work.session.get_one(PlanRow, version.plan_id)
    former = links_of(work.session, version.plan_id, OPEN)
    found = dict(keyed(mentions(clauses)))
    aims = Aims(work, plan, clauses, found.values())
    fresh: dict[Key, Target] = {}
    for key, mention in found.items():
        target = former.get(key) or aims.target(mention)
        if target:
            fresh[key] = target
    gone = [key for key in former if fresh.get(key) != former[key]]
    for clause, words, nth in gone:
        named = {"plan_id": plan.id, "clause_id": clause, "words": words, "nth": nth, "last": OPEN}
        same = [LINK.c[name] == value for name, value in named.items()]
        work.session.execute(update(LINK).where(*same).values(last=version.ordinal - 1))
    rows = [_row(plan.id, key, target, version.ordinal) for key, target in fresh.items() if former.get(key) != target]
    if rows:
        work.session.execute(insert(LINK), rows)


def links_of(session: Session, plan_id: str, ordinal: int) -> dict[Key, Target]:
    """What the words of a version of a plan point at; `OPEN` stands for the newest."""
    query = select(ReferenceRow).where(
        ReferenceRow.plan_id == plan_id, col(ReferenceRow.first) <= ordinal, col(ReferenceRow.last) >= ordinal
    )
    return {
        (row.clause_id, row.words, row.nth): Target(row.target_plan, row.target_clause) for row in session.exec(query)
    }


class Aims:
    """What mentions of a plan's text point at, by number and by title, among the plans the actor may see."""

    def __init__(self, work: Work, plan: PlanRow, clauses: Sequence[Clause], found: Iterable[Mention]) -> None:
        self.work, self.plan = work, plan
        self.numbering = Numbering(clauses)
        self.short = short_titles(clauses)
        self.plans = self._plans({mention.title for mention in found if mention.kind is MentionKind.PLAN})
        self._texts: dict[str, Numbering] = {}

    def target(self, mention: Mention) -> Target | None:
        """The one thing meant; None where nothing has that number or title, or several have."""
        found = self.targets(mention)
        return found[0] if len(found) == 1 else None

    def targets(self, mention: Mention) -> tuple[Target, ...]:
        """Everything that may be meant."""
        if mention.kind is MentionKind.LAW:
            return ()
        if mention.kind is not MentionKind.PLAN:
            return tuple(Target(self.plan.id, clause) for clause in self.numbering.clauses_at(mention.number))
        named = self.plans_called(mention.title)
        if not mention.number or len(named) != 1:
            return tuple(Target(plan.id, "") for plan in named)
        return tuple(
            Target(named[0].id, clause) for clause in self.text_of(named[0].id).clauses_at(mention.number)
        ) or (Target(named[0].id, ""),)

    def plans_called(self, title: str) -> tuple[PlanRow, ...]:
        """The plans of that title; of several those nearest: of the same area, then of one above."""
        found = [plan for name in self._names(title) for plan in self.plans.get(name, ())]
        here = [plan for plan in found if plan.area == self.plan.area]
        above = [plan for plan in found if self.plan.area.startswith(plan.area)]
        nearest = here or above or found
        return tuple({plan.id: plan for plan in nearest if plan.id != self.plan.id or len(nearest) == 1}.values())

    def text_of(self, plan_id: str) -> Numbering:
        """The numbers of the newest version of another plan the actor may read."""
        if plan_id not in self._texts:
            self._texts[plan_id] = Numbering(newest_clauses(self.work, plan_id))
        return self._texts[plan_id]

    def _names(self, title: str) -> tuple[str, ...]:
        full = self.short.get(title, title)
        return tuple(dict.fromkeys((full, _EDITION.sub("", full))))

    def _plans(self, titles: Collection[str]) -> Mapping[str, Sequence[PlanRow]]:
        wanted = sorted({name for title in titles for name in self._names(title)})
        query = select(PlanRow).where(col(PlanRow.title).in_(wanted), access.standpoint(self.work).plans_seen())
        found: dict[str, list[PlanRow]] = {}
        for row in self.work.session.exec(query) if wanted else ():
            found.setdefault(row.title, []).append(row)
        return found


def newest_clauses(work: Work, plan_id: str) -> tuple[Clause, ...]:
    """The clauses of the text of a plan that counts: the one in force, else the newest the actor may read."""
    here = access.standpoint(work)
    query = (
        select(VersionRow.tree_hash)
        .join(CourseRow, col(CourseRow.id) == col(VersionRow.course_id))
        .join(PlanRow, col(PlanRow.id) == col(VersionRow.plan_id))
        .where(VersionRow.plan_id == plan_id, here.plans_seen(), here.versions_seen(), is_newest_of_course())
        .order_by(case((col(CourseRow.stage).in_(sorted(EFFECTIVE)), 0), else_=1), col(VersionRow.ordinal).desc())
    )
    tree = work.session.exec(query).first()
    return clauses_of(tree, lambda key: _bytes(work.session, key)) if tree else ()


def _bytes(session: Session, key: str) -> bytes:
    found = session.get(NodeRow, key) or session.get(BlobRow, key)
    return found.data if found else b""


def _row(plan_id: str, key: Key, target: Target, ordinal: int) -> dict[str, object]:
    clause, words, nth = key
    return {
        "plan_id": plan_id,
        "clause_id": clause,
        "words": words,
        "nth": nth,
        "first": ordinal,
        "last": OPEN,
        "target_plan": target.plan,
        "target_clause": target.clause,
    }
