"""Who may sit on a panel: the experts in reach, and those who stand aside from a text by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import col, select

from plans_repo.course import courses
from plans_repo.course.draw import Candidate
from plans_repo.course.duties import aliases, duty_units, line_of
from plans_repo.course.opening import found
from plans_repo.course.stages import Move
from plans_repo.course.working_days import local_day
from plans_repo.course.working_group import members_of
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.experts import ExpertRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work

OWN_UNIT, WORKING_GROUP, LINKAGE, DUTY_UNIT = "own_unit", "working_group", "linkage", "duty_unit"
"""Why somebody stands aside by himself; any other reason is in the words of who gave it."""


def concerns(work: Work, version_id: str) -> dict[str, str]:
    """By expert id the unit with duties in the text that belongs to the same line as his employer: to be weighed.

    A power company of the city beside that of the county; whose own employer has duties stands aside by himself.
    """
    plan, _course, version = found(work, version_id)
    lines = {line_of(unit.name): unit.name for unit in duty_units(work, plan, version)} | {"": ""}
    near = {row.id: lines.get(line_of(row.unit), "") for row in _in_reach(work, plan)}
    return {expert: unit for expert, unit in near.items() if unit}


def standing_aside(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> dict[str, str]:
    """Who stands aside by himself: of the plan's body or of the author's, in the working group, an author, who gave
    the linkage opinion, and whose employer has duties in the text.
    """
    own = {plan.organisation_id, work.actor.organisation} - {None}
    may_include_own = courses.path_of(work, plan, course).may_include_own
    group = {(member.name, member.unit) for member in members_of(work, course)}
    writers = courses.authors(work, course)
    linking = {
        sign.signed_by for sign in courses.sign_offs(work, course) if sign.holds and sign.move is Move.AGREE_LINKAGE
    }
    bound = duty_units(work, plan, version)
    with_duties = {key for unit in bound for key in (unit.organisation, unit.name) if key}
    found_: dict[str, str] = {}
    for row in _in_reach(work, plan):
        if row.account_id in writers or (row.name, row.unit) in group:
            found_[row.id] = WORKING_GROUP
        elif row.organisation_id in own and not may_include_own:
            found_[row.id] = OWN_UNIT
        elif row.account_id in linking:
            found_[row.id] = LINKAGE
        elif not may_include_own and ({row.organisation_id, *aliases(row.unit)} - {None}) & with_duties:
            found_[row.id] = DUTY_UNIT
    return found_


def candidates(work: Work, plan: PlanRow, recused: Mapping[str, str]) -> list[Candidate]:
    """Who can be drawn: in reach, of good standing today, and not *recused*."""
    today = local_day(work.now)
    return [
        Candidate(id=row.id, fields=tuple(row.fields))
        for row in _in_reach(work, plan)
        if row.id not in recused and row.retired_at is None and today <= row.valid_until
    ]


def _in_reach(work: Work, plan: PlanRow) -> list[ExpertRow]:
    rows = work.session.exec(select(ExpertRow).order_by(col(ExpertRow.id)))
    return [row for row in rows if plan.area.startswith(row.area)]
