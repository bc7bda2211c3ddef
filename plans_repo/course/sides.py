"""The other sides of a joint plan 联合方 as they are registered with an edition: a government each, and its area."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from plans_repo import organisations
from plans_repo.course.duties import partner_governments
from plans_repo.course.opening import found
from plans_repo.course.stages import DRAFTING
from plans_repo.store import events
from plans_repo.store.batches import batched
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.sides import SideRow
from plans_repo.store.tables.versions import VersionRow
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


def sides(work: Work, version_id: str) -> tuple[Side, ...]:
    """The other sides of the edition a version belongs to, in the order of title and text; none of another kind."""
    plan, course, version = found(work, version_id)
    return sides_of(work, plan, course, version)


def sides_of(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> tuple[Side, ...]:
    """As ``sides``, for a caller that has asked for permission: while it is written, what its text says by now."""
    if plan.kind is not PlanKind.JOINT:
        return ()
    if course.stage in DRAFTING:
        return _told(work, plan, version)
    rows = _rows(work, course)
    return tuple(map(_side, rows)) if rows or plan.origin else _told(work, plan, version)


def registered_sides(work: Work, course: CourseRow) -> tuple[Side, ...]:
    """The sides entered with an edition."""
    return tuple(map(_side, _rows(work, course)))


def sides_by_course(work: Work, courses: Collection[str]) -> dict[str, tuple[Side, ...]]:
    """The sides entered with some editions, by course; for lists of plans the caller may see."""
    by_course: dict[str, tuple[Side, ...]] = {}
    for some in batched(sorted(courses)):
        query = select(SideRow).where(col(SideRow.course_id).in_(some)).order_by(col(SideRow.name))
        for row in work.session.exec(query):
            by_course[row.course_id] = (*by_course.get(row.course_id, ()), _side(row))
    return by_course


def register_sides(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> None:
    """Enter the sides that title and text of a joint plan name, before its text leaves those who write it.

    From then on the bodies of a registered side see what ``access`` says they see.
    """
    if plan.kind is not PlanKind.JOINT or plan.origin:
        return
    wanted = {side.name: side for side in _told(work, plan, version)}
    rows = {row.name: row for row in _rows(work, course)}
    if {row.name: _side(row) for row in rows.values()} == wanted:
        return
    for name in rows.keys() - wanted.keys():
        work.session.delete(rows[name])
    for name, side in wanted.items():
        row = rows.get(name) or SideRow(id=work.new_id(), plan_id=plan.id, course_id=course.id, name=name)
        row.area, row.organisation_id = side.area, side.organisation
        work.session.add(row)
    work.session.flush()
    payload = {"course": course.id, "version": version.id, "sides": list(wanted)}
    events.record(work, events.chain_of_plan(plan.id), "sides-registered", payload)


def _told(work: Work, plan: PlanRow, version: VersionRow) -> tuple[Side, ...]:
    bodies = {body.name: body for body in organisations.organisations(work)}
    return tuple(
        Side(name=name, area=bodies[name].area, organisation=bodies[name].id) if name in bodies else Side(name=name)
        for name in partner_governments(work, plan, version)
    )


def _rows(work: Work, course: CourseRow) -> Sequence[SideRow]:
    query = select(SideRow).where(SideRow.course_id == course.id)
    return work.session.exec(query.order_by(col(SideRow.area).desc(), col(SideRow.name))).all()


def _side(row: SideRow) -> Side:
    return Side(name=row.name, area=row.area, organisation=row.organisation_id)
