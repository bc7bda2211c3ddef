"""The other sides of a joint plan 联合方 as they are registered with an edition: a government each, and its area."""

from __future__ import annotations

from plans_repo import organisations
from plans_repo.course.duties import partner_governments
from plans_repo.course.opening import found
from plans_repo.course.side import Side, side_of, side_rows
from plans_repo.course.stages import DRAFTING
from plans_repo.store import events
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.sides import SideRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


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
    rows = side_rows(work, course)
    return tuple(map(side_of, rows)) if rows or plan.origin else _told(work, plan, version)


def register_sides(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> None:
    """Enter the sides that title and text of a joint plan name, before its text leaves those who write it.

    From then on the bodies of a registered side see what ``access`` says they see.
    """
    if plan.kind is not PlanKind.JOINT or plan.origin:
        return
    wanted = {side.name: side for side in _told(work, plan, version)}
    rows = {row.name: row for row in side_rows(work, course)}
    if {row.name: side_of(row) for row in rows.values()} == wanted:
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
