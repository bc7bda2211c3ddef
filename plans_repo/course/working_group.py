"""The working group that writes a plan: head, members from every unit with a duty, experts, people with experience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import col, select

from plans_repo.course.conditions import Case, Unmet, condition
from plans_repo.course.duties import duty_units
from plans_repo.course.opening import found, need, written
from plans_repo.course.words import GroupPart
from plans_repo.errors import NotFound
from plans_repo.organisations import row_of
from plans_repo.store import events
from plans_repo.store.tables.authoring import GroupMemberRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.work import Work

__all__ = ["GroupPart", "Member", "add_member", "members", "remove_member"]


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody in the working group, of which unit and as what."""

    id: str
    name: str
    unit: str
    organisation: str | None
    post: str
    part: GroupPart
    is_responsible: bool
    has_experience: bool


def members(work: Work, version_id: str) -> tuple[Member, ...]:
    """The working group of the edition a version belongs to, the head first."""
    _plan, course, _version = found(work, version_id)
    return members_of(work, course)


def add_member(
    work: Work,
    version_id: str,
    name: str,
    *,
    part: GroupPart,
    unit: str = "",
    organisation: str | None = None,
    post: str = "",
    is_responsible: bool = False,
    has_experience: bool = False,
) -> Member:
    """Take somebody into the working group; a unit of the register gives its own name."""
    plan, course, _version = written(work, version_id)
    body = row_of(work, organisation) if organisation else None
    row = GroupMemberRow(
        id=work.new_id(),
        course_id=course.id,
        name=need(plan.title, "name", name)[:80],
        unit=body.name if body else need(plan.title, "unit", unit)[:200],
        organisation_id=body.id if body else None,
        post=post.strip()[:120],
        part=part,
        is_responsible=is_responsible,
        has_experience=has_experience,
        added_at=work.now,
        added_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload = {"course": course.id, "member": row.id, "part": part}
    events.record(work, events.chain_of_plan(plan.id), "group-member-added", payload)
    return _member(row)


def remove_member(work: Work, version_id: str, member_id: str) -> None:
    """Somebody leaves the group; that he was in it stays on record."""
    plan, course, _version = written(work, version_id)
    row = work.session.get(GroupMemberRow, member_id)
    if row is None or row.course_id != course.id or row.left_at is not None:
        raise NotFound("member-unknown", thing=plan.title, field="member", value=member_id)
    row.left_at = work.now
    payload = {"course": course.id, "member": row.id}
    events.record(work, events.chain_of_plan(plan.id), "group-member-left", payload)


def members_of(work: Work, course: CourseRow) -> tuple[Member, ...]:
    """The present members of a course's group, the head first."""
    rows = work.session.exec(
        select(GroupMemberRow).where(GroupMemberRow.course_id == course.id).order_by(col(GroupMemberRow.added_at))
    )
    here = [_member(row) for row in rows if row.left_at is None]
    return tuple(sorted(here, key=lambda member: list(GroupPart).index(member.part)))


@condition("working_group")
def unmet(case: Case) -> Iterator[Unmet]:
    """Article 20: a responsible person at the head, an expert, experience, and somebody of every unit with a duty."""
    group = members_of(case.work, case.course)
    if not any(member.part is GroupPart.HEAD and member.is_responsible for member in group):
        yield Unmet(code="group-without-head")
    if not any(member.part is GroupPart.EXPERT for member in group):
        yield Unmet(code="group-without-expert")
    if not any(member.has_experience for member in group):
        yield Unmet(code="group-without-experience")
    present = {member.organisation for member in group} | {member.unit for member in group}
    absent = [
        unit.name
        for unit in duty_units(case.work, case.plan, case.version)
        if unit.organisation is not None and unit.organisation not in present and unit.name not in present
    ]
    if absent:
        yield Unmet(code="group-without-units", fields={"units": absent, "count": len(absent)})


def _member(row: GroupMemberRow) -> Member:
    return Member(
        id=row.id,
        name=row.name,
        unit=row.unit,
        organisation=row.organisation_id,
        post=row.post,
        part=row.part,
        is_responsible=row.is_responsible,
        has_experience=row.has_experience,
    )
