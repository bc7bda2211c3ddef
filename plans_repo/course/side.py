"""Another side of a joint plan 联合方, and those that are entered with editions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from plans_repo.store.batches import batched
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.sides import SideRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Side:
    """Another side of a joint plan: its government; *organisation* and *area* where it is registered here."""

    name: str
    area: str = ""
    organisation: str | None = None

    @property
    def is_registered(self) -> bool:
        """Whether its government has a place in this installation."""
        return self.organisation is not None


def side_rows(work: Work, course: CourseRow) -> Sequence[SideRow]:
    """The sides entered with an edition; for services only."""
    query = select(SideRow).where(SideRow.course_id == course.id)
    return work.session.exec(query.order_by(col(SideRow.area).desc(), col(SideRow.name))).all()


def sides_by_course(work: Work, courses: Collection[str]) -> dict[str, tuple[Side, ...]]:
    """The sides entered with some editions, by course; for lists of plans the caller may see."""
    found: dict[str, tuple[Side, ...]] = {}
    for some in batched(sorted(courses)):
        query = select(SideRow).where(col(SideRow.course_id).in_(some)).order_by(col(SideRow.name))
        for row in work.session.exec(query):
            found[row.course_id] = (*found.get(row.course_id, ()), side_of(row))
    return found


def sides_of_issued(work: Work) -> dict[str, tuple[Side, ...]]:
    """By plan the sides of its newest edition that was issued."""
    query = (
        select(SideRow, CourseRow.ordinal)
        .join(CourseRow, col(CourseRow.id) == col(SideRow.course_id))
        .where(col(CourseRow.issued_on).is_not(None))
        .order_by(col(CourseRow.ordinal), col(SideRow.area).desc(), col(SideRow.name))
    )
    found: dict[str, dict[int, list[Side]]] = {}
    for row, ordinal in work.session.exec(query):
        found.setdefault(row.plan_id, {}).setdefault(ordinal, []).append(side_of(row))
    return {plan: tuple(by_ordinal[max(by_ordinal)]) for plan, by_ordinal in found.items()}


def side_of(row: SideRow) -> Side:
    """A row as a value."""
    return Side(name=row.name, area=row.area, organisation=row.organisation_id)
